"""The measured time in equal intervals, and what happened in each of them.

Up to eight days are shown as they were; a longer time is laid over one week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.calendar import DAY

Column = NDArray[Any]
Numbers = NDArray[np.float64]

WEEK: Final = 7 * DAY
LONGEST: Final = 8 * DAY
HALF_HOUR: Final = 1800.0
HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Slots:
    """Intervals of `width` seconds from `first` on, at whole multiples of it.

    begin, end: of the measured time.  count: how many there are.  shown: how many are told;
    fewer than `count` where weeks lie over each other.
    """

    begin: float
    end: float
    width: float
    first: float
    count: int
    shown: int

    @classmethod
    def between(cls, begin: float, end: float) -> Slots:
        """Those of a measured time."""
        is_folded = end - begin > LONGEST
        width = HOUR if is_folded else HALF_HOUR
        first = (begin // WEEK) * WEEK if is_folded else (begin // width) * width
        count = max(1, int(-((first - end) // width)))
        return cls(begin, end, width, first, count, int(WEEK / width) if is_folded else count)

    @property
    def starts(self) -> Numbers:
        """When each of those that are told begins; seconds since Monday 00:00."""
        first = 0.0 if self.shown < self.count else self.first
        return np.asarray(first + self.width * np.arange(self.shown), np.float64)

    @property
    def edges(self) -> Numbers:
        """Where the intervals meet, cut to the measured time."""
        edges = self.first + self.width * np.arange(self.count + 1)
        return np.clip(edges, self.begin, self.end)

    @property
    def seconds(self) -> Numbers:
        """How much of each was measured."""
        return self.folded(np.diff(self.edges))

    @property
    def times(self) -> Numbers:
        """How often each was there, be it in part."""
        return self.folded((np.diff(self.edges) > 0).astype(np.float64))

    def folded(self, values: Column) -> Numbers:
        """Values of all intervals (the last axis) summed to those that are told."""
        rounds = -(-self.count // self.shown)
        missing = rounds * self.shown - self.count
        padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, missing)])
        by_round = padded.reshape(*values.shape[:-1], rounds, self.shown)
        return np.asarray(by_round.sum(axis=-2), np.float64)

    def counts(self, times: Column, groups: Column, most: int) -> Numbers:
        """How many of the times lie in each interval: a row for each of `most` groups."""
        return self.sums(times, groups, most, None)

    def sums(self, times: Column, groups: Column, most: int, weights: Column | None) -> Numbers:
        """The sum of the weights of the times in each interval: a row for each of `most` groups.

        Times that were not measured are in none.
        """
        within = (times >= self.begin) & (times < self.end)
        numbers = ((times[within] - self.first) // self.width).astype(np.int64)
        keys = groups[within] * self.count + numbers
        own = None if weights is None else weights[within]
        found = np.bincount(keys, own, most * self.count).reshape(most, self.count)
        return self.folded(found)

    def spent(self, starts: Column, ends: Column, groups: Column, most: int) -> Numbers:
        """How many seconds of these spans lie in each interval; rows as of `counts`."""
        return self.folded(
            np.diff(self._since(starts, groups, most) - self._since(ends, groups, most))
        )

    def _since(self, times: Column, groups: Column, most: int) -> Numbers:
        """How many seconds have passed since these times at each edge, of all of them together."""
        passed = np.clip(times, self.begin, self.end) - self.first
        keys = groups * self.count + np.clip(passed // self.width, 0, self.count - 1).astype(int)
        shape, size = (most, self.count), most * self.count
        number = np.cumsum(np.bincount(keys, minlength=size).reshape(shape), axis=1)
        total = np.cumsum(np.bincount(keys, passed, size).reshape(shape), axis=1)
        edges = self.width * np.arange(1, self.count + 1)
        # What is cut at the end lies at an edge, or before the last one.
        edges[-1] = self.end - self.first
        return np.pad(number * edges - total, [(0, 0), (1, 0)])
