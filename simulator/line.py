"""A line in front of a step where people work, and the work itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp
from simulator.interruption import InterruptibleWork
from simulator.records import NO_TEAM, Fate
from simulator.routing import Queue, Team, Ticket

if TYPE_CHECKING:
    from engine.plan import PlannedStep
    from simulator.contact import Contact, Leave
    from simulator.draws import Number
    from simulator.world import World

Begin = Callable[["Contact", Team, float], None]
"""One of the team's agents, already taken, turns to a customer who waited so many seconds."""


@dataclass(frozen=True, slots=True)
class Work:
    """What people do at one step.

    priority: 1 is the most urgent.  talk, wrap: seconds with the customer and afterwards.
    leave: what comes of it.  mark: what a contact gets that was served.  credit: seconds
    that a customer is treated as having waited before.
    """

    queue: Queue
    priority: int
    talk: Number
    leave: Leave
    wrap: Number | None = None
    mark: int = 0
    interruptible: bool = False
    credit: float = 0.0


class Line:
    """Customers are served at once if an agent is free, or wait for their turn."""

    def __init__(self, planned: PlannedStep, world: World, work: Work) -> None:
        self._env = world.env
        self._table = world.queue
        self._step = planned.index
        self._work = work
        self._queue = work.queue
        self._teams = work.queue.teams
        self._keep_free = work.queue.keep_free
        self._room = work.queue.level(work.priority)
        self._begin = _beginning(planned, world, work)
        self.waiting = 0

    def serve_at_once(self, contact: Contact) -> bool:
        """Whether an agent was free, or left something less urgent, and begins now."""
        for team in self._teams:
            if team.free > self._keep_free:
                team.free -= 1
                self._begin(contact, team, 0.0)
                return True
        for team in self._teams:
            if team.interruptible and team.freed_for(self._work.priority):
                self._begin(contact, team, 0.0)
                return True
        return False

    def join(self, contact: Contact) -> Ticket:
        """Take a place in the line."""
        work, queue = self._work, self._queue
        ticket = Ticket(contact, contact.time, work.priority, self._step, queue, self._serve)
        if work.credit:
            ticket.since -= work.credit
        queue.add(ticket, self._room)
        self.waiting += 1
        return ticket

    def leave(self, ticket: Ticket, fate: int) -> None:
        """The customer gives the place up, now."""
        ticket.leave()
        self.waiting -= 1
        ticket.contact.time = self._env.now
        self.note(ticket.contact, self._env.now - ticket.joined, fate)

    def note(self, contact: Contact, waited: float, fate: int) -> None:
        """A visit ended without service."""
        contact.waited += waited
        who = contact.customer, contact.number, self._step
        row = self._table.pack(*who, contact.time - waited, waited, 0.0, 0.0, NO_TEAM, fate)
        self._table.write(row)

    def _serve(self, ticket: Ticket, team: Team) -> None:
        self.waiting -= 1
        self._begin(ticket.contact, team, self._env.now - ticket.joined)


def _beginning(planned: PlannedStep, world: World, work: Work) -> Begin:
    env, walk, step = world.env, world.walk, planned.index
    write, pack = world.queue.write, world.queue.pack
    talking, wrapping, leave, mark = work.talk, work.wrap, work.leave, work.mark
    order = Kind.WORK_DONE

    def begin(contact: Contact, team: Team, waited: float) -> None:
        now = env.now
        talk = talking(contact)
        wrap = wrapping(contact) if wrapping else 0.0
        contact.marks |= mark
        contact.waited += waited
        contact.work = team, wrap
        joined, number = now - waited, contact.number
        row = pack(
            contact.customer, number, step, joined, waited, talk, wrap, team.index, Fate.ANSWERED
        )
        write(row)
        if work.interruptible:
            spell = InterruptibleWork(env, contact, work.queue, work.priority, step, finish)
            spell.work(team, talk)
        else:
            WakeUp(env, talk, order + contact.order, end, contact)

    def end(event: WakeUp) -> None:
        finish(event.subject, event.subject.work[0])

    def finish(contact: Contact, team: Team) -> None:
        contact.time = env.now
        wrap = contact.work[1]
        if wrap > 0.0:
            WakeUp(env, wrap, order + contact.order, _end_of_wrap_up, team)
        else:
            team.release()
        walk(contact, leave(contact))

    return begin


def _end_of_wrap_up(event: WakeUp) -> None:
    event.subject.release()
