"""Steady state: M/M/1 by its closed form, the warm-up, and what has no steady state."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from engine.document import Document, document_from_plain
from engine.errors import DocumentError
from simulator.experiment import Settings
from simulator.report.steady import steady_text, warnings
from simulator.steady import SteadyState, steady_kpis, steady_state
from tests.truth import journeys

ROOT = Path(__file__).parent.parent.parent
Plain = dict[str, Any]
SERVICE = 10.0
LOAD = 0.7
LONG = SERVICE / (1 - LOAD)
TRUTH = {
    "mean_wait": LOAD * LONG,
    "contact_duration": LONG,
    "contacts_under_way": LOAD / (1 - LOAD),
    "queue_length": LOAD * LOAD / (1 - LOAD),
    "occupancy": LOAD,
    "waited_share": LOAD,
}
"""M/M/1: Wq = ρW, W = 1 ÷ (μ - λ), L = λW, Lq = λWq; times in seconds."""


def mm1(days: int, load: float = LOAD, **changes: Any) -> Document:
    plain = journeys.queue(load, 1, journeys.exponential(SERVICE), SERVICE)
    plain["assumptions"]["period"] = {"days": days, "warm_up": 3600}
    for name, change in changes.items():
        match name:
            case "demand":
                plain["assumptions"]["demand"][0] |= change
            case "staffing":
                plain["assumptions"]["staffing"]["team"] |= change
            case "step":
                plain["journey"]["steps"][1] |= change
            case _:
                plain["assumptions"][name] = change
    return document_from_plain(plain)


def z_of(run: SteadyState, kpi: str) -> float:
    estimate = run.estimate(kpi)
    assert estimate is not None
    return (estimate.value - TRUTH[kpi]) / estimate.standard_error


def test_mm1_is_what_queueing_theory_says() -> None:
    """About 240,000 customers: within three standard errors, and close."""
    run = steady_state(mm1(40), Settings(seed=1))
    assert run.is_steady
    assert run.cut < 0.05 * run.length
    for kpi, truth in TRUTH.items():
        assert abs(z_of(run, kpi)) <= 3, kpi
        estimate = run.estimate(kpi)
        assert estimate is not None
        assert estimate.value == pytest.approx(truth, rel=0.05)
    contacts = run.estimate("contacts")
    assert contacts is not None
    assert abs(contacts.value - LOAD * 8640) <= 3 * contacts.standard_error
    assert warnings(run) == []


def test_intervals_contain_the_truth_as_often_as_they_say() -> None:
    """Of 30 runs with about 24,000 customers each."""
    hits = dict.fromkeys(TRUTH, 0)
    for seed in range(30):
        run = steady_state(mm1(4), Settings(seed=seed))
        for kpi, truth in TRUTH.items():
            estimate = run.estimate(kpi)
            assert estimate is not None
            hits[kpi] += estimate.low <= truth <= estimate.high
    # 28.5 expected; fewer than 24 have a chance of 0.1 %.
    assert min(hits.values()) >= int(stats.binom.ppf(1e-3, 30, 0.95))


def test_batches_are_the_whole_run_less_its_warm_up() -> None:
    run = steady_state(mm1(2), Settings(seed=2), batches=25)
    assert run.batches == 25
    assert run.batch_length * 25 + run.cut == pytest.approx(run.length)
    assert all(list(batch) == [kpi.id for kpi in steady_kpis()] for batch in run.pairs)
    days = sum(batch["contacts"][1] for batch in run.pairs)
    assert days == pytest.approx((run.length - run.cut) / 86_400)
    assert steady_state(mm1(2), Settings(seed=2), batches=25) == run


def test_days_are_those_asked_for() -> None:
    run = steady_state(mm1(1), Settings(), days=3)
    assert run.length == 3 * 86_400
    assert run.document.assumptions.period.warm_up == 0


def test_the_warm_up_is_found() -> None:
    """Everybody stays a day on average: it takes days until as many are there as in the end."""
    plain = journeys.queue(0.01, 10_000, journeys.exponential(86_400.0), 10.0)
    plain["assumptions"]["period"] = {"days": 60}
    run = steady_state(document_from_plain(plain), Settings(seed=3))
    assert run.is_steady
    assert 86_400 < run.cut < 15 * 86_400
    estimate = run.estimate("contacts_under_way")
    assert estimate is not None
    assert abs(estimate.value - 86.4) < 0.05 * 86.4


def test_what_never_becomes_steady_is_said() -> None:
    run = steady_state(mm1(4, load=1.2), Settings(seed=1))
    assert not run.is_steady
    assert any(text.startswith("NOT STEADY") for text in warnings(run))
    assert "NOT STEADY" in steady_text(run, None, every_kpi=False)


def test_batches_that_are_too_short_are_said() -> None:
    """A load of 98 %: what happens in one batch goes on in the next."""
    run = steady_state(mm1(4, load=0.98), Settings(seed=1), batches=200)
    assert run.is_correlated("mean_wait")
    assert any("Average speed of answer" in text for text in warnings(run))


EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.mark.parametrize(
    "changes",
    [
        {"demand": {"shape": [2.0] * 48, "interval": 1800}},
        {"demand": {"day_of_week": dict.fromkeys(EVERY_DAY, 0.9)}},
        {"staffing": {"agents": [2] * 24, "interval": 3600, "shrinkage": 0.5}},
    ],
)
def test_what_stays_the_same_may_be_said_in_many_words(changes: Plain) -> None:
    assert steady_state(mm1(1, **changes), Settings()).batches == 20


OUTAGE = {"id": "storm", "teams": ["team"]}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"demand": {"shape": [1.0, 2.0], "interval": 43_200}}, "demand/from_call/shape"),
        ({"demand": {"interval": 3600}}, "demand/from_call/shape"),
        ({"demand": {"starts_at": "06:00", "interval": 64_800}}, "demand/from_call/shape"),
        ({"demand": {"day_of_week": {"monday": 1.0}}}, "demand/from_call/day_of_week"),
        ({"demand": {"day_variation": 100.0}}, "demand/from_call/day_variation"),
        ({"staffing": {"agents": [1, 2], "interval": 43_200}}, "staffing/team/agents"),
        ({"staffing": {"days": ["monday"]}}, "staffing/team/days"),
        ({"outages": [OUTAGE]}, "outages/storm"),
    ],
)
def test_what_changes_has_no_steady_state(changes: Plain, place: str) -> None:
    with pytest.raises(DocumentError, match="no steady state") as caught:
        steady_state(mm1(1, **changes), Settings())
    assert place in caught.value.where
    assert caught.value.mend


def test_opening_hours_have_no_steady_state() -> None:
    plain = journeys.queue(LOAD, 1, journeys.exponential(SERVICE), SERVICE)
    plain["journey"]["steps"][1]["hours"] = [{"opens": "09:00", "closes": "17:00"}]
    plain["journey"]["links"].append({"from": "agent", "exit": "closed", "to": None})
    with pytest.raises(DocumentError, match="no steady state") as caught:
        steady_state(document_from_plain(plain), Settings())
    assert "step agent, hours" in caught.value.where


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mm1.journey.json"
    plain = journeys.queue(LOAD, 1, journeys.exponential(SERVICE), SERVICE)
    made.write_text(json.dumps(plain), encoding="utf-8")
    return made


def wayline(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_command_tells_warm_up_batches_and_intervals(path: Path) -> None:
    done = wayline("simulate", path, "--steady-state", "--days", "6")
    assert done.returncode == 0, done.stderr
    for text in ("MSER-5", "20 batches of", "% of the run", "one run of 6 days", "Contacts a day"):
        assert text in done.stdout
    every = wayline("simulate", path, "--steady-state", "--days", "6", "--all").stdout
    assert "Mean number waiting" in every


def test_json_and_csv_say_the_same(path: Path) -> None:
    words = ("simulate", path, "--steady-state", "--days", "6", "--batches", "24")
    told = json.loads(wayline(*words, "--json").stdout)
    assert (told["format"], told["days"], told["batches"]) == ("wayline/steady-state", 6, 24)
    assert told["is_steady"]
    assert 0 <= told["warm_up_share"] < 0.5
    assert told["warm_up_seconds"] == pytest.approx(told["warm_up_share"] * 6 * 86_400)
    asa = told["kpis"]["asa"]
    assert asa["low"] < asa["value"] < asa["high"]
    assert told["kpis"]["contacts"]["per"] == "day"
    assert "cost_per_contact" not in told["kpis"]
    rows = csv.DictReader(io.StringIO(wayline(*words, "--csv").stdout))
    assert {row["id"]: row["value"] for row in rows}["asa"] == str(asa["value"])


@pytest.mark.parametrize(
    "words",
    [
        ["bankunited", "--steady-state"],
        ["bankunited", "--batches", "20"],
        ["bankunited", "--days", "20"],
        ["starter", "--steady-state", "--by", "team"],
        ["starter", "--steady-state", "--replications", "5"],
        ["starter", "--steady-state", "--batches", "19"],
    ],
)
def test_bad_input_exits_with_2(words: list[str]) -> None:
    done = wayline("simulate", *words)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
