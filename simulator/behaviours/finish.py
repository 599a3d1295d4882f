"""Ends and goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.finish import Exit, ExitAssumptions, Goal
from simulator.behaviours import behaviour
from simulator.coming_again import and_again, coming_later
from simulator.records import Mark

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


@behaviour(Exit)
def leave_journey(planned: PlannedStep, world: World) -> Enter:
    """The contact ends; in a sub-journey, it goes on in the calling one."""
    if planned.exits:
        return world.out(planned, planned.exits[0])
    step, assumed = planned.designed(Exit), planned.assumed(ExitAssumptions)
    end = world.end(planned)
    for arrange in coming_later(planned, world, assumed.next):
        end = and_again(end, arrange)
    if not step.resolved:

        def unresolved(contact: Contact) -> int:
            contact.marks &= ~Mark.RESOLVED
            return end(contact)

        return unresolved

    def resolved(contact: Contact) -> int:
        if not contact.marks & Mark.FALSELY_CONTAINED:
            contact.marks |= Mark.RESOLVED
        return end(contact)

    return resolved


@behaviour(Goal)
def goal(planned: PlannedStep, world: World) -> Enter:
    """Reached; it may go on."""
    return world.out(planned, "reached", marks=Mark.CONVERTED)
