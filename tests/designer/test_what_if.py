"""What if: changes are found, made and read; scenarios are run; differences as compare has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.what_if.panel import WhatIf
from designer.window import Window
from engine.document import document_to_bytes, read_document
from engine.scenarios import Addition, Change, with_scenario
from engine.shipped import sample_path
from simulator.cli import main
from tests.designer import hands

WAIT = 60_000


@pytest.fixture
def window(sample_window: Callable[[str], Window]) -> Window:
    return sample_window("bankunited")


@pytest.fixture
def what_if(window: Window) -> WhatIf:
    window.work().around.show("what-if")
    inside = window.work().simulating.what_if.inside
    assert inside is not None
    return inside


def run_chosen(qtbot: QtBot, window: Window, what_if: WhatIf, replications: int = 6) -> None:
    simulating = window.work().simulating
    simulating.bar.options.replications.setValue(replications)
    qtbot.mouseClick(what_if.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: simulating.runs.running is None and not what_if.queue.left, timeout=WAIT
    )


def uncheck(what_if: WhatIf, *scenarios: str) -> None:
    model = what_if.table.rows
    for number, row in enumerate(model.rows):
        if row.id in scenarios:
            index = model.index(number, 0)
            model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)


def test_a_change_is_found_by_typing_moved_by_a_slider_and_read_as_a_sentence(
    qtbot: QtBot, window: Window, what_if: WhatIf
) -> None:
    session = window.work().session
    before = document_to_bytes(session.document)
    qtbot.mouseClick(what_if.new, Qt.MouseButton.LeftButton)
    editor, picker = what_if.editor, what_if.editor.picker
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(picker.search, "advisers agents")
    assert picker.list.currentItem().text() == "Advisers: agents"
    assert "1 more agent" in picker.sentence.text()
    picker.value.slider.setValue(picker.value.slider.maximum())
    change = picker.change()
    assert isinstance(change, Addition)
    assert change.add > 1
    assert f"{change.add:g} more agents" in picker.sentence.text()
    qtbot.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    made = session.document.scenarios.named[-1]
    assert made.changes == [change]
    assert editor.changes.item(0).text() == picker.sentence.text()
    session.undo()
    assert session.document.scenarios.named[-1].changes == []
    session.undo()
    assert document_to_bytes(session.document) == before


def test_what_does_not_fit_is_said_and_cannot_be_kept(
    qtbot: QtBot, window: Window, what_if: WhatIf
) -> None:
    del window
    qtbot.mouseClick(what_if.new, Qt.MouseButton.LeftButton)
    editor, picker = what_if.editor, what_if.editor.picker
    editor.add.click()
    picker.search.setText("advisers agents")
    picker.value.number.setValue(-1000)
    assert picker.change() is None
    assert not editor.keep.isEnabled()
    assert "at least" in picker.sentence.text()


def test_a_share_is_changed_in_percent(window: Window, what_if: WhatIf) -> None:
    what_if.table.choose("after")
    editor, picker = what_if.editor, what_if.editor.picker
    editor.add.click()
    picker.search.setText("virtual agent containment")
    picker.choose("assumptions/steps/virtual_agent/containment")
    picker.value.number.setValue(25)
    change = picker.change()
    assert isinstance(change, Change)
    assert change.to == pytest.approx(0.25)
    assert "25 %" in picker.sentence.text()
    editor.leave.click()
    del window


def test_a_change_is_edited_and_removed(window: Window, what_if: WhatIf) -> None:
    session = window.work().session
    what_if.table.choose("two_fewer")
    editor = what_if.editor
    count = len(session.document.scenarios.named[1].changes)
    editor.changes.setCurrentRow(count - 1)
    editor.edit.click()
    editor.picker.value.number.setValue(-3)
    editor.keep.click()
    assert "3 fewer" in editor.changes.item(count - 1).text()
    editor.remove.click()
    assert len(session.document.scenarios.named[1].changes) == count - 1
    what_if.copy.click()
    names = [one.id for one in session.document.scenarios.named]
    assert len(set(names)) == len(names) == 4
    assert what_if.table.current == names[-1]
    what_if.delete.click()
    assert len(session.document.scenarios.named) == 3


def test_chosen_scenarios_are_run_and_differ_as_compare_says(
    qtbot: QtBot, window: Window, what_if: WhatIf
) -> None:
    uncheck(what_if, "harder_calls", "two_fewer")
    run_chosen(qtbot, window, what_if)
    with redirect_stdout(StringIO()) as out:
        words = ["compare", "bankunited", "after", "--replications=6", "--jobs=1", "--json"]
        assert main(words) == 0
    told: dict[str, Any] = json.loads(out.getvalue())["scenarios"]["after"]["kpis"]
    rows = {one.id: one for one in what_if.table.rows.rows}
    assert rows["after"].figures["abandonment_rate"].tone == "good"
    assert not rows["two_fewer"].figures
    what_if.tabs.setCurrentIndex(1)
    table = what_if.comparison.table._model.table
    compared = {row.id: row for row in table.rows}
    for name, one in told.items():
        if one["difference"] is None:
            continue
        factor = 100.0 if one["unit"] == "share" else 1.0
        reading = compared[name].readings[2]
        assert reading.value == pytest.approx(one["difference"] * factor)
        assert reading.low == pytest.approx(one["low"] * factor)
        assert reading.high == pytest.approx(one["high"] * factor)
    assert "better, we are sure" in compared["abandonment_rate"].name
    # What is shown is the bar's choice again, the baseline.
    shown = window.work().simulating.runs.shown
    assert shown is not None
    assert shown.scenario is None


def test_the_difference_is_shown_on_the_canvas_until_the_next_run(
    qtbot: QtBot, window: Window, what_if: WhatIf
) -> None:
    uncheck(what_if, "harder_calls", "two_fewer")
    run_chosen(qtbot, window, what_if)
    what_if.tabs.setCurrentIndex(1)
    space = window.work()
    qtbot.mouseClick(what_if.comparison.canvas, Qt.MouseButton.LeftButton)
    card = space.canvas.scene.cards["adviser"]
    qtbot.waitUntil(lambda: card.heat is not None and card.heat.tone == "better")
    assert "difference" in space.heat.legend.said
    hands.bring(window)
    space.canvas.view.setFocus()
    hands.key(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: space.simulating.runs.running is None, timeout=WAIT)
    qtbot.waitUntil(lambda: card.heat is not None and card.heat.tone == "heat")


def test_runs_from_before_a_change_can_be_compared(
    qtbot: QtBot, window: Window, what_if: WhatIf
) -> None:
    uncheck(what_if, "after", "harder_calls", "two_fewer")
    run_chosen(qtbot, window, what_if, 3)
    session = window.work().session
    from engine.edits import replace_step  # noqa: PLC0415 - of one test

    step = session.document.journey.steps[0]
    session.do(replace_step(session.document, step.model_copy(update={"name": "Other"})))
    run_chosen(qtbot, window, what_if, 3)
    comparison = what_if.comparison
    what_if.tabs.setCurrentIndex(1)
    names = [comparison.old.itemText(n) for n in range(comparison.old.count())]
    assert len(names) == 2
    assert names[1].endswith("before your change")
    session.undo()
    qtbot.waitUntil(lambda: comparison.old.itemText(0).endswith("before your change"))


def test_what_is_kept_is_what_the_scenario_does(
    window: Window, what_if: WhatIf, tmp_path: Path
) -> None:
    del tmp_path
    what_if.table.choose("after")
    editor, picker = what_if.editor, what_if.editor.picker
    editor.add.click()
    picker.search.setText("adviser mean handle time")
    picker.choose("assumptions/steps/adviser/handle_time/mean")
    picker.value.way.setCurrentIndex(1)
    picker.value.number.setValue(1.2)
    editor.keep.click()
    changed = with_scenario(window.work().session.document, "after")
    plain = read_document(sample_path("bankunited"))
    mean = plain.assumptions.steps["adviser"].handle_time.mean  # type: ignore[attr-defined]
    new = changed.assumptions.steps["adviser"].handle_time.mean  # type: ignore[attr-defined]
    assert new == pytest.approx(1.2 * mean)
