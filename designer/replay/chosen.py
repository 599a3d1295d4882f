"""What a recording says of the contacts that the filters let through, at any time of the day.

All of it is columns that are sorted once: to look at a time costs the same wherever it is, and
the same again after looking at another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from designer.replay.filters import Filters
from simulator.recording import Recording
from simulator.recording.columns import Column


@dataclass(frozen=True, slots=True)
class Counts:
    """How many contacts are where at one time.

    in_journey: under way.  waiting, in_service: of them in a queue, and with an agent.
    done: by outcome, those that ended.
    waiting_at, present_at: for each planned step how many wait there, and are there in all.
    """

    in_journey: int
    waiting: int
    in_service: int
    done: Mapping[str, int]
    waiting_at: Column
    present_at: Column


class Chosen:
    """The contacts that filters let through: rows of the recording's tables, sorted by time."""

    def __init__(self, recording: Recording, filters: Filters) -> None:
        self.recording = recording
        self.rows = filters.rows(recording)
        contacts, moves, queueing = recording.contacts, recording.moves, recording.queueing
        self.starts = np.sort(contacts.start[self.rows])
        self.ends = np.sort(contacts.end[self.rows])
        outcome, end = contacts.outcome[self.rows], contacts.end[self.rows]
        self._ends_by_outcome = {
            name: np.sort(end[outcome == number]) for number, name in enumerate(recording.outcomes)
        }
        self.moves = np.flatnonzero(self.rows[moves.contact])
        """Rows of the moves, in the order of contacts and time."""
        by_entered = self.moves[np.argsort(moves.entered[self.moves], kind="stable")]
        self._entered, self._left = moves.entered[by_entered], moves.left[by_entered]
        self._at = moves.step[by_entered]
        # They are sorted by when they joined.
        queued = np.flatnonzero(self.rows[queueing.contact])
        self.queued_by = queueing.contact[queued]
        self._queued_at = queueing.step[queued]
        self._joined, self._served_from = queueing.joined[queued], queueing.served_from[queued]
        self._served_to = queueing.served_to[queued]
        self._times = self._entered, self._left, self._joined, self._served_from, self._served_to
        self._longest_wait = float(np.max(self._served_from - self._joined, initial=0.0))
        self._longest_visit = float(np.max(self._served_to - self._joined, initial=0.0))
        self._longest_stay = float(np.max(self._left - self._entered, initial=0.0))

    def __len__(self) -> int:
        """How many contacts they are."""
        return len(self.starts)

    def counts(self, time: float) -> Counts:
        """Who is where at this time; what happens at that very moment has happened."""
        steps = len(self.recording.steps)
        waiting = self._queued_at[self._waiting_rows(time)]
        return Counts(
            in_journey=_until(self.starts, time) - _until(self.ends, time),
            waiting=len(waiting),
            in_service=self._in_service(time),
            done={name: _until(ends, time) for name, ends in self._ends_by_outcome.items()},
            waiting_at=np.bincount(waiting, minlength=steps),
            present_at=np.bincount(self._present(time), minlength=steps),
        )

    def waiting(self, time: float) -> Column:
        """The contacts (rows) that wait in a queue at this time."""
        return self.queued_by[self._waiting_rows(time)]

    def _waiting_rows(self, time: float) -> Column:
        first = int(np.searchsorted(self._joined, time - self._longest_wait))
        last = _until(self._joined, time)
        return first + np.flatnonzero(self._served_from[first:last] > time)

    def _in_service(self, time: float) -> int:
        first = int(np.searchsorted(self._joined, time - self._longest_visit))
        part = slice(first, _until(self._joined, time))
        began, ends = self._served_from[part], self._served_to[part]
        return int(np.count_nonzero((began <= time) & (ends > time)))

    def _present(self, time: float) -> Column:
        first = int(np.searchsorted(self._entered, time - self._longest_stay))
        last = _until(self._entered, time)
        return self._at[first:last][self._left[first:last] > time]

    def event_after(self, time: float) -> float | None:
        """When something changes next; None if nothing does any more."""
        later = (times[times > time] for times in self._times)
        return min((float(times.min()) for times in later if len(times)), default=None)

    def event_before(self, time: float) -> float | None:
        """When something changed before; None if nothing did."""
        sooner = (times[times < time] for times in self._times)
        return max((float(times.max()) for times in sooner if len(times)), default=None)

    @cached_property
    def longest_queue(self) -> int:
        """The most that ever wait at one step."""
        edges = np.concatenate([self._joined, self._served_from])
        change = np.repeat(np.array([1, -1]), len(self._joined))
        steps = np.concatenate([self._queued_at, self._queued_at])
        # Who leaves makes room before who joins at the same moment.
        order = np.lexsort((change, edges, steps))
        # Each step's changes add up to nothing, so that the next one begins at none.
        return int(np.max(np.cumsum(change[order]), initial=0))

    def sampling(self, most: int, longer: float = 0.0) -> int:
        """Every how manieth customer is to be shown, so that never more than `most` are at once.

        longer: so many seconds after its end a contact is still seen.
        """
        contacts = self.recording.contacts
        customer, start = contacts.customer[self.rows], contacts.start[self.rows]
        end = contacts.end[self.rows] + longer
        every = max(1, -(-_peak(start, end) // most))
        while True:
            own = customer % every == 0
            peak = _peak(start[own], end[own])
            if peak <= most:
                return every
            every += max(1, every * (peak - most) // most)


def _until(times: Column, time: float) -> int:
    return int(np.searchsorted(times, time, "right"))


def _peak(starts: Column, ends: Column) -> int:
    """How many there are at once, at most."""
    begun = np.arange(1, len(starts) + 1)
    over = np.searchsorted(np.sort(ends), np.sort(starts), "right")
    return int(np.max(begun - over, initial=0))
