"""Queueing for people and being helped by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.calendar import open_test
from engine.plan import PlannedStep
from engine.steps.people import (
    CallbackOffer,
    HumanAgent,
    HumanAgentAssumptions,
)
from simulator.asking import asking
from simulator.behaviours import always, behaviour
from simulator.clock import Kind, WakeUp
from simulator.coming_again import and_again, trying_again
from simulator.contact import PARKED, Leave
from simulator.line import Line, Work
from simulator.overflow import Overflow
from simulator.records import Fate, Mark
from simulator.routing import Queue, Ticket

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.draws import Number
    from simulator.lives import Lives
    from simulator.watching import Watch
    from simulator.world import World

_FOR_EVER = float("inf")
_OFFERED = Mark.OFFERED
_IMPATIENCE = Kind.IMPATIENCE


@behaviour(HumanAgent, shared=always)
def human_agent(planned: PlannedStep, world: World) -> Enter:
    """An agent at once if one is free; else a place in the queue, or a callback instead."""
    step, assumed = planned.designed(HumanAgent), planned.assumed(HumanAgentAssumptions)
    work = Work(
        queue=_queue(world, step, step.teams, step.level),
        priority=step.priority,
        talk=_talk(planned, world, step, assumed),
        wrap=_wrap_up(planned, world, assumed),
        leave=_outcome(planned, world, assumed),
        mark=Mark.ANSWERED,
        interruptible=step.interruptible,
        credit=step.waiting_credit,
        left_in=_queue(world, step, step.teams, step.level, whole=step.interruptible),
    )
    enter = _Waiting(planned, world, Line(planned, world, work)).enter
    return enter if step.hours is None else _when_open(planned, world, enter)


def _queue(
    world: World, step: HumanAgent, teams: list[str], level: int, *, whole: bool = False
) -> Queue:
    """The step's queue of these teams; `whole`: of work that takes a whole agent all the same."""
    return world.workforce.queue_for(
        step.skills,
        teams,
        level,
        concurrent=step.concurrent and not whole,
        longest_idle=step.agent_choice == "longest_idle",
    )


def _talk(
    planned: PlannedStep, world: World, step: HumanAgent, assumed: HumanAgentAssumptions
) -> Number:
    """Handling, and asking for what should be known and is not."""
    handle_time = _handle_time(planned, world, assumed)
    ask = asking(planned, world, step.asks, assumed.ask_time, sees_context=step.sees_context)
    if ask is None:
        return handle_time
    return lambda contact: handle_time(contact) + ask(contact)


def _handle_time(planned: PlannedStep, world: World, assumed: HumanAgentAssumptions) -> Number:
    """By what the customer truly needs, where that is given; all from the same draw."""
    usual = world.draws.value(planned, "handle_time", assumed.handle_time)
    by_need = {
        world.knowledge.needs[need]: world.draws.value(planned, "handle_time", distribution)
        for need, distribution in assumed.handle_time_by_need.items()
    }
    if not by_need:
        return usual
    return lambda contact: by_need.get(contact.need, usual)(contact)


def _when_open(planned: PlannedStep, world: World, enter: Enter) -> Enter:
    hours = planned.designed(HumanAgent).hours or []
    is_open, note = open_test(hours), world.note_refusal
    closed = _giving_up(planned, world, "closed")

    def enter_if_open(contact: Contact) -> int:
        if is_open(contact.time):
            return enter(contact)
        note(planned, contact, Fate.CLOSED)
        return closed(contact)

    return enter_if_open


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
    unresolved = and_again(
        world.out(planned, "unresolved", unmarks=helped),
        trying_again(planned, world, "recontact", assumed.recontact),
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


def _giving_up(planned: PlannedStep, world: World, exit_name: str) -> Leave:
    """An exit of those who were not served, and perhaps a redial later."""
    habit = planned.assumed(HumanAgentAssumptions).redial
    again = trying_again(planned, world, "redial", habit)
    return and_again(world.out(planned, exit_name), again)


class _Waiting:
    """Not served at once: a callback, a full room, a place in the line, and its end."""

    def __init__(self, planned: PlannedStep, world: World, line: Line) -> None:
        step, assumed = planned.designed(HumanAgent), planned.assumed(HumanAgentAssumptions)
        self._env, self._walk = world.env, world.walk
        self._planned, self._note = planned, world.note_refusal
        self._line = line
        self._capacity = _FOR_EVER if step.capacity is None else step.capacity
        self._max_wait = _FOR_EVER if step.max_wait is None else step.max_wait
        self._patience: Number = lambda _: _FOR_EVER
        if assumed.patience is not None:
            self._patience = world.draws.value(planned, "patience", assumed.patience)
        self._called_back = _callback_offer(planned, world, line)
        self._overflow = [
            Overflow(world.env, one.after, _queue(world, step, one.teams, one.level), step.priority)
            for one in step.overflow
        ]
        self._leave = {
            fate: _giving_up(planned, world, name)
            for fate, name in _WAYS_OUT.items()
            if name in planned.exits
        }

    def enter(self, contact: Contact) -> int:
        """Served at once, or waiting, or turned away."""
        line = self._line
        if line.serve_at_once(contact):
            contact.marks |= _OFFERED
            return PARKED
        if line.waiting >= self._capacity:
            self._note(self._planned, contact, Fate.FULL)
            return self._leave[Fate.FULL](contact)
        contact.marks |= _OFFERED
        if self._called_back is not None and self._called_back.accepts(contact):
            self._note(self._planned, contact, Fate.CALLBACK)
            contact.since = contact.time
            return self._called_back.leave(contact)
        return self._join(contact)

    def _join(self, contact: Contact) -> int:
        limit, give_up, fate = self._patience(contact), self._abandon, Fate.ABANDONED
        if self._max_wait < limit:
            limit, give_up, fate = self._max_wait, self._time_out, Fate.TIMED_OUT
        if limit <= 0.0:
            self._note(self._planned, contact, fate)
            return self._leave[fate](contact)
        ticket = self._line.join(contact)
        for overflow in self._overflow:
            overflow.watch(ticket)
        if limit < _FOR_EVER:
            WakeUp(self._env, limit, _IMPATIENCE + contact.order, give_up, ticket)
        return PARKED

    def _abandon(self, event: WakeUp) -> None:
        if event.subject.waiting:
            self._leave_line(event.subject, Fate.ABANDONED)

    def _time_out(self, event: WakeUp) -> None:
        if event.subject.waiting:
            self._leave_line(event.subject, Fate.TIMED_OUT)

    def _leave_line(self, ticket: Ticket, fate: int) -> None:
        self._line.leave(ticket, fate)
        self._walk(ticket.contact, self._leave[fate](ticket.contact))


_WAYS_OUT = {
    Fate.ABANDONED: "abandoned",
    Fate.TIMED_OUT: "timed_out",
    Fate.FULL: "full",
}


@dataclass(frozen=True, slots=True)
class _CallbackOffer:
    """Whether a customer who would have to wait is offered a callback, and takes it."""

    step: int
    line: Line
    queue: Queue
    offer: CallbackOffer
    mean_talk: float
    takes_it: Callable[[Contact], bool]
    leave: Leave
    watch: Watch | Lives | None

    def accepts(self, contact: Contact) -> bool:
        """Offered, and accepted."""
        expected = self._expected_wait()
        if self.watch is not None:
            who = contact.customer, contact.number, self.step
            self.watch.note(*who, waiting=self.line.waiting, expected_wait=expected)
        return self._is_offered(expected) and self.takes_it(contact)

    def _is_offered(self, expected_wait: float) -> bool:
        """By the number waiting, or by the expected wait."""
        if self.offer.queue_length is not None:
            return self.line.waiting >= self.offer.queue_length
        return expected_wait > self.offer.expected_wait

    def _expected_wait(self) -> float:
        """The work of those who are before, over the agents; for ever without any."""
        agents = sum(team.scheduled for team in self.queue.teams)
        ahead = self.queue.count + 1
        return ahead * self.mean_talk / agents if agents else _FOR_EVER


def _callback_offer(planned: PlannedStep, world: World, line: Line) -> _CallbackOffer | None:
    step, assumed = planned.designed(HumanAgent), planned.assumed(HumanAgentAssumptions)
    if step.callback_offer is None:
        return None
    return _CallbackOffer(
        step=planned.index,
        line=line,
        queue=line.queue,
        offer=step.callback_offer,
        mean_talk=assumed.handle_time.expected(),
        takes_it=world.draws.chance(planned, "callback", assumed.callback_acceptance),
        leave=world.out(planned, "callback"),
        watch=world.watch,
    )
