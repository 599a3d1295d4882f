"""What is said of steps and exits agrees with the KPIs and with the records."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from engine.document import read_document
from engine.plan import make_plan
from engine.shipped import sample_path
from simulator.cli import main
from simulator.link_table import link_pairs
from simulator.measured import Measured, Thresholds
from simulator.records import Mark
from simulator.replication import replicate
from simulator.step_table import step_pairs

SAMPLES = ("bankunited", "evara", "omnichannel_retail", "patient_journey")


@pytest.fixture(scope="module", params=SAMPLES)
def measured(request: pytest.FixtureRequest) -> Measured:
    plan = make_plan(read_document(sample_path(request.param)))
    return Measured(plan, replicate(plan, 3, 0, record_visits=True), Thresholds())


def test_the_costs_of_all_steps_are_the_handling_cost(measured: Measured) -> None:
    cost = sum(row["cost"][0] for row in step_pairs(measured).values())
    assert cost == pytest.approx(measured.handling_cost)


def test_what_is_told_again_is_counted_at_some_step(measured: Measured) -> None:
    told = int(measured.records.told_again.sum())
    assert told == int(measured.contact("asked_again").sum())


def test_who_drops_off_was_not_resolved(measured: Measured) -> None:
    lost = sum(row["drop_off"][0] for row in step_pairs(measured).values())
    finished = measured.contact("last_exit") >= 0
    unresolved = int((finished & ~measured.marked(Mark.RESOLVED)).sum())
    assert 0 < lost <= unresolved


def test_links_carry_what_their_steps_let_go(measured: Measured) -> None:
    steps, links = step_pairs(measured), link_pairs(measured)
    for planned in measured.plan.steps:
        own = [links[f"{planned.id}.{name}"]["visits"][0] for name in planned.exits]
        if own:
            assert sum(own) == steps[planned.id]["visits"][0]


def told(*words: str) -> dict[str, Any]:
    with redirect_stdout(StringIO()) as out:
        assert main([*words, "--jobs=1", "--json"]) == 0
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_each_replication_adds_up_to_the_estimates() -> None:
    plain = told("simulate", "starter", "--replications=5", "--by-replication")
    found = plain["by_replication"]
    for name, pairs in found["kpis"].items():
        assert len(pairs) == 5
        tops, bottoms = (sum(column) for column in zip(*pairs, strict=True))
        if bottoms and plain["kpis"][name]["value"] is not None:
            assert tops / bottoms == pytest.approx(plain["kpis"][name]["value"])
    for step, measures in found["steps"].items():
        for name, pairs in measures.items():
            tops, bottoms = (sum(column) for column in zip(*pairs, strict=True))
            value = plain["steps"][step][name]["value"]
            assert (value is None) == (bottoms == 0)
            assert value is None or tops / bottoms == pytest.approx(value)
    without = told("simulate", "starter", "--replications=5")
    assert "by_replication" not in without
    assert without == {key: one for key, one in plain.items() if key != "by_replication"}
