"""Weekdays, times of day and opening hours. Time is seconds since Monday 00:00."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from engine.model import Model

DAY: Final = 86_400.0
WEEK: Final = 7 * DAY

TimeOfDay = Annotated[
    str,
    Field(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$",
        description="Hours and minutes, 00:00 to 24:00.",
    ),
]


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return list(Weekday).index(self)


WORKDAYS: Final = list(Weekday)[:5]


def seconds_of(time: str) -> float:
    """Seconds after midnight of a time of day such as 07:30."""
    hours, minutes = time.split(":")
    return float(int(hours) * 3600 + int(minutes) * 60)


class OpenSpan(Model):
    """Open on these days from one time of day to a later one."""

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)] = WORKDAYS
    opens: TimeOfDay = "09:00"
    closes: TimeOfDay = "17:00"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if seconds_of(self.closes) <= seconds_of(self.opens):
            raise ValueError("closes must be later than opens; split a night at midnight")
        return self


OpenHours = Annotated[list[OpenSpan], Field(min_length=1, max_length=50)]


def open_test(hours: list[OpenSpan]) -> Callable[[float], bool]:
    """A function that tells whether it is open at a time (seconds since Monday 00:00)."""
    spans = [
        (day.number * DAY + seconds_of(span.opens), day.number * DAY + seconds_of(span.closes))
        for span in hours
        for day in span.days
    ]

    def is_open(time: float) -> bool:
        of_week = time % WEEK
        return any(start <= of_week < end for start, end in spans)

    return is_open


def next_opening(hours: list[OpenSpan]) -> Callable[[float], tuple[float, float]]:
    """A function from a time to the start and end of the next span that opens then or later.

    All times are seconds since Monday 00:00.
    """
    spans = sorted(
        (day.number * DAY + seconds_of(span.opens), day.number * DAY + seconds_of(span.closes))
        for span in hours
        for day in span.days
    )

    def opening(time: float) -> tuple[float, float]:
        week = time // WEEK * WEEK
        later = [span for span in spans if week + span[0] >= time]
        start, end = later[0] if later else (spans[0][0] + WEEK, spans[0][1] + WEEK)
        return week + start, week + end

    return opening


def until_time_of_day(time: str, now: float) -> float:
    """Seconds from `now` (since Monday 00:00) to the next `time`; a full day if it is now."""
    return (seconds_of(time) - now % DAY) % DAY or DAY
