"""Which time counts: all of it, one span, or the same interval of every day.

Each kind answers two questions about times in seconds since Monday 00:00 of the first week:
which of them lie within the time that counts, and how much of it has passed until then.
Differences of the latter tell how much of any span counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.calendar import DAY

Times = NDArray[Any]


class CountedTime(Protocol):
    """A part of time."""

    def contains(self, times: Times) -> NDArray[np.bool_]:
        """Which of these times count."""

    def passed(self, times: Times) -> Times:
        """How many seconds that count have passed until each time, up to a constant."""


@dataclass(frozen=True, slots=True)
class AllTime:
    """All of it."""

    def contains(self, times: Times) -> NDArray[np.bool_]:
        """All."""
        return np.ones(len(times), bool)

    def passed(self, times: Times) -> Times:
        """Every second counts."""
        return times


ALL_TIME: Final = AllTime()


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` up to, not including, `end`; seconds."""

    begin: float
    end: float

    def contains(self, times: Times) -> NDArray[np.bool_]:
        """Those within."""
        return np.asarray((times >= self.begin) & (times < self.end))

    def passed(self, times: Times) -> Times:
        """Nothing before and nothing after."""
        return np.clip(times, self.begin, self.end)


@dataclass(frozen=True, slots=True)
class DailyInterval:
    """Every day from `begin` seconds after midnight, for `length` seconds."""

    begin: float
    length: float

    def contains(self, times: Times) -> NDArray[np.bool_]:
        """Those whose time of day is within."""
        of_day = times % DAY
        return np.asarray((of_day >= self.begin) & (of_day < self.begin + self.length))

    def passed(self, times: Times) -> Times:
        """Whole days, and what has passed of today's interval."""
        days, of_day = np.divmod(times, DAY)
        return np.asarray(days * self.length + np.clip(of_day - self.begin, 0.0, self.length))
