"""Customers who waited too long are offered to more teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp
from simulator.routing import Queue, Ticket

if TYPE_CHECKING:
    import simpy


class Overflow:
    """After some seconds, whoever still waits also stands in the queue of other teams."""

    def __init__(self, env: simpy.Environment, after: float, queue: Queue, priority: int) -> None:
        self._env = env
        self._after = after
        self._queue = queue
        self._line = queue.level(priority)

    def watch(self, ticket: Ticket) -> None:
        """Begin to count the seconds of a customer who just joined."""
        order = Kind.STEP_DONE + ticket.contact.order
        WakeUp(self._env, self._after, order, self._overflow, ticket)

    def _overflow(self, event: WakeUp) -> None:
        ticket: Ticket = event.subject
        if not ticket.waiting:
            return
        agent = self._queue.free_agent(ticket.priority)
        if agent is not None:
            ticket.take(agent)
            return
        ticket.stand_also_in(self._queue, self._line)
