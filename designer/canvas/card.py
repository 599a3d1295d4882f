"""A step on the canvas: icon, name, what it does in one line, and its exits at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer import icons
from designer.canvas.heat_marks import StepHeat, colour_of
from designer.canvas.measures import CARD_WIDTH, RADIUS, card_height, port_y
from designer.plain_text import tip
from designer.theme import look
from engine.steps.base import Step
from engine.validation.finding import Severity

_TEXT_LEFT = 46.0
_TEXT_WIDTH = CARD_WIDTH - _TEXT_LEFT - 10
_MARGIN = 12.0
_PORT = 4.0
_REACH = 9.0
"""How near to a port a press must be."""


@dataclass(frozen=True, slots=True)
class Exit:
    """An exit as it is shown: linked, closed on purpose, or open."""

    name: str
    label: str
    is_linked: bool
    is_closed: bool


class CardItem(QGraphicsItem):
    """Shows one step; it changes nothing and decides nothing."""

    def __init__(self, step: Step, summary: str, exits: tuple[Exit, ...]) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(2)
        self.is_selected = False
        self.is_pinned = False
        self.is_target = False
        self.severity: Severity | None = None
        self._heat: StepHeat | None = None
        self._is_stale = False
        self.show_step(step, summary, exits)

    def show_step(self, step: Step, summary: str, exits: tuple[Exit, ...]) -> None:
        """Show this step, what it does in one line, and its exits."""
        if len(exits) != len(getattr(self, "exits", exits)):
            self.prepareGeometryChange()
        self.step, self.summary, self.exits = step, summary, exits
        self.height = float(card_height(len(exits)))
        name = " ".join(step.name.split())
        right = Qt.TextElideMode.ElideRight
        self._name = QFontMetricsF(_name_font()).elidedText(name, right, _TEXT_WIDTH)
        self._tell()
        self._line = QFontMetricsF(_line_font()).elidedText(summary, right, _TEXT_WIDTH)
        self.update()

    def _tell(self) -> None:
        name, heat = " ".join(self.step.name.split()), getattr(self, "_heat", None)
        more = f"\n{heat.said}" if heat is not None else ""
        self.setToolTip(tip(f"{name}\n{type(self.step).title}: {self.summary}{more}"))

    def mark(self, **flags: bool) -> None:
        """Set is_selected, is_pinned or is_target; drawn again if one changed."""
        changed = False
        for name, value in flags.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
                changed = True
        if changed:
            self.update()

    def show_severity(self, severity: Severity | None) -> None:
        """Show the badge of the worst problem; None: there is none."""
        if severity is not self.severity:
            self.severity = severity
            self.update()

    def show_heat(self, heat: StepHeat | None, *, is_stale: bool = False) -> None:
        """Show a bar and a number of a run below the text; None: there is none."""
        if (heat, is_stale) != (self._heat, self._is_stale):
            self._heat, self._is_stale = heat, is_stale
            self._tell()
            self.update()

    @property
    def heat(self) -> StepHeat | None:
        """What it shows of a run."""
        return self._heat

    # ---- geometry

    def rect(self) -> QRectF:
        """The card itself, in its own coordinates."""
        return QRectF(0, 0, CARD_WIDTH, self.height)

    def scene_rect(self) -> QRectF:
        """The card itself, on the canvas."""
        return self.rect().translated(self.pos())

    def entry_point(self) -> QPointF:
        """Where links arrive, on the canvas."""
        return self.pos() + QPointF(0, self.height / 2)

    def exit_point(self, name: str) -> QPointF:
        """Where the link of this exit leaves, on the canvas."""
        number = next((n for n, exit_ in enumerate(self.exits) if exit_.name == name), 0)
        return self.pos() + QPointF(CARD_WIDTH, port_y(number, max(1, len(self.exits))))

    def exit_at(self, at: QPointF) -> str | None:
        """The exit whose port is at this place of the canvas, if any."""
        inside = at - self.pos()
        if abs(inside.x() - CARD_WIDTH) > _REACH:
            return None
        near = [
            (abs(inside.y() - port_y(n, len(self.exits))), exit_.name)
            for n, exit_ in enumerate(self.exits)
        ]
        distance, name = min(near, default=(_REACH + 1, ""))
        return name if distance <= _REACH else None

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The card with room for its badge, its ports and its selection."""
        return self.rect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)

    def shape(self) -> QPainterPath:
        """The card and its ports."""
        path = QPainterPath()
        path.addRect(self.rect().adjusted(0, 0, _REACH, 0))
        return path

    # ---- painting

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the card."""
        self._paint_body(painter)
        self._paint_icon(painter)
        self._paint_text(painter)
        if self._heat is not None:
            self._paint_heat(painter, self._heat)
        for number, exit_ in enumerate(self.exits):
            self._paint_port(painter, exit_, port_y(number, len(self.exits)))
        if self.severity is not None:
            _paint_badge(painter, self.severity)

    def _paint_body(self, painter: QPainter) -> None:
        theme = look.active()
        strong = self.is_selected or self.is_target
        painter.setPen(QPen(theme.accent if strong else theme.line, 2 if strong else 1))
        painter.setBrush(theme.accent_soft if self.is_target else theme.card)
        inset = 0 if strong else 0.5
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _paint_icon(self, painter: QPainter) -> None:
        colour = look.active().groups[type(self.step).group]
        tile = QColor(colour)
        tile.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tile)
        painter.drawRoundedRect(QRectF(10, 10, 26, 26), 6, 6)
        icons.draw(painter, type(self.step).icon, QRectF(14, 14, 18, 18), colour)
        if self.is_pinned:
            icons.draw(painter, "pin", QRectF(17, 44, 12, 12), look.active().soft)

    def _paint_text(self, painter: QPainter) -> None:
        theme = look.active()
        painter.setFont(_name_font())
        painter.setPen(theme.ink)
        painter.drawText(QPointF(_TEXT_LEFT, 28), self._name)
        painter.setFont(_line_font())
        painter.setPen(theme.soft)
        painter.drawText(QPointF(_TEXT_LEFT, 45), self._line)

    def _paint_heat(self, painter: QPainter, heat: StepHeat) -> None:
        """A bar that is as long as the measure is high, and the number at its right."""
        theme = look.active()
        metrics = QFontMetricsF(_heat_font())
        wide = metrics.horizontalAdvance(heat.text)
        right = CARD_WIDTH - 10.0
        y = 56.0
        bar = QRectF(_TEXT_LEFT, y - 2, max(12.0, right - _TEXT_LEFT - wide - 8), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.line)
        painter.drawRoundedRect(bar, 2, 2)
        if heat.level > 0:
            painter.setBrush(colour_of(heat.level, heat.tone, is_stale=self._is_stale))
            filled = QRectF(bar.left(), bar.top(), max(4.0, bar.width() * heat.level), 4)
            painter.drawRoundedRect(filled, 2, 2)
        painter.setFont(_heat_font())
        painter.setPen(theme.soft if self._is_stale else theme.ink)
        painter.drawText(QPointF(right - wide, y + 3.5), heat.text)

    def _paint_port(self, painter: QPainter, exit_: Exit, y: float) -> None:
        theme = look.active()
        if exit_.is_closed:
            # A small bar across the way: it ends here, on purpose.
            painter.setPen(QPen(theme.faint, 1.6))
            painter.drawLine(QPointF(CARD_WIDTH + 1, y), QPointF(CARD_WIDTH + 6, y))
            painter.drawLine(QPointF(CARD_WIDTH + 6, y - 3.5), QPointF(CARD_WIDTH + 6, y + 3.5))
            return
        painter.setPen(QPen(theme.soft if exit_.is_linked else theme.accent, 1.2))
        painter.setBrush(QBrush(theme.card))
        painter.drawEllipse(QPointF(CARD_WIDTH, y), _PORT, _PORT)


def _paint_badge(painter: QPainter, severity: Severity) -> None:
    """A circle with ! for errors and warnings, i for hints: never by colour alone."""
    theme = look.active()
    colours = {Severity.ERROR: theme.bad, Severity.WARNING: theme.warning}
    colour = colours.get(severity, theme.soft)
    area = QRectF(CARD_WIDTH - 14, -9, 18, 18)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if severity is Severity.ERROR else theme.card)
    painter.drawEllipse(area)
    painter.setFont(look.font(11, strong=True, scaled=False))
    painter.setPen(theme.card if severity is Severity.ERROR else colour)
    sign = "i" if severity is Severity.HINT else "!"
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), sign)


def _name_font() -> QFont:
    return look.font(look.TEXT, strong=True, scaled=False)


def _heat_font() -> QFont:
    return look.font(10.5, strong=True, scaled=False)


def _line_font() -> QFont:
    return look.font(10.5, scaled=False)
