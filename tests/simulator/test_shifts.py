"""Schedules: who works when, around midnight and weekends too, and what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.assumptions import Assumptions, Break, Period, Staffing
from engine.calendar import DAY, WORKDAYS, Weekday
from engine.plan import make_plan
from simulator.agents_time import idle_time
from simulator.records import Fate, StaffingRecord
from simulator.replication import replicate
from simulator.shifts import agents_present, available, shifts, staffing_record
from tests.simulator.build import human, journey, simulated

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
    tonight = [(22 * HOUR, 4), (26 * HOUR, 3), (30 * HOUR, 0), (46 * HOUR, 4)]
    # Those of the night before are still there when the period begins at midnight.
    assert found[:7] == [(0, 4), (2 * HOUR, 3), (6 * HOUR, 0), *tonight]


def test_the_night_before_is_only_there_if_it_was_worked() -> None:
    found = changes(
        0, DAY, agents=[2], starts_at="20:00", interval=10 * HOUR, days=[Weekday.MONDAY]
    )
    assert found == [(20 * HOUR, 2)]


def test_around_the_clock_from_any_hour_is_around_the_clock() -> None:
    for starts_at in ("00:00", "06:00", "22:00"):
        found = changes(0, 3 * DAY, agents=[5] * 24, starts_at=starts_at, interval=HOUR)
        assert found == [(0, 5)]


def test_a_shift_longer_than_a_day_ends_when_the_next_one_begins() -> None:
    found = changes(0, 2 * DAY, agents=[1] * 12 + [2] * 18, starts_at="08:00", interval=HOUR)
    assert found == [(0, 2), (8 * HOUR, 1), (20 * HOUR, 2), (32 * HOUR, 1), (44 * HOUR, 2)]


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


def test_a_night_shift_counts_after_the_warm_up_has_ended_in_it() -> None:
    """Who came to work before the window is there and paid within it."""
    staffing = Staffing(agents=[3], starts_at="22:00", interval=8 * HOUR)
    record = staffing_record("team", staffing, 25 * HOUR, 2 * DAY)
    assert record.times.tolist() == [25 * HOUR, 25 * HOUR, 30 * HOUR, 46 * HOUR, 2 * DAY]
    assert record.agents.tolist() == [0, 3, 0, 3]
    assert record.paid_seconds == 3 * 7 * HOUR


# --- breaks ---------------------------------------------------------------------------------------


def present(staffing: Staffing, days: int = 1, **more: Any) -> list[tuple[float, int]]:
    """Each change of who is there: hour and number."""
    period = Assumptions(period=Period(days=days))
    found = agents_present("team", staffing, 0, days * DAY, period, more.get("seed", 1), 0)
    return [(one.time / HOUR, one.agents) for one in found]


def test_some_are_on_a_break_on_every_working_day() -> None:
    lunch = Break(starts_at="12:00", lasts=HOUR, share=0.3)
    staffing = Staffing(
        agents=[10, 20], starts_at="08:00", interval=4 * HOUR, breaks=[lunch], days=WORKDAYS
    )
    of_day = [(8, 10), (12, 14), (13, 20), (16, 0)]
    expected = [(24 * day + hour, agents) for day in range(5) for hour, agents in of_day]
    assert present(staffing, days=7) == expected


def test_breaks_follow_each_other_overlap_and_are_paid() -> None:
    """When half go as the others come back, nobody is there for no time at all."""
    breaks = [
        Break(starts_at="12:00", share=0.5),
        Break(starts_at="12:30", share=0.5),
        Break(starts_at="12:45", lasts=900, share=0.8),
    ]
    staffing = Staffing(agents=[10], starts_at="08:00", interval=8 * HOUR, breaks=breaks)
    assert present(staffing) == [(8, 10), (12, 5), (12.75, 0), (13, 10), (16, 0)]
    record = staffing_record("team", staffing, 0, DAY)
    assert record.paid_seconds == 10 * 8 * HOUR
    assert record.agents.tolist() == [0, 10, 5, 0, 10, 0]


def test_a_break_of_the_night_shift_is_after_midnight() -> None:
    staffing = Staffing(
        agents=[4],
        starts_at="22:00",
        interval=8 * HOUR,
        days=[Weekday.MONDAY],
        breaks=[Break(starts_at="02:00")],
    )
    assert present(staffing, days=3) == [(22, 4), (26, 0), (26.5, 4), (30, 0)]


def test_shrinkage_comes_off_before_breaks() -> None:
    staffing = Staffing(agents=[10], shrinkage=0.2, breaks=[Break(starts_at="12:00", share=0.5)])
    assert present(staffing) == [(0, 8), (12, 4), (12.5, 8)]


def test_at_a_break_who_is_busy_finishes_and_nobody_else_is_served() -> None:
    """However many wait: a break is not the closing time, at which the queue is finished."""
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 600})
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {
            "staffing": {
                "team": {"agents": [12], "breaks": [{"starts_at": "12:00", "lasts": 3600}]}
            },
            "steps": {"agent": numbers},
        },
    )
    queue = simulated(document).queue
    answered = queue.column("fate") == Fate.ANSWERED
    begun = (queue.column("joined") + queue.column("waited"))[answered]
    assert not np.any((begun >= 12 * HOUR) & (begun < 13 * HOUR))
    assert np.count_nonzero((begun >= 11.8 * HOUR) & (begun < 12 * HOUR)) >= 12
    # All come back together, to those who wait.
    assert np.count_nonzero(begun == 13 * HOUR) == 12
    assert set(queue.column("talk")[answered].tolist()) == {600.0}


# --- absence --------------------------------------------------------------------------------------


def recorded(staffing: Staffing, replication: int, *, days: int = 5, **more: Any) -> StaffingRecord:
    period = Assumptions(period=Period(days=days))
    draw = more.get("seed", 1), replication
    return staffing_record(more.get("team", "team"), staffing, 0, days * DAY, period, *draw)


def on_days(staffing: Staffing, replication: int, hour: float = 9, **more: Any) -> list[int]:
    """How many are there at that hour of each day."""
    record = recorded(staffing, replication, **more)
    hours = np.arange(more.get("days", 5)) * DAY + hour * HOUR
    return record.agents[np.searchsorted(record.times, hours, side="right") - 1].tolist()


def office(*agents: int, **fields: Any) -> Staffing:
    """Each number of agents is there for two hours, the first from 08:00 on."""
    return Staffing(agents=list(agents), starts_at="08:00", interval=2 * HOUR, **fields)


def test_as_many_are_absent_as_the_binomial_says() -> None:
    people, absence, size = 20, 0.15, 10_000
    found = [on_days(office(people, absence=absence), number) for number in range(size // 5)]
    there = np.array(found, float).ravel()
    variance = people * absence * (1 - absence)
    assert abs(there.mean() - people * (1 - absence)) < 3 * np.sqrt(variance / size)
    kurtosis = 3 + (1 - 6 * absence * (1 - absence)) / variance
    error = variance * np.sqrt((kurtosis - (size - 3) / (size - 1)) / size)
    assert abs(there.var(ddof=1) - variance) < 3 * error
    # Days do not know of each other.
    pairs = np.array(found, float)
    correlation = np.corrcoef(pairs[:, :-1].ravel(), pairs[:, 1:].ravel())[0, 1]
    assert abs(correlation) < 4 / np.sqrt(size)


def test_another_agent_changes_nothing_for_the_others() -> None:
    """So the new one is there in some days and missing in others, and all else is the same."""
    more = [
        np.subtract(
            on_days(office(21, absence=0.3), number), on_days(office(20, absence=0.3), number)
        )
        for number in range(40)
    ]
    assert set(np.ravel(more).tolist()) == {0, 1}
    assert abs(np.mean(more) - 0.7) < 3 * np.sqrt(0.21 / 200)


def test_who_is_absent_is_so_all_day() -> None:
    staffing = office(10, 4, 10, 11, absence=0.4)
    for number in range(20):
        morning, late = on_days(staffing, number, 9), on_days(staffing, number, 13)
        assert morning == late
        assert np.all(np.array(on_days(staffing, number, 11)) <= morning)
        assert set(np.subtract(on_days(staffing, number, 15), late).tolist()) <= {0, 1}


def test_seeds_teams_and_replications_have_other_absentees() -> None:
    staffing = office(50, absence=0.5)
    found = [
        tuple(on_days(staffing, replication, seed=seed, team=team))
        for replication in (0, 1)
        for seed in (1, 2)
        for team in ("a", "b")
    ]
    assert len(set(found)) == 8


def test_the_absent_are_paid_and_shrinkage_comes_off_the_others() -> None:
    record = recorded(office(50, absence=0.5, shrinkage=0.2), 0)
    assert record.paid_seconds == 5 * 50 * 2 * HOUR
    there = on_days(office(50, absence=0.5), 0)
    expected = [available(office(1, shrinkage=0.2), int(one)) for one in there]
    assert on_days(office(50, absence=0.5, shrinkage=0.2), 0) == expected


def test_around_the_clock_absentees_change_at_midnight() -> None:
    staffing = Staffing(agents=[30], absence=0.3)
    record = recorded(staffing, 0, days=20)
    assert np.all(record.times % DAY == 0)
    assert len(set(record.agents.tolist())) > 3


def test_absence_in_a_simulation() -> None:
    step, ways, numbers = human()
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {"staffing": {"team": {"agents": [40], "absence": 0.5}}, "steps": {"agent": numbers}},
    )
    plan = make_plan(document)
    there = {float(replicate(plan, 1, number).staffing[0].agents.max()) for number in range(6)}
    assert len(there) > 2
    assert all(8 < agents < 32 for agents in there)
    again = replicate(plan, 1, 0).staffing[0]
    assert np.array_equal(again.agents, replicate(plan, 1, 0).staffing[0].agents)
