"""What a replay draws over the canvas: customers as dots, queues beside steps, agents at work.

One item for all of it: a Python call for each of a thousand dots would be too slow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer.replay import signs
from designer.theme import look

BELOW = 14.0
"""How far below a card the middle of its queue is."""
BAR = 12.0
_WORDS = 72.0
"""Room beside the longest bar for how many wait."""
_AROUND = 80.0
_CREW_BAR = 48.0
_READABLE = 0.25
"""Below this scale nobody can read words."""

_Width = TypeVar("_Width", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class QueueSign:
    """How many wait below an area, and which share that is of the longest queue there ever is."""

    area: QRectF
    waiting: int
    share: float

    @property
    def length(self) -> float:
        """Of the bar."""
        return max(BAR, self.share * bar_room(self.area.width()))


@dataclass(frozen=True, slots=True)
class CrewSign:
    """How many agents are at work above an area, of so many there."""

    area: QRectF
    busy: int
    there: int


@dataclass(frozen=True, slots=True)
class CrowdSign:
    """How many are at a step in all, at the end of their dots."""

    at: QPointF
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn at one time; dots by their kind (see `signs`)."""

    dots: Mapping[int, Sequence[QPointF]] = field(default_factory=dict)
    queues: Sequence[QueueSign] = ()
    crews: Sequence[CrewSign] = ()
    crowds: Sequence[CrowdSign] = ()


def bar_room(width: _Width) -> _Width:
    """How long the bar of the longest queue is, below an area of this width (or areas)."""
    return width - _WORDS


class ReplayLayer(QGraphicsItem):
    """Over everything else on the canvas, and not there for the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self._area = QRectF()
        self.setZValue(10)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_picture(self, picture: Picture) -> None:
        """Draw this."""
        self.picture = picture
        self.update()

    def cover(self, area: QRectF) -> None:
        """Lie over this part of the canvas, and what is just around it."""
        around = area.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        if around != self._area:
            self.prepareGeometryChange()
            self._area = around

    def boundingRect(self) -> QRectF:  # noqa: N802
        """All that it lies over."""
        return self._area

    def shape(self) -> QPainterPath:
        """Nothing can be pressed."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw queues and agents, and the dots over them."""
        scale = painter.worldTransform().m11()
        is_near = scale >= _READABLE
        for queue in self.picture.queues:
            _paint_queue(painter, queue, with_words=is_near)
        for crew in self.picture.crews if is_near else ():
            _paint_crew(painter, crew)
        for crowd in self.picture.crowds if is_near else ():
            _write(painter, crowd.at, f"{crowd.count:,}", strong=True)
        size = max(signs.SIZE, signs.LEAST / max(scale, 1e-3))
        for kind, points in self.picture.dots.items():
            signs.draw(painter, kind, points, size)


def _paint_queue(painter: QPainter, queue: QueueSign, *, with_words: bool) -> None:
    theme = look.active()
    left, middle = queue.area.left(), queue.area.bottom() + BELOW
    bar = QRectF(left, middle - BAR / 2, queue.length, BAR)
    tint = QColor(theme.warning)
    tint.setAlphaF(0.28)
    painter.setPen(QPen(theme.warning, 1))
    painter.setBrush(tint)
    painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
    if not with_words:
        return
    words = QCoreApplication.translate("Replay", "{0} waiting").format(f"{queue.waiting:,}")
    _write(painter, QPointF(bar.right() + 5, middle), words, strong=True)


def _paint_crew(painter: QPainter, crew: CrewSign) -> None:
    theme = look.active()
    top = crew.area.top() - 9
    bar = QRectF(crew.area.left() + 1, top - 3, _CREW_BAR, 6)
    painter.setPen(QPen(theme.soft, 1))
    painter.setBrush(theme.card)
    painter.drawRoundedRect(bar, 3, 3)
    if crew.there:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft)
        filled = QRectF(bar.topLeft(), bar.bottomRight())
        filled.setWidth(bar.width() * crew.busy / crew.there)
        painter.drawRoundedRect(filled, 3, 3)
        words = QCoreApplication.translate("Replay", "{0} of {1} busy")
        words = words.format(f"{crew.busy:,}", f"{crew.there:,}")
    else:
        words = QCoreApplication.translate("Replay", "no agents there")
    _write(painter, QPointF(bar.right() + 5, top), words)


def _write(painter: QPainter, at: QPointF, words: str, *, strong: bool = False) -> None:
    """Words that begin here, over whatever is there."""
    font = _font(strong)
    metrics = QFontMetricsF(font)
    area = QRectF(at.x() - 2, at.y() - 7, metrics.horizontalAdvance(words) + 4, 14)
    ground = QColor(look.active().ground)
    ground.setAlphaF(0.85)
    painter.fillRect(area, ground)
    painter.setFont(font)
    painter.setPen(look.active().ink)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)


def _font(strong: bool) -> QFont:
    return look.font(10.5, strong=strong, scaled=False)
