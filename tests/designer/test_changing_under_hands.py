"""The document changes while somebody is in the middle of something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from designer.canvas.chooser import Chooser
from designer.canvas.inline_editor import InlineEditor
from designer.canvas.view import Want
from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes, write_document
from engine.frame_edits import add_frame, add_note
from engine.graph_edits import rename_step
from engine.removal import remove_steps
from engine.sub_journey_edits import remove_sub_journey
from tests.designer import hands
from tests.designer.journeys import with_sub_journey

CTRL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def window(sample_window: Callable[[str], Window]) -> Window:
    return sample_window("starter")


@pytest.fixture
def calling(qtbot: QtBot, windows: Windows, tmp_path: Path) -> Window:
    """A journey that calls another."""
    path = tmp_path / "calling.journey.json"
    write_document(path, with_sub_journey())
    window = windows.open_path(path)
    assert window is not None
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    return window


def choosers(window: Window) -> list[Chooser]:
    return [c for c in window.work().canvas.findChildren(Chooser) if c.isVisible()]


def editors(window: Window) -> list[InlineEditor]:
    return window.work().canvas.findChildren(InlineEditor)


def places_agree(window: Window) -> bool:
    space = window.work()
    known = space.session.document.layout.positions
    return all(c.pos() == QPointF(*known[n]) for n, c in space.canvas.scene.cards.items())


@pytest.mark.parametrize("what", ["card", "exit", "band"])
def test_a_step_goes_while_the_mouse_is_down(window: Window, what: str) -> None:
    space = window.work()
    view, session = space.canvas.view, space.session
    start = {
        "card": hands.middle(view, "agent"),
        "exit": hands.port(view, "agent", "abandoned"),
        "band": hands.middle(view, "agent") - QPoint(0, 90),
    }[what]
    hands.press(view.viewport(), start)
    hands.travel(view.viewport(), start, start + QPoint(40, 80))
    session.do(remove_steps(session.document, ["agent"]))
    hands.travel(view.viewport(), start + QPoint(40, 80), start + QPoint(60, 90))
    QTest.mouseRelease(view.viewport(), LEFT, hands.PLAIN, start + QPoint(60, 90))
    assert len(session.history) == 1
    assert places_agree(window)
    session.undo()
    assert places_agree(window)


def test_undo_in_the_middle_of_a_drag_ends_the_drag(window: Window) -> None:
    space = window.work()
    view, session = space.canvas.view, space.session
    start = hands.middle(view, "agent")
    hands.drag(view.viewport(), start, start + QPoint(0, 160))
    start = hands.middle(view, "agent")
    hands.press(view.viewport(), start)
    hands.travel(view.viewport(), start, start + QPoint(40, 80))
    hands.key(Qt.Key.Key_Z, CTRL)
    assert places_agree(window)
    QTest.mouseRelease(view.viewport(), LEFT, hands.PLAIN, start + QPoint(40, 80))
    assert places_agree(window)
    assert session.position == 0


@pytest.mark.parametrize("kind", ["frame", "note"])
@pytest.mark.parametrize("grip", [True, False])
def test_a_paper_goes_while_it_is_pulled(window: Window, kind: str, grip: bool) -> None:
    space = window.work()
    view, session = space.canvas.view, space.session
    below = space.canvas.scene.content_rect().bottomLeft() + QPointF(0, 40)
    rect = (below.x(), below.y(), 200.0, 80.0)
    session.do(
        add_frame(session.document, "F", rect, None, "f")
        if kind == "frame"
        else add_note(session.document, "N", rect[:2], None, "n")
    )
    view.fit()
    here = QPointF(196, 76) if grip else QPointF(100, 10)
    start = hands.place(view, below + here)
    hands.press(view.viewport(), start)
    hands.travel(view.viewport(), start, start + QPoint(40, 40))
    session.undo()
    hands.travel(view.viewport(), start, start + QPoint(60, 40))
    QTest.mouseRelease(view.viewport(), LEFT, hands.PLAIN, start + QPoint(60, 40))
    assert session.position == 0
    assert not space.canvas.scene.frames
    assert not space.canvas.scene.notes


def test_another_graph_is_shown_while_the_mouse_is_down(calling: Window) -> None:
    space = calling.work()
    view, session = space.canvas.view, space.session
    sub = session.document.journey.sub_journeys[0].id
    name = next(iter(space.canvas.scene.cards))
    start = hands.middle(view, name)
    hands.press(view.viewport(), start)
    hands.travel(view.viewport(), start, start + QPoint(40, 80))
    space.selection.show_graph(sub)
    hands.travel(view.viewport(), start, start + QPoint(60, 90))
    QTest.mouseRelease(view.viewport(), LEFT, hands.PLAIN, start + QPoint(60, 90))
    assert session.history == []


def test_another_button_let_go_does_not_end_a_drag(window: Window) -> None:
    space = window.work()
    view = space.canvas.view
    start = hands.middle(view, "agent")
    hands.press(view.viewport(), start)
    hands.travel(view.viewport(), start, start + QPoint(40, 80))
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.RightButton, hands.PLAIN, start + QPoint(40, 80)
    )
    assert space.session.history == []
    QTest.mouseRelease(view.viewport(), LEFT, hands.PLAIN, start + QPoint(40, 80))
    assert len(space.session.history) == 1


def test_a_chooser_closes_when_the_document_changes(window: Window) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_Tab)
    assert choosers(window)
    space.session.do(remove_steps(space.session.document, ["agent"]))
    assert not choosers(window)
    assert space.canvas.view.hasFocus()


def test_a_chooser_closes_when_another_graph_is_shown(calling: Window) -> None:
    window, space = calling, calling.work()
    space.selection.select([next(iter(space.canvas.scene.cards))])
    hands.key(Qt.Key.Key_Tab)
    assert choosers(window)
    space.selection.show_graph(space.session.document.journey.sub_journeys[0].id)
    assert not choosers(window)


def test_a_field_clicked_while_a_chooser_is_open_gets_the_focus(
    window: Window,
) -> None:
    space = window.work()
    hands.key(Qt.Key.Key_Tab)
    assert choosers(window)
    space.around.show("palette")
    assert not choosers(window)
    assert space.palette.isAncestorOf(hands.focus())


def test_a_field_clicked_while_a_name_is_edited_gets_the_focus_and_the_name_is_kept(
    window: Window,
) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_F2)
    hands.keys("Someone")
    space.around.show("palette")
    assert space.palette.isAncestorOf(hands.focus())
    assert space.canvas.scene.cards["agent"].step.name == "Someone"


def test_an_editor_closes_when_its_step_goes(window: Window) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_F2)
    hands.keys("Someone")
    space.session.do(remove_steps(space.session.document, ["agent"]))
    assert not editors(window) or not editors(window)[0].field.isVisible()
    assert not window.banner.isVisible()
    space.session.undo()
    assert space.canvas.scene.cards["agent"].step.name != "Someone"


def test_saving_keeps_what_is_being_typed_in_place(window: Window) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_F2)
    hands.keys("Someone")
    hands.key(Qt.Key.Key_T, CTRL)
    assert "Rename step “Someone”" in space.session.history


def test_a_context_menu_of_the_field_does_not_end_the_editing(window: Window) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_F2)
    field = hands.focus()
    assert isinstance(field, QLineEdit)
    menu = field.createStandardContextMenu()
    menu.popup(QPoint(10, 10))
    QTest.qWait(1)
    is_open = field.isVisible()
    menu.close()
    menu.deleteLater()
    assert is_open


def test_removing_the_sub_journey_that_is_shown_leads_back(calling: Window) -> None:
    space = calling.work()
    sub = space.session.document.journey.sub_journeys[0].id
    before = document_to_bytes(space.session.document)
    space.selection.show_graph(sub)
    space.selecting.all()
    space.session.do(remove_sub_journey(space.session.document, sub))
    assert space.selection.graph is None
    assert not space.selection.selected
    space.session.undo()
    assert document_to_bytes(space.session.document) == before


def test_nudges_of_the_same_step_at_two_times_are_two_entries(window: Window) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_Right, CTRL)
    hands.key(Qt.Key.Key_Right, CTRL)
    assert space.session.position == 1
    hands.key(Qt.Key.Key_Escape)
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_Right, CTRL)
    assert space.session.position == 2


def test_collapsing_several_frames_is_one_entry(window: Window) -> None:
    space = window.work()
    session = space.session
    session.do(add_frame(session.document, "One", (0, 900, 200, 90), None, "one"))
    session.do(add_frame(session.document, "Two", (400, 900, 200, 90), None, "two"))
    before = document_to_bytes(session.document)
    space.fold()
    assert session.position == 3
    assert all(f.collapsed for f in session.document.layout.frames)
    session.undo()
    assert document_to_bytes(session.document) == before


def test_a_step_dropped_into_a_link_is_one_entry(window: Window) -> None:
    space = window.work()
    view, session = space.canvas.view, space.session
    bottom = space.canvas.scene.content_rect().bottomLeft() + QPointF(0, 160)
    space.canvas.add("announcement", Want(at=bottom))
    view.fit()
    name = space.selection.step
    assert name is not None
    before, count = document_to_bytes(session.document), session.position
    item = space.canvas.scene.links["call", "arrived"]
    goal = hands.place(view, (item.start + item.end) / 2)
    hands.drag(view.viewport(), hands.middle(view, name), goal)
    assert session.document.journey.links[0]
    assert any(link.to == name for link in session.document.journey.links)
    assert session.position == count + 1
    assert session.undo_label is not None
    assert "Insert" in session.undo_label
    session.undo()
    assert document_to_bytes(session.document) == before


def test_renaming_while_somebody_else_renames(window: Window) -> None:
    space = window.work()
    space.selection.select(["agent"])
    hands.key(Qt.Key.Key_F2)
    hands.keys("Mine")
    space.session.do(rename_step(space.session.document, "helped", "Other"))
    hands.key(Qt.Key.Key_Return)
    assert space.canvas.scene.cards["agent"].step.name == "Mine"
