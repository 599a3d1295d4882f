"""The arrangement of steps that hang together: columns, order in them, and rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from engine.tidy import lines
from engine.tidy.crossings import Order
from engine.tidy.cycles import split_links
from engine.tidy.flow import Flow
from engine.tidy.layers import Layers
from engine.tidy.measures import COLUMN, GRID
from engine.tidy.ordering import Ordering
from engine.tidy.ranks import columns
from engine.tidy.rows import rows, separation
from engine.tidy.starts import by_level, by_walk

_SWEEPS = 24
_WORK = 10_000
"""Places that are put in order from random starts: small journeys get more of these."""
_STARTS = 12
_CROSSING = 400
"""So much further up and down may links lead for one crossing fewer."""
_CLEARLY = 0.8
"""A fresh start must leave so small a part of the crossings to be worth moving everything."""

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
        levels = [place and place[1] for place in present]
        while True:
            better = self._improved(levels)
            if now is not None and self.cost(better) >= self.cost(now):
                return [
                    (column * COLUMN, row) for column, row in zip(self.columns, now, strict=True)
                ]
            now, levels = better, [*better]

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
        crossed = lines.crossings(self._flow, self.columns, found)
        return crossed * _CROSSING + lines.length(self._flow, found) + max(found) - min(found)

    def _improved(self, levels: Sequence[float | None]) -> list[int]:
        """Rows for cards that are at these levels now: in this order, unless it is a poor one."""
        if all(level is None for level in levels):
            return self._fresh
        ordering = Ordering(self._layers, by_level(self._layers, self._flow, levels))
        ordering.sift()
        kept = self._rows(ordering.order)
        crossed = lines.crossings(self._flow, self.columns, kept)
        fresh = lines.crossings(self._flow, self.columns, self._fresh)
        return self._fresh if fresh < _CLEARLY * crossed - 1 else kept

    @cached_property
    def _fresh(self) -> list[int]:
        """The best rows, wherever the cards are now."""
        starts = [by_walk(self._layers, from_left=from_left) for from_left in (True, False)]
        count = min(_STARTS, _WORK // len(self._layers.column))
        starts += [self._shuffled(starts[0], number) for number in range(count)]
        found = []
        for start in starts:
            ordering = Ordering(self._layers, start)
            ordering.sweep(_SWEEPS)
            ordering.sift()
            found.append(self._rows(ordering.order))
        return min(found, key=self.cost)

    @staticmethod
    def _shuffled(order: Order, seed: int) -> Order:
        chance = random.Random(seed)  # noqa: S311
        return [chance.sample(column, len(column)) for column in order]

    def _rows(self, order: Order) -> list[int]:
        count = len(self._forward.column)
        forward = [[place for place in column if place < count] for column in order]
        return rows(self._forward, forward)[: self._forward.steps]

    def _order_of(self, found: list[int]) -> Order:
        order: Order = [[] for _ in range(max(self.columns) + 1)]
        for step in sorted(range(len(found)), key=found.__getitem__):
            order[self.columns[step]].append(step)
        return order
