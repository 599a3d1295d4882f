"""How many agents of each team are there, and at work, at any time of the day."""

from __future__ import annotations

import numpy as np

from simulator.recording import Recording
from simulator.recording.columns import Column


class Agents:
    """Of a recording: those of all contacts, whoever is shown."""

    def __init__(self, recording: Recording) -> None:
        self._teams = [_Team(recording, number) for number in range(len(recording.teams))]

    def at(self, time: float) -> tuple[Column, Column]:
        """For each team how many agents are at work at this time, and how many are there.

        Who finishes something after the shift is at work, and counts as there.
        """
        busy = np.array([team.busy(time) for team in self._teams], np.int64)
        there = np.array([team.there(time) for team in self._teams], np.int64)
        return busy, np.maximum(busy, there)


class _Team:
    def __init__(self, recording: Recording, number: int) -> None:
        agents = recording.agents
        own, busy = agents.team == number, agents.busy == number
        self._times, self._agents = agents.time[own], agents.agents[own]
        self._begin, self._finish = np.sort(agents.begin[busy]), np.sort(agents.finish[busy])

    def busy(self, time: float) -> int:
        begun = np.searchsorted(self._begin, time, "right")
        return int(begun - np.searchsorted(self._finish, time, "right"))

    def there(self, time: float) -> int:
        at = int(np.searchsorted(self._times, time, "right")) - 1
        return int(self._agents[at]) if at >= 0 else 0
