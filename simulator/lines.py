"""Telephone lines (trunks): each contact holds one, as long as the customer is on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp

if TYPE_CHECKING:
    import simpy

    from simulator.contact import Contact


class Lines:
    """A limited number of lines into one entry."""

    def __init__(self, env: simpy.Environment, limit: int) -> None:
        self._env = env
        self._free = limit

    def seize(self, contact: Contact) -> bool:
        """Whether there was a line; the contact then holds it."""
        if not self._free:
            return False
        self._free -= 1
        contact.lines = self
        return True

    def release(self, contact: Contact) -> None:
        """The customer hangs up at the contact's time, at which the world may not be yet."""
        contact.lines = None
        delay = max(0.0, contact.time - self._env.now)
        WakeUp(self._env, delay, Kind.WORK_DONE + contact.order, self._hang_up, None)

    def _hang_up(self, _event: WakeUp) -> None:
        self._free += 1
