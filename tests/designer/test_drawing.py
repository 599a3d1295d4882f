"""A journey drawn from nothing, by mouse and by keyboard alone; saved, opened, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes, read_document
from engine.validation import validate
from engine.validation.finding import Severity
from tests.designer import hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def links(window: Window) -> set[tuple[str, str, str | None]]:
    journey = window.work().session.document.journey
    return {(link.from_, link.exit, link.to) for link in journey.links}


def pull(window: Window, title: str, to: QPointF) -> None:
    """Drag a step type out of the palette onto the canvas."""
    space = window.work()
    space.palette.fitting.setChecked(False)
    rows = space.palette.list.model()
    row = next(r for r in range(rows.rowCount()) if rows.index(r, 0).data() == title)
    index = rows.index(row, 0)
    space.palette.list.scrollTo(index)
    start = space.palette.list.visualRect(index).center()
    viewport, view = space.palette.list.viewport(), space.canvas.view
    end = viewport.mapFromGlobal(view.viewport().mapToGlobal(view.mapFromScene(to)))
    hands.drag(viewport, start, end)


def save_as(qtbot: QtBot, window: Window, path: Path) -> None:
    """Type a name into the window's own file dialog."""
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(str(path))
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    save = buttons.button(QDialogButtonBox.StandardButton.Save)
    qtbot.waitUntil(save.isEnabled)
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(path.is_file)


def test_a_journey_of_six_steps_is_drawn_by_mouse(
    qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path, windows: Windows
) -> None:
    window = new_window()
    space, view = window.work(), window.work().canvas.view
    begun = document_to_bytes(space.session.document)
    # The one button of the empty canvas, and a click into its list.
    qtbot.mouseClick(space.canvas.empty.button, Qt.MouseButton.LeftButton)
    hands.keys("inbound")
    hands.key(Qt.Key.Key_Return)
    # Press the + of its open exit.
    hands.click(view, hands.port(view, "inbound_contact", "arrived") + QPoint(14, 0))
    hands.keys("ai agent")
    hands.key(Qt.Key.Key_Return)
    # Out of the palette, and links by hand, with more in sight.
    for _ in range(4):
        hands.key(Qt.Key.Key_Minus, CTRL)
    view.centerOn(350, 150)
    card = space.canvas.scene.cards["ai_agent"]
    pull(window, "Human agent", card.pos() + QPointF(264, 140))
    pull(window, "Exit", card.pos() + QPointF(560, -60))
    hands.drag(
        view.viewport(), hands.port(view, "ai_agent", "escalate"), hands.middle(view, "human_agent")
    )
    for step, exit_name in (("ai_agent", "resolved"), ("human_agent", "resolved")):
        hands.drag(view.viewport(), hands.port(view, step, exit_name), hands.middle(view, "exit"))
    # Pulled onto a link, it comes in between.
    item = space.canvas.scene.links["inbound_contact", "arrived"]
    pull(window, "Announcement", (item.start + item.end) / 2)
    pull(window, "Survey", space.canvas.scene.cards["exit"].pos() + QPointF(0, 400))
    assert len(space.session.document.journey.steps) == 6
    assert {
        ("inbound_contact", "arrived", "announcement"),
        ("announcement", "played", "ai_agent"),
        ("ai_agent", "escalate", "human_agent"),
        ("ai_agent", "resolved", "exit"),
        ("human_agent", "resolved", "exit"),
    } <= links(window)
    drawn, done = document_to_bytes(space.session.document), space.session.position
    # Deleted and reconnected.
    hands.click(view, hands.middle(view, "announcement"))
    hands.key(Qt.Key.Key_Delete, CTRL)
    assert ("inbound_contact", "arrived", "ai_agent") in links(window)
    hands.key(Qt.Key.Key_Z, CTRL)
    assert document_to_bytes(space.session.document) == drawn
    # Saved, opened again, byte for byte.
    hands.key(Qt.Key.Key_S, CTRL)
    save_as(qtbot, window, tmp_path / "drawn.journey.json")
    assert (tmp_path / "drawn.journey.json").read_bytes() == drawn
    assert not window.isWindowModified()
    again = windows.open_path(tmp_path / "drawn.journey.json")
    assert again is window
    assert document_to_bytes(read_document(tmp_path / "drawn.journey.json")) == drawn
    # All the way back, and forth again.
    while space.session.undo_label is not None:
        hands.key(Qt.Key.Key_Z, CTRL)
    assert document_to_bytes(space.session.document) == begun
    while space.session.position < done:
        hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert document_to_bytes(space.session.document) == drawn


def test_a_journey_of_six_steps_is_drawn_by_keyboard_alone(
    qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path
) -> None:
    window = new_window()
    space = window.work()
    begun = document_to_bytes(space.session.document)
    for words in ("inbound", "announcement", "human"):
        hands.key(Qt.Key.Key_Tab)
        hands.keys(words)
        hands.key(Qt.Key.Key_Return)
    # Its first open exit: resolved.
    hands.key(Qt.Key.Key_Slash)
    hands.keys("exit")
    hands.key(Qt.Key.Key_Return)
    assert space.selection.step == "exit"
    # Back along the link; the next open exit is unresolved.
    hands.key(Qt.Key.Key_Left)
    assert space.selection.step == "human_agent"
    hands.key(Qt.Key.Key_Tab)
    hands.keys("survey")
    hands.key(Qt.Key.Key_Return)
    # It ends on purpose; who abandons leaves by the exit that there is.
    hands.key(Qt.Key.Key_L)
    hands.keys("end here")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Left)
    hands.key(Qt.Key.Key_L)
    hands.keys("exit")
    hands.key(Qt.Key.Key_Return)
    assert {
        ("inbound_contact", "arrived", "announcement"),
        ("announcement", "played", "human_agent"),
        ("human_agent", "resolved", "exit"),
        ("human_agent", "unresolved", "survey"),
        ("survey", "answered", None),
        ("human_agent", "abandoned", "exit"),
    } <= links(window)
    _insert_and_tidy(window)
    drawn, done = document_to_bytes(space.session.document), space.session.position
    # Out with one step, its neighbours joined.
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Right)
    assert space.selection.step == "business_hours"
    hands.key(Qt.Key.Key_Delete, CTRL)
    assert ("announcement", "played", "human_agent") in links(window)
    hands.key(Qt.Key.Key_Z, CTRL)
    assert document_to_bytes(space.session.document) == drawn
    hands.key(Qt.Key.Key_S, CTRL)
    save_as(qtbot, window, tmp_path / "typed.journey.json")
    assert (tmp_path / "typed.journey.json").read_bytes() == drawn
    while space.session.undo_label is not None:
        hands.key(Qt.Key.Key_Z, CTRL)
    assert document_to_bytes(space.session.document) == begun
    while space.session.position < done:
        hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert document_to_bytes(space.session.document) == drawn


def _insert_and_tidy(window: Window) -> None:
    """One step put between two, named and moved, and all of it tidied, by keys alone."""
    space = window.work()
    # After a step whose only exit is linked: what is added comes in between.
    hands.key(Qt.Key.Key_Left)
    assert space.selection.step == "announcement"
    hands.key(Qt.Key.Key_Tab)
    hands.keys("business")
    hands.key(Qt.Key.Key_Return)
    assert ("announcement", "played", "business_hours") in links(window)
    assert ("business_hours", "open", "human_agent") in links(window)
    # A name, a move, and all of it tidied.
    hands.key(Qt.Key.Key_F2)
    hands.keys("Open?")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Right, CTRL)
    hands.key(Qt.Key.Key_Right, CTRL)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_T, CTRL)
    journey = space.session.document.journey
    assert len(journey.steps) == 6
    assert next(s.name for s in journey.steps if s.id == "business_hours") == "Open?"


def test_copied_steps_are_pasted_into_a_second_window(
    sample_window: Callable[[str], Window], new_window: Callable[[], Window]
) -> None:
    first, second = sample_window("bankunited"), new_window()
    hands.bring(first)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().startswith("{")
    hands.bring(second)
    hands.key(Qt.Key.Key_V, CTRL)
    one, other = (w.work().session.document.journey for w in (first, second))
    assert [s.name for s in other.steps] == [s.name for s in one.steps]
    assert links(second) == links(first)
    assert {t.id for t in other.teams} == {t.id for t in one.teams}
    assert second.work().session.history == ["Paste 10 steps"]
    hands.key(Qt.Key.Key_V, CTRL)
    assert len(second.work().session.document.journey.steps) == 20
    errors = [f for f in validate(second.work().session.document) if f.severity is Severity.ERROR]
    assert {f.code for f in errors} <= {"W301"}, errors


def test_what_is_no_part_of_a_journey_is_not_pasted_and_said(
    new_window: Callable[[], Window],
) -> None:
    window = new_window()
    QGuiApplication.clipboard().setText("<b>hello</b>")
    hands.key(Qt.Key.Key_V, CTRL)
    assert window.work().session.history == []
    assert window.banner.isVisible()
    assert window.banner.text.text()


def test_the_list_of_all_commands_does_them(new_window: Callable[[], Window]) -> None:
    window = new_window()
    hands.key(Qt.Key.Key_P, CTRL | SHIFT)
    hands.keys("note")
    hands.key(Qt.Key.Key_Return)
    assert window.work().session.history == ["Add note"]


def test_a_changed_document_is_not_closed_without_a_question(
    qtbot: QtBot, new_window: Callable[[], Window]
) -> None:
    window = new_window()
    hands.key(Qt.Key.Key_N)
    window.close()
    assert window.isVisible()
    buttons = {b.text().replace("&", ""): b for b in window.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Cancel"], Qt.MouseButton.LeftButton)
    assert window.isVisible()
    window.close()
    buttons = {
        b.text().replace("&", ""): b for b in window.findChildren(QPushButton) if b.isVisible()
    }
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(
            buttons["Don't Save"] if "Don't Save" in buttons else buttons["Discard"],
            Qt.MouseButton.LeftButton,
        )
