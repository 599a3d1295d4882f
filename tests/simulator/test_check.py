"""Targets: kept, missed or not to be told, with the confidence that is stated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.document import Document, document_from_plain, document_to_plain, read_document
from engine.errors import DocumentError
from engine.shipped import sample_path
from simulator.check import TargetVerdict, check, looks_at
from simulator.experiment import Settings
from tests.simulator.build import human, journey

ROOT = Path(__file__).parent.parent.parent
Plain = dict[str, Any]


def chance_journey(*targets: Plain) -> Document:
    """Customers of whom 60 % on average reach a goal; nobody waits for anybody."""
    split = {
        "id": "luck",
        "type": "split",
        "name": "Luck",
        "variants": [
            {"id": "good", "name": "Good", "weight": 0.6},
            {"id": "bad", "name": "Bad", "weight": 0.4},
        ],
    }
    goal = {"id": "goal", "type": "goal", "name": "Goal"}
    document = journey(
        [split, goal],
        {"call.arrived": "luck", "luck.good": "goal", "luck.bad": "end", "goal.reached": "end"},
        {"demand": [{"id": "calls", "entry": "call", "per_day": 200}]},
    )
    plain = document_to_plain(document)
    return document_from_plain({**plain, "scenarios": {"targets": list(targets)}})


def verdicts(document: Document, **settings: Any) -> list[TargetVerdict]:
    return [one.verdict for one in check(document, Settings(**settings)).targets]


def test_looks_are_few_and_end_at_the_most() -> None:
    assert looks_at(2000) == [50, 100, 200, 400, 800, 1600, 2000]
    assert looks_at(50) == [50]
    assert looks_at(3) == [3]
    assert looks_at(51) == [50, 51]


def test_clear_targets_are_decided_at_the_first_look() -> None:
    document = chance_journey(
        {"kpi": "conversion", "at_least": 0.5},
        {"kpi": "conversion", "at_most": 0.5},
        {"kpi": "conversion", "at_least": 0.5, "at_most": 0.7},
        {"kpi": "conversion", "at_least": 0.7, "at_most": 0.8},
    )
    checked = check(document, Settings())
    kept, missed = TargetVerdict.KEPT, TargetVerdict.MISSED
    assert [one.verdict for one in checked.targets] == [kept, missed, kept, missed]
    assert len(checked.results.outcomes) == 50
    assert not checked.all_kept


def test_a_close_target_takes_longer_and_one_at_its_bound_is_not_told() -> None:
    near = chance_journey({"kpi": "conversion", "at_least": 0.596})
    close = check(near, Settings(replications=2000))
    assert close.targets[0].verdict is TargetVerdict.KEPT
    assert len(close.results.outcomes) > 50
    bound = chance_journey({"kpi": "conversion", "at_least": 0.6})
    assert verdicts(bound, replications=120) == [TargetVerdict.OPEN]


@pytest.mark.slow
def test_errors_are_as_rare_as_is_stated() -> None:
    """At the bound itself a verdict is an error: at most 20 % of them, whatever the looks."""
    document = chance_journey({"kpi": "conversion", "at_least": 0.6})
    decided = sum(
        verdicts(document, replications=200, seed=seed, level=0.8) != [TargetVerdict.OPEN]
        for seed in range(40)
    )
    # 8 expected at most; 16 or more of 40 have a chance of 0.3 %.
    assert decided < 16


def test_a_kpi_that_does_not_apply_is_not_told_and_not_waited_for() -> None:
    document = chance_journey({"kpi": "asa", "at_most": 30}, {"kpi": "conversion", "at_least": 0.3})
    checked = check(document, Settings())
    assert [one.verdict for one in checked.targets] == [TargetVerdict.OPEN, TargetVerdict.KEPT]
    assert len(checked.results.outcomes) == 50


def test_what_does_not_vary_is_decided() -> None:
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 60})
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {"staffing": {"team": {"agents": [500]}}, "steps": {"agent": numbers}},
    )
    plain = document_to_plain(document)
    plain["scenarios"] = {"targets": [{"kpi": "asa", "at_most": 0}, {"kpi": "aht", "at_most": 59}]}
    kept, missed = verdicts(document_from_plain(plain), replications=50)
    assert (kept, missed) == (TargetVerdict.KEPT, TargetVerdict.MISSED)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        (None, "no targets"),
        ({"kpi": "happiness", "at_least": 1}, "no KPI “happiness”"),
        ({"kpi": "asa"}, "no bound"),
        ({"kpi": "asa", "at_least": 2, "at_most": 1}, "at least the one bound"),
    ],
)
def test_what_cannot_be_checked_is_refused(target: Plain | None, what: str) -> None:
    with pytest.raises(DocumentError, match=what) as caught:
        check(chance_journey(*([target] if target else [])), Settings(replications=2))
    assert caught.value.mend


# --- the command ----------------------------------------------------------------------------------


def wayline(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_the_bank_misses_its_targets_before_and_keeps_them_after() -> None:
    before = wayline("check", "bankunited")
    assert before.returncode == 1, before.stderr
    assert before.stdout.count("missed") == 2
    assert "hold at 95 %" in before.stdout
    after = wayline("check", "bankunited", "--scenario", "after", "--json")
    assert after.returncode == 0, after.stderr
    told = json.loads(after.stdout)
    assert told["kept"]
    assert [one["verdict"] for one in told["targets"]] == ["kept", "kept"]
    assert told["scenario"] == "after"
    assert told["targets"][0]["high"] <= 0.08


def test_what_cannot_be_told_exits_with_1() -> None:
    done = wayline("check", "bankunited", "--scenario", "after", "--replications", "1")
    assert done.returncode == 1
    assert "cannot tell after 1 replication\n" in done.stdout


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ([], ()),
        ([{"kpi": "happiness", "at_least": 1}], ()),
        ([{"kpi": "asa"}], ()),
        ([{"kpi": "asa", "at_most": 20}], ("--scenario", "nobody")),
    ],
)
def test_bad_input_exits_with_2(
    targets: list[Plain], words: tuple[str, ...], tmp_path: Path
) -> None:
    plain = document_to_plain(read_document(sample_path("bankunited")))
    plain["scenarios"] = {"targets": targets} if targets else {}
    path = tmp_path / "j.journey.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    done = wayline("check", path, "--replications", "2", *words)
    assert done.returncode == 2
    assert "To mend it" in done.stderr
    assert "Traceback" not in done.stderr
