"""Everything has a name, Tab reaches everything, and every gesture has a keyboard way."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.action_table import ACTS
from designer.canvas import access, gestures, linking, moving
from designer.canvas.view import JourneyView
from designer.panels import enter
from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes
from engine.edits import disconnect
from engine.frame_edits import add_frame, add_note
from tests.designer import hands
from tests.designer.states import every_state

TAB, CTRL, ALT = (
    Qt.FocusPolicy.TabFocus,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture(scope="module", autouse=True)
def _readers() -> None:
    access.install()


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab should reach: visible, enabled, and willing."""
    found = [root, *root.findChildren(QWidget)]
    return [
        w
        for w in found
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & TAB and w.focusProxy() is None
    ]


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface is not None else ""


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {w.objectName()} in {type(w.parent()).__name__}"
        for w in focusable(root)
        if not name_of(w).strip()
    ]


def test_every_widget_that_takes_the_focus_has_a_name(
    sample_window: Callable[[str], Window],
) -> None:
    window = sample_window("omnichannel_retail")
    missing = {state: bad for state in every_state(window) if (bad := nameless(window))}
    assert not missing


def test_so_has_the_welcome_page(windows: Windows, qtbot: QtBot) -> None:
    window = windows.welcome()
    qtbot.waitExposed(window)
    assert len(focusable(window)) >= 6
    assert not nameless(window)


@pytest.mark.parametrize("step", [None, "chat_desk", "about", "offer"])
def test_tab_and_f6_reach_every_widget(
    sample_window: Callable[[str], Window], step: str | None
) -> None:
    window = sample_window("omnichannel_retail")
    space = window.work()
    names = list(space.canvas.scene.cards)
    if step is not None:
        space.selection.select([step if step in names else names[len(step)]])
    QApplication.processEvents()
    reached: set[QWidget] = set()
    for panel in space.around.panels():
        reached |= walked_from(panel, space.canvas.view)
    missing = [w for w in focusable(window) if w not in reached]
    assert not missing, [(type(w).__name__, name_of(w)) for w in missing]


def walked_from(panel: QWidget, view: JourneyView) -> set[QWidget]:
    """All that gets the focus by Tab, or by Shift+Tab, from the panel's first widget on."""
    reached: set[QWidget] = set()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        enter(panel)
        seen: set[QWidget] = set()
        while (focus := hands.focus()) not in seen:
            seen.add(focus)
            # On the canvas Tab asks for a step; F6 and Shift+Tab lead on.
            if focus is view and (key is Qt.Key.Key_Tab or panel is not view):
                break
            QTest.keyClick(focus, key)
        reached |= seen
    return reached


def test_every_action_is_in_a_menu_and_its_keys_are_its_own() -> None:
    keys: dict[str, str] = {}
    for act in ACTS:
        assert act.menu
        for key in act.keys:
            text = QKeySequence(key).toString()
            assert text, f"{act.name}: {key} is no key"
            assert text not in keys, f"{act.name} and {keys.get(text)} share {text}"
            keys[text] = act.name


BY_KEYBOARD = {
    "PanGesture": "page keys, and arrows bring what they select into sight",
    "BandGesture": "test_the_keyboard_selects_what_a_band_does",
    "MoveGesture": "test_the_keyboard_moves",
    "ResizeGesture": "test_the_keyboard_enlarges",
    "LinkGesture": "test_the_keyboard_links",
}


def test_every_gesture_of_the_mouse_has_a_way_by_keyboard() -> None:
    found = {
        name
        for module in (gestures, linking, moving)
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and hasattr(cls, "release") and name != "Gesture"
    }
    assert found == set(BY_KEYBOARD)


def test_the_keyboard_selects_what_a_band_does(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("starter").work()
    shift = Qt.KeyboardModifier.ShiftModifier
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Right, shift)
    hands.key(Qt.Key.Key_Right, shift)
    assert space.selection.steps == ("call", "agent", "helped")


def test_the_keyboard_moves(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("starter").work()
    before = space.session.document.layout.positions["call"]
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Down, CTRL)
    hands.key(Qt.Key.Key_Down, CTRL)
    x, y = space.session.document.layout.positions["call"]
    assert (x, y) == (before[0], before[1] + 16)
    assert len(space.session.history) == 1


def test_the_keyboard_enlarges(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("starter").work()
    session = space.session
    session.do(add_frame(session.document, "Frame", ["call"], name="f"))
    session.do(add_note(session.document, "Note", (0, 500), name="n"))
    before = session.document.layout
    hands.key(Qt.Key.Key_Comma)
    hands.key(Qt.Key.Key_Right, ALT)
    hands.key(Qt.Key.Key_Comma)
    hands.key(Qt.Key.Key_Down, ALT)
    after = session.document.layout
    assert after.frames[0].width == before.frames[0].width + 8
    assert after.notes[0].height == before.notes[0].height + 8


def test_the_keyboard_links(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("starter").work()
    document = space.session.document
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Period)
    assert space.selection.selected.links == (("call", "arrived"),)
    hands.key(Qt.Key.Key_Delete)
    assert document_to_bytes(space.session.document) == document_to_bytes(
        disconnect(document, "call", "arrived").apply(document)[0]
    )
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_L)
    hands.keys("agent")
    hands.key(Qt.Key.Key_Return)
    assert ("call", "arrived") in space.canvas.scene.links


def test_a_screen_reader_finds_every_step_with_its_name_and_its_problems(
    sample_window: Callable[[str], Window],
) -> None:
    space = sample_window("starter").work()
    session = space.session
    session.do(disconnect(session.document, "agent", "closed"))
    view = QAccessible.queryAccessibleInterface(space.canvas.view)
    assert view.role() == QAccessible.Role.List
    assert view.text(QAccessible.Text.Name) == "Journey canvas"
    children = [view.child(n) for n in range(view.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children]
    assert names == ["Customer calls, Inbound contact", "Agent, Human agent", "Helped, Exit"]
    described = children[1].text(QAccessible.Text.Description)
    assert "4 exits" in described
    assert "not linked: closed" in described
    assert (
        children[1]
        .rect()
        .intersects(
            QRect(
                space.canvas.view.mapToGlobal(space.canvas.view.rect().topLeft()),
                space.canvas.view.size(),
            )
        )
    )
    space.selection.select(["agent"])
    assert children[1].state().selected
    assert not children[0].state().selected
    session.undo()
    session.undo()
    assert all(child.isValid() for child in children)


def test_removed_steps_are_no_longer_read(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("starter").work()
    view = QAccessible.queryAccessibleInterface(space.canvas.view)
    gone = view.child(2)
    space.selection.select(["helped"])
    hands.key(Qt.Key.Key_Delete)
    assert view.childCount() == 2
    assert not gone.isValid()
    assert gone.text(QAccessible.Text.Name) == ""


def test_a_reader_hears_the_step_that_keys_work_on(
    sample_window: Callable[[str], Window],
) -> None:
    QAccessible.setActive(True)
    try:
        window = sample_window("starter")
        spoken = QAccessible.queryAccessibleInterface(window.work().canvas.view)
        assert spoken is not None
        assert spoken.focusChild() is None
        heard = []
        for which in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right):
            hands.key(which)
            child = spoken.focusChild()
            assert child is not None
            assert child.state().focused
            heard.append(child.text(QAccessible.Text.Name).split(",")[0])
        names = {step.id: step.name for step in window.work().session.document.journey.steps}
        assert heard[:2] == [names["call"], names["agent"]]
        hands.key(Qt.Key.Key_Delete)
        assert spoken.focusChild() is None
        hands.key(Qt.Key.Key_F6)
        assert spoken.focusChild() is None
    finally:
        QAccessible.setActive(False)
