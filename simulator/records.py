"""What happened: one row a contact, one row a visit to a queue."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from struct import Struct
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
    CALLBACK: Final = 6


NO_TEAM: Final = -1
"""The team of a visit that nobody served."""


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
    MISRECOGNISED: Final = 1024
    SWITCHED: Final = 2048
    """Came on another channel than the contact about the same issue before."""
    SURVEYED: Final = 4096
    """Answered a CSAT survey."""
    SATISFIED: Final = 8192
    """Gave 4 or 5 of 5 there."""


_CODES: Final = {"f8": "d", "f4": "f", "i4": "i", "i2": "h", "u2": "H", "u1": "B"}


class Table:
    """Rows of equal size, packed one after the other; numpy reads them as columns.

    `write(pack(...))` adds a row, its values in the columns' order. Packing at once costs
    a third of what columns of their own cost, and the rows stay as small as their values.
    """

    def __init__(self, **kinds: str) -> None:
        self._rows = BytesIO()
        self._type = np.dtype([(name, f"={kind}") for name, kind in kinds.items()])
        self.write = self._rows.write
        self.pack = Struct("=" + "".join(_CODES[kind] for kind in kinds.values())).pack

    def write_columns(self, **columns: Any) -> None:
        """Add rows at once, a column or one value for all of each name; one is a column."""
        length = max(np.size(values) for values in columns.values())
        rows = np.empty(length, self._type)
        for name, values in columns.items():
            rows[name] = values
        self.write(rows.tobytes())

    def column(self, name: str) -> NDArray[Any]:
        """One column as a numpy array. The table must not grow while it is in use."""
        return np.frombuffer(self._rows.getbuffer(), dtype=self._type)[name]

    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return self._type.names or ()

    def __len__(self) -> int:
        """The number of rows."""
        return self._rows.tell() // self._type.itemsize


def contacts_table() -> Table:
    """A row for each contact, written when it ends.

    customer: index.  number: 1 for the customer's first contact.  issue: 1 for the customer's
    first issue.  nth: 1 for the first contact about the issue.  entry: index in the plan of the
    step at which it came in.  need: index of what the customer truly wants (`needs`), -1 if
    nobody knows.  start, end: seconds.  waited: seconds in queues.  last_exit: exit code of the
    plan at which it ended.  marks: what is true of it (`Mark`).  asked_again: how many things
    the customer had to tell again.  asked_seconds: how long that took.
    """
    return Table(
        customer="i4",
        number="u1",
        issue="u1",
        nth="u1",
        entry="i4",
        need="i2",
        start="f8",
        end="f8",
        waited="f8",
        last_exit="i4",
        marks="u2",
        asked_again="u1",
        asked_seconds="f4",
    )


def queue_table() -> Table:
    """A row for each visit to a queue, written when service starts or the visit ends.

    customer, number: whose.  step: index in the plan.  joined: seconds.  waited, talk,
    wrap: seconds in queue, of handling and of after-call work.  team: index, -1 if none.
    fate: `Fate`.  in_pieces: 1 if talk and wrap do not say when an agent was at work on it:
    that is among the spells.
    """
    return Table(
        customer="i4",
        number="u1",
        step="i4",
        joined="f8",
        waited="f8",
        talk="f8",
        wrap="f8",
        team="i2",
        fate="u1",
        in_pieces="u1",
    )


def spells_table() -> Table:
    """A row for each spell of an agent's work that is not one visit in one piece.

    Such work may be interrupted, or an agent has several visits at once.
    team: index.  start, seconds: when it began and how long it lasted.
    """
    return Table(team="i2", start="f8", seconds="f8")


def visits_table() -> Table:
    """A row for each visit to any step, written when it is left.

    exit: exit code of the plan.  entered, left: seconds.  waited, asked_again, marks: those of
    the contact as it left, so what happened at earlier steps is in them, too.
    """
    return Table(
        customer="i4",
        number="u1",
        step="i4",
        exit="i4",
        entered="f8",
        left="f8",
        waited="f8",
        asked_again="u1",
        marks="u2",
    )


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one replication leaves behind.

    spells: agents' work on visits that were not served in one piece.
    exits: how often measured contacts took each exit code.  told_again: by step, how often they
    had to tell a thing again there.  window: start and end of the
    measured time, seconds.  under_way: contacts being served or on their way when the
    journey's limit after the period was over; they have no row.
    keys, demands: for each customer the key of their random draws and the index of the demand.
    """

    contacts: Table
    queue: Table
    spells: Table
    visits: Table | None
    exits: NDArray[np.int64]
    told_again: NDArray[np.int64]
    window: tuple[float, float]
    under_way: int
    staffing: list[StaffingRecord]
    keys: NDArray[np.uint64]
    demands: NDArray[np.int32]


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
