"""Aligning and distributing rectangles: pure geometry."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

Point = tuple[float, float]


class Alignment(StrEnum):
    """How to bring rectangles into line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"
    HORIZONTALLY = "horizontally"
    """The same gap between neighbours from left to right; the outermost stay."""
    VERTICALLY = "vertically"
    """The same gap between neighbours from top to bottom; the outermost stay."""


_SHARES = {
    Alignment.LEFT: (0, 0.0),
    Alignment.CENTRE: (0, 0.5),
    Alignment.RIGHT: (0, 1.0),
    Alignment.TOP: (1, 0.0),
    Alignment.MIDDLE: (1, 0.5),
    Alignment.BOTTOM: (1, 1.0),
}
"""The axis, 0 for x and 1 for y, and how far along a rectangle the line is."""


def aligned(
    positions: Mapping[str, Point], sizes: Mapping[str, Point], how: Alignment
) -> dict[str, Point]:
    """The upper left corners afterwards, by the same names in the same order.

    The line is that of the rectangle around all of them.
    """
    if not positions:
        return {}
    if how in _SHARES:
        axis, share = _SHARES[how]
        return _in_line(positions, sizes, axis, share)
    return _spread(positions, sizes, 0 if how is Alignment.HORIZONTALLY else 1)


def _in_line(
    positions: Mapping[str, Point], sizes: Mapping[str, Point], axis: int, share: float
) -> dict[str, Point]:
    start = min(place[axis] for place in positions.values())
    end = max(place[axis] + sizes[name][axis] for name, place in positions.items())
    line = start + (end - start) * share
    return {
        name: _moved(place, axis, line - sizes[name][axis] * share)
        for name, place in positions.items()
    }


def _spread(
    positions: Mapping[str, Point], sizes: Mapping[str, Point], axis: int
) -> dict[str, Point]:
    """Rectangles that together are longer than the room for them overlap all by the same."""
    order = sorted(positions, key=lambda name: (positions[name][axis], name))
    first, last = order[0], order[-1]
    room = positions[last][axis] - positions[first][axis] - sizes[first][axis]
    between = sum(sizes[name][axis] for name in order[1:-1])
    gap = (room - between) / max(len(order) - 1, 1)
    new, at = dict(positions), positions[first][axis]
    for before, name in pairwise(order[:-1]):
        at += sizes[before][axis] + gap
        new[name] = _moved(positions[name], axis, at)
    return new


def _moved(place: Point, axis: int, to: float) -> Point:
    return (to, place[1]) if axis == 0 else (place[0], to)
