"""Comparisons: paired intervals, verdicts, and the command."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from engine.document import Document, document_from_plain, document_to_plain, read_document
from engine.errors import DocumentError
from engine.shipped import sample_path
from simulator.compare import Comparison, compare
from simulator.differences import (
    Difference,
    Verdict,
    more_replications,
    paired_difference,
    verdict,
    verdict_text,
)
from simulator.experiment import Settings, run
from simulator.kpis import KPIS
from simulator.paired import PAIRED_KPIS
from simulator.statistics import Estimate

ROOT = Path(__file__).parent.parent.parent
X = [5.1, 4.8, 5.6, 5.0, 4.7, 5.3, 5.9, 4.9, 5.2, 5.0]
Y = [4.6, 4.5, 5.0, 4.7, 4.4, 4.8, 5.2, 4.5, 4.9, 4.6]


def means(values: list[float]) -> list[tuple[float, float]]:
    return [(value, 1.0) for value in values]


# --- the paired interval --------------------------------------------------------------------------


def test_of_means_it_is_the_paired_t_and_welch() -> None:
    difference = paired_difference(means(Y), means(X), 0.95)
    assert difference is not None
    assert difference.paired.value == pytest.approx(0.43, abs=1e-12)
    assert difference.paired.half_width == pytest.approx(0.1014473733, abs=1e-10)
    assert 0.43 - difference.unpaired == pytest.approx(0.1300116155, abs=1e-10)
    assert 0.43 + difference.unpaired == pytest.approx(0.7299883845, abs=1e-10)
    assert difference.relative is not None
    assert difference.relative.value == pytest.approx(5.15 / 4.72 - 1)


def test_of_ratios_by_hand() -> None:
    """Two days: 2 of 10 and 4 of 10 before, 1 of 10 and 3 of 30 after."""
    difference = paired_difference([(2, 10), (4, 10)], [(1, 10), (3, 30)], 0.95)
    assert difference is not None
    assert difference.paired.value == pytest.approx(0.1 - 0.3)
    # Residuals: after (0, 0) ÷ 20, before (-1, 1) ÷ 10; D = (0.1, -0.1).
    t = stats.t.ppf(0.975, 1)
    assert difference.paired.half_width == pytest.approx(t * math.sqrt(0.02 / 1 / 2))
    assert difference.relative is not None
    assert difference.relative.value == pytest.approx(-2 / 3)
    # -(R1 ÷ R0²)·residual = ∓1/9·... of the baseline alone: 0.1 ÷ 0.09 · 0.1
    assert difference.relative.half_width == pytest.approx(t * math.sqrt(2 / 81 / 2))


def test_where_one_does_not_apply_there_is_no_difference() -> None:
    assert paired_difference([(0, 0), (0, 0)], [(1, 2), (1, 2)], 0.95) is None
    assert paired_difference([], [], 0.95) is None


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_contain_the_truth_as_often_as_they_say(level: float) -> None:
    chance, hits, width, unpaired = random.Random(11), 0, 0.0, 0.0
    for _ in range(400):
        before, after = [], []
        for _ in range(40):
            size = chance.uniform(50, 150)
            luck = chance.gauss(0, 1)
            before.append(((0.3 + 0.05 * luck) * size, size))
            less = size * chance.uniform(0.8, 1.0)
            after.append(((0.2 + 0.05 * luck + chance.gauss(0, 0.01)) * less, less))
        difference = paired_difference(before, after, level)
        assert difference is not None
        hits += difference.paired.low <= -0.1 <= difference.paired.high
        width += difference.paired.half_width
        unpaired += difference.unpaired
    low, high = (float(stats.binom.ppf(one, 400, level)) for one in (1e-4, 1 - 1e-4))
    assert low - 6 <= hits <= high
    assert unpaired > 4 * width


# --- verdicts -------------------------------------------------------------------------------------


def difference_of(value: float, half_width: float, baseline: float = 10.0) -> Difference:
    old = Estimate(baseline, 1.0, 100, 0.95)
    return Difference(old, old, Estimate(value, half_width, 100, 0.95), 2.0, None)


@pytest.mark.parametrize(
    ("value", "half_width", "unit", "better", "said"),
    [
        (-1, 0.5, "seconds", "lower", Verdict.BETTER),
        (-1, 0.5, "seconds", "higher", Verdict.WORSE),
        (1, 0.5, "seconds", "lower", Verdict.WORSE),
        (1, 0.5, "seconds", "higher", Verdict.BETTER),
        (1, 0.5, "seconds", None, Verdict.HIGHER),
        (-1, 0.5, "seconds", None, Verdict.LOWER),
        (1, 1.5, "seconds", "lower", Verdict.OPEN),
        (1, math.nan, "seconds", "lower", Verdict.OPEN),
        (0, 0, "seconds", "lower", Verdict.SAME),
        (0.004, 0.005, "seconds", "lower", Verdict.SAME),
        (0.004, 0.003, "seconds", "lower", Verdict.SAME),
        (0.004, 0.007, "seconds", "lower", Verdict.OPEN),
        (0.0002, 0.0003, "share", "lower", Verdict.SAME),
        (0.004, 0.003, "share", "lower", Verdict.WORSE),
    ],
)
def test_verdicts(value: float, half_width: float, unit: str, better: Any, said: Verdict) -> None:
    assert verdict(difference_of(value, half_width), unit, better) is said


@pytest.mark.parametrize(
    ("value", "half_width", "more"),
    [
        (1, 1.2, 50),  # 100 · 1.44 - 100 = 44
        (1, 2, 300),
        (1, 3.02, 850),
        (1, 5, 2500),
        (1, 10, 10_000),
        (1, 11, None),
        (0, 1, None),
        (1, 1.0001, 10),
    ],
)
def test_how_many_more_replications(value: float, half_width: float, more: int | None) -> None:
    difference = difference_of(value, half_width)
    assert more_replications(difference) == more
    text = verdict_text(difference, "seconds", "lower")
    assert text.startswith("can't tell yet: ")
    assert ("more than 10,000 more" if more is None else f"about {more:,} more") in text


def test_every_kpi_has_a_way_that_is_better_or_none() -> None:
    assert {kpi.better for kpi in KPIS.values()} == {"lower", "higher", None}
    assert KPIS["asa"].better == KPIS["abandonment_rate"].better == "lower"
    assert KPIS["service_level"].better == KPIS["fcr"].better == "higher"
    assert KPIS["occupancy"].better is None


# --- comparisons ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bank() -> Document:
    """The bank with a scenario in which nothing is changed."""
    plain = document_to_plain(read_document(sample_path("bankunited")))
    plain["scenarios"]["named"].append({"id": "same", "name": "As it is"})
    return document_from_plain(plain)


@pytest.fixture(scope="module")
def compared(bank: Document) -> Comparison:
    return compare(bank, ["after", "same", "two_fewer"], Settings(replications=12))


def test_with_itself_the_difference_is_exactly_nothing(compared: Comparison) -> None:
    for kpi in KPIS.values():
        difference = compared.difference("same", kpi.id)
        if difference is None:
            assert compared.baseline.estimate(kpi.id) is None
            continue
        assert (difference.paired.value, difference.paired.half_width) == (0, 0)
        assert verdict(difference, kpi.unit, kpi.better) is Verdict.SAME
        assert difference.relative is None or difference.relative.half_width == 0
    for step in compared.steps("same"):
        visits = compared.step_difference("same", step, "visits")
        assert visits is not None
        assert (visits.paired.value, visits.paired.half_width) == (0, 0)


def test_it_compares_what_run_gives(compared: Comparison, bank: Document) -> None:
    alone = run(bank, Settings(replications=12))
    assert list(alone.outcomes) == list(compared.baseline.outcomes)
    difference = compared.difference("after", "abandonment_rate")
    assert difference is not None
    assert difference.paired.value < -0.05
    assert difference.paired.half_width < difference.unpaired
    assert verdict(difference, "share", "lower") is Verdict.BETTER
    # Three scenarios share the error.
    assert difference.paired.level == pytest.approx(1 - 0.05 / 3)
    rates = [
        [one.kpis["customers"][0] for one in results.outcomes]
        for results in (compared.baseline, compared.scenarios["after"])
    ]
    assert rates[0] == rates[1]
    assert statistics.pstdev(rates[0]) > 0


def test_deflection_is_what_people_are_spared(compared: Comparison) -> None:
    """Against the counts by hand; more than is contained, as fewer give up and redial."""
    before, after = (
        [one.kpis["contacts_to_people"][0] for one in results.outcomes]
        for results in (compared.baseline, compared.scenarios["after"])
    )
    deflection = PAIRED_KPIS["deflection"]

    def estimate(scenario: str) -> Estimate:
        difference = compared.difference(scenario, deflection.of)
        assert difference is not None
        found = deflection.estimate(difference)
        assert found is not None
        return found

    ratio = sum(after) / sum(before)
    found = estimate("after")
    assert found.value == pytest.approx(1 - ratio)
    residuals = [(b - ratio * a) / statistics.fmean(before) for a, b in zip(before, after)]  # noqa: B905
    error = math.sqrt(sum(one * one for one in residuals) / 11 / 12)
    assert found.standard_error == pytest.approx(error)
    contained = compared.scenarios["after"].estimate("containment")
    assert contained is not None
    assert found.low > contained.value
    assert (estimate("same").value, estimate("same").half_width) == (0, 0)


def test_it_is_the_same_over_processes(bank: Document) -> None:
    one, two = (compare(bank, ["after"], Settings(replications=4, jobs=jobs)) for jobs in (1, 2))
    assert one.scenarios["after"].outcomes == two.scenarios["after"].outcomes
    assert one.difference("after", "asa") == two.difference("after", "asa")


def test_unknown_scenarios_are_refused(bank: Document) -> None:
    with pytest.raises(DocumentError, match="no scenario “nobody”"):
        compare(bank, ["nobody"], Settings(replications=2))


def test_interrupted_it_keeps_as_many_of_each(bank: Document) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    partial = compare(bank, ["after", "same"], Settings(replications=9), stop)
    assert partial.interrupted
    assert partial.replications == 3
    assert {len(one.outcomes) for one in partial.scenarios.values()} == {3}


# --- the command ----------------------------------------------------------------------------------


def wayline(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


QUICK = ("--replications", "3", "--jobs", "1")


def test_the_command_tells_changes_differences_and_verdicts() -> None:
    done = wayline("compare", "bankunited", "after", "two_fewer", *QUICK)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for text in (
        "containment of “Cards” is 15 % instead of 0 %",
        "2 fewer agents at all times (5 to 26 instead of 7 to 28)",
        "Abandonment rate",
        "points",
        "no difference worth speaking of",
        "97.5 %",
        "Bonferroni",
        "seed 1",
        "with the same random numbers",
    ):
        assert text in done.stdout
    assert "harder_calls" not in done.stdout


def test_json_and_csv_say_the_same() -> None:
    one = json.loads(wayline("compare", "bankunited", *QUICK, "--json").stdout)
    text = wayline("compare", "bankunited", *QUICK, "--csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(one["scenarios"]) == ["after", "two_fewer", "harder_calls"]
    after = one["scenarios"]["after"]
    assert set(after["kpis"]) == set(KPIS)
    asa = after["kpis"]["asa"]
    assert asa["difference"] == pytest.approx(asa["scenario"] - asa["baseline"])
    assert asa["low"] < asa["difference"] < asa["high"]
    row = next(row for row in rows if row["in_scenario"] == "after" and row["id"] == "asa")
    assert float(row["difference"]) == asa["difference"]
    assert row["verdict"] == asa["verdict"]
    deflection = after["paired"]["deflection"]
    assert deflection["low"] < deflection["value"] < deflection["high"]
    assert deflection["formula"]
    shown = [row for row in rows if (row["in_scenario"], row["id"]) == ("after", "deflection")]
    assert [float(row["difference"]) for row in shown] == [deflection["value"]]
    assert {row["measure"] for row in rows if row["id"] == "adviser"} > {"visits", "mean_wait"}


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "bankunited", "nobody"],
        ["compare", "starter"],
        ["compare", "no-such-file"],
        ["compare", "bankunited", "--replications", "0"],
    ],
)
def test_bad_input_exits_with_2(words: list[str]) -> None:
    done = wayline(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_a_scenario_that_breaks_the_journey_is_refused(tmp_path: Path) -> None:
    plain = document_to_plain(read_document(sample_path("bankunited")))
    change = {"at": "journey/links/adviser.resolved", "remove": True}
    plain["scenarios"] = {"named": [{"id": "broken", "name": "B", "changes": [change]}]}
    path = tmp_path / "broken.journey.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    done = wayline("compare", path, *QUICK)
    assert done.returncode == 2
    assert "scenario broken" in done.stderr
    assert "adviser" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupting_keeps_what_is_complete() -> None:
    words = ["compare", "bankunited", "after", "--replications", "100000", "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    time.sleep(8)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "interrupted; these are the first" in err
    assert "partial" in out
