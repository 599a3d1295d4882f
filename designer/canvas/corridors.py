"""Ways between cards: the strips of the canvas that cards stand in, and the gaps in them.

Between two strips there is no card, so a way may go up or down there; through a strip it goes
level, in one of the gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from designer.canvas.obstacles import Rect

Gap = tuple[float, float]
"""From the bottom of a card down to the top of the next."""

_NARROW = 10.0
"""No way leads through a gap that is not higher."""
_BEND = 24.0
"""So much longer may a way be that goes up or down once less."""
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of the canvas from its left side to its right, and where it can be passed."""

    left: float
    right: float
    gaps: tuple[Gap, ...]


def strips(cards: Iterable[Rect], window: Rect, beside: float) -> list[Strip]:
    """The strips with `cards`, from the left, as far as they lie in `window`.

    beside: how far a way keeps from the sides of cards while it goes up or down.
    """
    groups: list[tuple[float, float, list[Rect]]] = []
    for card in sorted(cards):
        left, right = max(window.left, card.left - beside), min(window.right, card.right + beside)
        if left >= right:
            continue
        if groups and left < groups[-1][1]:
            before = groups.pop()
            left, right = before[0], max(before[1], right)
            groups.append((left, right, [*before[2], card]))
        else:
            groups.append((left, right, [card]))
    return [Strip(left, right, _gaps(held, window)) for left, right, held in groups]


def _gaps(cards: list[Rect], window: Rect) -> tuple[Gap, ...]:
    found = []
    free = window.top
    for card in sorted(cards, key=lambda one: one.top):
        if card.top - free > _NARROW:
            found.append((free, card.top))
        free = max(free, card.bottom)
    if window.bottom - free > _NARROW:
        found.append((free, window.bottom))
    return tuple(found)


def levels(
    passed: Sequence[Strip],
    start: float,
    end: float,
    choices: Callable[[Strip, Gap], Sequence[float]],
) -> list[float] | None:
    """How far down each strip is passed, so that the way is short and seldom bends.

    choices: the levels that are worth trying in a gap. None, if a strip cannot be passed.
    """
    # Of every level in the strip before: its cost, and the levels that led there.
    ways: dict[float, tuple[float, tuple[float, ...]]] = {start: (0.0, ())}
    for strip in passed:
        near = sorted(strip.gaps, key=lambda gap: _distance(gap, start, end))[:_NEAREST]
        found: dict[float, tuple[float, tuple[float, ...]]] = {}
        for level in sorted({level for gap in near for level in choices(strip, gap)}):
            cost, way = min((cost + _cost(at, level), way) for at, (cost, way) in ways.items())
            found[level] = cost, (*way, level)
        if not found:
            return None
        ways = found
    _, way = min((cost + _cost(at, end), way) for at, (cost, way) in ways.items())
    return list(way)


def _cost(one: float, other: float) -> float:
    return abs(one - other) + _BEND if one != other else 0.0


def _distance(gap: Gap, start: float, end: float) -> float:
    """How far up or down a way from one level to the other must go for this gap."""
    low, high = min(start, end), max(start, end)
    return max(0.0, gap[0] - high, low - gap[1])
