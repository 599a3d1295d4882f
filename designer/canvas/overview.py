"""The whole graph in a few strokes, for zooms at which texts cannot be read, and for the minimap.

A Python call a card and frame is too slow for thousands of cards: here all links are one call
of Qt's painter, and all cards of a colour another.
"""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTransform

from designer.canvas.heat_marks import StepHeat, colour_of
from designer.canvas.scene import JourneyScene
from designer.theme import look
from engine.steps.base import Group


class Overview(QObject):
    """What is painted, collected anew after the scene looks different."""

    def __init__(self, scene: JourneyScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._is_stale = True
        scene.looks_different.connect(self._forget)
        scene.dragged.connect(self._forget)

    def _forget(self) -> None:
        self._is_stale = True

    def _collect(self) -> None:
        scene = self._scene
        self._lines = [
            line
            for item in scene.links.values()
            if item.isVisible()
            for line in _lines(item.start, item.end, item.is_back)
        ]
        self._cards: dict[Group, list[QRectF]] = defaultdict(list)
        # After a run the heat tells more than what kind of step it is.
        self._hot: list[tuple[QRectF, StepHeat]] = []
        self._strong: list[QRectF] = []
        self._bad: list[QRectF] = []
        for card in scene.cards.values():
            if not card.isVisible():
                continue
            rect = card.scene_rect()
            if card.heat is not None:
                self._hot.append((rect, card.heat))
            else:
                self._cards[type(card.step).group].append(rect)
            if card.is_selected:
                self._strong.append(rect)
            if card.severity is not None and card.severity.rank == 0:
                self._bad.append(QRectF(rect.right() - 24, rect.top() - 12, 36, 36))
        self._is_stale = False

    def paint(self, painter: QPainter, transform: QTransform, area: QRectF) -> None:
        """Paint all of it; `transform` leads from the scene to the painter's pixels."""
        if self._is_stale:
            self._collect()
        theme = look.active()
        painter.fillRect(area, theme.ground)
        painter.setTransform(transform)
        self._paint_paper(painter)
        pen = QPen(theme.faint, 1)
        pen.setCosmetic(True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.drawLines(self._lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for group, rects in self._cards.items():
            painter.setBrush(theme.groups[group])
            painter.drawRects(rects)
        is_stale = self._scene.heat is not None and self._scene.heat.is_stale
        for rect, heat in self._hot:
            painter.setBrush(colour_of(heat.level, heat.tone, is_stale=is_stale))
            painter.drawRect(rect)
        painter.setBrush(theme.bad)
        for rect in self._bad:
            painter.drawEllipse(rect)
        strong = QPen(theme.accent, 2)
        strong.setCosmetic(True)
        painter.setPen(strong)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([rect.adjusted(-8, -8, 8, 8) for rect in self._strong])
        painter.resetTransform()

    def _paint_paper(self, painter: QPainter) -> None:
        theme = look.active()
        pen = QPen(theme.line, 1)
        pen.setCosmetic(True)
        for frame in self._scene.frames.values():
            if not frame.isVisible():
                continue
            painter.setPen(pen)
            painter.setBrush(theme.card if frame.frame.collapsed else theme.band)
            painter.drawRect(frame.scene_rect())
            self._paint_title(painter, frame.frame.title, frame.scene_rect())
        painter.setPen(pen)
        painter.setBrush(theme.accent_soft)
        notes = [note for note in self._scene.notes.values() if note.isVisible()]
        painter.drawRects([note.scene_rect() for note in notes])

    def _paint_title(self, painter: QPainter, title: str, area: QRectF) -> None:
        """Frames' titles stay readable when nothing else is."""
        scale = painter.transform().m11()
        if scale <= 0.06:
            return
        font = look.font(11 / scale, strong=True, scaled=False)
        painter.setFont(font)
        painter.setPen(look.active().soft)
        room = area.width() - 16
        text = QFontMetricsF(font).elidedText(title[:200], Qt.TextElideMode.ElideRight, room)
        painter.drawText(area.topLeft() + QPointF(8, 15 / scale), text)


def _lines(start: QPointF, end: QPointF, is_back: bool) -> list[QLineF]:
    if not is_back:
        return [QLineF(start, end)]
    low = max(start.y(), end.y()) + 60
    right, left = QPointF(start.x(), low), QPointF(end.x(), low)
    return [QLineF(start, right), QLineF(right, left), QLineF(left, end)]
