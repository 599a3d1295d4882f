"""A link on the canvas: from an exit to the step that comes next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from designer.canvas.heat_marks import LinkHeat, colour_of
from designer.canvas.measures import CARD_WIDTH, COLUMN
from designer.canvas.routes import Route
from designer.plain_text import tip
from designer.selection import LinkKey
from designer.theme import look
from engine.journey import Link

_ARROW = 5.0
_BESIDE = 8.0
_WIDEST = 4.5
"""Added to the width of a link that all contacts take."""
_HIT = 14.0
"""How wide a link is for the mouse."""
_ROOM = COLUMN - CARD_WIDTH - 4.0
"""From a port to the card in the next column: what is written there must not lie under it."""
_PLUS, _PLUS_RADIUS = 14.0, 5.5
"""Where the plus of an open exit is, right of its port."""
_NAME = _PLUS + _PLUS_RADIUS + 3


class LinkItem(QGraphicsPathItem):
    """The curve; Qt itself paints it, since a Python call a link and frame is too slow."""

    def __init__(self, link: Link, label: str) -> None:
        super().__init__()
        self.link = link
        self.key: LinkKey = (link.from_, link.exit)
        self.is_selected = False
        self.is_target = False
        self.start = self.end = QPointF()
        self.is_back = False
        self._heat: LinkHeat | None = None
        self._is_stale = False
        self.label = LinkLabel(self, label) if label else None
        self.setZValue(1)
        self.restyle()

    def show_route(self, route: Route) -> None:
        """Run along this way, with a small arrow at its end."""
        path = QPainterPath(QPointF(*route.start))
        for curve in route.curves:
            path.cubicTo(*(QPointF(*point) for point in curve))
        self.start, self.end = QPointF(*route.start), path.currentPosition()
        self.is_back = route.is_back
        tip = self.end - QPointF(1, 0)
        path.moveTo(tip + QPointF(-_ARROW, -_ARROW * 0.8))
        path.lineTo(tip)
        path.lineTo(tip + QPointF(-_ARROW, _ARROW * 0.8))
        self.setPath(path)
        self.restyle()
        if self.label is not None:
            # Beside its port, where no two labels can lie on each other.
            self.label.setPos(self.start + QPointF(_BESIDE, 0))

    def mark(self, *, is_selected: bool | None = None, is_target: bool | None = None) -> None:
        """Selected, or the place where a step would be put in."""
        before = self.is_selected, self.is_target
        self.is_selected = before[0] if is_selected is None else is_selected
        self.is_target = before[1] if is_target is None else is_target
        if before != (self.is_selected, self.is_target):
            self.restyle()
            self.setZValue(1.5 if self.is_selected else 1)

    def show_heat(self, heat: LinkHeat | None, *, is_stale: bool = False) -> None:
        """As wide as its traffic in a run; None: as it is without one."""
        if (heat, is_stale) != (self._heat, self._is_stale):
            self._heat, self._is_stale = heat, is_stale
            self.setToolTip(tip(heat.said) if heat is not None else "")
            self.restyle()

    @property
    def heat(self) -> LinkHeat | None:
        """What it shows of a run."""
        return self._heat

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        theme = look.active()
        strong = self.is_selected or self.is_target
        pen = QPen(theme.accent if strong else theme.faint, 3 if self.is_target else 2)
        if not strong:
            pen.setWidthF(1.4)
            if self._heat is not None:
                self._warm(pen, self._heat)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if self.is_back:
            pen.setDashPattern([5, 4])
        self.setPen(pen)
        if self.label is not None:
            self.label.update()

    def _warm(self, pen: QPen, heat: LinkHeat) -> None:
        pen.setWidthF(1.0 + _WIDEST * heat.traffic)
        if heat.level:
            pen.setColor(colour_of(0.25 + 0.75 * heat.level, is_stale=self._is_stale))

    def shape(self) -> QPainterPath:
        """The curve, wide enough to be hit with a mouse."""
        stroker = QPainterPathStroker()
        stroker.setWidth(_HIT)
        return stroker.createStroke(self.path())


class LinkLabel(QGraphicsItem):
    """The exit's name, on the link."""

    def __init__(self, link: LinkItem, text: str) -> None:
        super().__init__(link)
        self.link = link
        metrics = QFontMetricsF(_font())
        self.text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _ROOM - _BESIDE - 6)
        self._area = QRectF(0, -7, metrics.horizontalAdvance(self.text) + 6, 14)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The text and a little air."""
        return self._area

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the text over the link."""
        theme = look.active()
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(theme.ground)
        ground.setAlphaF(0.85)
        painter.setBrush(ground)
        painter.drawRect(self._area)
        painter.setFont(_font())
        painter.setPen(theme.accent if self.link.is_selected else theme.soft)
        painter.drawText(self._area, int(Qt.AlignmentFlag.AlignCenter), self.text)


class OpenExit(QGraphicsItem):
    """An exit that leads nowhere yet: a short way, its name and a plus that asks for a step."""

    def __init__(self, card: QGraphicsItem, exit_name: str, label: str, at: QPointF) -> None:
        super().__init__(card)
        self.exit_name = exit_name
        self.is_hovered = False
        metrics = QFontMetricsF(_font())
        self._text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, _ROOM - _NAME)
        self._width = _NAME + metrics.horizontalAdvance(self._text)
        self.setPos(at)
        self.setAcceptHoverEvents(True)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Stub, plus and name."""
        return QRectF(0, -9, self._width, 18)

    def shape(self) -> QPainterPath:
        """All of it but the port, which belongs to the card."""
        path = QPainterPath()
        path.addRect(QRectF(9, -8, self._width - 9, 16))
        return path

    def hoverEnterEvent(self, _event: object) -> None:  # noqa: N802
        """Say that it can be pressed."""
        self.is_hovered = True
        self.update()

    def hoverLeaveEvent(self, _event: object) -> None:  # noqa: N802
        """Be quiet again."""
        self.is_hovered = False
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw it: faint, since nothing is there yet."""
        theme = look.active()
        colour = theme.accent if self.is_hovered else theme.faint
        if self._text:
            # Over a link of another exit that passes here.
            ground = QColor(theme.ground)
            ground.setAlphaF(0.85)
            painter.fillRect(QRectF(_NAME - 2, -7, self._width - _NAME + 2, 14), ground)
            painter.setFont(_font())
            painter.setPen(theme.accent if self.is_hovered else theme.soft)
            area = QRectF(_NAME, -9, self._width - _NAME, 18)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), self._text)
        painter.setPen(QPen(colour, 1.2))
        painter.drawLine(QPointF(5, 0), QPointF(_PLUS - _PLUS_RADIUS, 0))
        painter.setBrush(theme.accent_soft if self.is_hovered else theme.ground)
        painter.drawEllipse(QPointF(_PLUS, 0), _PLUS_RADIUS, _PLUS_RADIUS)
        painter.drawLine(QPointF(_PLUS - 3, 0), QPointF(_PLUS + 3, 0))
        painter.drawLine(QPointF(_PLUS, -3), QPointF(_PLUS, 3))


def _font() -> QFont:
    return look.font(10.5, scaled=False)
