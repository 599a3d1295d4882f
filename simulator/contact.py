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


class Contact:
    """The state of a contact; it lives only as long as the contact does.

    customer, demand: indexes.  number: 1 for the first contact.  order: tells contacts
    apart in ties.  start, time: when it began and how far it is, seconds.  waited: seconds
    in queues.  marks: see `records.Mark`.  values: attributes written so far.  rounds: how
    often each step that lies on a cycle was entered before.  entered: when it came to the
    present step.  work: who serves it.  attempts: calls back so
    far.  opened: when its case was.  lines: of which it holds one.  touches: when we wrote to
    or called the customer, seconds; shared by all contacts of the customer.
    """

    __slots__ = (
        "attempts",
        "customer",
        "demand",
        "entered",
        "lines",
        "marks",
        "number",
        "opened",
        "order",
        "rounds",
        "start",
        "time",
        "touches",
        "values",
        "waited",
        "work",
    )

    def __init__(
        self, customer: int, number: int, demand: int, start: float, values: Values, marks: int
    ) -> None:
        self.customer = customer
        self.number = number
        self.demand = demand
        self.order = customer << 8 | (number & 255)
        self.start = self.time = self.entered = start
        self.values = values
        self.marks = marks
        self.waited = 0.0
        self.rounds: dict[int, int] = {}
        self.work: Any = None
        self.lines: Lines | None = None
        self.touches: list[float] = []
        self.attempts = 0
        self.opened = start
