"""The parts of a recording that the slider can span: all of it, or one of its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from engine.calendar import DAY
from simulator.recording import Recording

HOUR: Final = 3600.0
_MOST_DAYS: Final = 400


@dataclass(frozen=True, slots=True)
class Part:
    """From one time to another, seconds.

    day: its number since the first Monday; None for all of it.  rank: among several days, the
    one on which most contacts begin, or the one in the middle.
    """

    begin: float
    end: float
    day: int | None = None
    rank: Literal["busiest", "typical"] | None = None


def parts(recording: Recording) -> list[Part]:
    """All of it, then each day of the measured time on which contacts begin, if that is less."""
    contacts = recording.contacts
    begin, end = recording.window
    starts = contacts.start[contacts.start >= begin]
    ends = contacts.end[contacts.start >= begin]
    if not len(starts):
        return [Part(begin, end)]
    whole = Part(_hour_before(float(starts.min())), _hour_after(float(ends.max())))
    of_start = np.floor(starts / DAY).astype(np.int64)
    days, counts = np.unique(of_start, return_counts=True)
    if whole.end - whole.begin <= DAY + HOUR or len(days) > _MOST_DAYS:
        return [whole]
    ranks = _ranks(days.tolist(), counts.tolist())
    found = [whole]
    for day in days.tolist():
        own = of_start == day
        until = min(_hour_after(float(ends[own].max())), (day + 1) * DAY)
        found.append(Part(_hour_before(float(starts[own].min())), until, day, ranks.get(day)))
    return found


def usual(found: list[Part]) -> Part:
    """The part to begin with: the busiest day, if there are several; else the only one."""
    days = [part for part in found if part.day is not None]
    return next((part for part in days if part.rank == "busiest"), (days or found)[0])


def _ranks(days: list[int], counts: list[int]) -> dict[int, Literal["busiest", "typical"]]:
    if len(days) < 2:
        return {}
    order = sorted(range(len(days)), key=lambda at: (counts[at], -days[at]))
    return {days[order[(len(order) - 1) // 2]]: "typical", days[order[-1]]: "busiest"}


def _hour_before(time: float) -> float:
    return float(np.floor(time / HOUR)) * HOUR


def _hour_after(time: float) -> float:
    return (float(np.floor(time / HOUR)) + 1) * HOUR
