"""A contact under way: one customer in one channel about one need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.profile import Value

if TYPE_CHECKING:
    from simulator.lines import Lines

Leave = Callable[["Contact"], int]
"""Takes an exit: counts it and returns the next step's index, or PARKED."""

Enter = Callable[["Contact"], int]
"""Enters a step; returns the next step's index, or PARKED if others decide when it goes on."""

PARKED = -1

Values = dict[str, Value | None]


class Past:
    """What is remembered of a customer beyond one contact.

    contacts, issues: how many there have been or are arranged, counted when another one is.
    about: how many contacts there are about each issue, where more than one is.
    touches: when we wrote to or called them, seconds.  told: names of what they told us.
    again: names of what they told us once more.  memories: what only contacts on one channel
    know.
    """

    __slots__ = ("about", "again", "contacts", "issues", "memories", "told", "touches")

    def __init__(self) -> None:
        self.contacts = self.issues = 1
        self.about: dict[int, int] = {}
        self.touches: list[float] = []
        self.told: set[str] = set()
        self.again: list[str] = []
        self.memories: dict[str | None, Values] = {}


class Contact:
    """The state of a contact; it lives only as long as the contact does.

    Who: customer, an index.  number: 1 for the customer's first contact.  issue: 1 for their
    first issue.  nth: 1 for the first contact about the issue.  entry: index of the step at
    which it came in.  need: index of what the customer truly wants, -1 if that is not known.
    order: tells contacts apart in ties.

    How far: start, time: when it began and how far it is, seconds.  entered: when it came to
    the present step.  rounds: how often each step that lies on a cycle was entered before.
    waited: seconds in queues.  marks: see `records.Mark`.  asked_again, asked_seconds: how
    many things the customer had to tell once more, and how long that took.

    What is known: values: attributes written so far.  past: what there is to say about the
    customer's contacts so far; None if there is nothing.

    With whom: work: who serves it.  since: when it came to the queue in which it took a
    callback instead of waiting, seconds.  lines: of which it holds one.  attempts: calls back so
    far.  opened: when its case was.
    """

    __slots__ = (
        "asked_again",
        "asked_seconds",
        "attempts",
        "customer",
        "entered",
        "entry",
        "issue",
        "lines",
        "marks",
        "need",
        "nth",
        "number",
        "opened",
        "order",
        "past",
        "rounds",
        "since",
        "start",
        "time",
        "values",
        "waited",
        "work",
    )

    def __init__(
        self, customer: int, number: int, entry: int, start: float, values: Values, marks: int
    ) -> None:
        self.customer = customer
        self.number = number
        self.entry = entry
        self.issue = self.nth = 1
        self.need = -1
        self.order = customer << 8 | (number & 255)
        self.start = self.time = self.entered = start
        self.values = values
        self.marks = marks
        self.waited = 0.0
        self.rounds: dict[int, int] = {}
        self.work: Any = None
        self.lines: Lines | None = None
        self.past: Past | None = None
        self.asked_again = 0
        self.asked_seconds = 0.0
        self.attempts = 0
        self.since: float | None = None
        self.opened = start

    def remembered(self) -> Past:
        """The customer's past, to be written to."""
        if self.past is None:
            self.past = Past()
        return self.past
