"""Work that an agent leaves for more urgent work and comes back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp
from simulator.routing import Queue, Team, Ticket

if TYPE_CHECKING:
    import simpy

    from simulator.contact import Contact

Finish = Callable[["Contact", Team], None]


class InterruptibleWork:
    """One customer's work in progress. Interrupted, it waits at the head of its line.

    What is done is not lost: only the remaining seconds are worked when it is resumed.
    """

    __slots__ = ("_contact", "_ends", "_env", "_finish", "_queue", "_step", "_team", "priority")

    def __init__(
        self,
        env: simpy.Environment,
        contact: Contact,
        queue: Queue,
        priority: int,
        step: int,
        finish: Finish,
    ) -> None:
        self._env = env
        self._contact = contact
        self._queue = queue
        self._step = step
        self._finish = finish
        self.priority = priority
        self._ends = 0.0
        self._team: Team | None = None

    def work(self, team: Team, seconds: float) -> None:
        """An agent of the team, already taken, works so long unless interrupted."""
        self._team = team
        self._ends = self._env.now + seconds
        team.interruptible.append(self)
        order = Kind.WORK_DONE + self._contact.order
        WakeUp(self._env, seconds, order, self._done, self._ends)

    def interrupt(self) -> None:
        """The agent turns to something more urgent; the work waits for the next free one."""
        if self._team is not None:
            self._team.interruptible.remove(self)
        self._team = None
        ticket = Ticket(
            self._contact, self._env.now, self.priority, self._step, self._queue, self._resume
        )
        ticket.seconds_left = self._ends - self._env.now
        # Before all others of its priority: it was begun before they were.
        ticket.since = float("-inf")
        self._queue.add(ticket, self._queue.level(self.priority))

    def _resume(self, ticket: Ticket, team: Team) -> None:
        self.work(team, ticket.seconds_left)

    def _done(self, event: WakeUp) -> None:
        # An interrupted spell of work wakes up all the same; it is not the present one.
        if self._team is not None and event.subject == self._ends:
            team, self._team = self._team, None
            team.interruptible.remove(self)
            self._finish(self._contact, team)
