"""A broken journey is mended by the buttons that the problems offer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot

from designer.problems.detail import ProblemDetail
from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes, read_document, write_document
from engine.edits import disconnect
from engine.shipped import sample_path
from engine.validation import validate
from engine.validation.finding import Severity
from tests.designer import hands


def broken(path: Path, sample: str) -> None:
    """The sample without its staffing and without every third link."""
    document = read_document(sample_path(sample))
    for number, link in enumerate(document.journey.links):
        if number % 3 == 0:
            document = disconnect(document, link.from_, link.exit).apply(document)[0]
    assumptions = document.assumptions.model_copy(update={"staffing": {}})
    write_document(path, document.model_copy(update={"assumptions": assumptions}))


def errors(window: Window) -> int:
    return len([f for f in window.work().checker.findings if f.severity is Severity.ERROR])


def buttons(detail: ProblemDetail) -> list[QPushButton]:
    return [button for button in detail.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize("sample", ["bankunited", "patient_journey"])
def test_a_broken_sample_is_mended_through_quick_fixes(
    qtbot: QtBot, windows: Windows, tmp_path: Path, sample: str
) -> None:
    file = tmp_path / "broken.journey.json"
    broken(file, sample)
    window = windows.open_path(file)
    assert window is not None
    hands.bring(window)
    space = window.work()
    qtbot.waitUntil(lambda: space.checker.is_current)
    assert errors(window) >= 5
    before = document_to_bytes(space.session.document)
    rows = space.problems.findChild(QListView)
    detail = space.problems.findChild(ProblemDetail)
    assert rows is not None
    assert detail is not None
    presses = 0
    while errors(window) and presses < 60:
        # The worst are first.
        qtbot.mouseClick(
            rows.viewport(),
            Qt.MouseButton.LeftButton,
            pos=rows.visualRect(rows.model().index(0, 0)).center(),
        )
        qtbot.waitUntil(lambda: bool(buttons(detail)))
        fix = buttons(detail)[0]
        qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: space.checker.is_current)
        presses += 1
    assert not [f for f in validate(space.session.document) if f.severity is Severity.ERROR]
    assert len(space.session.history) == presses
    while space.session.undo_label is not None:
        space.session.undo()
    assert document_to_bytes(space.session.document) == before


def test_a_click_on_a_problem_leads_to_its_step_and_field(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    window = sample_window("bankunited")
    space = window.work()
    space.session.do(disconnect(space.session.document, "adviser", "resolved"))
    qtbot.waitUntil(lambda: space.checker.is_current and errors(window) > 0)
    rows = space.problems.findChild(QListView)
    assert rows is not None
    asked: list[tuple[object, object]] = []
    space.selection.field_asked.connect(lambda step, field: asked.append((step, field)))
    at = rows.visualRect(rows.model().index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert space.selection.step == "adviser"
    assert asked == [("adviser", "resolved")]
    badge = space.canvas.scene.cards["adviser"].severity
    assert badge is Severity.ERROR
    space.session.undo()
    qtbot.waitUntil(lambda: space.checker.is_current and not errors(window))
    assert space.canvas.scene.cards["adviser"].severity is not Severity.ERROR
