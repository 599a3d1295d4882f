"""Telephone lines (trunks): each contact holds one, as long as the customer is on the line."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.contact import Contact


class Lines:
    """A limited number of lines into one entry.

    Contacts may be ahead of the world, so when they hang up is noted, and looked at when the
    next one asks for a line.
    """

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._ends: list[float] = []

    def seize(self, contact: Contact) -> bool:
        """Whether there is a line at the contact's time; the contact then holds it."""
        ends, now = self._ends, contact.time
        while ends and ends[0] <= now:
            heappop(ends)
            self._free += 1
        if not self._free:
            return False
        self._free -= 1
        contact.lines = self
        return True

    def release(self, contact: Contact) -> None:
        """The customer hangs up at the contact's time."""
        contact.lines = None
        heappush(self._ends, contact.time)
