"""Who came in one replication, how it went for them, and whom of them to follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import WaylineError
from engine.plan import Plan, purpose_number
from simulator.histories import Histories
from simulator.records import Fate, Mark, Records
from simulator.replication import replicate
from simulator.world import exit_codes

_SAID: Final = (
    *("unfinished", "resolved", "abandoned", "timed_out", "turned_away"),
    *("falsely_contained", "unresolved"),
)
"""In a list a contact is told by the first of these that is true of it."""

Order = Literal["number", "wait", "effort"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which customers: who had a contact of which all of this is true.

    outcome: one of `OUTCOMES`.  contact: it is their contact of this number or a later one.
    exit: in it this exit was taken, named EXIT or STEP.EXIT; in the whole replication, and the
    other two of what is measured, as KPIs count.
    """

    outcome: str | None = None
    contact: int = 1
    exit: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer in a list.

    number: by which `story` follows them.  channel: of the first contact.  start: seconds.
    outcomes: of each contact, one of `OUTCOMES`.  waited: seconds in all queues together.
    effort: points for what made it hard, of all issues (`engine.experience.Effort`).
    """

    number: int
    channel: str
    start: float
    contacts: int
    outcomes: tuple[str, ...]
    waited: float
    effort: float


class Customers:
    """The customers of one replication that are wanted, in the order asked for.

    Raises WaylineError if there are none.
    """

    def __init__(
        self,
        plan: Plan,
        seed: int,
        replication: int,
        wanted: Wanted | None = None,
        order: Order = "number",
    ) -> None:
        wanted = wanted or Wanted()
        self._plan, self._seed, self._replication = plan, seed, replication
        records = replicate(plan, seed, replication, record_visits=wanted.exit is not None)
        self._facts = _Facts(plan, records)
        self.numbers = self._facts.ordered(self._facts.having(wanted), order)
        """All of them, by number."""
        if not len(self.numbers):
            raise _nobody(wanted, replication)

    def listed(self, most: int) -> list[Customer]:
        """The first of them."""
        return [self._facts.customer(int(number)) for number in self.numbers[:most]]

    def at_random(self, draw: int) -> int:
        """One of them; another for another `draw`, and always the same for the same."""
        key = purpose_number(f"{self._seed}/{self._replication}/follow/{draw}")
        return int(self.numbers[key % len(self.numbers)])


def _nobody(wanted: Wanted, replication: int) -> WaylineError:
    later = f" in contact {wanted.contact} or later" if wanted.contact > 1 else ""
    if wanted.exit is not None:
        return WaylineError(
            f"nobody takes the exit “{wanted.exit}”{later} in replication {replication}",
            mend="name an exit or STEP.EXIT that customers take; wayline simulate shows visits.",
        )
    which = f" is “{wanted.outcome}”" if wanted.outcome else " comes"
    return WaylineError(
        f"nobody{which}{later} in replication {replication}",
        mend="ask for another outcome, an earlier contact or another replication.",
    )


class _Facts:
    """What is true of each contact of a replication."""

    def __init__(self, plan: Plan, records: Records) -> None:
        self._plan, self._records = plan, records
        self._contacts = records.contacts
        self._customer = records.contacts.column("customer")
        self._marks = records.contacts.column("marks")
        self._histories = Histories(records.contacts)
        self._true = self._truths()
        self._size = int(self._customer.max()) + 1 if len(self._customer) else 0
        self.waited = np.bincount(
            self._customer, self._contacts.column("waited"), minlength=self._size
        )
        self.effort = self._efforts()

    def _marked(self, mark: int) -> NDArray[np.bool_]:
        return np.asarray(self._marks & mark, bool)

    def _truths(self) -> dict[str, NDArray[np.bool_]]:
        resolved, unfinished = self._marked(Mark.RESOLVED), self._marked(Mark.UNFINISHED)
        return {
            "resolved": resolved,
            "unresolved": ~resolved & ~unfinished,
            "abandoned": self._fated(Fate.ABANDONED),
            "timed_out": self._fated(Fate.TIMED_OUT),
            "turned_away": self._fated(Fate.FULL, Fate.CLOSED),
            "transferred": self._marked(Mark.TRANSFERRED),
            "falsely_contained": self._marked(Mark.FALSELY_CONTAINED),
            "unfinished": unfinished,
        }

    def _fated(self, *fates: int) -> NDArray[np.bool_]:
        """Contacts with a visit to a queue that ended so."""
        queue = self._records.queue
        which = np.isin(queue.column("fate"), fates)
        return self._among(queue.column("customer")[which], queue.column("number")[which])

    def _among(self, customers: NDArray[np.int32], numbers: NDArray[np.uint8]) -> NDArray[np.bool_]:
        rows = self._histories.rows_of(customers, numbers)
        found = np.zeros(len(self._contacts), bool)
        found[rows[rows >= 0]] = True
        return found

    def _efforts(self) -> NDArray[np.float64]:
        """Of each customer; no issue counts for more than 100."""
        effort, own = self._plan.assumptions.experience.effort, self._contacts
        points = (
            effort.further_contact * (own.column("nth") > 1)
            + effort.transfer * self._marked(Mark.TRANSFERRED)
            + effort.channel_switch * self._marked(Mark.SWITCHED)
            + effort.told_again * own.column("asked_again").astype(np.float64)
            + effort.misrecognised * self._marked(Mark.MISRECOGNISED)
        )
        issue = self._customer.astype(np.int64) << 8 | own.column("issue")
        issues, of = np.unique(issue, return_inverse=True)
        each = np.minimum(np.bincount(of, points, minlength=len(issues)), 100.0)
        return np.bincount(issues >> 8, each, minlength=self._size).astype(np.float64)

    def having(self, wanted: Wanted) -> NDArray[np.int64]:
        """Customers with a contact that is as wanted."""
        which = self._contacts.column("number") >= wanted.contact
        if wanted.exit is not None:
            which &= self._taking(wanted.exit)
        else:
            which &= self._marked(Mark.MEASURED)
        if wanted.outcome is not None:
            which &= self._true[wanted.outcome]
        return np.unique(self._customer[which]).astype(np.int64)

    def _taking(self, exit_name: str) -> NDArray[np.bool_]:
        visits = self._records.visits
        if visits is None:
            raise TypeError("no visits were recorded")
        which = np.isin(visits.column("exit"), _codes_named(self._plan, exit_name))
        return self._among(visits.column("customer")[which], visits.column("number")[which])

    def ordered(self, customers: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
        """The most first; among equals by number."""
        if order == "number":
            return customers
        by = self.waited if order == "wait" else self.effort
        return customers[np.argsort(-by[customers], kind="stable")]

    def customer(self, number: int) -> Customer:
        rows = np.flatnonzero(self._customer == number)
        rows = rows[np.argsort(self._contacts.column("number")[rows])]
        entry = self._plan.steps[int(self._contacts.column("entry")[rows[0]])]
        channel = entry.step.contact_channel()
        return Customer(
            number=number,
            channel="" if channel is None else channel.value,
            start=float(self._contacts.column("start")[rows[0]]),
            contacts=len(rows),
            outcomes=tuple(self._said(int(row)) for row in rows),
            waited=float(self.waited[number]),
            effort=float(self.effort[number]),
        )

    def _said(self, row: int) -> str:
        return next((name for name in _SAID if self._true[name][row]), "unresolved")


def _codes_named(plan: Plan, name: str) -> list[int]:
    first = exit_codes(plan)
    return [
        first[planned.index] + number
        for planned in plan.steps
        for number, exit_name in enumerate(planned.exits)
        if name in {exit_name, f"{planned.id}.{exit_name}"}
    ]
