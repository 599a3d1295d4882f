"""What happened, in columns: one row a contact, one row a visit to a queue.

Columns grow in `array`s while the world runs and are handed to numpy without a copy.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray


class Fate:
    """How a visit to a queue ended: plain numbers, as they stand in the column."""

    ANSWERED: Final = 0
    ABANDONED: Final = 1
    TIMED_OUT: Final = 2
    FULL: Final = 3
    CLOSED: Final = 4
    WAITING: Final = 5


class Mark:
    """What is true of a contact: bits, plain numbers because they are set all the time."""

    MEASURED: Final = 1
    AUTOMATED: Final = 2
    OFFERED: Final = 4
    ANSWERED: Final = 8
    RESOLVED: Final = 16
    FALSELY_CONTAINED: Final = 32
    TRANSFERRED: Final = 64
    CONVERTED: Final = 128
    INBOUND: Final = 256
    UNFINISHED: Final = 512


_CODES: Final = {"f8": "d", "i4": "i", "i2": "h", "u2": "H", "u1": "B"}


class Table:
    """Columns of equal length.

    `note` takes one row as a tuple in the columns' order; `settle` moves the rows noted so
    far into the columns, where they need little memory.
    """

    def __init__(self, **kinds: str) -> None:
        self._columns = {name: array(_CODES[kind]) for name, kind in kinds.items()}
        self._kinds = kinds
        self._pending: list[tuple[Any, ...]] = []
        self.note: Callable[[tuple[Any, ...]], None] = self._pending.append

    def settle(self) -> None:
        """Move noted rows into the columns; to be called now and then, and before reading."""
        for column, values in zip(
            self._columns.values(), zip(*self._pending, strict=True), strict=False
        ):
            column.extend(values)
        self._pending.clear()

    def column(self, name: str) -> NDArray[Any]:
        """One column as a numpy array. The table must not grow while it is in use."""
        return np.frombuffer(self._columns[name], dtype=self._kinds[name])

    def names(self) -> list[str]:
        """The columns' names."""
        return list(self._kinds)

    def __len__(self) -> int:
        """The number of settled rows."""
        return len(next(iter(self._columns.values())))


def contacts_table() -> Table:
    """A row for each contact, written when it ends.

    customer: index.  number: 1 for the customer's first contact about the need.
    start, end: seconds.  waited: seconds in queues.  last_exit: exit code of the plan at
    which it ended.  marks: what is true of it (`Mark`).
    """
    return Table(
        customer="i4", number="u1", start="f8", end="f8", waited="f8", last_exit="i4", marks="u2"
    )


def queue_table() -> Table:
    """A row for each visit to a queue, written when service starts or the visit ends.

    customer, number: whose.  step: index in the plan.  joined: seconds.  waited, talk,
    wrap: seconds in queue, of handling and of after-call work.  team: index, -1 if none.
    fate: `Fate`.
    """
    return Table(
        customer="i4",
        number="u1",
        step="i2",
        joined="f8",
        waited="f8",
        talk="f8",
        wrap="f8",
        team="i2",
        fate="u1",
    )


def visits_table() -> Table:
    """A row for each visit to any step, written when it is left.

    exit: exit code of the plan.  entered, left: seconds.
    """
    return Table(customer="i4", number="u1", step="i2", exit="i4", entered="f8", left="f8")


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one replication leaves behind.

    exits: how often measured contacts took each exit code.  window: start and end of the
    measured time, seconds.
    """

    contacts: Table
    queue: Table
    visits: Table | None
    exits: NDArray[np.int64]
    window: tuple[float, float]
    staffing: list[StaffingRecord]


@dataclass(frozen=True, slots=True)
class StaffingRecord:
    """One team's schedule as it was: from `times[i]` on, `agents[i]` were available.

    paid_seconds counts scheduled people, shrinkage included; cost_per_second is each one's.
    """

    team: str
    times: NDArray[np.float64]
    agents: NDArray[np.float64]
    paid_seconds: float
    cost_per_second: float
