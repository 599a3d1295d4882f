"""What a recording holds: tables of columns, and the names that their numbers stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]

STILL_THERE: Final = -1
"""The exit of a stay that has not ended when the recording does."""

UNFINISHED: Final = "unfinished"
"""The outcome of a contact that came to no end."""

FATES: Final = (
    "answered",
    "abandoned",
    "timed out",
    "turned away: full",
    "turned away: closed",
    "still waiting",
    "took a callback",
)
"""What each `Fate` is called."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """A row a contact, in the order of customers and of each customer's contacts.

    customer: index.  number: 1 for the customer's first.  channel, outcome: indexes of names.
    start, end: seconds; of who is still under way, when the recording ends.  measured: whether
    it counts in the results.  segments: for each attribute an index of its labels.
    """

    customer: Column
    number: Column
    channel: Column
    outcome: Column
    start: Column
    end: Column
    measured: Column
    segments: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Moves:
    """A row a stay at a step and the exit by which it was left, in the order of contacts and time.

    contact: row of the contact.  step: index.  exit: code, or `STILL_THERE`.
    entered, left: seconds.
    """

    contact: Column
    step: Column
    exit: Column
    entered: Column
    left: Column


@dataclass(frozen=True, slots=True)
class Queueing:
    """A row a visit to a queue, by when it was joined.

    contact: row of the contact.  step: index.  joined: seconds.  served_from: when waiting was
    over.  served_to: when the customer was done with, the same for who was not served.
    team: index, -1 if none.  fate: `Fate`.
    """

    contact: Column
    step: Column
    joined: Column
    served_from: Column
    served_to: Column
    team: Column
    fate: Column


@dataclass(frozen=True, slots=True)
class Teams:
    """Agents, by time.

    From `time` on, `agents` of the team (index) are there; from `begin` to `finish`
    one of the team's agents (`busy`) is at work.
    """

    team: Column
    time: Column
    agents: Column
    busy: Column
    begin: Column
    finish: Column


@dataclass(frozen=True)
class Recording:
    """One replication.

    steps: ids of the planned steps.  exits: for each code of an exit the step that it leaves
    (index), its name and the step that it leads to (index, -1: the contact ends).
    window: the measured time, seconds.  labels: for each attribute what its segments are called.
    """

    seed: int
    replication: int
    scenario: str | None
    window: tuple[float, float]
    steps: tuple[str, ...]
    exits: tuple[tuple[int, str, int], ...]
    channels: tuple[str, ...]
    outcomes: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    teams: tuple[str, ...]
    contacts: Contacts
    moves: Moves
    queueing: Queueing
    agents: Teams

    def totals(self) -> dict[str, Any]:
        """How often each step was left, each exit taken, each queue left and each outcome met."""
        moves, done = self.moves, self.moves.exit != STILL_THERE
        visits = np.bincount(moves.step[done], minlength=len(self.steps)).tolist()
        exits = np.bincount(moves.exit[done], minlength=len(self.exits)).tolist()
        fates = np.bincount(self.queueing.fate, minlength=len(FATES)).tolist()
        outcomes = np.bincount(self.contacts.outcome, minlength=len(self.outcomes)).tolist()
        return {
            "contacts": len(self.contacts.start),
            "steps": dict(zip(self.steps, visits, strict=True)),
            "exits": {
                f"{self.steps[step]}.{name}": count
                for (step, name, _), count in zip(self.exits, exits, strict=True)
                if name
            },
            "fates": dict(zip(FATES, fates, strict=True)),
            "outcomes": dict(zip(self.outcomes, outcomes, strict=True)),
        }
