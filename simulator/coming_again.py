"""Arranging that a customer contacts us once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.calendar import next_opening, open_test
from engine.errors import PlanError
from engine.next_contact import NextContact, Redial
from engine.plan import PlannedStep

if TYPE_CHECKING:
    from simulator.contact import Contact, Leave
    from simulator.draws import Number
    from simulator.world import World

Arrange = Callable[["Contact"], None]
"""Draws whether and when the customer comes again, and sees to it."""


def trying_again(planned: PlannedStep, world: World, purpose: str, habit: Redial) -> Arrange | None:
    """What arranges the next contact about the same need, or None if nobody comes again."""
    if not habit.probability or habit.max_contacts < 2:
        return None
    tries = world.draws.chance(planned, f"{purpose}/probability", habit.probability)
    when = _when(planned, world, purpose, habit)
    most, begin_again = habit.max_contacts, world.begin_again
    entry = None if habit.entry is None else _entry(planned, world, habit.entry)

    def arrange(contact: Contact) -> None:
        if contact.nth < most and tries(contact):
            begin_again(contact, when(contact), entry)

    return arrange


def coming_later(planned: PlannedStep, world: World, habits: list[NextContact]) -> list[Arrange]:
    """What arranges later contacts of customers who end here."""
    return [
        _later(planned, world, f"next/{habit.entry}/{number}", habit)
        for number, habit in enumerate(habits)
    ]


def _later(planned: PlannedStep, world: World, purpose: str, habit: NextContact) -> Arrange:
    comes = world.draws.chance(planned, f"{purpose}/probability", habit.probability)
    when = _when(planned, world, purpose, habit)
    entry, begin_again = _entry(planned, world, habit.entry), world.begin_again

    def arrange(contact: Contact) -> None:
        if comes(contact):
            begin_again(contact, when(contact), entry, about_new=habit.new_issue)

    return arrange


def _entry(planned: PlannedStep, world: World, name: str) -> int:
    if name not in world.plan.entries:
        raise PlanError(
            f"customers would come in again at “{name}”, which is no entry",
            where=f"step {planned.id}",
            mend="name an entry of the journey.",
        )
    return world.plan.entries[name]


def _when(planned: PlannedStep, world: World, purpose: str, habit: Redial | NextContact) -> Number:
    """When the next contact begins, seconds: after the delay, within the hours if there are any."""
    delay = world.draws.value(planned, f"{purpose}/delay", habit.delay)
    if habit.hours is None:
        return lambda contact: contact.time + delay(contact)
    is_open, opening = open_test(habit.hours), next_opening(habit.hours)
    # Some time within the next hours: nobody stays up to be the first.
    share = world.draws.uniform(planned, f"{purpose}/hour")

    def when(contact: Contact) -> float:
        time = contact.time + delay(contact)
        if is_open(time):
            return time
        start, end = opening(time)
        return start + share(contact) * (end - start)

    return when


def and_again(leave: Leave, again: Arrange | None) -> Leave:
    """`leave`, after arranging for a later contact of the same customer if there is one."""
    if again is None:
        return leave

    def arrange_and_leave(contact: Contact) -> int:
        again(contact)
        return leave(contact)

    return arrange_and_leave
