"""Mouse and keyboard as a user has them: real events on real widgets."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from designer.canvas.view import JourneyView

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def place(view: JourneyView, at: QPointF) -> QPoint:
    """Where a place of the scene is in the viewport."""
    return view.mapFromScene(at)


def middle(view: JourneyView, step: str) -> QPoint:
    return place(view, view.journey_scene.cards[step].scene_rect().center())


def port(view: JourneyView, step: str, exit_name: str) -> QPoint:
    return place(view, view.journey_scene.cards[step].exit_point(exit_name))


def click(view: JourneyView, at: QPoint, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifiers, at)


def double_click(view: JourneyView, at: QPoint) -> None:
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, at)


def drag(
    widget: QWidget, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = PLAIN
) -> None:
    """Press, move in steps, and let go."""
    press(widget, start, modifiers)
    travel(widget, start, end)
    QTest.mouseRelease(widget, LEFT, modifiers, end)


def press(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseMove(widget, at)
    QTest.mousePress(widget, LEFT, modifiers, at)


def travel(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Move the pressed mouse in eight steps."""
    for part in range(1, 9):
        at = start + (end - start) * (part / 8)
        # QTest.mouseMove names no pressed button, so the event is sent as a window system would.
        _move(widget, at)


def _move(widget: QWidget, at: QPoint) -> None:
    from PySide6.QtCore import QEvent  # noqa: PLC0415
    from PySide6.QtGui import QMouseEvent  # noqa: PLC0415

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        LEFT,
        LEFT,
        QApplication.keyboardModifiers(),
    )
    QApplication.sendEvent(widget, event)


def keys(text: str) -> None:
    """Type into whatever has the focus."""
    QTest.keyClicks(focus(), text)


def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key in whatever has the focus."""
    QTest.keyClick(focus(), which, modifiers)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def bring(window: QWidget) -> None:
    """Work in this window."""
    window.raise_()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
