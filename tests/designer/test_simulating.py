"""F5 in a real window: run, cancel, crash, change and undo; what is shown is what was computed."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.runs import RunResults
from designer.runs.process import CommandProcess
from designer.whole_document import become
from designer.window import Window
from engine.edits import disconnect, replace_step
from engine.validation import Severity
from simulator.cli import main
from simulator.report.values import shown
from tests.designer import hands
from tests.simulator.build import journey

WAIT = 60_000


def run(qtbot: QtBot, window: Window, replications: int = 6) -> RunResults:
    """Press F5, and wait until the run is over."""
    simulating = window.work().simulating
    simulating.bar.options.replications.setValue(replications)
    window.work().canvas.view.setFocus()
    hands.key(Qt.Key.Key_F5)
    assert simulating.runs.running is not None
    qtbot.waitUntil(lambda: simulating.runs.running is None, timeout=WAIT)
    shown = simulating.runs.shown
    assert shown is not None
    return shown


def begin_long_run(qtbot: QtBot, window: Window) -> None:
    """F5 on a run that takes minutes; returns with its first results."""
    simulating = window.work().simulating
    simulating.bar.options.replications.setValue(100_000)
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: simulating.runs.shown is not None, timeout=WAIT)


def told(words: list[str]) -> dict[str, object]:
    """What the command says with `--json`."""
    with redirect_stdout(StringIO()) as out:
        assert main([*words, "--json"]) == 0
    found: dict[str, object] = json.loads(out.getvalue())
    return found


def card_texts(window: Window) -> list[str]:
    cards = window.work().simulating.results.cards
    assert cards is not None
    return [card.accessibleName() for card in cards.cards]


def heading(window: Window) -> str:
    cards = window.work().simulating.results.cards
    assert cards is not None
    return cards.heading


def rename(window: Window, name: str) -> None:
    """A change that is part of what is simulated."""
    session = window.work().session
    step = session.document.journey.steps[0]
    session.do(replace_step(session.document, step.model_copy(update={"name": name})))


def test_f5_shows_the_numbers_of_the_command(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    results = run(qtbot, window)
    assert window.work().around.below.currentWidget() is window.work().simulating.results
    plain = told(["simulate", "bankunited", "--replications=6", "--jobs=1", "--by=team"])
    assert results.is_whole
    for name, value in plain["kpis"].items():  # type: ignore[attr-defined]
        assert results.data["kpis"][name] == value
    cards = window.work().simulating.results.cards
    assert cards is not None
    faces = {card.face.kpi: card.face for card in cards.cards}
    for name, face in faces.items():
        said = plain["kpis"][name]  # type: ignore[index]
        assert face.value == (
            "none" if said["value"] is None else shown(said["value"], said["unit"])
        )


def test_cancel_keeps_what_was_computed(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    begin_long_run(qtbot, window)
    bar = window.work().simulating.bar
    assert bar.button.text().startswith("Cancel")
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.work().simulating.runs.running is None, timeout=WAIT)
    shown = window.work().simulating.runs.shown
    assert shown is not None
    assert not shown.is_whole
    assert "is kept" in window.banner.text.text()
    assert bar.button.text().startswith("Run")
    assert card_texts(window)


def test_a_killed_worker_is_told_and_what_was_computed_stays(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    begin_long_run(qtbot, window)
    before = card_texts(window)
    running = window.work().simulating.runs.running
    assert running is not None
    process = running.findChild(CommandProcess)
    os.kill(process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: window.work().simulating.runs.running is None, timeout=WAIT)
    assert "ended from outside" in window.banner.text.text()
    assert window.work().simulating.runs.shown is not None
    assert len(card_texts(window)) == len(before)
    run(qtbot, window)


def test_a_loop_that_takes_no_time_is_told(qtbot: QtBot, new_window: Callable[[], Window]) -> None:
    window = new_window()
    session, runs = window.work().session, window.work().simulating.runs
    steps = [{"id": name, "type": "announcement", "name": name} for name in ("one", "two")]
    ways = {"call.arrived": "one", "one.played": "two", "two.played": "one"}
    session.do(become("A loop", session.document, journey(steps, ways, {})))
    window.work().canvas.view.setFocus()
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.banner.isVisible() and runs.running is None, timeout=WAIT)
    assert window.banner.text.text()
    assert runs.shown is None


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")
def test_too_little_memory_is_told_in_the_window(
    qtbot: QtBot, new_window: Callable[[], Window]
) -> None:
    import resource  # noqa: PLC0415 - not on every system

    window = new_window()
    session, runs = window.work().session, window.work().simulating.runs
    crowd = {"demand": [{"id": "calls", "entry": "call", "per_day": 4e7}]}
    session.do(become("A crowd", session.document, journey([], {"call.arrived": "end"}, crowd)))
    hands.key(Qt.Key.Key_F5)
    assert runs.running is not None
    process = runs.running.findChild(CommandProcess)
    qtbot.waitUntil(lambda: process.processId() > 0)
    resource.prlimit(process.processId(), resource.RLIMIT_AS, (450_000_000, 450_000_000))
    qtbot.waitUntil(lambda: window.banner.isVisible() and runs.running is None, timeout=WAIT)
    assert "memory" in window.banner.text.text()


def test_a_change_greys_the_results_and_undo_brings_them_back(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    run(qtbot, window)
    runs = window.work().simulating.runs
    fresh = card_texts(window)
    rename(window, "Somebody calls")
    qtbot.waitUntil(lambda: runs.current is None and "before your change" in heading(window))
    assert card_texts(window) != fresh or heading(window)
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "before your change" not in heading(window))
    assert card_texts(window) == fresh


def test_a_journey_edited_during_its_run_is_told_apart(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    simulating = window.work().simulating
    simulating.bar.options.replications.setValue(30)
    hands.key(Qt.Key.Key_F5)
    rename(window, "Somebody calls")
    qtbot.waitUntil(lambda: simulating.runs.running is None, timeout=WAIT)
    assert simulating.runs.shown is not None
    qtbot.waitUntil(lambda: "before your change" in heading(window))
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "before your change" not in heading(window))
    assert simulating.runs.current is not None


def test_errors_are_shown_instead_of_a_run(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.session.do(disconnect(space.session.document, "adviser", "resolved"))
    qtbot.waitUntil(lambda: space.checker.is_current and space.checker.counts[Severity.ERROR] > 0)
    hands.key(Qt.Key.Key_F5)
    assert space.simulating.runs.running is None
    assert space.around.below.currentWidget() is space.problems
    assert "errors" in window.banner.text.text()


def test_scenario_replications_and_seed_are_chosen_in_the_bar(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    bar = window.work().simulating.bar
    bar.choose_scenario("after")
    qtbot.mouseClick(bar.how, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.options.isVisible)
    bar.options.seed.setValue(7)
    bar.options.within.setValue(30)
    qtbot.keyClick(bar.options, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not bar.options.isVisible())
    results = run(qtbot, window, 4)
    assert results.scenario == "after"
    assert results.data["seed"] == 7
    words = ["simulate", "bankunited", "--scenario=after", "--seed=7", "--service-level=30"]
    plain = told([*words, "--replications=4", "--jobs=1", "--by=team"])
    assert plain["kpis"] == results.data["kpis"]


def test_the_period_is_the_documents_and_is_undone(
    sample_window: Callable[[str], Window],
) -> None:
    window = sample_window("bankunited")
    bar, session = window.work().simulating.bar, window.work().session
    bar.open_options()
    bar.options.days.setValue(2)
    assert session.document.assumptions.period.days == 2
    assert "2 days" in bar.how.text()
    bar.options.close()
    session.undo()
    assert session.document.assumptions.period.days == 1
    assert "Monday" in bar.how.text()


def test_rows_of_steps_and_teams_lead_to_the_step(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    run(qtbot, window, 3)
    space = window.work()
    space.around.show("steps")
    table = space.simulating.steps.table
    assert table is not None
    table.chosen.emit("adviser")
    assert space.selection.step == "adviser"
    space.around.show("teams")
    assert space.simulating.teams.table is not None


def test_a_button_of_an_empty_panel_runs(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.simulating.bar.options.replications.setValue(3)
    space.around.show("results")
    button = next(
        one for one in space.simulating.results.findChildren(QPushButton) if one.text() == "Run"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert space.simulating.runs.running is not None
    qtbot.waitUntil(lambda: space.simulating.runs.running is None, timeout=WAIT)


def test_closing_the_window_ends_the_run(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    begin_long_run(qtbot, window)
    running = window.work().simulating.runs.running
    assert running is not None
    number = running.findChild(CommandProcess).processId()
    window.close_without_asking()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
