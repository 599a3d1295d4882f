"""Heat on the canvas: the command's numbers on every card, traffic as width, never colour alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.heat.heat import difference_of, heat_of
from designer.runs import RunResults, RunSettings
from designer.window import Window
from engine.document import Document, document_to_bytes, read_document
from engine.edits import replace_step
from engine.shipped import sample_path
from simulator.cli import main
from simulator.report.values import shown
from simulator.step_table import STEP_MEASURES
from tests.designer import hands
from tests.designer.journeys import with_sub_journey

WAIT = 60_000


def told(name: str, *more: str) -> RunResults:
    words = ["simulate", name, "--replications=8", "--jobs=1", "--json", "--by-replication", *more]
    with redirect_stdout(StringIO()) as out:
        assert main(words) == 0
    data: dict[str, Any] = json.loads(out.getvalue())
    return RunResults(name, None, RunSettings(replications=8), data)


@pytest.fixture(scope="module")
def bank() -> tuple[Document, RunResults, RunResults]:
    document = read_document(sample_path("bankunited"))
    return document, told("bankunited"), told("bankunited", "--scenario=after")


def test_after_a_run_every_card_says_the_number_of_the_command(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.simulating.bar.options.replications.setValue(4)
    assert not space.heat.legend.isVisible()
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: space.simulating.runs.running is None, timeout=WAIT)
    results = space.simulating.runs.shown
    assert results is not None
    for measure, one in STEP_MEASURES.items():
        if measure == "visits":
            continue
        space.heat.legend.choose(measure)
        QApplication.processEvents()
        for name, card in space.canvas.scene.cards.items():
            value = results.steps[name][measure].value
            assert (card.heat is None) == (value is None)
            if card.heat is not None and value is not None:
                assert card.heat.text == shown(value, one.unit)
                assert card.heat.text in card.toolTip()
                assert 0 <= card.heat.level <= 1
    assert space.heat.legend.isVisible()
    assert "Effort" in space.heat.legend.said


def test_what_many_take_is_wide_and_says_so(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.simulating.bar.options.replications.setValue(3)
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: space.simulating.runs.running is None, timeout=WAIT)
    qtbot.waitUntil(lambda: space.canvas.scene.heat is not None)
    links = space.canvas.scene.links
    often, rarely = links["call", "arrived"], links["hours", "closed"]
    assert often.pen().widthF() > 3 * rarely.pen().widthF()
    assert "100.0 % of contacts" in often.toolTip()


def test_a_change_greys_the_heat_and_undo_brings_it_back(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.simulating.bar.options.replications.setValue(3)
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: space.simulating.runs.running is None, timeout=WAIT)
    session = space.session
    step = session.document.journey.steps[0]
    session.do(replace_step(session.document, step.model_copy(update={"name": "Other"})))
    scene = space.canvas.scene
    qtbot.waitUntil(lambda: scene.heat is not None and scene.heat.is_stale)
    assert "before your change" in space.heat.legend.said
    session.undo()
    qtbot.waitUntil(lambda: scene.heat is not None and not scene.heat.is_stale)
    space.heat.legend.choose("off")
    qtbot.waitUntil(lambda: scene.heat is None)
    assert all(card.heat is None for card in scene.cards.values())


def test_differences_are_paired_and_say_better_or_worse(
    bank: tuple[Document, RunResults, RunResults],
) -> None:
    document, old, new = bank
    marks = difference_of(old, new, document.journey, "abandonment_rate").marks
    assert marks.steps["adviser"].tone == "better"
    assert marks.steps["adviser"].text.startswith("▼")
    back = difference_of(new, old, document.journey, "abandonment_rate").marks
    assert back.steps["adviser"].tone == "worse"
    same = difference_of(old, old, document.journey, "mean_wait").marks
    assert same.steps["adviser"].tone == "open"


def test_a_sub_journeys_steps_are_summed_over_its_calls(tmp_path: Path) -> None:
    document = with_sub_journey()
    path = tmp_path / "sub.journey.json"
    path.write_bytes(document_to_bytes(document))
    results = told(str(path))
    sub = document.journey.sub_journeys[0]
    inner = heat_of(results, sub, "share").marks
    outer = heat_of(results, document.journey, "share").marks
    for step in sub.steps:
        calls = [name for name in results.steps if name.endswith(f"__{step.id}")]
        if all(results.steps[name]["share"].value is None for name in calls):
            assert step.id not in inner.steps
            continue
        total = sum(results.steps[name]["share"].value or 0.0 for name in calls)
        assert inner.steps[step.id].text == shown(total, "share")
    assert set(outer.steps) <= {step.id for step in document.journey.steps}


def test_a_replay_has_the_cards_for_itself(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.simulating.bar.options.replications.setValue(2)
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: space.canvas.scene.heat is not None, timeout=WAIT)
    space.around.show("replay")
    qtbot.waitUntil(lambda: space.canvas.scene.heat is None and not space.heat.legend.isVisible())
    space.around.show("results")
    qtbot.waitUntil(lambda: space.canvas.scene.heat is not None and space.heat.legend.isVisible())
