"""A line in front of a step where people work, and the work itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp
from simulator.interruption import InterruptibleWork
from simulator.records import NO_TEAM, Fate
from simulator.routing import Queue, Ticket

if TYPE_CHECKING:
    from engine.plan import PlannedStep
    from simulator.contact import Contact, Leave
    from simulator.desk import Desk
    from simulator.draws import Number
    from simulator.teams import Agent
    from simulator.world import World

Begin = Callable[["Contact", "Agent", float], None]
"""An agent, already taken, turns to a customer who waited so many seconds."""


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
        self.queue = work.queue
        self._room = work.queue.level(work.priority)
        self._begin = _beginning(planned, world, work)
        self.waiting = 0

    def serve_at_once(self, contact: Contact) -> bool:
        """Whether an agent was free, or left something less urgent, and begins now."""
        queue = self.queue
        agent = queue.free_agent() or queue.interrupted_agent(self._work.priority)
        if agent is None:
            return False
        self._begin(contact, agent, 0.0)
        return True

    def join(self, contact: Contact) -> Ticket:
        """Take a place in the line."""
        work, queue = self._work, self.queue
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
        row = self._table.pack(*who, contact.time - waited, waited, 0.0, 0.0, NO_TEAM, fate, False)
        self._table.write(row)

    def _serve(self, ticket: Ticket, agent: Agent) -> None:
        self.waiting -= 1
        self._begin(ticket.contact, agent, self._env.now - ticket.joined)


def _beginning(planned: PlannedStep, world: World, work: Work) -> Begin:
    env, mark = world.env, work.mark
    talking, wrapping = work.talk, work.wrap
    at_once = _one_by_one(planned, world, work)
    at_desk = _at_a_desk(planned, world, work) if work.queue.concurrent else None

    def begin(contact: Contact, agent: Agent, waited: float) -> None:
        talk = talking(contact) * agent.pace
        wrap = wrapping(contact) * agent.pace if wrapping else 0.0
        contact.marks |= mark
        contact.waited += waited
        if at_desk is not None and agent.desk is not None:
            at_desk(contact, agent.desk, agent, env.now - waited, waited, talk, wrap)
        else:
            at_once(contact, agent, env.now - waited, waited, talk, wrap)

    return begin


def _one_by_one(planned: PlannedStep, world: World, work: Work) -> Callable[..., None]:
    """The customer has the agent alone; how long that takes is known when it begins."""
    env, step, walk, leave = world.env, planned.index, world.walk, work.leave
    write, pack, spells = world.queue.write, world.queue.pack, world.spells
    order, in_pieces = Kind.WORK_DONE, work.interruptible or world.halts

    def serve(
        contact: Contact, agent: Agent, joined: float, waited: float, talk: float, wrap: float
    ) -> None:
        contact.work = agent, wrap
        who = contact.customer, contact.number, step
        team = agent.team.index
        write(pack(*who, joined, waited, talk, wrap, team, Fate.ANSWERED, in_pieces))
        if in_pieces:
            spell = InterruptibleWork(env, spells, contact, work.queue, work.priority, step, finish)
            spell.may_be_left = work.interruptible
            spell.work(agent, talk)
        else:
            WakeUp(env, talk, order + contact.order, end, contact)

    def end(event: WakeUp) -> None:
        finish(event.subject, event.subject.work[0])

    def finish(contact: Contact, agent: Agent) -> None:
        contact.time = env.now
        wrap = contact.work[1]
        if wrap > 0.0:
            if in_pieces:
                spells.write(spells.pack(agent.team.index, env.now, wrap))
            WakeUp(env, wrap, order + contact.order, _end_of_wrap_up, agent)
        else:
            agent.release()
        walk(contact, leave(contact))

    return serve


def _end_of_wrap_up(event: WakeUp) -> None:
    event.subject.release()


def _at_a_desk(planned: PlannedStep, world: World, work: Work) -> Callable[..., None]:
    """The customer shares the agent's time with others; how long that took is known at its end."""
    env, step, walk, leave = world.env, planned.index, world.walk, work.leave
    write, pack = world.queue.write, world.queue.pack

    def serve(
        contact: Contact,
        desk: Desk,
        agent: Agent,
        joined: float,
        waited: float,
        talk: float,
        wrap: float,
    ) -> None:
        who = contact.customer, contact.number, step
        began = env.now

        def finish() -> None:
            now = contact.time = env.now
            if wrap > 0.0:
                desk.work(contact, wrap, lambda: done(now - began, env.now - now))
            else:
                done(now - began, 0.0)
            walk(contact, leave(contact))

        def done(talked: float, wrapped: float) -> None:
            team = agent.team.index
            write(pack(*who, joined, waited, talked, wrapped, team, Fate.ANSWERED, True))
            agent.release()

        desk.work(contact, talk, finish)

    return serve
