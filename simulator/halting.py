"""Outages in which work in progress stands still: a system is down, and everybody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simulator.clock import Kind, WakeUp
from simulator.outages import Window, windows

if TYPE_CHECKING:
    from engine.assumptions import Outage
    from simulator.teams import Team
    from simulator.world import World

_HALT = Kind.SHIFT + (1 << 40)
"""After all shift changes of that moment, which say who is to stop."""

_RESUME = Kind.SHIFT - (1 << 40)
"""Before all shift changes of that moment: who was halted is the first to go on."""


def schedule_halts(world: World) -> None:
    """Let work stop and go on with every outage of the world that pauses it."""
    draw = world.seed, world.replication
    halted = dict.fromkeys(world.workforce.teams, 0)
    for number, outage in enumerate(world.plan.assumptions.outages):
        if outage.pauses:
            when = windows(outage, world.plan.assumptions, *draw)
            _Halting(world, number, outage, when, halted).next()


class _Halting:
    """One outage: its windows, one after the other.

    halted: how many outages halt each team at the moment; shared by all outages.
    """

    def __init__(
        self,
        world: World,
        number: int,
        outage: Outage,
        when: Iterator[Window],
        halted: dict[Team, int],
    ) -> None:
        self._world = world
        self._number = number
        self._teams = [team for team in world.workforce.teams if team.id in outage.teams]
        self._windows = when
        self._halted = halted

    def next(self) -> None:
        """Await the next window, if there is one before the end."""
        window = next(self._windows, None)
        if window is not None and window[0] <= self._world.horizon:
            self._await(window[0], _HALT, self._begin, window[1])

    def _await(
        self, time: float, order: int, then: Callable[[WakeUp], None], subject: float
    ) -> None:
        env = self._world.env
        WakeUp(env, max(0.0, time - env.now), order + self._number, then, subject)

    def _begin(self, event: WakeUp) -> None:
        for team in self._teams:
            self._halted[team] += 1
            team.halt_work()
        self._await(event.subject, _RESUME, self._end, 0.0)

    def _end(self, _event: WakeUp) -> None:
        for team in self._teams:
            self._halted[team] -= 1
            if not self._halted[team]:
                team.resume_work()
        self.next()
