"""Charts tell the same as KPIs, records and formulas do."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from engine.document import Document, document_from_plain, read_document
from engine.plan import make_plan
from engine.shipped import sample_path
from simulator.charts import CHARTS
from simulator.charts.kinds.wait import GRID, still_waiting, survived
from simulator.charts.slots import DAY, HOUR, WEEK, Slots
from simulator.experiment import Results, Settings, run
from simulator.measured import Measured, Thresholds
from simulator.records import Mark, Records
from simulator.replication import replicate
from simulator.report.data import results_json, results_to_plain
from simulator.splits import Split, parts
from tests.truth.journeys import constant, exponential, queue

Plain = dict[str, Any]
SIX_DIGITS = 2e-6


def groups(results: Results, chart: str) -> list[Plain]:
    found: list[Plain] = results.charts()[chart]["groups"]
    return found


def values(group: Plain, measure: str) -> Any:
    value = group["measures"][measure]["value"]
    return np.array(value, float) if isinstance(value, list) else value


@pytest.fixture(scope="module")
def retail() -> Results:
    """A run of a journey with channels, segments, stages, repeats and several queues."""
    document = read_document(sample_path("omnichannel_retail"))
    return run(document, Settings(seed=5, replications=5, charts=True))


@pytest.fixture(scope="module")
def records(retail: Results) -> list[Records]:
    plan = make_plan(retail.document)
    return [replicate(plan, 5, number, record_visits=True) for number in range(5)]


def measured(retail: Results, one: Records) -> Measured:
    return Measured(make_plan(retail.document), one, Thresholds())


# ---- waiting


def share_waiting(rate: float, agents: int, handle: float, patience: float, time: float) -> float:
    """P(virtual wait > time) in M/M/c+M: Baccelli and Hébuterne (1981)."""
    load = rate * handle
    empty = [load**n / math.factorial(n) for n in range(agents)]

    def density(x: float) -> float:
        joined = rate * patience * (1 - math.exp(-x / patience))
        return rate * empty[-1] * math.exp(joined - agents / handle * x)

    tail, whole = (quad(density, start, 60 * handle)[0] for start in (time, 0.0))
    return float(tail / (whole + sum(empty)))


def test_waiting_is_that_of_the_formula_where_customers_lose_patience() -> None:
    rate, agents, handle, patience = 1 / 30, 10, 300.0, 150.0
    plain = queue(rate, agents, exponential(handle), 1.0, patience=exponential(patience))
    plain["assumptions"]["period"] = {"days": 1, "warm_up": 3600}
    results = run(document_from_plain(plain), Settings(seed=3, replications=24, charts=True))
    chart = results.charts()["wait"]
    every, alone = chart["groups"]
    assert (every["keys"], alone["keys"]) == ({"step": "all"}, {"step": "agent"})
    assert every["measures"] == alone["measures"]
    share, times = alone["measures"]["still_waiting"], chart["x"]["values"]
    for time in (0, 30, 60, 120, 200):
        at = times.index(time)
        expected = share_waiting(rate, agents, handle, patience, time)
        low, high = share["low"][at], share["high"][at]
        assert low < expected < high, (time, expected, low, high)
        assert high - low < 0.06


def test_in_one_replication_it_is_kaplan_meier() -> None:
    rng = np.random.default_rng(1)
    waits, answered = np.round(rng.exponential(60, 500)), rng.random(500) < 0.7
    shares, errors = still_waiting(survived(waits, answered)[None])
    assert errors is None
    for at in (0, 5, 30, 70):
        expected = 1.0
        for time in np.unique(waits[answered]):
            if time <= GRID[at]:
                at_risk = np.count_nonzero(waits >= time)
                expected *= 1 - np.count_nonzero(answered & (waits == time)) / at_risk
        assert shares[at] == pytest.approx(expected)


def test_where_nobody_gives_up_it_is_the_share_of_all_visits() -> None:
    rng = np.random.default_rng(2)
    samples = [rng.exponential(40, size) for size in (20, 400, 150)]
    rows = np.stack([survived(one, np.ones(len(one), bool)) for one in samples])
    shares, errors = still_waiting(rows)
    together = np.concatenate(samples)
    assert shares == pytest.approx([np.mean(together > time) for time in GRID])
    assert errors is not None
    assert np.all(errors >= 0)


def test_what_nobody_waited_for_is_unknown() -> None:
    waits = np.array([1.0, 5.0, 9.0])
    shares, _ = still_waiting(survived(waits, np.array([True, True, False]))[None])
    after = np.searchsorted(GRID, 10)
    assert shares[after - 1] == pytest.approx(1 / 3)
    assert np.isnan(shares[after + 1])


# ---- time


@pytest.mark.parametrize("days", [1, 3, 23])
def test_time_spent_in_intervals_adds_up(days: int) -> None:
    begin, end = DAY + 1000.0, DAY * (1 + days) - 0.0
    slots, rng = Slots.between(begin, end), np.random.default_rng(days)
    starts = rng.uniform(0, DAY * (days + 2), 300)
    ends = starts + rng.exponential(9000, 300)
    which = rng.integers(0, 3, 300)
    spent = slots.spent(starts, ends, which, 3)
    expected = np.clip(ends, begin, end) - np.clip(starts, begin, end)
    assert spent.sum() == pytest.approx(expected.sum())
    assert slots.seconds.sum() == pytest.approx(end - begin)
    # One interval by itself.
    first = slots.first + 7 * slots.width
    alone = np.clip(ends, first, first + slots.width) - np.clip(starts, first, first + slots.width)
    if slots.shown == slots.count:
        assert spent[1][7] == pytest.approx(alone[which == 1].sum())
    else:
        assert (slots.shown, slots.width) == (WEEK / HOUR, HOUR)


def test_customers_waiting_are_those_of_the_kpi(retail: Results) -> None:
    slots = Slots.between(0, DAY)
    every, *each = groups(retail, "queue")
    known = retail.estimate("queue_length")
    assert known is not None
    mean = float(np.sum(values(every, "waiting") * slots.seconds) / DAY)
    assert mean == pytest.approx(known.value, rel=1e-4)
    together = sum(values(one, "waiting") for one in each)
    assert together == pytest.approx(values(every, "waiting"), abs=1e-4)
    waiting = every["measures"]["waiting"]
    for low, value, high in zip(waiting["p10"], waiting["value"], waiting["p90"], strict=True):
        assert low <= high
        assert value >= 0


def test_staffing_is_that_of_the_kpis() -> None:
    document = read_document(sample_path("bankunited"))
    results = run(document, Settings(replications=3, charts=True, by=(Split("team"),)))
    [team] = groups(results, "staffing")
    measured = [Measured(make_plan(document), replicate(make_plan(document), 1, n), Thresholds())
                for n in range(3)]  # fmt: skip
    slots = Slots.between(0, DAY)
    present = float(np.sum(values(team, "present") * slots.seconds))
    assert present == pytest.approx(np.mean([one.present_seconds for one in measured]), rel=1e-5)
    # What is finished after midnight is none of this day's.
    busy = float(np.sum(values(team, "busy") * slots.seconds))
    assert busy == pytest.approx(np.mean([one.busy_seconds for one in measured]), rel=1e-3)
    occupancy = team["measures"]["occupancy"]
    assert occupancy["value"][0] is None, "nobody works at midnight"
    assert all(one is None or 0 <= one <= 1 for one in occupancy["high"])


# ---- contacts


def test_every_contact_has_an_outcome(retail: Results, records: list[Records]) -> None:
    contacts = [np.count_nonzero(one.contacts.column("marks") & Mark.MEASURED) for one in records]
    by: dict[str, float] = {}
    for group in groups(retail, "outcomes"):
        name = group["keys"]["by"]
        by[name] = by.get(name, 0.0) + values(group, "contacts")
    assert {"channel", "segment=segment"} <= by.keys()
    for total in by.values():
        assert total == pytest.approx(np.mean(contacts), rel=1e-5)


def test_segments_are_those_of_splits(retail: Results, records: list[Records]) -> None:
    expected: dict[str, float] = {}
    for one in records:
        for name, part in parts(Split("segment", "segment"), measured(retail, one)):
            expected[name] = expected.get(name, 0.0) + len(part.marks) / len(records)
    found: dict[str, float] = {}
    for group in groups(retail, "outcomes"):
        if group["keys"]["by"] == "segment=segment":
            name = group["keys"]["part"]
            found[name] = found.get(name, 0.0) + values(group, "contacts")
    assert found == pytest.approx({k: v for k, v in expected.items() if v}, rel=1e-5)


def test_arrivals_are_all_contacts_and_those_again_apart(
    retail: Results, records: list[Records]
) -> None:
    found = {"first": 0.0, "again": 0.0}
    for group in groups(retail, "arrivals"):
        for name in found:
            found[name] += float(values(group, name).sum())
    nth = []
    for one in records:
        m = measured(retail, one)
        nth.append(m.contact("nth")[m.contact("start") < DAY])
    assert found["first"] == pytest.approx(np.mean([np.sum(one == 1) for one in nth]), rel=1e-4)
    assert found["again"] == pytest.approx(np.mean([np.sum(one > 1) for one in nth]), rel=1e-4)
    assert found["again"] > 0


def test_the_funnel_counts_each_contact_once_a_stage(
    retail: Results, records: list[Records]
) -> None:
    chart = retail.charts()["funnel"]
    assert chart["replications"] == 2, "every fourth"
    stage_of = [one.step.stage for one in make_plan(retail.document).steps]
    for group in chart["groups"]:
        reached, people = [], []
        for number in (0, 4):
            one = records[number]
            assert one.visits is not None
            marks = one.contacts.column("marks")
            ended = zip(
                one.contacts.column("customer").tolist(),
                one.contacts.column("number").tolist(),
                strict=True,
            )
            counted = {who for who, mark in zip(ended, marks.tolist(), strict=True) if mark & 1}
            visits = one.visits
            here = {
                (customer, number)
                for customer, number, step in zip(
                    visits.column("customer").tolist(),
                    visits.column("number").tolist(),
                    visits.column("step").tolist(),
                    strict=True,
                )
                if stage_of[step] == group["keys"]["stage"]
            } & counted
            reached.append(len(here))
            people.append(len({customer for customer, _ in here}))
        assert values(group, "contacts") == np.mean(reached)
        assert values(group, "customers") == np.mean(people)
        assert values(group, "dropped") <= values(group, "contacts")


def test_flow_is_how_often_exits_were_taken(retail: Results, records: list[Records]) -> None:
    plan = make_plan(retail.document)
    expected, code = {}, 0
    for planned in plan.steps:
        for name, target in zip(planned.exits or ("",), planned.targets or (-1,), strict=True):
            mean = np.mean([one.exits[code] for one in records])
            if target >= 0 and mean:
                expected[planned.id, name, plan.steps[target].id] = mean
            code += 1
    found = {
        tuple(group["keys"].values()): values(group, "contacts") for group in groups(retail, "flow")
    }
    assert found == pytest.approx(expected, rel=1e-5)


def test_causes_add_up_to_the_kpis(retail: Results) -> None:
    totals = dict.fromkeys(("offered", "abandoned", "answered", "waited", "again"), 0.0)
    by_need = dict.fromkeys(totals, 0.0)
    for group in groups(retail, "causes"):
        into = by_need if "need" in group["keys"] else totals
        for name in totals:
            into[name] += float(np.sum(values(group, name)))
    rate = retail.estimate("abandonment_rate")
    assert rate is not None
    assert by_need["abandoned"] / by_need["offered"] == pytest.approx(rate.value, rel=1e-4)
    assert 0 < by_need["again"] < by_need["offered"]
    # Who comes again after the measured time is in none of its intervals.
    late = by_need["offered"] - totals["offered"]
    assert 0 < late == pytest.approx(by_need["again"] - totals["again"])


# ---- all of them


def test_charts_change_no_kpi_and_processes_no_chart(retail: Results) -> None:
    settings = retail.settings
    without = run(retail.document, Settings(seed=5, replications=5))
    plain = results_to_plain(retail, None)
    charts = plain.pop("charts")
    assert plain == results_to_plain(without, None)
    assert list(charts) == list(CHARTS)
    over_two = run(retail.document, Settings(seed=5, replications=5, jobs=2, charts=True))
    assert over_two.charts() == charts
    assert json.loads(results_json(retail, None))["charts"] == charts
    assert "charts" not in results_to_plain(retail, None, is_whole=False)
    assert settings.charts


@pytest.mark.parametrize("name", ["starter", "patient_journey"])
def test_every_chart_can_be_told_of_one_replication(name: str) -> None:
    results = run(read_document(sample_path(name)), Settings(replications=1, charts=True))
    for chart in results.charts().values():
        length = len(chart["x"]["values"]) if chart["x"] else None
        for group in chart["groups"]:
            for measure in group["measures"].values():
                assert measure["low"] is None
                is_list = isinstance(measure["value"], list)
                assert is_list == (length is not None and "need" not in group["keys"])
                assert not is_list or len(measure["value"]) == length
    json.dumps(results.charts(), allow_nan=False)


def test_without_queues_stages_or_contacts_charts_are_empty() -> None:
    plain = queue(1e-9, 1, constant(1), 1.0)
    document: Document = document_from_plain(plain)
    charts = run(document, Settings(replications=2, charts=True)).charts()
    assert all(not group["measures"]["contacts"]["value"] for group in charts["funnel"]["groups"])
    for name in ("outcomes", "arrivals", "flow"):
        assert charts[name]["groups"] == []
