"""How kinds of customers are told apart: by a shape and a colour each, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.theme import look
from engine.steps.base import Group

MOST = 6
"""So many kinds have a sign of their own; the others share one."""

SIZE = 9.0
"""Of a dot, in scene units; where everything is small, at least `LEAST` pixels."""
LEAST = 5.0

_GROUPS = (Group.ENTRY, Group.PEOPLE, Group.DECIDE, Group.TALK, Group.DATA, Group.GUARD)


class Shape(Enum):
    """Shapes that Qt draws many of in one call: a point of a pen, perhaps turned or hollow."""

    CIRCLE = (True, False, False)
    SQUARE = (False, False, False)
    DIAMOND = (False, True, False)
    RING = (True, False, True)
    FRAME = (False, False, True)
    HOLLOW_DIAMOND = (False, True, True)

    @property
    def is_round(self) -> bool:
        """Whether it is a circle."""
        return self.value[0]

    @property
    def is_turned(self) -> bool:
        """Whether it stands on its corner."""
        return self.value[1]

    @property
    def is_hollow(self) -> bool:
        """Whether the ground is seen in its middle."""
        return self.value[2]


_SHAPES = tuple(Shape)


def colour(kind: int) -> QColor:
    """The colour of the kind with this number; from `MOST` on that of all others."""
    theme = look.active()
    return theme.groups[_GROUPS[kind]] if kind < MOST else theme.faint


def draw(painter: QPainter, kind: int, points: Sequence[QPointF], size: float) -> None:
    """Draw dots of one kind around these points."""
    shape = _SHAPES[kind % MOST] if kind < MOST else Shape.CIRCLE
    cap = Qt.PenCapStyle.RoundCap if shape.is_round else Qt.PenCapStyle.SquareCap
    size = size if shape.is_round else size * 0.8
    if shape.is_turned:
        painter.save()
        painter.rotate(45)
        points = [_turned(point) for point in points]
    ground = look.active().card
    layers = [(ground, size + 2.5), (colour(kind), size)]
    if shape.is_hollow:
        layers.append((ground, size * 0.45))
    for ink, width in layers:
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, cap))
        painter.drawPoints(points)
    if shape.is_turned:
        painter.restore()


def _turned(point: QPointF) -> QPointF:
    """The point that is drawn at `point` when everything is turned by 45°."""
    half = 0.5**0.5
    return QPointF((point.x() + point.y()) * half, (point.y() - point.x()) * half)
