"""Queueing for people and being helped by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.calendar import open_test
from engine.plan import PlannedStep
from engine.steps.people import HumanAgent, HumanAgentAssumptions, Redial
from simulator.behaviours import behaviour, not_simulated
from simulator.clock import Kind, WakeUp
from simulator.contact import PARKED, Leave
from simulator.interruption import InterruptibleWork
from simulator.records import NO_TEAM, Fate, Mark
from simulator.routing import Team, Ticket

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.draws import Number
    from simulator.world import World

Begin = Callable[["Contact", Team, float], None]
"""One of the team's agents, already taken, turns to a customer who waited so many seconds."""


@behaviour(HumanAgent, shared=True)
def human_agent(planned: PlannedStep, world: World) -> Enter:
    """An agent at once if one is free; else a place in the queue."""
    step, assumed = planned.designed(HumanAgent), planned.assumed(HumanAgentAssumptions)
    if step.callback_offer is not None:
        raise not_simulated(planned, "a callback offer")
    begin = _service(planned, world, step, assumed)
    line = _Line(planned, world, step, assumed, begin)
    if step.hours is None:
        return line.enter
    is_open, closed = open_test(step.hours), line.giving_up("closed")

    def enter(contact: Contact) -> int:
        if is_open(contact.time):
            return line.enter(contact)
        line.note(contact, 0.0, Fate.CLOSED)
        return closed(contact)

    return enter


def _service(
    planned: PlannedStep, world: World, design: HumanAgent, assumed: HumanAgentAssumptions
) -> Begin:
    """Being helped: handling, after-call work, and what comes of it."""
    env, walk, step = world.env, world.walk, planned.index
    write, pack = world.queue.write, world.queue.pack
    handle = world.draws.value(planned, "handle_time", assumed.handle_time)
    wrap_up = _wrap_up(planned, world, assumed)
    outcome = _outcome(planned, world, assumed)
    order, answered = Kind.WORK_DONE, Mark.ANSWERED
    queue = world.queue_for(design.skills, design.teams)

    def begin(contact: Contact, team: Team, waited: float) -> None:
        now = env.now
        talk = handle(contact)
        wrap = wrap_up(contact) if wrap_up else 0.0
        contact.marks |= answered
        contact.waited += waited
        contact.work = team, wrap
        joined, number = now - waited, contact.number
        write(pack(contact.customer, number, step, joined, waited, talk, wrap, team.index, 0))
        if design.interruptible:
            work = InterruptibleWork(env, contact, queue, design.priority, step, finish)
            work.work(team, talk)
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
        walk(contact, outcome(contact))

    return begin


def _end_of_wrap_up(event: WakeUp) -> None:
    event.subject.release()


def _wrap_up(planned: PlannedStep, world: World, assumed: HumanAgentAssumptions) -> Number | None:
    if assumed.after_call_work is None or not assumed.after_call_share:
        return None
    seconds = world.draws.value(planned, "after_call_work", assumed.after_call_work)
    if assumed.after_call_share == 1:
        return seconds
    needed = world.draws.chance(planned, "after_call_share", assumed.after_call_share)
    return lambda contact: seconds(contact) if needed(contact) else 0.0


def _outcome(planned: PlannedStep, world: World, assumed: HumanAgentAssumptions) -> Leave:
    """A helped customer takes one of the exits."""
    helped = Mark.RESOLVED | Mark.FALSELY_CONTAINED
    resolved = world.out(planned, "resolved", marks=Mark.RESOLVED, unmarks=helped)
    unresolved = _and_again(
        world.out(planned, "unresolved", unmarks=helped),
        _next_contact(planned, world, "recontact", assumed.recontact),
    )
    share = assumed.resolution
    draw = world.draws.uniform(planned, "resolution")

    def settle(contact: Contact) -> int:
        return resolved(contact) if draw(contact) < share else unresolved(contact)

    usual = resolved if share == 1 else settle
    if "transferred" not in planned.exits or not assumed.transfer:
        return usual
    transferred = world.out(planned, "transferred", marks=Mark.TRANSFERRED)
    moves_on = world.draws.chance(planned, "transfer", assumed.transfer)
    return lambda contact: transferred(contact) if moves_on(contact) else usual(contact)


def _and_again(leave: Leave, again: Callable[[Contact], None] | None) -> Leave:
    """`leave`, after arranging for a later contact of the same customer if there is one."""
    if again is None:
        return leave

    def arrange_and_leave(contact: Contact) -> int:
        again(contact)
        return leave(contact)

    return arrange_and_leave


def _next_contact(
    planned: PlannedStep, world: World, purpose: str, habit: Redial
) -> Callable[[Contact], None] | None:
    """What arranges the customer's next contact, or None if nobody comes again."""
    if not habit.probability or habit.max_contacts < 2:
        return None
    tries = world.draws.chance(planned, f"{purpose}/probability", habit.probability)
    delay = world.draws.value(planned, f"{purpose}/delay", habit.delay)
    most, begin = habit.max_contacts, world.begin

    def arrange(contact: Contact) -> None:
        number = contact.number
        if number < most and tries(contact):
            start = contact.time + delay(contact)
            # What is known until now is known then; what happens in between is not.
            begin(contact.customer, number + 1, contact.demand, start, dict(contact.values))

    return arrange


class _Line:
    """Waiting: joining the queue, the waiting room, losing patience, being taken out."""

    def __init__(
        self,
        planned: PlannedStep,
        world: World,
        step: HumanAgent,
        assumed: HumanAgentAssumptions,
        begin: Begin,
    ) -> None:
        self._planned, self._world = planned, world
        self._env, self._walk = world.env, world.walk
        self._begin = begin
        self._queue = world.queue_for(step.skills, step.teams)
        self._teams = self._queue.teams
        self._room = self._queue.level(step.priority)
        self._priority, self._step = step.priority, planned.index
        self._waiting = 0
        self._capacity = float("inf") if step.capacity is None else step.capacity
        self._again = _next_contact(planned, world, "redial", assumed.redial)
        self._patience: Number | None = None
        if assumed.patience is not None:
            self._patience = world.draws.value(planned, "patience", assumed.patience)
        self._max_wait = _FOR_EVER if step.max_wait is None else step.max_wait
        self._leave = {
            fate: self.giving_up(name) for fate, name in _WAYS_OUT.items() if name in planned.exits
        }

    def giving_up(self, exit_name: str) -> Leave:
        """The exit, and perhaps a redial later."""
        return _and_again(self._world.out(self._planned, exit_name), self._again)

    def enter(self, contact: Contact) -> int:
        """Served at once, or waiting, or turned away."""
        for team in self._teams:
            if team.free:
                team.free -= 1
                contact.marks |= Mark.OFFERED
                self._begin(contact, team, 0.0)
                return PARKED
        for team in self._teams:
            if team.interruptible and team.freed_for(self._priority):
                contact.marks |= Mark.OFFERED
                self._begin(contact, team, 0.0)
                return PARKED
        if self._waiting >= self._capacity:
            self.note(contact, 0.0, Fate.FULL)
            return self._leave[Fate.FULL](contact)
        contact.marks |= Mark.OFFERED
        return self._join(contact)

    def _join(self, contact: Contact) -> int:
        limit = self._patience(contact) if self._patience else _FOR_EVER
        give_up = self._abandon
        if self._max_wait < limit:
            limit, give_up = self._max_wait, self._time_out
        if limit <= 0.0:
            fate = Fate.ABANDONED if give_up == self._abandon else Fate.TIMED_OUT
            self.note(contact, 0.0, fate)
            return self._leave[fate](contact)
        ticket = Ticket(contact, contact.time, self._priority, self._step, self._queue, self._serve)
        self._room.append(ticket)
        self._queue.count += 1
        self._waiting += 1
        if limit < _FOR_EVER:
            WakeUp(self._env, limit, Kind.IMPATIENCE + contact.order, give_up, ticket)
        return PARKED

    def _serve(self, ticket: Ticket, team: Team) -> None:
        self._waiting -= 1
        self._begin(ticket.contact, team, self._env.now - ticket.joined)

    def _abandon(self, event: WakeUp) -> None:
        if event.subject.waiting:
            self._leave_queue(event.subject, Fate.ABANDONED)

    def _time_out(self, event: WakeUp) -> None:
        if event.subject.waiting:
            self._leave_queue(event.subject, Fate.TIMED_OUT)

    def _leave_queue(self, ticket: Ticket, fate: int) -> None:
        ticket.leave()
        self._waiting -= 1
        contact = ticket.contact
        contact.time = self._env.now
        self.note(contact, contact.time - ticket.joined, fate)
        self._walk(contact, self._leave[fate](contact))

    def note(self, contact: Contact, waited: float, fate: int) -> None:
        """A visit to the queue ended without service."""
        contact.waited += waited
        queue = self._world.queue
        who = contact.customer, contact.number, self._step
        queue.write(queue.pack(*who, contact.time - waited, waited, 0.0, 0.0, NO_TEAM, fate))


_FOR_EVER = float("inf")
_WAYS_OUT = {
    Fate.ABANDONED: "abandoned",
    Fate.TIMED_OUT: "timed_out",
    Fate.FULL: "full",
}
