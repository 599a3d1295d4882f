"""Schedules compared in words: 2 more agents from 09:00 to 09:30. Never raises."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

_MOST_RUNS = 3


def staffing_in_english(old: Any, new: Any, starts_at: Any, interval: Any) -> str | None:
    """How the agents `new` differ from `old`; None if that cannot be said interval by interval.

    starts_at: time of day of the first interval; interval: its length in seconds.
    """
    start = _seconds(starts_at)
    if not (_are_counts(old) and _are_counts(new) and len(old) == len(new)):
        return None
    if start is None or not isinstance(interval, (int, float)) or interval <= 0:
        return None
    differences = [b - a for a, b in zip(old, new, strict=True)]
    if not any(differences):
        return "as many agents as before"
    runs = []
    for difference, group in groupby(range(len(old)), key=lambda number: differences[number]):
        numbers = list(group)
        if difference:
            runs.append((numbers[0], numbers[-1] + 1, difference))
    if len(runs) > _MOST_RUNS:
        return _in_all(old, new, interval, sum(map(bool, differences)))
    phrases = []
    for begin, end, difference in runs:
        when = (
            "at all times"
            if end - begin == len(old)
            else f"from {_clock(start + begin * interval, 1439)} "
            f"to {_clock(start + end * interval, 1440)}"
        )
        change = f"({_range(new[begin:end])} instead of {_range(old[begin:end])})"
        phrases.append(f"{_more(difference)} {when} {change}")
    return ", ".join(phrases)


def _are_counts(agents: Any) -> bool:
    return isinstance(agents, list) and all(
        isinstance(one, int) and not isinstance(one, bool) for one in agents
    )


def _seconds(time: Any) -> float | None:
    if not isinstance(time, str) or not re.fullmatch(r"[0-9]{2}:[0-9]{2}", time):
        return None
    return int(time[:2]) * 3600.0 + int(time[3:]) * 60.0


def _clock(seconds: float, last: int) -> str:
    """The time of day; minutes beyond `last` are on the next day."""
    minutes = round(seconds / 60)
    if minutes > last:
        return f"{_clock((minutes - 1440) * 60.0, last)} the next day"
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _more(difference: int) -> str:
    count = abs(difference)
    word = "more" if difference > 0 else "fewer"
    return f"{count:,} {word} agent{'s' if count > 1 else ''}"


def _range(agents: list[int]) -> str:
    low, high = min(agents), max(agents)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _in_all(old: list[int], new: list[int], interval: float, differing: int) -> str:
    before, after = (sum(agents) * interval / 3600 for agents in (old, new))
    return (
        f"other numbers of agents in {differing} of {len(old)} intervals, "
        f"{after:,.10g} hours a day in all instead of {before:,.10g}"
    )
