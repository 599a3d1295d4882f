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
    from simulator.world import World


@behaviour(Wait)
def wait(planned: PlannedStep, world: World) -> Enter:
    """For a duration, until a time of day, or as long as an attribute says."""
    step = planned.step
    assert isinstance(step, Wait)
    done, after = world.out(planned, "done"), world.after
    if step.duration is not None:
        duration = step.duration
        return lambda contact: after(duration, contact, done)
    if step.until is not None:
        until = step.until
        return lambda contact: after(until_time_of_day(until, world.now), contact, done)
    lookup, name = world.lookup(planned), step.attribute or ""

    def enter(contact: Contact) -> int:
        seconds = lookup(contact)(name)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds < 0:
            raise PlanError(
                f"the wait should last “{name}” seconds, but that is {seconds!r}",
                where=f"step {planned.id}",
                mend="make sure that it is a number, 0 or more, on every way to this step.",
            )
        return after(float(seconds), contact, done)

    return enter


@behaviour(WaitForEvent)
def wait_for_event(planned: PlannedStep, world: World) -> Enter:
    """The event comes, or the timeout; without either the contact stays for ever."""
    step, assumed = planned.step, planned.assumptions
    assert isinstance(step, WaitForEvent)
    assert isinstance(assumed, WaitForEventAssumptions)
    after, happened = world.after, world.out(planned, "happened")
    happens = world.chance(planned, "happens", assumed.happens)
    delay = world.draw(planned, "delay", assumed.delay)
    timeout = step.timeout
    if timeout is None:
        return lambda contact: (
            after(delay(contact), contact, happened) if happens(contact) else world.strand(contact)
        )
    timed_out, limit = world.out(planned, "timed_out"), timeout

    def enter(contact: Contact) -> int:
        seconds = delay(contact) if happens(contact) else float("inf")
        if seconds <= limit:
            return after(seconds, contact, happened)
        return after(limit, contact, timed_out)

    return enter
