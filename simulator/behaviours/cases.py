"""Back-office work with a promised time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.people import Case, CaseAssumptions
from simulator.behaviours import always, behaviour
from simulator.contact import PARKED
from simulator.line import Line, Work

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


@behaviour(Case, shared=always)
def case(planned: PlannedStep, world: World) -> Enter:
    """Work that waits for people, for as long as it takes; late if that is too long."""
    step, assumed = planned.designed(Case), planned.assumed(CaseAssumptions)
    done, late = world.out(planned, "done"), world.out(planned, "late")

    def leave(contact: Contact) -> int:
        in_time = contact.time - contact.opened <= step.promised
        return done(contact) if in_time else late(contact)

    work = Work(
        queue=world.workforce.queue_for(step.skills, step.teams, keep_free=step.keep_free),
        priority=step.priority,
        talk=world.draws.value(planned, "work", assumed.work),
        leave=leave,
        interruptible=step.interruptible,
    )
    line = Line(planned, world, work)

    def enter(contact: Contact) -> int:
        contact.opened = contact.time
        if not line.serve_at_once(contact):
            line.join(contact)
        return PARKED

    return enter
