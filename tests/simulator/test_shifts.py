"""Schedules: who works when, around midnight and weekends too, and what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.assumptions import Staffing
from engine.calendar import DAY, WORKDAYS, Weekday
from simulator.agents_time import idle_time
from simulator.shifts import available, shifts, staffing_record

HOUR = 3600.0


def changes(start: float, end: float, **fields: Any) -> list[tuple[float, int]]:
    return list(shifts(Staffing(**fields), start, end))


def test_one_day() -> None:
    found = changes(0, DAY, agents=[2, 3, 3, 1], starts_at="08:00", interval=HOUR)
    assert found == [(8 * HOUR, 2), (9 * HOUR, 3), (11 * HOUR, 1), (12 * HOUR, 0)]


def test_every_day_anew() -> None:
    found = changes(0, 3 * DAY, agents=[2], starts_at="08:00", interval=10 * HOUR)
    expected = [
        (day * DAY + hour * HOUR, count) for day in range(3) for hour, count in ((8, 2), (18, 0))
    ]
    assert found == expected


def test_around_the_clock_there_is_one_change() -> None:
    assert changes(0, 10 * DAY, agents=[5]) == [(0.0, 5)]


def test_around_the_clock_with_intervals() -> None:
    found = changes(0, 2 * DAY, agents=[1, 2], interval=DAY / 2)
    assert found == [(0, 1), (DAY / 2, 2), (DAY, 1), (1.5 * DAY, 2), (2 * DAY, 1)]


def test_midnight_before_a_day_off() -> None:
    found = changes(3 * DAY, 8 * DAY, agents=[5], days=WORKDAYS)
    assert found == [(3 * DAY, 5), (5 * DAY, 0), (7 * DAY, 5)]


def test_a_night_shift_goes_on_after_midnight() -> None:
    found = changes(0, 3 * DAY, agents=[4, 3], starts_at="22:00", interval=4 * HOUR)
    assert found[:4] == [(22 * HOUR, 4), (26 * HOUR, 3), (30 * HOUR, 0), (46 * HOUR, 4)]


def test_days_off() -> None:
    found = changes(
        0,
        7 * DAY,
        agents=[1],
        starts_at="09:00",
        interval=HOUR,
        days=[Weekday.TUESDAY, Weekday.SUNDAY],
    )
    assert found == [
        (DAY + 9 * HOUR, 1),
        (DAY + 10 * HOUR, 0),
        (6 * DAY + 9 * HOUR, 1),
        (6 * DAY + 10 * HOUR, 0),
    ]


def test_begins_at_the_start() -> None:
    """A period that starts on Wednesday does not know of Monday."""
    found = changes(2 * DAY, 3 * DAY, agents=[1], starts_at="09:00", interval=HOUR)
    assert found == [(2 * DAY + 9 * HOUR, 1), (2 * DAY + 10 * HOUR, 0)]


@pytest.mark.parametrize(
    ("scheduled", "shrinkage", "there"),
    [(10, 0.0, 10), (10, 0.3, 7), (3, 0.5, 2), (1, 0.5, 1), (1, 0.51, 0), (7, 1.0, 0), (0, 0.3, 0)],
)
def test_shrinkage_rounds_to_whole_people(scheduled: int, shrinkage: float, there: int) -> None:
    assert available(Staffing(agents=[1], shrinkage=shrinkage), scheduled) == there


def test_record_of_a_schedule() -> None:
    staffing = Staffing(
        agents=[10, 20], starts_at="08:00", interval=2 * HOUR, shrinkage=0.3, cost_per_hour=36
    )
    record = staffing_record("team", staffing, 0, DAY)
    assert record.times.tolist() == [0, 8 * HOUR, 10 * HOUR, 12 * HOUR, DAY]
    assert record.agents.tolist() == [0, 7, 14, 0]
    assert record.paid_seconds == 30 * 2 * HOUR  # shrinkage is paid
    assert record.cost_per_second == 0.01


def test_record_of_a_part_of_a_day() -> None:
    """From the middle of a shift: who is there already counts from the start on."""
    staffing = Staffing(agents=[10, 20], interval=DAY / 2)
    record = staffing_record("team", staffing, DAY / 4, DAY)
    assert record.paid_seconds == 10 * DAY / 4 + 20 * DAY / 2
    assert np.all(np.diff(record.times) >= 0)


def test_idle_time_is_the_area_between_schedule_and_work() -> None:
    staffing = Staffing(agents=[2], starts_at="08:00", interval=2 * HOUR)
    record = staffing_record("team", staffing, 0, DAY)
    nobody = np.empty(0)
    assert idle_time(record, nobody, nobody, 0, DAY) == 4 * HOUR
    # One at work from 9:00 on, half an hour longer than the shift: 3 hours are idle.
    one = np.array([9 * HOUR])
    assert idle_time(record, one, np.array([1.5 * HOUR]), 0, DAY) == 3 * HOUR
    # Measured from 9:30 on: the other's half hour.
    assert idle_time(record, one, np.array([1.5 * HOUR]), 9.5 * HOUR, DAY) == 0.5 * HOUR


def test_idle_time_never_counts_below_zero() -> None:
    """Two finish after their shift while one of the next shift has begun to wait."""
    staffing = Staffing(agents=[2, 1], starts_at="08:00", interval=HOUR)
    record = staffing_record("team", staffing, 0, DAY)
    starts, durations = np.array([8.5, 8.5]) * HOUR, np.array([1.0, 0.75]) * HOUR
    # 8:00-8:30 both; 9:15-9:30 one of one is at work; 9:30-10:00 one is idle.
    assert idle_time(record, starts, durations, 0, DAY) == pytest.approx(1.5 * HOUR)
