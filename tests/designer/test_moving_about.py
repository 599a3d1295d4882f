"""Zooming and moving about: wheel, Space, middle button, minimap, and far away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas.view import JourneyView
from designer.window import Window
from designer.windows import Windows
from engine.document import write_document
from tests.designer import hands
from tests.designer.journeys import large

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MIDDLE = Qt.MouseButton.MiddleButton
HERE = QPoint(300, 200)


def wheel(
    view: JourneyView, down: int, modifiers: Qt.KeyboardModifier = hands.PLAIN, right: int = 0
) -> None:
    event = QWheelEvent(
        QPointF(HERE),
        QPointF(view.viewport().mapToGlobal(HERE)),
        QPoint(),
        QPoint(right, down),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


@pytest.fixture
def big(qtbot: QtBot, windows: Windows, tmp_path: Path) -> Window:
    path = tmp_path / "big.journey.json"
    write_document(path, large(400))
    window = windows.open_path(path)
    assert window is not None
    window.resize(1440, 900)
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    return window


def test_the_wheel_zooms_where_the_mouse_is_and_within_limits(big: Window) -> None:
    view = big.work().canvas.view
    view.set_zoom(1.0)
    before = view.mapToScene(HERE)
    wheel(view, 240, CTRL)
    away = view.mapToScene(HERE) - before
    assert view.zoom == pytest.approx(1.44)
    assert away.manhattanLength() < 3
    wheel(view, 10**7, CTRL)
    assert view.zoom == 4.0
    wheel(view, -(10**7), CTRL)
    assert view.zoom == pytest.approx(0.1)


def test_the_wheel_moves_down_and_with_shift_sideways(big: Window) -> None:
    view = big.work().canvas.view
    view.set_zoom(1.0)
    before = view.seen().center()
    wheel(view, -120)
    wheel(view, -60, SHIFT)
    by = view.seen().center() - before
    assert (by.x(), by.y()) == (60, 120)


@pytest.mark.parametrize("with_space", [True, False])
def test_space_and_the_middle_button_move_the_canvas(big: Window, with_space: bool) -> None:
    space = big.work()
    view = space.canvas.view
    view.set_zoom(1.0)
    before, end = view.seen().center(), HERE - QPoint(100, 50)
    if with_space:
        QTest.keyPress(view, Qt.Key.Key_Space)
        hands.drag(view.viewport(), HERE, end)
        QTest.keyRelease(view, Qt.Key.Key_Space)
    else:
        QTest.mousePress(view.viewport(), MIDDLE, hands.PLAIN, HERE)
        hands.travel(view.viewport(), HERE, end)
        QTest.mouseRelease(view.viewport(), MIDDLE, hands.PLAIN, end)
    by = view.seen().center() - before
    assert (by.x(), by.y()) == (100, 50)
    assert not space.selection.selected
    assert space.session.history == []


def test_the_minimap_leads_there_even_when_the_mouse_leaves_it(qtbot: QtBot, big: Window) -> None:
    canvas = big.work().canvas
    canvas.view.set_zoom(1.0)
    qtbot.waitUntil(canvas.minimap.isVisible)
    canvas.minimap.grab()
    hands.drag(canvas.minimap, QPoint(12, 12), QPoint(20, 70))
    lower = canvas.view.seen().center()
    hands.drag(canvas.minimap, QPoint(12, 70), QPoint(10_000, -7_000))
    higher = canvas.view.seen().center()
    assert higher.x() > lower.x()
    assert higher.y() < lower.y()


def test_what_is_too_small_to_read_is_selected_and_moved_all_the_same(big: Window) -> None:
    space = big.work()
    view, scene = space.canvas.view, space.canvas.scene
    view.set_zoom(0.2)
    assert view.is_overview
    view.centerOn(scene.cards["s45"].scene_rect().center())
    start = hands.middle(view, "s45")
    hands.drag(view.viewport(), start, start + QPoint(0, 8))
    assert space.selection.steps == ("s45",)
    assert space.session.history == ["Move “Step number 45”"]
    view.centerOn(scene.content_rect().topLeft())
    start = hands.place(view, scene.content_rect().topLeft() - QPointF(20, 20))
    end = hands.place(view, scene.cards["s41"].scene_rect().center())
    hands.drag(view.viewport(), start, end)
    assert {"s0", "s1", "s40", "s41"} <= set(space.selection.steps)


def test_an_empty_canvas_can_be_looked_at_from_anywhere(
    new_window: Callable[[], Window],
) -> None:
    window = new_window()
    for zoom in (0.1, 0.3, 1.0, 4.0):
        window.work().canvas.view.set_zoom(zoom)
        assert not window.grab().isNull()
    window.work().canvas.view.fit()
    assert window.work().canvas.view.zoom == 1.0
