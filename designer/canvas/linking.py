"""Drawing a link: from an exit's port to a step, or to nowhere to ask for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from designer.canvas.gestures import START
from designer.selection import LinkKey
from designer.theme import look
from engine.edits import connect

if TYPE_CHECKING:
    from designer.canvas.view import JourneyView


class LinkGesture:
    """Pulls a link from an exit; pressed and let go at once, it asks for a step there.

    asks: False if such a click is just a click, as on the end of a link.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: JourneyView, key: LinkKey, at: QPointF, *, asks: bool = True) -> None:
        self._view, self._key, self._asks = view, key, asks
        self._pressed = at
        self._has_moved = False
        self._target: str | None = None
        self._start = view.journey_scene.cards[key[0]].exit_point(key[1])
        self._line = QGraphicsPathItem()
        self._line.setPen(QPen(look.active().accent, 2))
        self._line.setZValue(5)
        view.journey_scene.addItem(self._line)

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002
        """The link follows the mouse; a step below it is marked."""
        place = self._view.mapToScene(at)
        away = self._view.mapFromScene(self._pressed) - at
        self._has_moved = self._has_moved or away.manhattanLength() >= START
        self._mark(self._step_at(place))
        end = place
        if self._target is not None:
            end = self._view.journey_scene.cards[self._target].entry_point()
        reach = max(32.0, abs(end.x() - self._start.x()) / 2)
        path = QPainterPath(self._start)
        path.cubicTo(self._start + QPointF(reach, 0), end - QPointF(reach, 0), end)
        self._line.setPath(path)

    def _step_at(self, place: QPointF) -> str | None:
        """The card here or just right of here, so that links can be dropped near its left side."""
        for name, card in self._view.journey_scene.cards.items():
            if card.isVisible() and card.scene_rect().adjusted(-16, -8, 0, 8).contains(place):
                return name
        return None

    def _mark(self, target: str | None) -> None:
        cards = self._view.journey_scene.cards
        if self._target in cards and self._target != target:
            cards[self._target].mark(is_target=False)
        self._target = target
        if target is not None:
            cards[target].mark(is_target=True)

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002
        """Link to the step below; above nothing, ask which step shall come there."""
        from designer.canvas.view import Want  # noqa: PLC0415  (the view knows its gestures)

        target, place = self._target, self._view.mapToScene(at)
        self.cancel()
        source, exit_name = self._key
        session = self._view.session
        if not self._has_moved:
            if not self._asks:
                return
            self._view.step_asked.emit(Want(exit=self._key))
        elif target is not None:
            session.do(connect(session.document, source, exit_name, target))
            self._view.selection.select(links=[self._key])
        else:
            self._view.step_asked.emit(Want(place, self._key))

    def cancel(self) -> None:
        """Take the line away."""
        self._mark(None)
        if self._line.scene() is not None:
            self._view.journey_scene.removeItem(self._line)
