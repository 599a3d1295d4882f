"""The way of a customer over the canvas: the rest is dimmed, cards have their order numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer.canvas.canvas import Canvas
from designer.canvas.link import LinkItem
from designer.canvas.measures import RADIUS
from designer.canvas.scene import JourneyScene
from designer.customers.told import Event
from designer.customers.way import Way, numbers_in_words, way_of
from designer.theme import look
from designer.theme.colours import CONTRAST

_ABOVE = 5.0
"""Over cards and links."""
_DIM = 0.72
_WIDTH, _OTHER_WIDTH = 3.2, 2.2
_AIR = 400.0
_BADGE = 18.0


class WayLayer(QObject):
    """Shows one way, or two: the first as a solid line, the other one dashed.

    escaped: Escape was pressed on the canvas while a way was shown.
    """

    escaped = Signal()

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._events: tuple[Sequence[Event], Sequence[Event]] = ((), ())
        self._item: _WayItem | None = None

    @property
    def is_shown(self) -> bool:
        """Whether there is a way on the canvas."""
        return self._item is not None

    @property
    def ways(self) -> tuple[Way, Way]:
        """Both ways through the graph that is shown now."""
        shown = self._canvas.scene.cards
        return way_of(self._events[0], shown), way_of(self._events[1], shown)

    def show_ways(self, events: Sequence[Event], other: Sequence[Event] = ()) -> None:
        """Show the way of these events, and perhaps another one."""
        self._events = events, other
        if self._item is None:
            scene = self._canvas.scene
            self._item = _WayItem(scene)
            scene.addItem(self._item)
            scene.mirrored.connect(self._follow)
            scene.dragged.connect(self._follow)
            self._canvas.view.installEventFilter(self)
        self._follow()

    def show_stale(self, *, is_stale: bool) -> None:
        """Whether they are from before a change of the journey: greyed then."""
        if self._item is not None:
            self._item.show_stale(is_stale=is_stale)

    def clear(self) -> None:
        """Show none."""
        self._events = (), ()
        if self._item is None:
            return
        scene = self._canvas.scene
        scene.mirrored.disconnect(self._follow)
        scene.dragged.disconnect(self._follow)
        self._canvas.view.removeEventFilter(self)
        scene.removeItem(self._item)
        self._item = None

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        if self._item is not None:
            self._item.update()

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802
        """Escape ends it; the canvas hears of it too."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.escaped.emit()
        return False

    def _follow(self) -> None:
        if self._item is not None:
            self._item.show_ways(*self.ways)


class _WayItem(QGraphicsItem):
    """Draws both ways; the mouse goes through it."""

    def __init__(self, scene: JourneyScene) -> None:
        super().__init__()
        self._scene = scene
        self._ways = (Way(), Way())
        self._area = QRectF()
        self._is_stale = False
        self.setZValue(_ABOVE)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_ways(self, way: Way, other: Way) -> None:
        """Show these."""
        self.prepareGeometryChange()
        self._ways = way, other
        area = self._scene.content_rect().adjusted(-_AIR, -_AIR, _AIR, _AIR)
        self._area = area.united(self._scene.sceneRect())
        self.update()

    def show_stale(self, *, is_stale: bool) -> None:
        """Draw it in grey, or in colour."""
        self._is_stale = is_stale
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """All of the canvas, since the rest is dimmed."""
        return self._area

    def shape(self) -> QPainterPath:
        """Nothing: presses are meant for what lies below."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Dim, then draw the links of the ways over it, then the numbers."""
        way, other = self._ways
        self._dim(painter, way.steps() | other.steps())
        theme = look.active()
        strong = theme.faint if self._is_stale else theme.accent
        weak = theme.faint if self._is_stale else _other_colour()
        self._draw_links(painter, way, QPen(strong, _WIDTH), is_other=False)
        # Dots on the line where both go the same way.
        self._draw_links(painter, other, QPen(weak, _OTHER_WIDTH), is_other=True)
        for step in sorted(way.steps() | other.steps()):
            card = self._scene.cards[step]
            if card.isVisible():
                self._draw_card(painter, card.scene_rect(), step)

    def _dim(self, painter: QPainter, steps: set[str]) -> None:
        rest = QPainterPath()
        rest.addRect(self._area)
        seen = QPainterPath()
        for step in steps:
            card = self._scene.cards[step]
            if card.isVisible():
                seen.addRoundedRect(card.scene_rect().adjusted(-3, -3, 3, 3), RADIUS, RADIUS)
        ground = QColor(look.active().ground)
        ground.setAlphaF(_DIM)
        painter.fillPath(rest.subtracted(seen), ground)

    def _draw_links(self, painter: QPainter, way: Way, pen: QPen, *, is_other: bool) -> None:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if is_other:
            pen.setDashPattern([1.0, 2.6])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        for key in sorted(way.links):
            link = self._scene.links.get(key)
            if link is not None and link.isVisible():
                painter.drawPath(link.path())
                if not (is_other and key in self._ways[0].links):
                    self._draw_label(painter, link, pen)

    def _draw_label(self, painter: QPainter, link: LinkItem, pen: QPen) -> None:
        """The exit's name once more, since the one on the link is dimmed."""
        if link.label is None:
            return
        painter.save()
        painter.translate(link.label.scenePos())
        area = link.label.boundingRect()
        painter.fillRect(area, look.active().ground)
        painter.setFont(look.font(10.5, scaled=False))
        painter.setPen(pen.color())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), link.label.text)
        painter.restore()

    def _draw_card(self, painter: QPainter, area: QRectF, step: str) -> None:
        way, other = self._ways
        theme = look.active()
        corner = area.topLeft() + QPointF(-6, -10)
        if step in way.steps():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            said = numbers_in_words(way.numbers.get(step, ()))
            corner = _badge(painter, corner, said, theme.accent, theme.on_accent)
        if step in other.steps():
            colour = _other_colour()
            if step not in way.steps():
                pen = QPen(colour, 2)
                pen.setDashPattern([1.0, 2.6])
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(pen)
                painter.drawRoundedRect(area, RADIUS, RADIUS)
            _badge(painter, corner, numbers_in_words(other.numbers.get(step, ())), None, colour)


def _other_colour() -> QColor:
    theme = look.active()
    return theme.ink if theme is CONTRAST else theme.warning


def _badge(
    painter: QPainter, at: QPointF, text: str, ground: QColor | None, ink: QColor
) -> QPointF:
    """A pill with numbers, filled or outlined; returns where the next one may be."""
    if not text:
        return at
    font = _font()
    width = max(_BADGE, QFontMetricsF(font).horizontalAdvance(text) + 10)
    area = QRectF(at.x(), at.y(), width, _BADGE)
    painter.setPen(QPen(ink if ground is None else ground, 1.6))
    painter.setBrush(look.active().card if ground is None else ground)
    painter.drawRoundedRect(area, _BADGE / 2, _BADGE / 2)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
    return at + QPointF(width + 4, 0)


def _font() -> QFont:
    return look.font(10.5, strong=True, scaled=False)
