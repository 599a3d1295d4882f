"""Results belong to what was simulated: greyed by a change, and back when it is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.runs import RunResults, Runs, RunSettings
from designer.session import Session
from engine.document import read_document
from engine.edits import SetField
from engine.errors import WaylineError
from engine.scenarios import Scenarios, Target
from engine.shipped import sample_path
from simulator.check import TargetVerdict

QUICK = RunSettings(replications=5, jobs=1)
LONG = RunSettings(replications=100_000, jobs=1)
WAIT = 60_000


class Desk:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session(read_document(sample_path("starter")))
        self.runs = Runs(self.session)
        self.told = 0
        self.failures: list[WaylineError] = []
        self.runs.changed.connect(self._on_change)
        self.runs.failed.connect(self.failures.append)

    def _on_change(self) -> None:
        self.told += 1

    def run(self, settings: RunSettings = QUICK, scenario: str | None = None) -> RunResults:
        self.runs.start(settings, scenario)
        self.qtbot.waitUntil(lambda: self.runs.running is None, timeout=WAIT)
        assert self.runs.latest is not None
        return self.runs.latest

    def add(self, per_day: float) -> None:
        self.session.do(SetField("Busier", "assumptions.demand.calls.per_day", per_day))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.runs.close()


def test_a_change_makes_them_stale_and_undo_brings_them_back(desk: Desk) -> None:
    assert (desk.runs.current, desk.runs.latest) == (None, None)
    first = desk.run()
    assert desk.runs.current is first
    told = desk.told
    desk.add(700)
    desk.qtbot.waitUntil(lambda: desk.told > told)
    assert desk.runs.current is None
    assert desk.runs.shown is first
    second = desk.run()
    assert desk.runs.current is second
    assert desk.runs.before(second) is first
    assert second.kpis["contacts"].value != first.kpis["contacts"].value
    told = desk.told
    desk.session.undo()
    desk.qtbot.waitUntil(lambda: desk.told > told)
    assert desk.runs.current is first
    assert desk.runs.before(first) is None
    desk.session.redo()
    assert desk.runs.current is second


def test_what_does_not_change_results_leaves_them(desk: Desk) -> None:
    first = desk.run()
    told = desk.told
    desk.session.do(SetField("Move", "layout.positions", {"agent": [10.0, 10.0]}))
    targets = Scenarios(targets=[Target(kpi="asa", at_most=1e6)])
    desk.session.do(SetField("Aim", "scenarios", targets))
    assert desk.runs.current is first
    [target] = desk.session.document.scenarios.targets
    assert first.verdict(target) is TargetVerdict.KEPT
    assert first.verdict(Target(kpi="asa", at_least=1e6)) is TargetVerdict.MISSED
    assert desk.told == told


def test_other_settings_and_scenarios_have_results_of_their_own(desk: Desk) -> None:
    first = desk.run()
    other = desk.run(RunSettings(seed=2, replications=5, jobs=1))
    assert other.data["seed"] == 2
    assert desk.runs.current is other
    assert desk.runs.find(QUICK) is first
    assert desk.runs.find(RunSettings(replications=5, jobs=2)) is first
    assert desk.runs.find(QUICK, "nothing") is None
    again = desk.run()
    assert again.data == first.data
    assert desk.runs.before(again) is other


def test_what_was_computed_before_a_cancel_is_kept(desk: Desk) -> None:
    desk.runs.start(LONG)
    desk.qtbot.waitUntil(lambda: desk.runs.current is not None, timeout=WAIT)
    with desk.qtbot.waitSignal(desk.runs.cancelled, timeout=WAIT):
        desk.runs.cancel()
    assert desk.runs.running is None
    assert desk.runs.current is not None
    assert not desk.runs.current.is_whole
    assert desk.runs.before(desk.run()) is None


def test_a_change_during_a_run_leaves_the_run_what_it_was(desk: Desk) -> None:
    settings = RunSettings(replications=40, jobs=1)
    desk.runs.start(settings)
    desk.add(700)
    desk.qtbot.waitUntil(lambda: desk.runs.running is None, timeout=WAIT)
    results = desk.runs.latest
    assert results is not None
    assert desk.runs.current is None
    desk.session.undo()
    assert desk.runs.current is results


def test_failures_are_told_and_nothing_is_running_then(desk: Desk) -> None:
    desk.runs.start(QUICK, "nonsense")
    desk.qtbot.waitUntil(lambda: bool(desk.failures), timeout=WAIT)
    assert "no scenario" in desk.failures[0].what
    assert desk.runs.running is None
    assert desk.runs.shown is None


def test_a_new_run_takes_the_place_of_the_one_that_goes_on(desk: Desk) -> None:
    desk.runs.start(LONG)
    results = desk.run()
    assert results.replications == 5
    assert desk.failures == []
