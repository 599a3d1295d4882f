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
from simulator.records import Fate, Mark
from simulator.routing import Team, Ticket

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.draws import Number
    from simulator.world import World


@behaviour(HumanAgent, shared=True)
def human_agent(planned: PlannedStep, world: World) -> Enter:
    """An agent at once if one is free; else a place in the queue."""
    step, assumed = planned.step, planned.assumptions
    assert isinstance(step, HumanAgent)
    assert isinstance(assumed, HumanAgentAssumptions)
    if step.callback_offer is not None:
        raise not_simulated(planned, "a callback offer")
    if step.interruptible:
        raise not_simulated(planned, "interruptible work")
    service = _Service(planned, world, assumed)
    line = _Line(planned, world, step, assumed, service)
    admit = line.enter
    if step.hours is not None:
        admit = _only_when_open(admit, line, open_test(step.hours), planned, world)
    return admit


def _only_when_open(
    admit: Enter,
    line: _Line,
    is_open: Callable[[float], bool],
    planned: PlannedStep,
    world: World,
) -> Enter:
    closed = line.giving_up(world.out(planned, "closed"))

    def enter(contact: Contact) -> int:
        if is_open(contact.time):
            return admit(contact)
        line.note_refusal(contact, Fate.CLOSED)
        return closed(contact)

    return enter


class _Service:
    """Being helped: handling, after-call work, and what comes of it."""

    def __init__(
        self, planned: PlannedStep, world: World, assumed: HumanAgentAssumptions
    ) -> None:
        self._env = world.env
        self._walk = world.walk
        self._step = planned.index
        self._handle = world.draws.value(planned, "handle_time", assumed.handle_time)
        self._wrap = _wrap_up(planned, world, assumed)
        self._outcome = _outcome(planned, world, assumed)
        self._note = world.queue.note

    def begin(self, contact: Contact, team: Team, waited: float) -> None:
        """One of the team's agents, already taken, turns to the customer."""
        env = self._env
        talk = self._handle(contact)
        wrap = self._wrap(contact) if self._wrap else 0.0
        contact.marks |= Mark.ANSWERED
        contact.waited += waited
        joined = env.now - waited
        who = (contact.customer, contact.number, self._step)
        self._note((*who, joined, waited, talk, wrap, team.index, Fate.ANSWERED))
        contact.work = (team, wrap)
        WakeUp(env, talk, Kind.WORK_DONE + contact.order, self._end_of_talk, contact)

    def from_queue(self, ticket: Ticket, team: Team) -> None:
        """The customer's turn has come."""
        self.begin(ticket.contact, team, self._env.now - ticket.joined)

    def _end_of_talk(self, event: WakeUp) -> None:
        contact: Contact = event.subject
        contact.time = self._env.now
        team, wrap = contact.work
        if wrap > 0.0:
            WakeUp(self._env, wrap, Kind.WORK_DONE + contact.order, _end_of_wrap_up, team)
        else:
            team.release()
        self._walk(contact, self._outcome(contact)(contact))


def _end_of_wrap_up(event: WakeUp) -> None:
    event.subject.release()


def _wrap_up(
    planned: PlannedStep, world: World, assumed: HumanAgentAssumptions
) -> Number | None:
    if assumed.after_call_work is None or not assumed.after_call_share:
        return None
    seconds = world.draws.value(planned, "after_call_work", assumed.after_call_work)
    if assumed.after_call_share == 1:
        return seconds
    needed = world.draws.chance(planned, "after_call_share", assumed.after_call_share)
    return lambda contact: seconds(contact) if needed(contact) else 0.0


def _outcome(
    planned: PlannedStep, world: World, assumed: HumanAgentAssumptions
) -> Callable[[Contact], Leave]:
    """Which exit a helped customer takes."""
    resolved = _marking(world.out(planned, "resolved"), is_resolved=True)
    unresolved = _marking(world.out(planned, "unresolved"), is_resolved=False)
    again = _next_contact(planned, world, "recontact", assumed.recontact)
    unresolved = _and_again(unresolved, again)
    if "transferred" in planned.exits and assumed.transfer:
        transferred = world.out(planned, "transferred")
        is_transferred = world.draws.chance(planned, "transfer", assumed.transfer)
    else:
        transferred, is_transferred = None, None
    share = assumed.resolution
    if share == 1 and transferred is None:
        return lambda _: resolved
    draw = world.draws.uniform(planned, "resolution")

    def outcome(contact: Contact) -> Leave:
        if transferred is not None and is_transferred is not None and is_transferred(contact):
            contact.marks |= Mark.TRANSFERRED
            return transferred
        return resolved if draw(contact) < share else unresolved

    return outcome


def _marking(leave: Leave, *, is_resolved: bool) -> Leave:
    def mark_and_leave(contact: Contact) -> int:
        if is_resolved:
            contact.marks = (contact.marks | Mark.RESOLVED) & ~Mark.FALSELY_CONTAINED
        else:
            contact.marks &= ~(Mark.RESOLVED | Mark.FALSELY_CONTAINED)
        return leave(contact)

    return mark_and_leave


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
        service: _Service,
    ) -> None:
        self._env = world.env
        self._walk = world.walk
        self._step = planned.index
        self._priority = step.priority
        self._service = service
        self._queue = world.queue_for(step.skills, step.teams)
        self._room = self._queue.level(step.priority)
        self._waiting = 0
        self._capacity = step.capacity
        self._again = _next_contact(planned, world, "redial", assumed.redial)
        self._note = world.queue.note
        self._patience: Number | None = None
        if assumed.patience is not None:
            self._patience = world.draws.value(planned, "patience", assumed.patience)
        self._max_wait = step.max_wait
        self._abandoned = self.giving_up(world.out(planned, "abandoned"))
        if step.max_wait is not None:
            self._timed_out = world.out(planned, "timed_out")
        if step.capacity is not None:
            self._full = self.giving_up(world.out(planned, "full"))

    def giving_up(self, leave: Leave) -> Leave:
        """`leave`, and perhaps a redial later."""
        return _and_again(leave, self._again)

    def enter(self, contact: Contact) -> int:
        """Served at once, or waiting, or turned away."""
        contact.marks |= Mark.OFFERED
        for team in self._queue.teams:
            if team.free:
                team.free -= 1
                self._service.begin(contact, team, 0.0)
                return PARKED
        if self._capacity is not None and self._waiting >= self._capacity:
            contact.marks &= ~Mark.OFFERED
            self.note_refusal(contact, Fate.FULL)
            return self._full(contact)
        return self._join(contact)

    def _join(self, contact: Contact) -> int:
        patience = self._patience(contact) if self._patience else None
        limit, fate = patience, Fate.ABANDONED
        if self._max_wait is not None and (limit is None or self._max_wait < limit):
            limit, fate = self._max_wait, Fate.TIMED_OUT
        if limit is not None and limit <= 0.0:
            self._note_wait(contact, 0.0, fate)
            return self._way_out(fate)(contact)
        ticket = Ticket(contact, self._env.now, self._priority, self._serve)
        self._room.append(ticket)
        self._waiting += 1
        if limit is not None:
            order = Kind.IMPATIENCE + contact.order
            give_up = self._abandon if fate is Fate.ABANDONED else self._time_out
            WakeUp(self._env, limit, order, give_up, ticket)
        return PARKED

    def _serve(self, ticket: Ticket, team: Team) -> None:
        self._waiting -= 1
        self._service.from_queue(ticket, team)

    def _abandon(self, event: WakeUp) -> None:
        if event.subject.waiting:
            self._leave_queue(event.subject, Fate.ABANDONED)

    def _time_out(self, event: WakeUp) -> None:
        if event.subject.waiting:
            self._leave_queue(event.subject, Fate.TIMED_OUT)

    def _leave_queue(self, ticket: Ticket, fate: int) -> None:
        ticket.waiting = False
        self._waiting -= 1
        contact = ticket.contact
        contact.time = self._env.now
        self._note_wait(contact, self._env.now - ticket.joined, fate)
        self._walk(contact, self._way_out(fate)(contact))

    def _way_out(self, fate: int) -> Leave:
        return self._abandoned if fate is Fate.ABANDONED else self._timed_out

    def _note_wait(self, contact: Contact, waited: float, fate: int) -> None:
        contact.waited += waited
        who = (contact.customer, contact.number, self._step)
        self._note((*who, self._env.now - waited, waited, 0.0, 0.0, -1, fate))

    def note_refusal(self, contact: Contact, fate: int) -> None:
        """The customer was turned away without having queued."""
        self._note_wait(contact, 0.0, fate)
