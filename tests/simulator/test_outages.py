"""Outages that recur at random: as often and as long as assumed, the same for whoever asks."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import numpy as np
import pytest

import simulator.outages
from engine.assumptions import Assumptions, Outage, Period, Staffing
from engine.calendar import DAY, Weekday
from engine.errors import RunawayError
from engine.plan import make_plan
from simulator.outages import Window, down_test, windows
from simulator.replication import replicate
from simulator.shifts import staffing_record
from tests.simulator.build import exits_taken, human, journey, simulated

HOUR = 3600.0
EVERY = {"kind": "exponential", "mean": 4 * HOUR}
DURATION = {"kind": "lognormal", "mean": 0.5 * HOUR, "cv": 1}
BREAKS_DOWN = {"id": "crm", "every": EVERY, "duration": DURATION}


def assumed(*outages: dict[str, Any], **period: Any) -> Assumptions:
    return Assumptions(
        outages=[Outage.model_validate(one) for one in outages], period=Period(**period)
    )


def until(
    end: float, assumptions: Assumptions, replication: int = 0, seed: int = 1
) -> list[Window]:
    """The times of the first outage that begin before `end`."""
    found = windows(assumptions.outages[0], assumptions, seed, replication)
    return list(takewhile(lambda window: window[0] < end, found))


def test_long_run_share_of_time_down() -> None:
    """Mean duration ÷ (mean time between + mean duration): half an hour of four and a half."""
    assumptions = assumed({**BREAKS_DOWN, "teams": ["team"]}, days=30)
    shares = []
    for replication in range(200):
        record = staffing_record(
            "team", Staffing(agents=[1]), DAY, 30 * DAY, assumptions, 1, replication
        )
        shares.append(1 - np.sum(record.agents * np.diff(record.times)) / (29 * DAY))
    error = np.std(shares, ddof=1) / np.sqrt(200)
    assert error < 0.002
    assert abs(np.mean(shares) - 1 / 9) < 3 * error


def test_first_one_begins_a_gap_after_the_period() -> None:
    constant = {
        "every": {"kind": "constant", "value": 5000},
        "duration": {"kind": "constant", "value": 700},
    }
    assumptions = assumed({"id": "crm", **constant}, start_day=Weekday.TUESDAY)
    found = until(DAY + 20_000, assumptions)
    starts = [DAY + 5000, DAY + 10_700, DAY + 16_400]
    assert found == [(start, start + 700) for start in starts]
    # Without a duration each lasts as long.
    lasting = assumed(
        {"id": "crm", "every": constant["every"], "lasts": 700}, start_day=Weekday.TUESDAY
    )
    assert until(DAY + 20_000, lasting) == found


def test_gaps_and_durations_follow_their_distributions() -> None:
    found = np.array(until(1000 * DAY, assumed(BREAKS_DOWN)))
    durations = found[:, 1] - found[:, 0]
    gaps = found[1:, 0] - found[:-1, 1]
    size = len(found)
    assert size > 5000
    assert abs(durations.mean() - 0.5 * HOUR) < 3 * 0.5 * HOUR / np.sqrt(size)
    assert abs(gaps.mean() - 4 * HOUR) < 3 * 4 * HOUR / np.sqrt(size)
    assert abs(np.corrcoef(gaps, durations[1:])[0, 1]) < 4 / np.sqrt(size)


def test_times_depend_on_seed_replication_and_id_alone() -> None:
    one = assumed(BREAKS_DOWN)
    other = assumed({**BREAKS_DOWN, "id": "bot"}, days=9)
    found = [
        until(DAY, one),
        until(DAY, one, replication=1),
        until(DAY, one, seed=2),
        until(DAY, other),
    ]
    assert len({tuple(windows) for windows in found}) == 4
    more = assumed({**BREAKS_DOWN, "steps": ["s"], "teams": ["t"]}, BREAKS_DOWN, days=2)
    assert until(DAY, more) == found[0]


def test_an_outage_that_lasts_longer_happens_as_often_at_first() -> None:
    """The n-th gap and the n-th duration stay the n-th."""
    short, long = (
        assumed(BREAKS_DOWN),
        assumed({**BREAKS_DOWN, "duration": {**DURATION, "mean": HOUR}}),
    )
    first, second = np.array(until(5 * DAY, short)), np.array(until(5 * DAY, long))
    size = min(len(first), len(second))
    lengths = (second[:size, 1] - second[:size, 0]) / (first[:size, 1] - first[:size, 0])
    assert lengths == pytest.approx(np.full(size, 2.0))
    gaps = first[1:size, 0] - first[: size - 1, 1]
    assert second[1:size, 0] - second[: size - 1, 1] == pytest.approx(gaps)


def test_any_time_may_be_asked_for_in_any_order() -> None:
    outages = [{**BREAKS_DOWN, "steps": ["bot"]}, {"id": "fixed", "steps": ["bot"], "lasts": 9000}]
    assumptions = assumed(*outages)
    is_down = down_test(assumptions, "bot", 1, 0)
    assert is_down is not None
    spans = [*until(60 * DAY, assumptions), (9 * HOUR, 9 * HOUR + 9000)]
    times = np.random.default_rng(1).uniform(0, 50 * DAY, 2000).tolist()
    edges = [edge for span in spans[:20] for edge in span]
    expected = [any(start <= time < end for start, end in spans) for time in (*times, *edges)]
    assert [is_down(time) for time in (*times, *edges)] == expected
    assert 100 < sum(expected) < 400
    assert down_test(assumptions, "other", 1, 0) is None


def test_an_ai_agent_fails_exactly_while_it_is_down() -> None:
    """It is reached by contacts whose clocks are ahead of the world's."""
    bot = {"id": "bot", "type": "ai_agent", "name": "Bot"}
    pause = {"id": "pause", "type": "wait", "name": "Pause", "duration": 5000}
    document = journey(
        [pause, bot],
        {
            "call.arrived": "pause",
            "pause.done": "bot",
            **{f"bot.{name}": "end" for name in ("resolved", "escalate", "failed", "abandoned")},
        },
        {"outages": [{**BREAKS_DOWN, "steps": ["bot"]}], "period": {"days": 3}},
    )
    records = simulated(document)
    visits = records.visits
    assert visits is not None
    of_bot = visits.column("step") == 2
    entered, code = visits.column("entered")[of_bot], visits.column("exit")[of_bot]
    spans = np.array(until(4 * DAY, document.assumptions))
    is_down = np.any((spans[:, :1] <= entered) & (entered < spans[:, 1:]), axis=0)
    failed = code == np.unique(code[is_down])[0]
    assert np.array_equal(failed, is_down)
    assert exits_taken(document, records)["bot.failed"] == np.count_nonzero(is_down) > 100


def test_people_are_missing_exactly_while_the_site_is_closed() -> None:
    step, ways, numbers = human(
        patience={"kind": "constant", "value": 1}, handle_time={"kind": "constant", "value": 1}
    )
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {
            "staffing": {"team": {"agents": [9]}},
            "steps": {"agent": numbers},
            "outages": [{**BREAKS_DOWN, "teams": ["team"]}],
        },
    )
    for replication in (0, 1):
        queue = replicate(make_plan(document), 1, replication).queue
        spans = np.array(until(DAY, document.assumptions, replication))
        joined = queue.column("joined")
        # Who gives up after a second may still be answered just before it is over.
        inside = np.any((spans[:, :1] + 1 <= joined) & (joined < spans[:, 1:] - 1), axis=0)
        outside = ~np.any((spans[:, :1] <= joined) & (joined < spans[:, 1:]), axis=0)
        is_lost = queue.column("fate") == 1
        assert np.all(is_lost[inside])
        assert not np.any(is_lost[outside])
        assert np.count_nonzero(inside) > 20


def test_a_fixed_outage_may_last_at_random() -> None:
    assumptions = assumed({"id": "site", "day": 2, "starts_at": "10:00", "duration": DURATION})
    found = [until(9 * DAY, assumptions, replication) for replication in range(400)]
    assert all(len(one) == 1 and one[0][0] == 2 * DAY + 10 * HOUR for one in found)
    lengths = np.array([end - start for [(start, end)] in found])
    assert abs(lengths.mean() - 0.5 * HOUR) < 3 * 0.5 * HOUR / np.sqrt(400)


def test_only_as_many_are_drawn_as_the_simulation_meets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A journey without an end in sight costs nothing; one that recurs all the time is refused."""
    monkeypatch.setattr(simulator.outages, "MAX_WINDOWS", 500)
    step, ways, numbers = human()
    often = {**BREAKS_DOWN, "every": {"kind": "constant", "value": 600}, "teams": ["team"]}
    outage = {**often, "duration": {"kind": "constant", "value": 60}}

    def run(**changed: Any) -> None:
        document = journey(
            [step],
            {"call.arrived": "agent", **ways},
            {
                "staffing": {"team": {"agents": [20]}},
                "steps": {"agent": numbers},
                "outages": [{**outage, **changed}],
            },
            limit=3600 * DAY,
        )
        simulated(document)

    run()
    with pytest.raises(RunawayError, match="500 times") as caught:
        run(every={"kind": "constant", "value": 1})
    assert caught.value.where == "assumptions/outages/crm/every"
