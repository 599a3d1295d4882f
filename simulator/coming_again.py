"""Arranging that a customer contacts us once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.next_contact import NextContact, Redial
from engine.plan import PlannedStep

if TYPE_CHECKING:
    from simulator.contact import Contact, Leave
    from simulator.world import World

Arrange = Callable[["Contact"], None]
"""Draws whether and when the customer comes again, and sees to it."""


def trying_again(planned: PlannedStep, world: World, purpose: str, habit: Redial) -> Arrange | None:
    """What arranges the next contact about the same need, or None if nobody comes again."""
    if not habit.probability or habit.max_contacts < 2:
        return None
    tries = world.draws.chance(planned, f"{purpose}/probability", habit.probability)
    delay = world.draws.value(planned, f"{purpose}/delay", habit.delay)
    most, begin_again = habit.max_contacts, world.begin_again
    entry = None if habit.entry is None else world.plan.entries[habit.entry]

    def arrange(contact: Contact) -> None:
        if contact.number - contact.first + 1 < most and tries(contact):
            begin_again(contact, contact.time + delay(contact), entry)

    return arrange


def coming_later(planned: PlannedStep, world: World, habits: list[NextContact]) -> list[Arrange]:
    """What arranges later contacts of customers who end here."""
    return [
        _later(planned, world, f"next/{habit.entry}/{number}", habit)
        for number, habit in enumerate(habits)
    ]


def _later(planned: PlannedStep, world: World, purpose: str, habit: NextContact) -> Arrange:
    comes = world.draws.chance(planned, f"{purpose}/probability", habit.probability)
    delay = world.draws.value(planned, f"{purpose}/delay", habit.delay)
    entry, begin_again = world.plan.entries[habit.entry], world.begin_again

    def arrange(contact: Contact) -> None:
        if comes(contact):
            start = contact.time + delay(contact)
            begin_again(contact, start, entry, about_new=habit.new_issue)

    return arrange


def and_again(leave: Leave, again: Arrange | None) -> Leave:
    """`leave`, after arranging for a later contact of the same customer if there is one."""
    if again is None:
        return leave

    def arrange_and_leave(contact: Contact) -> int:
        again(contact)
        return leave(contact)

    return arrange_and_leave
