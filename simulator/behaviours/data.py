"""Other systems, and what is noted about customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.data import SetAttributes, SystemAction, SystemActionAssumptions
from simulator.behaviours import behaviour

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


@behaviour(SystemAction)
def system_action(planned: PlannedStep, world: World) -> Enter:
    """It answers after a while, or fails, or is too slow."""
    step, assumed = planned.designed(SystemAction), planned.assumed(SystemActionAssumptions)
    success, failure = world.out(planned, "success"), world.out(planned, "failure")
    latency = world.draws.value(planned, "latency", assumed.latency)
    fails = world.draws.chance(planned, "failure", assumed.failure)
    answers = {planned.attribute(name): world.knowledge.attribute(name) for name in step.returns}
    limit = float("inf") if step.timeout is None else step.timeout
    timeout = None if step.timeout is None else world.out(planned, "timeout")

    def answered(contact: Contact) -> int:
        for name, value in answers.items():
            contact.values[name] = value(contact.customer)
        return success(contact)

    is_down = world.down_test(planned)

    def enter(contact: Contact) -> int:
        if is_down is not None and is_down(contact.time):
            return failure(contact)
        seconds = latency(contact)
        if timeout is not None and seconds > limit:
            contact.time += limit
            return timeout(contact)
        contact.time += seconds
        return (failure if fails(contact) else answered)(contact)

    return enter


@behaviour(SetAttributes)
def set_attributes(planned: PlannedStep, world: World) -> Enter:
    """One assignment after the other."""
    step = planned.designed(SetAttributes)
    done, lookup = world.out(planned, "done"), world.knowledge.lookup(planned)
    assignments = [(planned.attribute(one.attribute), one) for one in step.set]

    def enter(contact: Contact) -> int:
        look = lookup(contact)
        for name, assignment in assignments:
            contact.values[name] = assignment.result(look)
        return done(contact)

    return enter
