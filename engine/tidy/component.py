"""The arrangement of steps that hang together: columns, order in them, and rows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from engine.tidy import lines
from engine.tidy.cycles import split_links
from engine.tidy.flow import Flow
from engine.tidy.layers import Layers, Order
from engine.tidy.measures import COLUMN, GRID
from engine.tidy.ordering import Ordering
from engine.tidy.ranks import columns
from engine.tidy.rows import rows, separation
from engine.tidy.starts import by_level, by_walk
from engine.tidy.steady import steadied

_SWEEPS = 16
_STARTS = 12
_WORK = 6_000
"""Places that are put in order from random starts, at the most: big journeys get few of these."""
_CROSSING = 500
"""So much further up and down may links lead for one crossing fewer."""
_MOST = 0.6
"""If so many cards lie in columns, the rest is what was changed since."""
_WORTH = 0.9
"""Tight rows must cost so much less than those near the present ones."""
_FINALISTS = 3
"""Of so many orders, those with the fewest crossings, the rows are compared."""
_BENDINGS = 3
"""So many times bends are put where the rows would have them."""
_BETTER = 0.8
"""A fresh start must leave so small a part of the crossings to be worth moving everything."""
_CLEARLY_BETTER = 0.6
"""The same for what was tidy before a few changes."""

Place = tuple[float, float]
"""The x of a card's left side and the y of its middle."""


class Drawing:
    """A component, and what does not depend on where its steps lie now."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        on, back = split_links(flow)
        self.columns = columns(flow, on)
        # Links back count for the order, but no row is kept free for them.
        level = [link for link in back if self.columns[link.source] != self.columns[link.target]]
        self._layers = Layers(flow, self.columns, [*on, *level])
        self._forward = Layers(flow, self.columns, on)

    def arranged(self, present: Sequence[Place | None]) -> list[tuple[int, int]]:
        """Where the cards lie: the left side, and the middle.

        present: where they lie now, if they do. What was arranged is not changed any more.
        """
        now = self._rows_if_tidy(present)
        while True:
            better = self._improved(present)
            if now is not None and self.cost(better) >= self.cost(now):
                return self._places(now)
            now, present = better, self._places(better)

    def _places(self, found: Sequence[int]) -> list[tuple[int, int]]:
        return [(column * COLUMN, row) for column, row in zip(self.columns, found, strict=True)]

    def _rows_if_tidy(self, present: Sequence[Place | None]) -> list[int] | None:
        """The rows of cards that lie as an arrangement does: in their columns and apart."""
        origin = present[0]
        if origin is None:
            return None
        left = origin[0] - self.columns[0] * COLUMN
        found: list[int] = []
        for place, column in zip(present, self.columns, strict=True):
            if place is None or place[0] != left + column * COLUMN:
                return None
            row = place[1] - origin[1]
            if row % GRID:
                return None
            found.append(int(row))
        for standing in self._order_of(found):
            for one, other in pairwise(standing):
                if found[other] - found[one] < separation(self._forward, one, other):
                    return None
        return found

    def cost(self, found: Sequence[float]) -> float:
        """What is bad about these rows."""
        # Seen from the first card, as what is rounded must not depend on where all of them lie.
        found = [row - found[0] for row in found]
        crossed = lines.crossings(self._flow, self.columns, found)
        return crossed * _CROSSING + lines.length(self._flow, found) + max(found) - min(found)

    def _improved(self, present: Sequence[Place | None]) -> list[int]:
        """Rows for cards that lie here now: in this order, unless it is a poor one."""
        origin = next((place for place in present if place is not None), None)
        if origin is None:
            return self._fresh
        # Seen from the first card, so that it does not matter where all of them lie.
        levels = [place and place[1] - origin[1] for place in present]
        ordering = Ordering(self._layers, by_level(self._layers, self._flow, levels))
        ordering.sift()
        order, packed = self._rows_of(ordering.order)
        kept = packed[: self._forward.steps]
        crossed = lines.crossings(self._flow, self.columns, kept)
        fresh = lines.crossings(self._flow, self.columns, self._fresh)
        is_edited = _in_columns(present)
        if fresh < (_CLEARLY_BETTER if is_edited else _BETTER) * crossed - 1:
            return self._fresh
        if is_edited:
            steady = steadied(self._forward, order, packed, levels)[: self._forward.steps]
            if self.cost(kept) > _WORTH * self.cost(steady):
                return steady
        return kept

    @cached_property
    def _fresh(self) -> list[int]:
        """The best rows, wherever the cards are now."""
        starts = [by_walk(self._layers, from_left=from_left) for from_left in (True, False)]
        count = min(_STARTS, _WORK // len(self._layers.column))
        starts += [self._shuffled(starts[0], number) for number in range(count)]
        orderings = []
        for start in starts:
            ordering = Ordering(self._layers, start)
            ordering.sweep(_SWEEPS)
            ordering.sift()
            orderings.append(ordering)
            if not ordering.crossings():
                break
        orderings.sort(key=Ordering.crossings)
        finalists = max(_FINALISTS, _WORK // (4 * len(self._layers.column)))
        found = [self._rows_of(one.order)[1] for one in orderings[:finalists]]
        return min((rows[: self._forward.steps] for rows in found), key=self.cost)

    def _rows_of(self, order: Order) -> tuple[Order, list[int]]:
        """Rows for steps in this order, and the order of steps and bends that belongs to them.

        Bends are put where straight links would pass, until that changes no row any more. So
        steps that were arranged once are arranged alike, though their bends are forgotten.
        """
        count = len(self._forward.column)
        order = [[place for place in column if place < count] for column in order]
        found = rows(self._forward, order)
        for _ in range(_BENDINGS):
            levels = [float(row) for row in found[: self._forward.steps]]
            ordering = Ordering(self._forward, by_level(self._forward, self._flow, levels))
            ordering.sift(bends_only=True)
            last, order = found, ordering.order
            found = rows(self._forward, order)
            if found == last:
                break
        return order, found

    @staticmethod
    def _shuffled(order: Order, seed: int) -> Order:
        chance = random.Random(seed)  # noqa: S311
        return [chance.sample(column, len(column)) for column in order]

    def _order_of(self, found: list[int]) -> Order:
        order: Order = [[] for _ in range(max(self.columns) + 1)]
        for step in sorted(range(len(found)), key=found.__getitem__):
            order[self.columns[step]].append(step)
        return order


def _in_columns(present: Sequence[Place | None]) -> bool:
    """Whether most cards lie in columns as an arrangement has them, whichever these are."""
    usual = Counter(place[0] % COLUMN for place in present if place is not None)
    return max(usual.values()) >= _MOST * usual.total()
