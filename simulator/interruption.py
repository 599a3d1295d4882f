"""Work that may stop before it is done: for more urgent work, or while a system is down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp
from simulator.routing import Queue, Ticket

if TYPE_CHECKING:
    import simpy

    from simulator.contact import Contact
    from simulator.records import Table
    from simulator.teams import Agent

Finish = Callable[["Contact", "Agent"], None]


class InterruptibleWork:
    """One customer's work in progress. What is done is not lost when it stops.

    Left for more urgent work, it waits at the head of its line for the next free agent; halted,
    it stands still at the agent who has it.
    may_be_left: for more urgent work.
    """

    __slots__ = (
        "_began",
        "_contact",
        "_ends",
        "_env",
        "_finish",
        "_queue",
        "_seconds_left",
        "_spells",
        "_step",
        "agent",
        "may_be_left",
        "priority",
    )

    def __init__(
        self,
        env: simpy.Environment,
        spells: Table,
        contact: Contact,
        queue: Queue,
        priority: int,
        step: int,
        finish: Finish,
    ) -> None:
        self._env = env
        self._spells = spells
        self._contact = contact
        self._queue = queue
        self._step = step
        self._finish = finish
        self.priority = priority
        self.may_be_left = True
        self._began = self._ends = self._seconds_left = 0.0
        self.agent: Agent | None = None

    def work(self, agent: Agent, seconds: float) -> None:
        """The agent, already taken, works so long unless interrupted."""
        self.agent = agent
        agent.team.begin(self)
        self._go_on(seconds)

    def _go_on(self, seconds: float) -> None:
        self._began = self._env.now
        self._ends = self._began + seconds
        order = Kind.WORK_DONE + self._contact.order
        WakeUp(self._env, seconds, order, self._done, self._ends)

    def interrupt(self) -> Agent | None:
        """The agent, who is returned, turns to something else; the work waits for the next."""
        agent = self.agent
        self._stop()
        ticket = Ticket(
            self._contact, self._env.now, self.priority, self._step, self._queue, self._resume
        )
        ticket.seconds_left = self._seconds_left
        # Before all others of its priority: it was begun before they were.
        ticket.since = float("-inf")
        self._queue.add(ticket, self._queue.level(self.priority))
        return agent

    def halt(self) -> None:
        """Work stands still, with the agent who has it, until `go_on`."""
        agent = self.agent
        self._stop()
        self.agent = agent

    def go_on(self) -> None:
        """Halted work goes on."""
        if self.agent is not None:
            self.work(self.agent, self._seconds_left)

    def _stop(self) -> None:
        agent, self.agent = self.agent, None
        if agent is None:
            return
        agent.team.stop(self)
        now = self._env.now
        self._note(agent, self._began, now - self._began)
        self._seconds_left = self._ends - now
        self._ends = -1.0

    def _resume(self, ticket: Ticket, agent: Agent) -> None:
        self.work(agent, ticket.seconds_left)

    def _note(self, agent: Agent, start: float, seconds: float) -> None:
        self._spells.write(self._spells.pack(agent.index, start, seconds))

    def _done(self, event: WakeUp) -> None:
        # Work that stopped wakes up all the same; that is not the present spell.
        agent = self.agent
        if agent is not None and event.subject == self._ends:
            self.agent = None
            agent.team.stop(self)
            self._note(agent, self._began, self._env.now - self._began)
            self._finish(self._contact, agent)
