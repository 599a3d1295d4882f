"""Letting time pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.calendar import until_time_of_day
from engine.errors import PlanError
from engine.plan import PlannedStep
from engine.steps.time import Wait, WaitForEvent, WaitForEventAssumptions
from simulator.behaviours import behaviour

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.draws import Number
    from simulator.world import World


@behaviour(Wait)
def wait(planned: PlannedStep, world: World) -> Enter:
    """For a duration, until a time of day, or as long as an attribute says."""
    step = planned.designed(Wait)
    done = world.out(planned, "done")
    length = _length(planned, world, step)

    def enter(contact: Contact) -> int:
        contact.time += length(contact)
        return done(contact)

    return enter


def _length(planned: PlannedStep, world: World, step: Wait) -> Number:
    """How long a contact waits here, in seconds."""
    if step.duration is not None:
        duration = step.duration
        return lambda _: duration
    if step.until is not None:
        until = step.until
        return lambda contact: until_time_of_day(until, contact.time)
    lookup, name = world.knowledge.lookup(planned), step.attribute or ""

    def from_attribute(contact: Contact) -> float:
        seconds = lookup(contact)(name)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds < 0:
            raise PlanError(
                f"the wait should last “{name}” seconds, but that is {seconds!r}",
                where=f"step {planned.id}",
                mend="make sure that it is a number, 0 or more, on every way to this step.",
            )
        return float(seconds)

    return from_attribute


@behaviour(WaitForEvent)
def wait_for_event(planned: PlannedStep, world: World) -> Enter:
    """The event comes, or the timeout; without either the contact stays for ever."""
    step, assumed = planned.designed(WaitForEvent), planned.assumed(WaitForEventAssumptions)
    happened = world.out(planned, "happened")
    happens = world.draws.chance(planned, "happens", assumed.happens)
    delay = world.draws.value(planned, "delay", assumed.delay)
    limit = float("inf") if step.timeout is None else step.timeout
    timed_out = world.strand if step.timeout is None else world.out(planned, "timed_out")

    def enter(contact: Contact) -> int:
        seconds = delay(contact)
        if seconds <= limit and happens(contact):
            contact.time += seconds
            return happened(contact)
        contact.time += limit
        return timed_out(contact)

    return enter
