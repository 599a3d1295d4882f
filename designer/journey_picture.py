"""A small picture of a journey: where its steps lie, and how they are linked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from designer.theme.look import active, px
from engine.document import Document

_CARD = (176.0, 66.0)
"""Width and height of a step on the canvas."""
_LARGEST = 0.3
"""A small journey is not enlarged beyond this, so that all pictures look alike."""


def draw_journey(painter: QPainter, document: Document, area: QRectF) -> None:
    """Draw the journey's own graph into the area, as large as fits."""
    places = {
        step.id: _place(*document.layout.positions[step.id])
        for step in document.journey.steps
        if step.id in document.layout.positions
    }
    if not places:
        return
    whole = QRectF()
    for place in places.values():
        whole = whole.united(place)
    scale = min(area.width() / whole.width(), area.height() / whole.height(), _LARGEST)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center() - whole.center() * scale)
    small = {
        name: QRectF(place.topLeft() * scale, place.size() * scale)
        for name, place in places.items()
    }
    _draw_links(painter, document, small)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in document.journey.steps:
        if step.id in small:
            painter.setBrush(active().groups[step.group])
            painter.drawRoundedRect(small[step.id], px(2), px(2))
    painter.restore()


def _place(left: float, top: float) -> QRectF:
    return QRectF(left, top, *_CARD)


def _draw_links(painter: QPainter, document: Document, places: dict[str, QRectF]) -> None:
    ink = QColor(active().faint)
    ink.setAlphaF(0.7)
    painter.setPen(QPen(ink, max(1.0, px(10) / 10)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for link in document.journey.links:
        if link.to is not None and link.from_ in places and link.to in places:
            painter.drawPath(_curve(places[link.from_], places[link.to]))


def _curve(source: QRectF, target: QRectF) -> QPainterPath:
    """From the right side of a step to the left side of another; a way back goes around below."""
    begin = QPointF(source.right(), source.center().y())
    end = QPointF(target.left(), target.center().y())
    path = QPainterPath(begin)
    if end.x() >= begin.x():
        bend = QPointF((end.x() - begin.x()) / 2, 0)
        path.cubicTo(begin + bend, end - bend, end)
    else:
        low = max(source.bottom(), target.bottom()) + source.height()
        out = QPointF(source.width() / 4, 0)
        bottom = QPointF((begin.x() + end.x()) / 2, low)
        path.cubicTo(begin + out, QPointF(begin.x() + out.x(), low), bottom)
        path.cubicTo(QPointF(end.x() - out.x(), low), end - out, end)
    return path
