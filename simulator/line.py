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
    that a customer is treated as having waited before.  left_in: where work waits that was left
    for more urgent work, if not in `queue`.
    """

    queue: Queue
    priority: int
    talk: Number
    leave: Leave
    wrap: Number | None = None
    mark: int = 0
    interruptible: bool = False
    credit: float = 0.0
    left_in: Queue | None = None


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
        agent = self.queue.free_agent(self._work.priority)
        if agent is None:
            return False
        self._begin(contact, agent, 0.0)
        return True

    def join(self, contact: Contact, since: float | None = None) -> Ticket:
        """Take a place in the line; `since`: as if the customer had come then."""
        work, queue = self._work, self.queue
        ticket = Ticket(contact, contact.time, work.priority, self._step, queue, self._serve)
        if since is not None:
            ticket.since = since
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
    alone = _alone(planned, world, work)
    if not work.queue.concurrent:
        return alone
    at_a_desk = _at_a_desk(planned, world, work)

    def begin(contact: Contact, agent: Agent, waited: float) -> None:
        (alone if agent.desk is None else at_a_desk)(contact, agent, waited)

    return begin


def _alone(planned: PlannedStep, world: World, work: Work) -> Begin:
    """The customer has the agent alone; how long that takes is known when it begins."""
    env, step, walk, leave = world.env, planned.index, world.walk, work.leave
    write, pack, spells = world.queue.write, world.queue.pack, world.spells
    talking, wrapping, mark = work.talk, work.wrap, work.mark
    # What nothing is more urgent than is never left.
    may_be_left = work.interruptible and work.priority > world.workforce.most_urgent
    order, in_pieces = Kind.WORK_DONE, may_be_left or world.halts
    answered, left_in = Fate.ANSWERED, work.left_in or work.queue

    def begin(contact: Contact, agent: Agent, waited: float) -> None:
        talk = talking(contact) * agent.pace
        wrap = wrapping(contact) * agent.pace if wrapping else 0.0
        contact.marks |= mark
        contact.waited += waited
        contact.work = agent, wrap
        customer, number, joined = contact.customer, contact.number, env.now - waited
        write(
            pack(
                customer, number, step, joined, waited, talk, wrap, agent.index, answered, in_pieces
            )
        )
        if in_pieces:
            piece = InterruptibleWork(env, spells, contact, left_in, work.priority, step, finish)
            piece.may_be_left = may_be_left
            piece.work(agent, talk)
        else:
            WakeUp(env, talk, order + contact.order, end, contact)

    def end(event: WakeUp) -> None:
        finish(event.subject, event.subject.work[0])

    def finish(contact: Contact, agent: Agent) -> None:
        contact.time = env.now
        wrap = contact.work[1]
        if wrap > 0.0:
            if in_pieces:
                spells.write(spells.pack(agent.index, env.now, wrap))
            WakeUp(env, wrap, order + contact.order, _end_of_wrap_up, agent)
        else:
            agent.release()
        walk(contact, leave(contact))

    return begin


def _end_of_wrap_up(event: WakeUp) -> None:
    event.subject.release()


def _at_a_desk(planned: PlannedStep, world: World, work: Work) -> Begin:
    """The customer shares the agent with others; how long it takes is known when it is over."""
    env, step, walk, leave = world.env, planned.index, world.walk, work.leave
    write, pack = world.queue.write, world.queue.pack

    def begin(contact: Contact, agent: Agent, waited: float) -> None:
        talk = work.talk(contact) * agent.pace
        wrap = work.wrap(contact) * agent.pace if work.wrap else 0.0
        contact.marks |= work.mark
        contact.waited += waited
        began, number, desk = env.now, contact.number, agent.desk
        if desk is None:
            raise TypeError("this agent serves one customer at a time")
        still = desk.standstill

        def finish() -> None:
            contact.time = now = env.now
            talked = now - began - (desk.standstill - still)
            if wrap > 0.0:
                then = desk.standstill
                # The contact may end now, and with it the world before the work is done.
                desk.work(
                    contact,
                    wrap,
                    lambda: done(talked, env.now - now - (desk.standstill - then)),
                    lambda: note(talked, env.now - now - (desk.standstill - then)),
                )
            else:
                done(talked, 0.0)
            walk(contact, leave(contact))

        def done(talked: float, wrapped: float) -> None:
            note(talked, wrapped)
            agent.release()

        def note(talked: float, wrapped: float) -> None:
            who, spans = (contact.customer, number, step), (began - waited, waited)
            write(pack(*who, *spans, talked, wrapped, agent.index, Fate.ANSWERED, True))

        desk.work(contact, talk, finish)

    return begin
