"""Which place stands above which in each column, so that few links cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from engine.tidy.layers import Layers, Order

_PATIENCE = 4
"""So many sweeps without fewer crossings are enough."""
_PASSES = 8
"""So many times all columns are gone through at the most, while neighbours are exchanged."""

_Ends = tuple[Sequence[float], Sequence[float]]
"""Where the links of a place begin and end in the columns before and after it."""


class Ordering:
    """An order that is being improved."""

    def __init__(self, layers: Layers, order: Order) -> None:
        self._layers = layers
        self._order = [list(column) for column in order]
        self._place = [0] * len(layers.column)
        for column in self._order:
            self._number(column)

    @property
    def order(self) -> Order:
        """A copy of the order as it is now."""
        return [list(column) for column in self._order]

    def crossings(self) -> int:
        """How many links cross in it."""
        return sum(self._crossings_after(column) for column in self._order)

    def _crossings_after(self, column: list[int]) -> int:
        """How many links cross between a column and the next one."""
        found, ends = 0, list[int]()
        for one in column:
            for target in self._layers.out[one]:
                end = self._place[target]
                at = bisect_right(ends, end)
                found += len(ends) - at
                ends.insert(at, end)
        return found

    def sweep(self, rounds: int) -> None:
        """Bring places to the level of those before and after them, as long as it helps."""
        best, fewest, waited = self.order, self.crossings(), 0
        for number in range(rounds):
            self._align(to_right=number % 2 == 0)
            self.transpose(also_equal=number % 4 < 2)
            crossed = self.crossings()
            waited += 1
            if crossed < fewest:
                best, fewest, waited = self.order, crossed, 0
            if waited == _PATIENCE or not fewest:
                break
        self._become(best)

    def transpose(self, *, also_equal: bool = False) -> None:
        """Exchange neighbours as long as fewer links cross."""
        changed = [True] * len(self._order)
        for _ in range(_PASSES):
            if not any(changed):
                return
            now = [False] * len(changed)
            for number in range(len(changed)):
                if any(changed[max(0, number - 1) : number + 2]):
                    now[number] = self._transpose_column(number, also_equal=also_equal)
            changed, also_equal = now, False

    def _transpose_column(self, number: int, *, also_equal: bool) -> bool:
        column = self._order[number]
        ends = self._ends(column)
        is_changed = False
        for above in range(len(column) - 1):
            one, other = column[above], column[above + 1]
            gain = _gain(ends[one], ends[other])
            if gain > 0 or (also_equal and gain == 0):
                column[above], column[above + 1] = other, one
                is_changed = is_changed or gain > 0
        self._number(column)
        return is_changed

    def sift(self, *, bends_only: bool = False) -> None:
        """Move single places up or down their columns as long as fewer links cross."""
        changed = [True] * len(self._order)
        while any(changed):
            now = [False] * len(changed)
            for number in range(len(changed)):
                if any(changed[max(0, number - 1) : number + 2]):
                    now[number] = self._sift_column(number, bends_only=bends_only)
            changed = now

    def _sift_column(self, number: int, *, bends_only: bool) -> bool:
        column = self._order[number]
        ends = self._ends(column)
        is_changed = False
        for one in list(column):
            if bends_only and self._layers.is_step(one):
                continue
            at = column.index(one)
            best, most, gain = at, 0, 0
            for to in range(at - 1, -1, -1):
                gain += _gain(ends[column[to]], ends[one])
                if gain > most:
                    best, most = to, gain
            gain = 0
            for to in range(at + 1, len(column)):
                gain += _gain(ends[one], ends[column[to]])
                if gain > most:
                    best, most = to, gain
            if most:
                column.insert(best, column.pop(at))
                is_changed = True
        self._number(column)
        return is_changed

    def _ends(self, column: list[int]) -> dict[int, _Ends]:
        place, out, into = self._place, self._layers.out, self._layers.into
        return {
            here: (
                [place[one] + port for one, port in into[here]],
                [place[one] for one in out[here]],
            )
            for here in column
        }

    def _align(self, *, to_right: bool) -> None:
        place, out, into = self._place, self._layers.out, self._layers.into
        for column in self._order if to_right else reversed(self._order):
            level: dict[int, float] = {}
            for one in column:
                if to_right and into[one]:
                    level[one] = sum(place[a] + port for a, port in into[one]) / len(into[one])
                elif not to_right and out[one]:
                    level[one] = sum(place[a] for a in out[one]) / len(out[one])
            moved = iter(sorted(level, key=level.__getitem__))
            column[:] = [next(moved) if one in level else one for one in column]
            self._number(column)

    def _become(self, order: Order) -> None:
        self._order = order
        for column in order:
            self._number(column)

    def _number(self, column: list[int]) -> None:
        for number, one in enumerate(column):
            self._place[one] = number


def _gain(above: _Ends, below: _Ends) -> int:
    """How many crossings fewer there are if two places of a column exchange theirs."""
    gain = 0
    for side in (0, 1):
        lower = below[side]
        for one in above[side]:
            for other in lower:
                if one > other:
                    gain += 1
                elif one < other:
                    gain -= 1
    return gain
