"""The way of a link back: around below the cards that it joins, between all others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from designer.canvas.corridors import Gap, Strip, levels, strips
from designer.canvas.curves import Point
from designer.canvas.obstacles import Obstacles, Rect

_OUT = 20.0
"""How far it goes to the right, and comes from the left."""
_BESIDE = 8.0
_BELOW = 12.0
"""From a card to the way below it."""
_LANE, _SIDE = 8.0, 5.0
"""From one link back to the next, below cards and beside them."""
_MOST_LANES = 8
_REACH = 416.0
"""So far below its cards a way is looked for."""


def corners_back(
    start: Point, end: Point, ends: tuple[str, str], cards: Obstacles, lane: int
) -> list[Point]:
    """The corners of the way, from the exit at `start` to the target's left side at `end`."""
    lane %= _MOST_LANES
    right, left = start[0] + _OUT + lane * _SIDE, end[0] - _OUT - lane * _SIDE
    own = [rect for name in dict.fromkeys(ends) if (rect := cards.rect(name)) is not None]
    below = [rect.bottom + _BELOW + lane * _LANE for rect in own] or [max(start[1], end[1]) + 40]
    top, bottom = min(start[1], end[1]), max(below) + _REACH
    window = Rect(left + _BESIDE, top, right - _BESIDE, bottom)
    passed = strips(_hanging(own, cards, window), window, _BESIDE)[::-1]

    def choices(_: Strip, gap: Gap) -> Sequence[float]:
        first, last = gap[0] + _BELOW, gap[1] - _BELOW
        if first >= last:
            return ((gap[0] + gap[1]) / 2,)
        lowest = first + lane * _LANE % (last - first)
        return (lowest, *(level for level in below if first <= level <= last))

    chosen = levels(passed, start[1], end[1], choices)
    if not chosen:
        passed, chosen = [Strip(left, right, ())], [max(below)]
    return [start, *_turns(start, end, (right, left), passed, chosen), end]


def _hanging(own: Sequence[Rect], cards: Obstacles, window: Rect) -> list[Rect]:
    """The cards in the window; nothing passes above those that the link joins."""
    return [
        rect._replace(top=min(rect.top, window.top)) if rect in own else rect
        for rect in cards.within(window).values()
    ]


def _turns(
    start: Point,
    end: Point,
    sides: tuple[float, float],
    passed: Sequence[Strip],
    chosen: Sequence[float],
) -> list[Point]:
    """Where the way turns up or down, and where it goes on level."""
    level = start[1]
    found: list[Point] = []
    turns = [sides[0], *((one.left + other.right) / 2 for one, other in pairwise(passed)), sides[1]]
    for x, to in zip(turns, [*chosen, end[1]], strict=True):
        if to != level:
            found += [(x, level), (x, to)]
            level = to
    return found
