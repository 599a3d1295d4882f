"""The way of a link on the canvas, as curves; geometry alone, without Qt.

A link to a card further right is one soft curve, or goes level between the cards that this
curve would lie on. A link back (a retry, a redial) leaves to the right like any other, goes
around below both cards and enters its target from the left.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from designer.canvas.back_routes import corners_back
from designer.canvas.corridors import Gap, Strip, levels, strips
from designer.canvas.curves import Curve, Point, line, point_at, rounded, soft
from designer.canvas.obstacles import Obstacles, Rect

__all__ = ["Curve", "Obstacles", "Point", "Rect", "Route", "is_back", "lanes", "route"]

Key = TypeVar("Key", bound=Hashable)

_SOFT = 32.0
"""The least distance of a control point from its end of a link."""
_LABEL = 38.0
"""How far right of its exit the label of a link is."""
_CLEAR = 6.0
"""A curve that comes nearer to a card than this goes around it."""
_BESIDE = 12.0
"""How far ways keep from the sides of cards while they go up or down."""
_EDGE, _STAGGER = 10.0, 4.0
"""How far they keep from the edges of a gap: one of three distances, by their exit."""
_REACHES = (80.0, 416.0)
"""So far above and below its ends a way is looked for; near them first, as little is there."""
_RADIUS = 14.0


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

    Those that could run over each other get different ones; a short one runs inside a long one.
    """
    backs = [(start[0] - end[0], key) for key, (start, end) in links.items() if is_back(start, end)]
    chosen: dict[Key, int] = {}
    # Those that run low and high on the canvas do not meet.
    at_level: dict[int, list[tuple[float, float, int]]] = {}
    beside = 4 * _LABEL
    for _, key in sorted(backs, key=lambda back: back[0]):
        start, end = links[key]
        level = int(max(start[1], end[1]) // _REACHES[-1])
        right, left = start[0], end[0]
        taken = {
            lane
            for n in (level - 1, level, level + 1)
            for other_right, other_left, lane in at_level.get(n, ())
            if left - other_right < beside and other_left - right < beside
        }
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        chosen[key] = lane
        at_level.setdefault(level, []).append((right, left, lane))
    return chosen


def route(
    start: Point, end: Point, ends: tuple[str, str], cards: Obstacles, lane: int = 0
) -> Route:
    """The way from the exit at `start` to the middle of the left side of a card, at `end`.

    ends: ids of the steps that it leaves and reaches; all other cards are in its way.
    lane: what `lanes` says of a link back.
    """
    if is_back(start, end):
        corners = corners_back(start, end, ends, cards, lane)
        return Route(start, rounded(corners, _RADIUS), _longest(corners), is_back=True)
    curves = _forward(start, end, ends, cards)
    label = point_at(start, curves[0], start[0] + min(_LABEL, (end[0] - start[0]) / 2))
    return Route(start, curves, label, is_back=False)


def _longest(corners: Sequence[Point]) -> Point:
    """The middle of the longest level part."""
    level = ((abs(a[0] - b[0]), a, b) for a, b in pairwise(corners) if a[1] == b[1])
    _, one, other = max(level)
    return (one[0] + other[0]) / 2, one[1]


def _forward(
    start: Point, end: Point, ends: tuple[str, str], cards: Obstacles
) -> tuple[Curve, ...]:
    plain = soft(start, end, _SOFT)
    top, bottom = min(start[1], end[1]), max(start[1], end[1])
    near = cards.within(Rect(start[0], top - _CLEAR, end[0], bottom + _CLEAR))
    if not any(_is_hit(start, plain, card) for name, card in near.items() if name not in ends):
        return (plain,)
    for reach in _REACHES:
        window = Rect(start[0] + _BESIDE, top - reach, end[0] - _BESIDE, bottom + reach)
        others = [card for name, card in cards.within(window).items() if name not in ends]
        curves = _between(start, end, strips(others, window, _BESIDE))
        if curves is not None:
            return curves
    return (plain,)


def _between(start: Point, end: Point, passed: Sequence[Strip]) -> tuple[Curve, ...] | None:
    """Level through these strips; None if one of them cannot be passed."""

    def choices(strip: Strip, gap: Gap) -> Sequence[float]:
        # Where a card stands at the very side of an end, nothing can go up or down before it.
        if strip.left <= start[0] + _BESIDE and not gap[0] < start[1] < gap[1]:
            return ()
        if strip.right >= end[0] - _BESIDE and not gap[0] < end[1] < gap[1]:
            return ()
        share = ((strip.left + strip.right) / 2 - start[0]) / (end[0] - start[0])
        straight = start[1] + (end[1] - start[1]) * share
        return [_in_gap(level, gap, start[1]) for level in (start[1], straight, end[1])]

    chosen = levels(passed, start[1], end[1], choices)
    return None if chosen is None else _level_through(start, end, passed, chosen)


def _level_through(
    start: Point, end: Point, passed: Sequence[Strip], chosen: Sequence[float]
) -> tuple[Curve, ...]:
    curves: list[Curve] = []
    here = start
    for number, (strip, level) in enumerate(zip(passed, chosen, strict=True)):
        if here[1] != level:
            curves.append(soft(here, (strip.left, level)))
            here = strip.left, level
        following = chosen[number + 1] if number + 1 < len(chosen) else end[1]
        if following != level:
            curves.append(line(here, (strip.right, level)))
            here = strip.right, level
    return (*curves, soft(here, end))


def _in_gap(level: float, gap: Gap, exit_level: float) -> float:
    """The nearest level to this one in the gap; links of neighbouring exits do not coincide."""
    edge = min(_EDGE + int(exit_level // 8) % 3 * _STAGGER, (gap[1] - gap[0]) / 2)
    return min(max(level, gap[0] + edge), gap[1] - edge)


def _is_hit(start: Point, curve: Curve, card: Rect) -> bool:
    """Whether a soft curve comes near a card; it only ever goes up, or only down."""
    one = point_at(start, curve, card.left - _CLEAR)[1]
    other = point_at(start, curve, card.right + _CLEAR)[1]
    return min(one, other) < card.bottom + _CLEAR and max(one, other) > card.top - _CLEAR
