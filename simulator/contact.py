"""A contact under way: one customer in one channel about one need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.profile import Value

Leave = Callable[["Contact"], int]
"""Takes an exit: counts it and returns the next step's index, or PARKED."""

Enter = Callable[["Contact"], int]
"""Enters a step; returns the next step's index at once, or PARKED if time must pass first."""

PARKED = -1


class Contact:
    """The state of a contact; it lives only as long as the contact does.

    customer, demand: indexes.  number: 1 for the first contact.  order: tells contacts apart in ties.
    values: attributes written so far, shared by all contacts of the customer.
    rounds: how often each step that lies on a cycle was entered before.
    leave: what happens when the present step is over.  marks, waited: see `records`.
    """

    __slots__ = (
        "customer",
        "demand",
        "entered",
        "leave",
        "marks",
        "number",
        "order",
        "rounds",
        "start",
        "values",
        "waited",
        "work",
    )

    def __init__(
        self,
        customer: int,
        number: int,
        demand: int,
        start: float,
        values: dict[str, Value | None],
        marks: int,
    ) -> None:
        self.customer = customer
        self.number = number
        self.demand = demand
        self.order = customer << 8 | min(number, 255)
        self.start = start
        self.entered = start
        self.values = values
        self.marks = marks
        self.waited = 0.0
        self.rounds: dict[int, int] = {}
        self.leave: Leave = _nowhere
        self.work: Any = None


def _nowhere(contact: Contact) -> int:
    raise AssertionError(f"contact {contact.customer} woke up without having slept")
