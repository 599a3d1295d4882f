"""Hands for the inspector's fields: each changes a field by keys and clicks, as a person would."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from designer.inspector.field_spec import Spec
from designer.inspector.fields.area import AreaEditor
from designer.inspector.fields.check import CheckEditor
from designer.inspector.fields.check_list import CheckListEditor
from designer.inspector.fields.choice import ChoiceEditor
from designer.inspector.fields.condition import ConditionEditor
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.folded import FoldedEditor
from designer.inspector.fields.group import GroupEditor, UnionEditor
from designer.inspector.fields.line import LineEditor
from designer.inspector.fields.rows import RowsEditor
from designer.inspector.panel import Inspector
from designer.inspector.part_form import PartForm
from designer.inspector.shown import DESIGN
from designer.selection import Selection
from designer.session import Session
from engine.steps.people import HumanAgent

Key = Qt.Key


def shown_inspector(session: Session, qtbot: QtBot) -> Inspector:
    """An inspector on the screen, as wide as it usually is."""
    inspector = Inspector(session, Selection(session))
    qtbot.addWidget(inspector)
    inspector.resize(320, 800)
    inspector.show()
    qtbot.waitExposed(inspector)
    inspector.activateWindow()
    return inspector


def opened(inspector: Inspector, step: str | None, tab: int = DESIGN) -> PartForm:
    inspector.selection.select([step] if step else [])
    inspector.tabs.setCurrentIndex(tab)
    assert inspector.page is not None
    return inspector.page


def line(page: PartForm, field: str) -> QLineEdit:
    editor = page.form.rows[field].editor
    assert isinstance(editor, LineEditor)
    return editor.line


def table(page: PartForm, field: str) -> RowsEditor:
    editor = page.form.rows[field].editor
    if isinstance(editor, FoldedEditor):
        editor.open()
        inner = editor.inner
        assert isinstance(inner, RowsEditor)
        return inner
    assert isinstance(editor, RowsEditor)
    return editor


def adviser(session: Session) -> HumanAgent:
    step = next(one for one in session.document.journey.steps if one.id == "adviser")
    assert isinstance(step, HumanAgent)
    return step


def links_of(session: Session, step: str) -> dict[str, str | None]:
    return {one.exit: one.to for one in session.document.journey.links if one.from_ == step}


def change(editor: Editor) -> None:
    """Give the field another value that may stand there."""
    hand = next(hand for kind, hand in _HANDS.items() if isinstance(editor, kind))
    hand(editor)


def write(line: QLineEdit, text: str) -> None:
    """Replace what stands in the line."""
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def other_text(spec: Spec, now: str) -> str:
    """Something else that may stand in the line."""
    if spec.unit == "share":
        texts = ["37 %", "41 %"]
    elif spec.unit == "s":
        texts = ["1 h 5 min", "80 s"]
    elif spec.kind in {int, float}:
        texts = ["2", "1"]
    elif "24:00" in spec.pattern:
        texts = ["10:45", "11:15"]
    elif spec.is_identifier:
        texts = ["other_one", "one_more"]
    else:
        texts = ["Other words", "More words"]
    return next(text for text in texts if text != now)


def other(combo: QComboBox) -> None:
    """Choose the next entry, or the one before the last."""
    key = Key.Key_Down if combo.currentIndex() < combo.count() - 1 else Key.Key_Up
    QTest.keyClick(combo, key)


def _folded(editor: FoldedEditor) -> None:
    if editor.box is not None and not editor.box.isChecked():
        QTest.keyClick(editor.box, Key.Key_Space)
        return
    if not editor.button.isChecked():
        QTest.keyClick(editor.button, Key.Key_Return)
    assert editor.inner is not None
    assert editor.inner.isVisible()
    change(editor.inner)


def _choose(editor: ChoiceEditor) -> None:
    other(editor.combo)
    new = editor._new
    if new is not None and new.isVisible():
        QTest.keyClicks(new.line, "Brand new")
        QTest.keyClick(new.line, Key.Key_Return)


def _check(editor: CheckListEditor) -> None:
    if editor.boxes.count():
        editor.boxes.setCurrentRow(editor.boxes.count() - 1)
        QTest.keyClick(editor.boxes, Key.Key_Space)
    else:
        assert editor.new is not None
        QTest.keyClicks(editor.new.line, "Brand new")
        QTest.keyClick(editor.new.line, Key.Key_Return)


def _table(editor: RowsEditor) -> None:
    if editor.sheet.can_add:
        QApplication.processEvents()
        QTest.mouseClick(editor.buttons["+"], Qt.MouseButton.LeftButton)
        QTest.keyClick(QApplication.focusWidget() or editor.table, Key.Key_Escape)
        return
    column = len(editor.model.columns) - 1
    if editor.model.columns[column].read is None:
        editor.table.setCurrentIndex(editor.model.index(0, 0))
        folded = editor.details._folded
        assert folded is not None
        _folded(folded)
    else:
        now = str(editor.model.index(0, column).data() or "")
        fill(editor, 0, column, "37 %" if now.endswith("%") else "2" if now != "2" else "1")


def fill(editor: RowsEditor, row: int, column: int, text: str) -> None:
    """Write into a cell."""
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.model.index(row, column))
    QTest.keyClick(editor.table, Key.Key_F2)
    cell = QApplication.focusWidget()
    if isinstance(cell, QComboBox):
        number = cell.findText(text)
        cell.setCurrentIndex(number if number >= 0 else cell.count() - 1)
        cell.activated.emit(cell.currentIndex())
    else:
        assert isinstance(cell, QLineEdit)
        write(cell, text)
        QTest.keyClick(cell, Key.Key_Return)
    # Qt reads what was written into a cell once it is back in its loop.
    QApplication.processEvents()


def _type(editor: AreaEditor) -> None:
    editor.area.selectAll()
    QTest.keyClicks(editor.area, "Other words")


def _group(editor: GroupEditor) -> None:
    assert editor.form is not None
    change(next(iter(editor.form.rows.values())).editor)


_HANDS: dict[type[Editor], Callable[..., None]] = {
    FoldedEditor: _folded,
    LineEditor: lambda one: write(one.line, other_text(one.spec, one.line.text())),
    AreaEditor: _type,
    CheckEditor: lambda one: QTest.mouseClick(one.box, Qt.MouseButton.LeftButton),
    ChoiceEditor: _choose,
    CheckListEditor: _check,
    ConditionEditor: lambda one: one.node.negate.trigger(),
    UnionEditor: lambda one: other(one.combo),
    GroupEditor: _group,
    RowsEditor: _table,
}
