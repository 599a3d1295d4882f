"""The inspector shows what is selected and makes an undoable edit of every change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from designer.inspector.fields.folded import FoldedEditor
from designer.inspector.fields.line import LineEditor
from designer.inspector.fields.rows import RowsEditor
from designer.inspector.panel import Inspector
from designer.inspector.part_form import PartForm
from designer.inspector.shown import ASSUMPTIONS, DESIGN, MAP
from designer.inspector.tab_order import focusable
from designer.selection import Selection
from designer.session import Session
from designer.theme import look
from engine.document import document_to_bytes, read_document
from engine.edits import SetField, add_step, remove_step
from engine.shipped import sample_path
from engine.steps.ai_agent import AIAgent
from engine.steps.people import HumanAgent
from engine.steps.talk import Menu, Option
from engine.steps.time import Wait
from engine.validation.finding import Finding, Severity
from tests.designer.inspector_hands import fill, write

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
DEMAND = ("demand", "retail")


@pytest.fixture
def session() -> Session:
    return Session(read_document(sample_path("bankunited")))


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Iterator[Inspector]:
    inspector = Inspector(session, Selection(session))
    qtbot.addWidget(inspector)
    inspector.resize(320, 800)
    inspector.show()
    qtbot.waitExposed(inspector)
    inspector.activateWindow()
    yield inspector
    inspector.stop_listening()


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


# ---- what is shown


def test_a_step_is_renamed_where_its_name_stands(session: Session, inspector: Inspector) -> None:
    start = document_to_bytes(session.document)
    inspector.selection.select(["adviser"])
    area = inspector.header.name.area
    assert area.toPlainText() == "Adviser"
    area.selectAll()
    QTest.keyClicks(area, "Expert")
    assert session.history == ["Rename step to “Expert”"]
    assert inspector.header.kind.text() == "Human agent · people"
    QTest.keyClick(area, Key.Key_Z, Ctrl)
    assert area.toPlainText() == "Adviser"
    assert document_to_bytes(session.document) == start


def test_it_follows_the_selection(session: Session, inspector: Inspector) -> None:
    assert "Journey" in inspector.header.kind.text()
    assert "attributes" in opened(inspector, None).form.rows
    assert "priority" in opened(inspector, "adviser").form.rows
    session.do(remove_step(session.document, "adviser"))
    assert "attributes" in opened(inspector, None).form.rows
    inspector.selection.select(["hours", "call"])
    assert inspector.header.title.text() == "2 selected steps"
    assert "Business hours" in inspector.header.kind.text()


def test_what_several_steps_share_is_changed_for_all(
    session: Session, inspector: Inspector
) -> None:
    inspector.selection.select(["hours", "call"])
    page = inspector.page
    assert page is not None
    write(line(page, "owner"), "Service")
    owners = {one.id: one.owner for one in session.document.journey.steps if one.owner}
    assert owners == {"hours": "Service", "call": "Service"}
    assert session.history == ["Change owner of 2 steps"]


def test_a_link_is_led_elsewhere(session: Session, inspector: Inspector) -> None:
    inspector.selection.select(links=[("adviser", "resolved")])
    combo = inspector.link.target
    assert combo.currentText() == "Resolved by an adviser"
    combo.setFocus()
    QTest.keyClick(combo, Key.Key_Down)
    links = {(one.from_, one.exit): one.to for one in session.document.journey.links}
    assert links["adviser", "resolved"] == "not_helped"
    session.undo()
    assert combo.currentText() == "Resolved by an adviser"


def test_the_exits_of_a_step_are_linked_by_the_keyboard(
    session: Session, inspector: Inspector
) -> None:
    inspector.selection.go_to("adviser", "unresolved")
    combo = QApplication.focusWidget()
    assert combo is inspector.exits.combo("unresolved")
    start = document_to_bytes(session.document)
    QTest.keyClick(combo, Key.Key_Home)
    assert "unresolved" not in links_of(session, "adviser")
    QTest.keyClick(combo, Key.Key_Down)
    assert links_of(session, "adviser")["unresolved"] is None
    QTest.keyClick(combo, Key.Key_End)
    assert links_of(session, "adviser")["unresolved"] == session.document.journey.steps[-1].id
    write(line(opened(inspector, "adviser"), "capacity"), "5")
    assert inspector.exits.combo("full") is not None
    session.go_to(0)
    assert document_to_bytes(session.document) == start
    assert inspector.exits.combo("full") is None


# ---- typing


def test_what_is_typed_is_taken_back_at_once_and_until_the_field_is_left(
    session: Session, inspector: Inspector
) -> None:
    page = opened(inspector, "adviser")
    field = line(page, "capacity")
    assert field.placeholderText() == "unlimited"
    QTest.keyClicks(field, "120")
    assert adviser(session).capacity == 120
    assert session.history == ["Change queue capacity of “Adviser”"]
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(field, "5")
    assert len(session.history) == 2
    QTest.keyClick(field, Key.Key_Z, Ctrl)
    assert (field.text(), adviser(session).capacity) == ("120", 120)
    QTest.keyClick(field, Key.Key_Z, Ctrl)
    assert (field.text(), adviser(session).capacity) == ("", None)
    QTest.keyClick(field, Key.Key_Y, Ctrl)
    assert (field.text(), adviser(session).capacity) == ("120", 120)


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("priority", "12", "It must be between 1 and 9."),
        ("priority", "1.5", "Only whole numbers can stand here."),
        ("priority", "", "Something must stand here."),
        ("capacity", "many", "“many” is no number."),
        ("max_wait", "3 mn", "“3 mn” is no duration: write it like 90, 90 s, 3 min or 1 h 30 min."),
        ("max_wait", "20 years", "“20 years” is no duration"),
        ("max_wait", "9000 days", "It must be at most 3660 days."),
    ],
)
def test_what_is_wrong_stays_out_and_is_said(
    session: Session, inspector: Inspector, field: str, text: str, problem: str
) -> None:
    page = opened(inspector, "adviser")
    start, edit = adviser(session), line(page, field)
    before = edit.text()
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_Delete)
    QTest.keyClicks(edit, text)
    row = page.form.rows[field]
    assert row.message.startswith(problem)
    assert edit.property("wrong")
    QTest.keyClick(edit, Key.Key_Tab)
    assert adviser(session) == start
    assert edit.text() == text
    QTest.keyClick(edit, Key.Key_Escape)
    assert row.message == ""
    assert not edit.property("wrong")
    assert adviser(session) == start
    assert edit.text() == before


def test_durations_and_shares_are_written_as_people_do(
    session: Session, inspector: Inspector
) -> None:
    wait = line(opened(inspector, "adviser"), "max_wait")
    for text, seconds, said in [
        ("90", 90, "1 min 30 s"),
        ("3 min", 180, "3 min"),
        ("1 h 30 min", 5400, "1 h 30 min"),
        ("0,5 h", 1800, "30 min"),
        ("1:00:05", 3605, "1 h 5 s"),
        ("2 days", 172_800, "2 days"),
    ]:
        write(wait, text)
        assert adviser(session).max_wait == seconds
        QTest.keyClick(wait, Key.Key_Return)
        assert wait.text() == said
    share = line(opened(inspector, "adviser", ASSUMPTIONS), "transfer")
    for text in ("16", "16 %", "16,0%"):
        write(share, text)
        QTest.keyClick(share, Key.Key_Return)
        assert share.text() == "16 %"
    assert session.document.assumptions.steps["adviser"].model_dump()["transfer"] == 0.16


def test_escape_takes_back_what_was_typed_since_the_last_stop(
    session: Session, inspector: Inspector
) -> None:
    field = line(opened(inspector, "adviser"), "priority")
    write(field, "7")
    QTest.keyClick(field, Key.Key_Escape)
    assert (field.text(), adviser(session).priority) == ("5", 5)


def test_a_wrong_text_does_not_wander_to_another_step(
    session: Session, inspector: Inspector
) -> None:
    session.do(add_step(session.document, HumanAgent(id="second", name="Second")))
    page = opened(inspector, "adviser")
    write(line(page, "capacity"), "abc")
    page = opened(inspector, "second")
    assert line(page, "capacity").text() == ""
    assert page.form.rows["capacity"].message == ""


def test_changes_from_elsewhere_are_shown_without_losing_cursor_and_focus(
    session: Session, inspector: Inspector
) -> None:
    page = opened(inspector, "adviser")
    field = line(page, "treatment")
    write(field, "Soft music")
    field.setCursorPosition(4)
    session.do(SetField("Elsewhere", "journey.steps.adviser.priority", 2))
    assert line(page, "priority").text() == "2"
    assert field.hasFocus()
    assert (field.text(), field.cursorPosition()) == ("Soft music", 4)
    QTest.keyClicks(field, "er")
    assert adviser(session).treatment == "Softer music"


# ---- fields that depend on each other


def test_a_time_of_day_takes_the_place_of_a_duration(
    session: Session, inspector: Inspector
) -> None:
    session.do(add_step(session.document, Wait(id="pause", name="Pause", duration=60)))
    page = opened(inspector, "pause")
    start = session.document
    write(line(page, "until"), "9:30")
    wait = next(one for one in session.document.journey.steps if one.id == "pause")
    assert isinstance(wait, Wait)
    assert (wait.duration, wait.until) == (None, "09:30")
    assert line(page, "duration").text() == ""
    field = line(page, "until")
    field.clear()
    field.textEdited.emit("")
    assert "exactly one" in page.form.rows["until"].message
    assert page.form.rows["until"].message.endswith("So far it is not in the journey.")
    write(line(page, "duration"), "5 min")
    assert page.form.rows["until"].message == ""
    wait = next(one for one in session.document.journey.steps if one.id == "pause")
    assert isinstance(wait, Wait)
    assert (wait.duration, wait.until) == (300, None)
    session.go_to(1)
    assert session.document == start


# ---- options, and what hangs on them


@pytest.fixture
def menu(session: Session) -> Menu:
    step = Menu(
        id="menu",
        name="Menu",
        options=[Option(id="cards", name="Cards"), Option(id="loans", name="Loans")],
    )
    from engine.edits import connect, set_assumptions  # noqa: PLC0415

    session.do(add_step(session.document, step))
    session.do(connect(session.document, "menu", "cards", "adviser"))
    weights = Menu.assumptions.model_validate({"weights": {"cards": 3.0, "loans": 1.0}})
    session.do(set_assumptions(session.document, "menu", weights))
    return step


def links_of(session: Session, step: str) -> dict[str, str | None]:
    return {one.exit: one.to for one in session.document.journey.links if one.from_ == step}


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
    options = lambda: [o.name for o in session.document.journey.steps[-1].options]  # type: ignore[attr-defined]  # noqa: E731
    assert options() == ["Cards", "Loans", "Fraud"]
    QTest.keyClick(editor.table, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert options() == ["Cards", "Fraud", "Loans"]
    editor.table.setCurrentIndex(editor.model.index(0, 0))
    QTest.keyClick(editor.table, Key.Key_Delete)
    assert options() == ["Fraud", "Loans"]
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


# ---- teams and who works when


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


# ---- problems and going to them


@dataclass(frozen=True)
class Fix:
    label: str
    edit: Any


def test_problems_are_shown_with_what_is_selected_and_mended(
    session: Session, inspector: Inspector
) -> None:
    what, why, mend = "Callers may wait long here.", "They hang up.", "Offer a callback."
    found = Finding("W1", Severity.WARNING, what, why, mend, "adviser", "priority")
    other = Finding("W1", Severity.WARNING, "Something else.", why, mend, "call")
    fix = Fix("Serve them first", SetField("Mend", "journey.steps.adviser.priority", 1))

    def mends(finding: Finding) -> Sequence[Fix]:
        return [fix] if finding is found else []

    inspector.show_findings([found, other], mends)
    assert not inspector.problems.boxes
    page = opened(inspector, "adviser")
    (box,) = inspector.problems.boxes
    assert box.finding is found
    assert what in page.form.rows["priority"].editor.entry().accessibleDescription()
    button = box.buttons[0]
    assert button.accessibleName() == "Fix: Serve them first"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert adviser(session).priority == 1
    inspector.show_findings([], mends)
    assert not inspector.problems.boxes
    assert what not in page.form.rows["priority"].editor.entry().accessibleDescription()


@pytest.mark.parametrize(
    ("step", "field", "tab", "name"),
    [
        ("adviser", "max_wait", DESIGN, "Longest wait"),
        ("adviser", "name", None, "Name"),
        ("adviser", "resolved", DESIGN, "“resolved” leads to"),
        ("adviser", "handle_time/mean", ASSUMPTIONS, "Mean"),
        ("adviser", "owner", MAP, "Owner"),
        ("virtual_agent", "intents/balance/containment", ASSUMPTIONS, None),
        ("virtual_agent", "balance", DESIGN, None),
        (None, "journey/teams", DESIGN, None),
        (None, "journey/stages", MAP, None),
        (None, "assumptions/demand/calls/per_day", ASSUMPTIONS, None),
        (None, "assumptions/staffing/advisers/shrinkage", ASSUMPTIONS, "Shrinkage"),
    ],
)
def test_a_field_that_is_asked_for_is_shown_and_has_the_focus(
    inspector: Inspector, step: str | None, field: str, tab: int | None, name: str | None
) -> None:
    inspector.selection.go_to(step, field)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert inspector.isAncestorOf(focus)
    assert focus is not inspector.area
    if tab is not None:
        assert inspector.tabs.currentIndex() == tab
    if name is not None:
        assert focus.accessibleName() == name
    if focus is not inspector.header.name.area:
        top = focus.mapTo(inspector.area.viewport(), focus.rect().topLeft()).y()
        assert -5 <= top <= inspector.area.viewport().height()


# ---- keyboard, names, speed, looks


def unnamed(root: QWidget) -> list[QWidget]:
    return [one for one in focusable(root) if not one.accessibleName() and not said(one)]


def said(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


@pytest.mark.parametrize("step", ["adviser", "virtual_agent", None])
@pytest.mark.parametrize("tab", [DESIGN, ASSUMPTIONS, MAP])
def test_tab_goes_down_through_every_field_and_all_have_names(
    inspector: Inspector, step: str | None, tab: int
) -> None:
    page = opened(inspector, step, tab)
    for row in page.form.rows.values():
        if isinstance(row.editor, FoldedEditor):
            row.editor.open()
    QApplication.processEvents()
    assert unnamed(inspector) == []
    inspector.header.name.area.setFocus()
    while (current := QApplication.focusWidget()) is not (last := list(focusable(inspector))[-1]):
        assert current is not None
        # A table shows more of its row once it has the focus.
        order = list(focusable(inspector))
        QTest.keyClick(current, Key.Key_Tab)
        assert QApplication.focusWidget() is order[order.index(current) + 1]
    QTest.keyClick(last, Key.Key_Backtab)
    assert QApplication.focusWidget() is order[-2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_twice_as_large_fits_the_same_width(
    inspector: Inspector, qapp: QApplication, theme: str, tmp_path: Path
) -> None:
    page = opened(inspector, "adviser")
    look.apply(qapp, theme, 2.0)
    try:
        QApplication.processEvents()
        assert inspector.page is not page
        for step, tab in [("adviser", DESIGN), ("adviser", ASSUMPTIONS), (None, DESIGN)]:
            opened(inspector, step, tab)
            QApplication.processEvents()
            content = inspector.area.widget()
            assert content is not None
            assert content.width() <= inspector.area.viewport().width()
        assert inspector.grab().save(str(tmp_path / "shot.png"))
    finally:
        look.apply(qapp, "light", 1.0)


def test_an_ai_agent_is_edited_by_hand(session: Session, inspector: Inspector) -> None:
    editor = table(opened(inspector, "virtual_agent", ASSUMPTIONS), "intents")
    fill(editor, 0, 3, "35 %")
    intents = session.document.assumptions.steps["virtual_agent"].model_dump()["intents"]
    agent = next(one for one in session.document.journey.steps if one.id == "virtual_agent")
    assert isinstance(agent, AIAgent)
    assert intents[agent.intents[0].id]["containment"] == 0.35
