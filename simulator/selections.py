"""Contacts that are chosen, and those gathered by the issue or customer they belong to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.histories import ABSENT, Gathering, Rows
from simulator.records import Table

Mask = NDArray[np.bool_]
Column = NDArray[Any]


class Selection:
    """Some rows of a table of contacts."""

    def __init__(self, table: Table, rows: Rows) -> None:
        self.rows = rows
        self._table = table
        self._columns: dict[str, Column] = {}

    def __len__(self) -> int:
        """How many contacts there are."""
        return len(self.rows)

    def contact(self, name: str) -> Column:
        """A column of these contacts."""
        if name not in self._columns:
            self._columns[name] = self._table.column(name)[self.rows]
        return self._columns[name]

    def marked(self, *marks: int) -> Mask:
        """Which of them have all of these marks."""
        wanted = sum(marks)
        return np.asarray((self.contact("marks") & wanted) == wanted)


class Units(Selection):
    """Issues or customers, an element each, and all of their contacts.

    Only those whose first contact is measured and belongs to the part: not who first came in
    the warm-up.
    """

    def __init__(self, table: Table, gathering: Gathering, counted: Mask) -> None:
        """Take the units whose first contact is `counted` (an element a row of the table)."""
        first = gathering.first
        chosen = (first != ABSENT) & counted[first] if len(first) else np.zeros(0, bool)
        super().__init__(table, np.flatnonzero(chosen[gathering.of]))
        self.count = int(np.count_nonzero(chosen))
        self._of = (np.cumsum(chosen) - 1)[gathering.of[self.rows]]
        self._first = first[chosen]

    def having(self, which: Mask) -> Mask:
        """For each unit, whether any of the contacts `which` is among its own."""
        has = np.zeros(self.count, bool)
        has[self._of[which]] = True
        return has

    def sums(self, values: Column) -> NDArray[np.float64]:
        """For each unit the sum of the values (one a contact) of its contacts."""
        summed = np.bincount(self._of, weights=values, minlength=self.count)
        return np.asarray(summed, np.float64)

    def spread(self, values: Column) -> Column:
        """For each contact the value (one a unit) of the unit that it belongs to."""
        return np.asarray(values[self._of])

    def begun(self) -> Column:
        """When each unit's first contact began; seconds."""
        return np.asarray(self._table.column("start")[self._first])

    def first_end(self, which: Mask) -> Column:
        """When the first of each unit's contacts `which` ended; infinite if it has none."""
        ends = np.full(self.count, np.inf)
        np.minimum.at(ends, self._of[which], self.contact("end")[which])
        return ends
