"""Simulated times as the window says them: a weekday and a time of day."""

from __future__ import annotations

from designer.run_bar.period import day_names
from engine.calendar import DAY


def day_in_words(day: int) -> str:
    """The weekday of this day, counted from the first Monday; from the second week on, which."""
    week, number = divmod(day, 7)
    name = day_names()[number][:3]
    return f"{name} +{week}w" if week else name


def time_in_words(time: float) -> str:
    """Seconds since the first Monday, 00:00, to the second."""
    day, rest = divmod(int(time), int(DAY))
    return f"{day_in_words(day)} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
