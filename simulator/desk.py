"""Several contacts at one agent's desk: the more there are, the slower each goes on."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp

if TYPE_CHECKING:
    import simpy

    from simulator.contact import Contact

_Then = Callable[[], None]
_Entry = tuple[float, int, int, _Then, _Then | None]
"""When it is over, in seconds of work; two numbers for ties; what is called then or instead."""


class Desk:
    """The contacts that one agent has in hand at the same time.

    All go on at the same speed, so one number says how far: `_done`, the seconds of work at
    full speed that a contact got which was here all the time. A contact that came when it was
    d and needs w seconds is over when it is d + w.
    speeds: of each contact when there are one, two, … of them.  halted: everything stands still.
    """

    __slots__ = (
        "_at",
        "_done",
        "_ends",
        "_env",
        "_since",
        "_speeds",
        "_still",
        "_version",
        "halted",
    )

    def __init__(self, env: simpy.Environment, speeds: tuple[float, ...]) -> None:
        self._env = env
        self._speeds = speeds
        self._done = 0.0
        self._at = 0.0
        self._version = 0
        self.halted = False
        self._since = self._still = 0.0
        self._ends: list[_Entry] = []

    def work(
        self,
        contact: Contact,
        seconds: float,
        over: Callable[[], None],
        broken_off: Callable[[], None] | None = None,
    ) -> None:
        """Work on a contact, so many seconds at full speed; then call `over`.

        broken_off: what is called instead if the world ends before.
        """
        self._catch_up()
        self._version += 1
        # The version too, so that nothing ever compares the functions.
        entry = (self._done + seconds, contact.order, self._version, over, broken_off)
        heapq.heappush(self._ends, entry)
        self._await_next()

    def halt(self) -> None:
        """Everything stands still until `go_on`."""
        self._catch_up()
        self._version += 1
        self.halted = True
        self._since = self._env.now

    def go_on(self) -> None:
        """What stood still goes on."""
        if self.halted:
            self._catch_up()
            self._still = self.standstill
            self.halted = False
            self._await_next()

    @property
    def standstill(self) -> float:
        """For how long everything has stood still until now, seconds in all."""
        return self._still + (self._env.now - self._since if self.halted else 0.0)

    def end_of_run(self) -> None:
        """The world ends: what is still in hand is broken off."""
        for *_, broken_off in sorted(self._ends, key=lambda entry: entry[:3]):
            if broken_off is not None:
                broken_off()

    def _catch_up(self) -> None:
        now = self._env.now
        if self._ends and not self.halted:
            self._done += (now - self._at) * self._speeds[len(self._ends) - 1]
        self._at = now

    def _await_next(self) -> None:
        if not self._ends or self.halted:
            return
        end, order, *_ = self._ends[0]
        delay = max(0.0, end - self._done) / self._speeds[len(self._ends) - 1]
        WakeUp(self._env, delay, Kind.WORK_DONE + order, self._over, self._version)

    def _over(self, event: WakeUp) -> None:
        if event.subject != self._version:
            return  # somebody came or went since: the end has moved
        self._at = self._env.now
        # Exactly, so that rounding never leaves a rest.
        self._done, _, _, over, _ = heapq.heappop(self._ends)
        self._version += 1
        self._await_next()
        over()
