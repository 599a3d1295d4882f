"""Lists are tables: rows are added, moved, pasted, and keep what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from designer.inspector.fields.folded import FoldedEditor
from designer.inspector.fields.line import LineEditor
from designer.inspector.panel import Inspector
from designer.inspector.shown import ASSUMPTIONS
from designer.session import Session
from engine.document import document_to_bytes, read_document
from engine.edits import add_step, connect, set_assumptions
from engine.shipped import sample_path
from engine.steps.talk import Menu, Option
from tests.designer.inspector_hands import (
    adviser,
    fill,
    links_of,
    opened,
    shown_inspector,
    table,
    write,
)

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
DEMAND = ("demand", "retail")


@pytest.fixture
def session() -> Session:
    return Session(read_document(sample_path("bankunited")))


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Iterator[Inspector]:
    inspector = shown_inspector(session, qtbot)
    yield inspector
    inspector.stop_listening()


@pytest.fixture
def menu(session: Session) -> Menu:
    step = Menu(
        id="menu",
        name="Menu",
        options=[Option(id="cards", name="Cards"), Option(id="loans", name="Loans")],
    )
    session.do(add_step(session.document, step))
    session.do(connect(session.document, "menu", "cards", "adviser"))
    weights = Menu.assumptions.model_validate({"weights": {"cards": 3.0, "loans": 1.0}})
    session.do(set_assumptions(session.document, "menu", weights))
    return step


def option_names(session: Session) -> list[str]:
    step = session.document.journey.steps[-1]
    assert isinstance(step, Menu)
    return [one.name for one in step.options]


def weights_of(session: Session) -> dict[str, float]:
    weights: dict[str, float] = session.document.assumptions.steps["menu"].model_dump()["weights"]
    return weights


@pytest.mark.usefixtures("menu")
def test_a_renamed_option_keeps_its_link_and_its_weight(
    session: Session, inspector: Inspector
) -> None:
    editor, start = table(opened(inspector, "menu"), "options"), document_to_bytes(session.document)
    position = session.position
    fill(editor, 0, 0, "Cards and payments")
    assert links_of(session, "menu") == {"cards": "adviser"}
    editor.table.setCurrentIndex(editor.model.index(0, 0))
    form = editor.details._form
    assert form is not None
    ident = form.rows["id"].editor
    assert isinstance(ident, LineEditor)
    write(ident.line, "payments")
    assert links_of(session, "menu") == {"payments": "adviser"}
    assert weights_of(session) == {"payments": 3.0, "loans": 1.0}
    assert ident.line.hasFocus()
    session.go_to(position)
    assert document_to_bytes(session.document) == start


@pytest.mark.usefixtures("menu")
def test_options_are_added_moved_and_removed(session: Session, inspector: Inspector) -> None:
    editor, position = table(opened(inspector, "menu"), "options"), session.position
    start = document_to_bytes(session.document)
    editor.add()
    cell = QApplication.focusWidget()
    assert isinstance(cell, QLineEdit)
    write(cell, "Fraud")
    QTest.keyClick(cell, Key.Key_Return)
    QApplication.processEvents()
    assert option_names(session) == ["Cards", "Loans", "Fraud"]
    QTest.keyClick(editor.table, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert option_names(session) == ["Cards", "Fraud", "Loans"]
    editor.table.setCurrentIndex(editor.model.index(0, 0))
    QTest.keyClick(editor.table, Key.Key_Delete)
    assert option_names(session) == ["Fraud", "Loans"]
    assert links_of(session, "menu") == {}
    assert weights_of(session) == {"loans": 1.0}
    session.go_to(position)
    assert document_to_bytes(session.document) == start


@pytest.mark.usefixtures("menu")
def test_a_table_is_pasted_from_a_spreadsheet(session: Session, inspector: Inspector) -> None:
    editor = table(opened(inspector, "menu"), "options")
    editor.table.setFocus()
    QGuiApplication.clipboard().setText("Name\nCards\nLoans\nFraud\n")
    QTest.keyClick(editor.table, Key.Key_V, Ctrl)
    names = [row.value.name for row in editor.model.rows]
    assert names == ["Cards", "Loans", "Fraud"]
    editor = table(opened(inspector, "menu", ASSUMPTIONS), "weights")
    editor.table.setCurrentIndex(editor.model.index(0, 1))
    QGuiApplication.clipboard().setText("0,5\r\n0,25\r\n1.75\r\n")
    QTest.keyClick(editor.table, Key.Key_V, Ctrl)
    assert list(weights_of(session).values()) == [0.5, 0.25, 1.75]
    before, position = session.document, session.position
    QGuiApplication.clipboard().setText("1\nmuch\n")
    QTest.keyClick(editor.table, Key.Key_V, Ctrl)
    row = inspector.page.form.rows["weights"] if inspector.page else None
    assert row is not None
    assert row.message == "Nothing was pasted. Line 2, Weight: “much” is no number."
    assert (session.document, session.position) == (before, position)


def test_a_team_is_added_and_staffed(session: Session, inspector: Inspector) -> None:
    start = document_to_bytes(session.document)
    editor = table(opened(inspector, None), "teams")
    editor.add()
    cell = QApplication.focusWidget()
    assert isinstance(cell, QLineEdit)
    write(cell, "Night shift")
    QTest.keyClick(cell, Key.Key_Return)
    QApplication.processEvents()
    assert [team.name for team in session.document.journey.teams] == ["Advisers", "Night shift"]
    team = session.document.journey.teams[-1].id
    editor = table(opened(inspector, None, ASSUMPTIONS), "staffing")
    assert editor.model.index(1, 0).data() == "Night shift"
    editor.table.setCurrentIndex(editor.model.index(1, 0))
    folded = editor.details._folded
    assert folded is not None
    assert folded.box is not None
    QTest.keyClick(folded.box, Key.Key_Space)
    assert team in session.document.assumptions.staffing
    inspector.selection.go_to(None, f"assumptions/staffing/{team}/interval")
    interval = QApplication.focusWidget()
    assert isinstance(interval, QLineEdit)
    write(interval, "8 h")
    inspector.selection.go_to(None, f"assumptions/staffing/{team}/agents/0")
    agents = QApplication.focusWidget()
    assert isinstance(agents, QTableView)
    QGuiApplication.clipboard().setText("3\n12\n8")
    QTest.keyClick(agents, Key.Key_V, Ctrl)
    staffing = session.document.assumptions.staffing[team]
    assert (staffing.agents, staffing.interval) == ([3, 12, 8], 28_800)
    titles = [agents.model().headerData(n, Qt.Orientation.Vertical) for n in range(3)]
    assert titles == ["00:00", "08:00", "16:00"]
    session.go_to(0)
    assert document_to_bytes(session.document) == start


def test_a_skill_is_made_in_passing_and_taken_back_with_its_use(
    session: Session, inspector: Inspector
) -> None:
    editor = opened(inspector, "adviser").form.rows["skills"].editor
    assert isinstance(editor, FoldedEditor)
    assert editor.button.sentence() == "Retail banking"
    QTest.keyClick(editor.button, Key.Key_Return)
    new = editor.inner.new  # type: ignore[union-attr]
    QTest.keyClicks(new.line, "Loans & cards")
    QTest.keyClick(new.line, Key.Key_Return)
    assert adviser(session).skills == ["banking", "loans_cards"]
    assert [skill.name for skill in session.document.journey.skills][-1] == "Loans & cards"
    assert editor.button.sentence() == "Retail banking, Loans & cards"
    assert len(session.history) == 1
    session.undo()
    assert len(session.document.journey.skills) == 1
