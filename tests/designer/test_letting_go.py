"""A window that is closed is gone, with all that belonged to it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas import access
from designer.window import Window
from tests.designer import hands

CTRL = Qt.KeyboardModifier.ControlModifier


def _nothing(_window: Window) -> None:
    pass


def _worked(window: Window) -> None:
    space = window.work()
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Tab)
    hands.keys("announce")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_F2)
    hands.keys("Named")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_L)
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_G, CTRL)
    hands.key(Qt.Key.Key_Escape)
    for name in ("outline", "inspector", "problems", "history", "palette"):
        space.around.show(name)
    space.canvas.view.setFocus()
    start = hands.middle(
        space.canvas.view,
        space.selection.steps[0] if space.selection.steps else next(iter(space.canvas.scene.cards)),
    )
    QTest.mouseClick(space.canvas.view.viewport(), Qt.MouseButton.LeftButton, pos=start)


def _simulated(window: Window) -> None:
    """Results in every panel, the map, and a run that goes on."""
    simulating = window.work().simulating
    simulating.bar.options.replications.setValue(2)
    simulating.run()
    while simulating.runs.running is not None:
        QApplication.processEvents()
    for panel in simulating.panels():
        window.work().around.show(panel.name)
        QApplication.processEvents()
    window.work().center.show_map(is_shown=True)
    simulating.run()
    QApplication.processEvents()


def _in_the_middle(window: Window) -> None:
    """A name is being typed, cards glide, and the mouse is down."""
    space = window.work()
    space.settings.reduced_motion = False
    space.tidy()
    view = space.canvas.view
    hands.key(Qt.Key.Key_Home)
    hands.press(view.viewport(), hands.middle(view, space.selection.steps[0]))
    hands.key(Qt.Key.Key_F2)
    hands.keys("Half")


def _searched(window: Window) -> None:
    window.work().find()
    hands.keys("a")
    window.show_commands()
    hands.key(Qt.Key.Key_Escape)
    window.show_shortcuts()
    hands.key(Qt.Key.Key_Escape)


def _exported(window: Window) -> None:
    """A bundle is being made, and the exports are made anew."""
    space = window.work()
    space.exporting.open()
    space.exporting.close_exporting()
    space.exporting.open()
    dialog = space.exporting.dialog
    assert dialog is not None
    while dialog.made is None:
        QApplication.processEvents()
    for name in ("document", ""):
        dialog.targets.choose(name)
    dialog.bundling.start(space.session.document, dialog.bundle.wish(Path("never.zip")))
    space.selection.select([next(iter(space.canvas.scene.cards))])
    space.duplicate()


def _toured(window: Window) -> None:
    window.start_tour()


def _spoken(window: Window) -> None:
    """A screen reader looks at every step."""
    access.install()
    spoken = QAccessible.queryAccessibleInterface(window.work().canvas.view)
    assert spoken is not None
    for number in range(spoken.childCount()):
        child = spoken.child(number)
        assert child is not None
        assert child.text(QAccessible.Text.Name)


@pytest.mark.parametrize(
    "use",
    [_nothing, _worked, _simulated, _in_the_middle, _searched, _exported, _toured, _spoken],
    ids=lambda f: f.__name__,
)
def test_nothing_of_a_closed_window_is_left(
    qtbot: QtBot,
    qapp: QApplication,
    sample_window: Callable[[str], Window],
    use: Callable[[Window], None],
) -> None:
    window = sample_window("bankunited")
    use(window)
    refs: dict[str, weakref.ref[object]] = {
        name: weakref.ref(thing)
        for name, thing in {
            "window": window,
            "workspace": window.work(),
            "canvas": window.work().canvas,
            "scene": window.work().canvas.scene,
            "view": window.work().canvas.view,
            "session": window.work().session,
            "selection": window.work().selection,
            "inspector": window.work().inspector,
            "outline": window.work().outline,
            "palette": window.work().palette,
            "problems": window.work().problems,
            "keeping": window.keeping,
            "actions": window.actions_,
            "exporting": window.work().exporting,
        }.items()
    }
    if window.work().exporting.dialog is not None:
        refs["dialog"] = weakref.ref(window.work().exporting.dialog)
    window.close_without_asking()
    del window

    def left() -> list[str]:
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
        gc.collect()
        return [name for name, ref in refs.items() if ref() is not None]

    qtbot.waitUntil(lambda: not left())
    assert not access._kept
    assert not [thing for thing in gc.get_objects() if is_running(thing)]


def is_running(thing: object) -> bool:
    if isinstance(thing, QAbstractAnimation):
        return thing.state() is not QAbstractAnimation.State.Stopped
    return isinstance(thing, QTimer) and thing.isActive()
