"""The way of a link on the canvas, as curves; geometry alone, without Qt.

A link to a card further right is one soft curve. A link back (a retry, a redial) goes out to
the right, around below both cards and into its target from the left, like any other.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from designer.canvas.obstacles import Obstacles, Rect

__all__ = ["Curve", "Obstacles", "Point", "Rect", "Route", "lanes", "route"]

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]
"""A cubic from where the one before it ends: two control points, then its own end."""

Key = TypeVar("Key", bound=Hashable)

_SOFT = 32.0
"""The least distance of a control point: links leave and arrive level."""
_OUT = 20.0
_RADIUS = 14.0
_BELOW = 24.0
_LANE = 12.0
_ARC = 0.5523
"""Where the control points of a quarter of a circle lie, in radii."""


@dataclass(frozen=True, slots=True)
class Route:
    """A link's way: `QPainterPath(start)`, then `cubicTo` for each curve."""

    start: Point
    curves: tuple[Curve, ...]
    label: Point
    """On the way; the middle of the label lies here."""
    is_back: bool


def is_back(start: Point, end: Point) -> bool:
    """Whether a link from an exit at `start` to a card's left side at `end` leads back."""
    return end[0] < start[0]


def lanes(links: Mapping[Key, tuple[Point, Point]]) -> dict[Key, int]:
    """A number for each of `links` (exit and target points) that leads back.

    Those that run close to each other get different ones; a short one runs inside a long one.
    """
    backs = [(start[0] - end[0], key) for key, (start, end) in links.items() if is_back(start, end)]
    chosen: dict[Key, int] = {}
    for _, key in sorted(backs, key=lambda back: back[0]):
        taken = {lane for other, lane in chosen.items() if _is_near(links[key], links[other])}
        chosen[key] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
    return chosen


def _is_near(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two links back would run over each other below their cards."""
    apart = abs(max(one[0][1], one[1][1]) - max(other[0][1], other[1][1]))
    right, left = min(one[0][0], other[0][0]), max(one[1][0], other[1][0])
    return apart < 128 and left - 2 * _OUT < right + 2 * _OUT


def route(
    start: Point, end: Point, ends: tuple[str, str], cards: Obstacles, lane: int = 0
) -> Route:
    """The way from the exit at `start` to the middle of the left side of a card, at `end`.

    ends: ids of the steps that it leaves and reaches; all other cards are in its way.
    lane: what `lanes` says of a link back.
    """
    if is_back(start, end):
        return _around(start, end, ends, cards, lane)
    reach = max(_SOFT, (end[0] - start[0]) / 2)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    curve = ((start[0] + reach, start[1]), (end[0] - reach, end[1]), end)
    return Route(start, (curve,), middle, is_back=False)


def _around(start: Point, end: Point, ends: tuple[str, str], cards: Obstacles, lane: int) -> Route:
    rects = [rect for name in ends if (rect := cards.rect(name)) is not None]
    low = max([start[1], end[1], *(rect.bottom for rect in rects)]) + _BELOW + lane * _LANE
    right, left = start[0] + _OUT + lane * _LANE / 2, end[0] - _OUT - lane * _LANE / 2
    corners = [start, (right, start[1]), (right, low), (left, low), (left, end[1]), end]
    label = ((right + left) / 2, low)
    return Route(start, _rounded(corners), label, is_back=True)


def _rounded(corners: list[Point]) -> tuple[Curve, ...]:
    """Lines between the corners, the corners themselves rounded."""
    curves: list[Curve] = []
    here = corners[0]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        begin, finish = _towards(corner, before, radius), _towards(corner, after, radius)
        curves.append(_line(here, begin))
        bend = radius * (1 - _ARC)
        curves.append((_towards(corner, before, bend), _towards(corner, after, bend), finish))
        here = finish
    curves.append(_line(here, corners[-1]))
    return tuple(curves)


def _line(start: Point, end: Point) -> Curve:
    third = ((end[0] - start[0]) / 3, (end[1] - start[1]) / 3)
    return (start[0] + third[0], start[1] + third[1]), (end[0] - third[0], end[1] - third[1]), end


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(point: Point, other: Point, length: float) -> Point:
    whole = _distance(point, other) or 1.0
    share = length / whole
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share
