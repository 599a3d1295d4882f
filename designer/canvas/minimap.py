"""The whole graph, small, in the corner of the canvas; what is seen is framed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from designer.canvas.view import JourneyView
from designer.theme import look

_WIDTH, _HEIGHT = 136, 88
_PAUSE_MS = 40


class MiniMap(QWidget):
    """A click or a drag moves the canvas there; for the mouse alone, since arrows do the same."""

    def __init__(self, view: JourneyView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._picture: QPixmap | None = None
        self._shown: QPixmap | None = None
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(self.tr("Overview of the journey"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self.update)
        view.journey_scene.looks_different.connect(self._forget)
        view.moved.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as in the design, whatever the text size."""
        return QSize(_WIDTH, _HEIGHT)

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        self._forget()

    def _forget(self) -> None:
        """Draw it anew, but not for every one of many changes."""
        self._picture = None
        if not self._later.isActive():
            self._later.start()

    def _transform(self) -> QTransform:
        """From the scene to this widget."""
        area = self._view.journey_scene.content_rect().adjusted(-60, -60, 60, 60)
        room = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        scale = min(room.width() / area.width(), room.height() / area.height(), 0.15)
        transform = QTransform()
        transform.translate(room.center().x(), room.center().y())
        transform.scale(scale, scale)
        transform.translate(-area.center().x(), -area.center().y())
        return transform

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The picture of the graph is kept; what is seen is drawn over it."""
        if self._picture is None and (self._shown is None or not self._later.isActive()):
            self._draw_picture()
        painter = QPainter(self)
        if self._shown is not None:
            painter.drawPixmap(0, 0, self._shown)
        theme = look.active()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = self._map.mapRect(self._view.seen()).intersected(QRectF(self.rect()))
        painter.setPen(QPen(theme.accent, 1.4))
        painter.drawRoundedRect(seen.adjusted(2, 2, -2, -2), 3, 3)
        painter.setPen(QPen(theme.line, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _draw_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        self._map = self._transform()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self._view.overview.paint(painter, self._map, QRectF(self.rect()))
        painter.end()
        self._picture = self._shown = picture

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go there."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Follow the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, at: QPointF) -> None:
        back, is_possible = self._map.inverted()
        if is_possible:
            self._view.centerOn(back.map(at))
            self._view.moved.emit()
