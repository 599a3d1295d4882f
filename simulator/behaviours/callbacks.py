"""Agents call customers back, as often as the design says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.people import Callback, CallbackAssumptions
from simulator.behaviours import always, behaviour
from simulator.clock import Kind, WakeUp
from simulator.contact import PARKED
from simulator.line import Line, Work
from simulator.records import Fate, Mark
from simulator.routing import Ticket

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


@behaviour(Callback, shared=always)
def callback(planned: PlannedStep, world: World) -> Enter:
    """An agent calls as soon as one is free; who is not reached is tried again after the gap."""
    return _CallingBack(planned, world).enter


class _CallingBack:
    """Attempts, each of which waits for an agent, and the gaps between them."""

    def __init__(self, planned: PlannedStep, world: World) -> None:
        step, assumed = planned.designed(Callback), planned.assumed(CallbackAssumptions)
        draws = world.draws
        self._step, self._env, self._walk = step, world.env, world.walk
        self._reached = world.out(planned, "reached")
        self._not_reached = world.out(planned, "not_reached")
        self._answers = draws.attempt_chance(planned, "reached", assumed.reached)
        self._talk = draws.value(planned, "handle_time", assumed.handle_time)
        self._attempt = draws.value(planned, "attempt_time", assumed.attempt_time)
        queue = world.workforce.queue_for(step.skills, step.teams, keep_free=step.keep_free)
        self._line = Line(
            planned, world, Work(queue, step.priority, self._seconds, self._after_attempt)
        )

    def enter(self, contact: Contact) -> int:
        """The first attempt."""
        contact.attempts = 0
        self._call(contact)
        return PARKED

    def _call(self, contact: Contact) -> None:
        if self._line.serve_at_once(contact):
            return
        ticket = self._line.join(contact, contact.since if self._step.keep_place else None)
        if self._step.within is not None:
            order = Kind.IMPATIENCE + contact.order
            WakeUp(self._env, self._step.within, order, self._expire, ticket)

    def _expire(self, event: WakeUp) -> None:
        ticket: Ticket = event.subject
        if ticket.waiting:
            self._line.leave(ticket, Fate.TIMED_OUT)
            self._walk(ticket.contact, self._not_reached(ticket.contact))

    def _seconds(self, contact: Contact) -> float:
        return self._talk(contact) if self._answers(contact) else self._attempt(contact)

    def _after_attempt(self, contact: Contact) -> int:
        contact.remembered().touches.append(contact.time)
        if self._answers(contact):
            contact.marks |= Mark.ANSWERED | Mark.RESOLVED
            return self._reached(contact)
        contact.attempts += 1
        if contact.attempts >= self._step.attempts:
            return self._not_reached(contact)
        WakeUp(self._env, self._step.gap, Kind.STEP_DONE + contact.order, self._try_again, contact)
        return PARKED

    def _try_again(self, event: WakeUp) -> None:
        contact: Contact = event.subject
        contact.time = self._env.now
        self._call(contact)
