"""The canvas as it is worked on: what mouse and keys do to it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from designer.canvas.gestures import BandGesture, Gesture, PanGesture
from designer.canvas.hit import Hit
from designer.canvas.linking import LinkGesture
from designer.canvas.moving import MoveGesture, ResizeGesture
from designer.canvas.scene import JourneyScene
from designer.canvas.walking import neighbour
from designer.canvas.zooming_view import ZOOM_STEP, ZoomingView
from designer.selection import LinkKey, Selection
from designer.session import Session
from engine.errors import EditError
from engine.frame_edits import collapse_frame

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True)
class Want:
    """A step is asked for: after an exit, on a link, or simply at a place of the canvas."""

    at: QPointF | None = None
    exit: LinkKey | None = None
    link: LinkKey | None = None


class JourneyView(ZoomingView):
    """Shows the scene; gestures become edits of the session.

    step_asked: a Want. text_asked: a Hit whose name, title or text shall be edited in place.
    menu_asked: the place on the screen, after what is below it was selected.
    nudged: what is selected shall move by so many grid units (x, y).
    stretched: selected frames and notes shall become larger by so many.
    failed: an EditError that the user should read.
    """

    step_asked = Signal(object)
    text_asked = Signal(object)
    opened = Signal(str)
    menu_asked = Signal(QPoint)
    nudged = Signal(int, int)
    stretched = Signal(int, int)
    failed = Signal(object)

    def __init__(
        self,
        scene: JourneyScene,
        session: Session,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(scene, selection, parent)
        self.session = session
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._space = False
        scene.mirrored.connect(self.cancel_gesture)

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a gesture, or select."""
        if self._gesture is not None:
            return
        self.journey_scene.settle()
        self._button = event.button()
        at = event.position().toPoint()
        place = self.mapToScene(at)
        if event.button() == Qt.MouseButton.MiddleButton or self._space:
            self._begin(PanGesture(self, at))
        elif event.button() == Qt.MouseButton.LeftButton:
            self._begin(self._gesture_for(self.journey_scene.hit(place), place, event))

    def _begin(self, gesture: Gesture | None) -> None:
        self._gesture = gesture
        if gesture is not None:
            self.viewport().setCursor(gesture.cursor)

    def _gesture_for(self, hit: Hit, place: QPointF, event: QMouseEvent) -> Gesture | None:
        scene = self.journey_scene
        if hit.exit is not None:
            return LinkGesture(self, hit.exit, place)
        if hit.frame is not None and scene.frames[hit.frame].is_toggle(place):
            self._toggle_frame(hit.frame)
            return None
        sized = scene.frames.get(hit.frame or "") or scene.notes.get(hit.note or "")
        adds = event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        )
        if hit.link is not None and self._is_end_of_selected(hit.link, place):
            return LinkGesture(self, hit.link, place, asks=False)
        self._select_pressed(hit, bool(adds))
        if sized is not None and sized.is_grip(place):
            return ResizeGesture(self, sized, place)
        if hit.step is not None or hit.frame is not None or hit.note is not None:
            return MoveGesture(self, place)
        if hit.link is not None:
            return None
        return BandGesture(self, place, adds=bool(adds))

    def _is_end_of_selected(self, key: LinkKey, place: QPointF) -> bool:
        """The last bit of a selected link can be pulled to another step."""
        if key not in self.selection.selected.links:
            return False
        away = self.journey_scene.links[key].end - place
        return abs(away.x()) + abs(away.y()) < 40

    def _select_pressed(self, hit: Hit, adds: bool) -> None:
        old = self.selection.selected
        pressed = [() if one is None else (one,) for one in hit.elements]
        pairs = list(zip(pressed, astuple(old), strict=True))
        if adds:
            if hit:
                self.selection.select(*(_toggled(before, more) for more, before in pairs))
        elif not hit or not all(set(more) <= set(before) for more, before in pairs):
            self.selection.select(*(more for more, _ in pairs))  # type: ignore[arg-type]
        # Else what is pressed is selected already: all that is selected is going to be moved.

    def _toggle_frame(self, name: str) -> None:
        frame = self.journey_scene.frames[name].frame
        try:
            self.session.do(collapse_frame(self.session.document, name, not frame.collapsed))
        except EditError as error:
            self.failed.emit(error)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go on with the gesture, or show what a press would do."""
        at = event.position().toPoint()
        if self._gesture is not None:
            self._gesture.move(at, event.modifiers())
        elif not self._space:
            self._show_cursor(self.mapToScene(at))
            super().mouseMoveEvent(event)

    def _show_cursor(self, place: QPointF) -> None:
        hit = self.journey_scene.hit(place)
        shape = Qt.CursorShape.ArrowCursor
        if hit.exit is not None:
            shape = Qt.CursorShape.CrossCursor
        elif hit.link is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the gesture, if it is the button that began it."""
        if event.button() != self._button:
            return
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            try:
                gesture.release(event.position().toPoint(), event.modifiers())
            except EditError as error:
                gesture.cancel()
                self.failed.emit(error)
            self.show_aids()
        self.viewport().setCursor(
            Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.ArrowCursor
        )

    def cancel_gesture(self) -> bool:
        """Give up the gesture that goes on; False if there is none."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self.show_aids()
        self.viewport().unsetCursor()
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Names are edited in place; on a link and on empty canvas a step is asked for."""
        self.cancel_gesture()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self.mapToScene(event.position().toPoint())
        hit = self.journey_scene.hit(place)
        if hit.step is not None:
            self.opened.emit(hit.step)
        elif hit.frame is not None or hit.note is not None:
            self.text_asked.emit(hit)
        elif hit.exit is None:
            self.step_asked.emit(Want(place, None, hit.link))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Select what is below the mouse and ask for its menu."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            hit = self.journey_scene.hit(self.mapToScene(event.pos()))
            if hit.exit is None:
                self._select_pressed(hit, adds=False)
        else:
            where = self.viewport().mapToGlobal(self.spot())
        self.menu_asked.emit(where)

    def spot(self) -> QPoint:
        """Where the user works: at the selected step, or in the middle of the view."""
        name = self.selection.steps[-1] if self.selection.steps else None
        card = self.journey_scene.cards.get(name) if name else None
        if card is None:
            return self.viewport().rect().center()
        return self.mapFromScene(card.scene_rect().center())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll; with Ctrl, zoom where the mouse is; with Shift, scroll sideways."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = event.position().toPoint()
            turns = min(30.0, max(-30.0, turn.y() / 120))
            self.set_zoom(self._zoom * ZOOM_STEP**turns, at)
        elif not event.pixelDelta().isNull():
            self.pan(-event.pixelDelta().x(), -event.pixelDelta().y())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-(turn.y() or turn.x()), 0)
        else:
            self.pan(-turn.x(), -turn.y())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Two fingers zoom."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.set_zoom(self._zoom * (1 + event.value()), event.position().toPoint())
            return True
        return super().viewportEvent(event)

    # ---- the keyboard

    def event(self, event: QEvent) -> bool:
        """Tab asks for the next step; Shift+Tab and F6 lead out of the canvas."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain:
                self.ask_for_next()
                return True
        return super().event(event)

    def ask_for_next(self) -> None:
        """Ask for a step after the selected one, on the selected link, or in the middle."""
        selected = self.selection.selected
        if len(selected.links) == 1 and not selected.steps:
            self.step_asked.emit(Want(link=selected.links[0]))
        elif selected.steps:
            step = selected.steps[-1]
            card = self.journey_scene.cards[step]
            open_exits = [e.name for e in card.exits if not e.is_linked and not e.is_closed]
            exits = open_exits or [e.name for e in card.exits]
            self.step_asked.emit(Want(exit=(step, exits[0])) if exits else Want())
        else:
            self.step_asked.emit(Want())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk; with Shift they select more, with Ctrl they move, with Alt they enlarge."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if not self.cancel_gesture():
                self.selection.select()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif key in _ARROWS:
            self._arrow(Qt.Key(key), event.modifiers())
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._page(forward=key == Qt.Key.Key_PageDown, modifiers=event.modifiers())
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._to_end(first=key == Qt.Key.Key_Home)
        else:
            event.ignore()

    def _page(self, *, forward: bool, modifiers: Qt.KeyboardModifier) -> None:
        """Three quarters of a view on, or sideways with Shift."""
        room, sign = self.viewport().size(), 1 if forward else -1
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.pan(sign * room.width() * 3 // 4, 0)
        else:
            self.pan(0, sign * room.height() * 3 // 4)

    def _arrow(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        right, down = _ARROWS[key]
        far = modifiers & Qt.KeyboardModifier.ShiftModifier
        by = 5 if far else 1
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.nudged.emit(right * by, down * by)
            return
        if modifiers & Qt.KeyboardModifier.AltModifier:
            self.stretched.emit(right * by, down * by)
            return
        step = neighbour(self.journey_scene, self.selection.steps, right, down)
        if step is None:
            return
        kept = [name for name in self.selection.steps if name != step] if far else []
        self.selection.select([*kept, step])
        self.reveal(step)

    def _to_end(self, first: bool) -> None:
        steps = self.selection.shown_graph.steps
        if steps:
            step = steps[0] if first else steps[-1]
            self.selection.select([step.id])
            self.reveal(step.id)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space let go: no longer moving about."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.viewport().unsetCursor()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The canvas is moved about no longer, even if Space is let go elsewhere."""
        if self._space:
            self._space = False
            self.viewport().unsetCursor()
        super().focusOutEvent(event)


def _toggled(before: tuple[object, ...], more: tuple[object, ...]) -> tuple[Any, ...]:
    """Those of one without the other's, then the other's that it did not have."""
    return (*(x for x in before if x not in more), *(x for x in more if x not in before))
