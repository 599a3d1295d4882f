"""The inspector shows what is selected, what is wrong with it, and goes to a field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.inspector.fields.folded import FoldedEditor
from designer.inspector.panel import Inspector
from designer.inspector.shown import ASSUMPTIONS, DESIGN, MAP
from designer.inspector.tab_order import focusable
from designer.session import Session
from designer.theme import look
from engine.document import document_to_bytes, read_document
from engine.edits import SetField, remove_step
from engine.shipped import sample_path
from engine.steps.ai_agent import AIAgent
from engine.validation.finding import Finding, Severity
from tests.designer.inspector_hands import (
    adviser,
    fill,
    line,
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
