"""Expected and simulated experience as curves, each column of the map drawing its own piece."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from designer.theme.look import SMALL, active, font, px
from simulator.journey_map.model import Felt
from simulator.journey_map.rows import Column, signed

TALL: Final = 156
_AIR: Final = 24
_NEAR: Final = 0.15
"""Emotions that differ by less are as good as the same, for which number stands above."""

Value = Callable[[Column], float | None]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell of the curve's row is: the column at `number`, and the height of emotions."""

    rect: QRectF
    number: int

    def at(self, number: int, emotion: float) -> QPointF:
        """Where the middle of any column is, seen from here, at this emotion."""
        x = self.rect.center().x() + (number - self.number) * self.rect.width()
        reach = self.rect.height() / 2 - px(_AIR)
        return QPointF(x, self.rect.center().y() - emotion / 2 * reach)


def draw_curves(
    painter: QPainter, rect: QRectF, columns: Sequence[Column], number: int, *, is_stale: bool
) -> None:
    """Draw what of both curves lies in the column at `number`."""
    place, theme = _Place(rect, number), active()
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for level in range(-2, 3):
        y = place.at(number, level).y()
        painter.setPen(QPen(theme.line, 1, Qt.PenStyle.SolidLine if not level else _DOTS))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right() + 1, y))
        if not number:
            _write(painter, QPointF(rect.left() + px(14), y), signed(level, 0), theme.soft)
    simulated = theme.faint if is_stale else theme.good
    _draw_band(painter, place, columns, simulated, 0.13, _worst, _best)
    _draw_band(painter, place, columns, simulated, 0.28, _low, _high)
    _draw_line(painter, place, columns, _expected, QPen(theme.soft, px(16) / 10, _DASHES))
    _draw_line(painter, place, columns, _felt, QPen(simulated, px(22) / 10))
    _draw_marks(painter, place, columns[number], simulated)
    painter.restore()


_DOTS: Final = Qt.PenStyle.DotLine
_DASHES: Final = Qt.PenStyle.DashLine


def _expected(one: Column) -> float | None:
    return one.expected


def _felt(one: Column) -> float | None:
    return one.felt.value if one.felt is not None else None


def _of(one: Column, part: Callable[[Felt], float | None]) -> float | None:
    return part(one.felt) if one.felt is not None else None


def _worst(one: Column) -> float | None:
    return _of(one, lambda felt: felt.worst)


def _best(one: Column) -> float | None:
    return _of(one, lambda felt: felt.best)


def _low(one: Column) -> float | None:
    return _of(one, lambda felt: felt.low)


def _high(one: Column) -> float | None:
    return _of(one, lambda felt: felt.high)


def _through(columns: Sequence[Column], number: int, value: Value) -> list[int]:
    """The columns whose points the curve needs here: the last before, this one, the first after."""
    before = next((n for n in range(number - 1, -1, -1) if value(columns[n]) is not None), None)
    here = number if value(columns[number]) is not None else None
    after = next(
        (n for n in range(number + 1, len(columns)) if value(columns[n]) is not None), None
    )
    return [n for n in (before, here, after) if n is not None]


def _points(place: _Place, columns: Sequence[Column], value: Value) -> list[QPointF]:
    found = [(n, value(columns[n])) for n in _through(columns, place.number, value)]
    return [place.at(n, emotion) for n, emotion in found if emotion is not None]


def _draw_line(
    painter: QPainter, place: _Place, columns: Sequence[Column], value: Value, pen: QPen
) -> None:
    points = _points(place, columns, value)
    if len(points) > 1:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))


def _draw_band(
    painter: QPainter,
    place: _Place,
    columns: Sequence[Column],
    colour: QColor,
    strength: float,
    low: Value,
    high: Value,
) -> None:
    up, down = _points(place, columns, high), _points(place, columns, low)
    if len(up) < 2:
        return
    pale = QColor(colour)
    pale.setAlphaF(strength)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pale)
    painter.drawPolygon(QPolygonF([*up, *reversed(down)]))


def _draw_marks(painter: QPainter, place: _Place, column: Column, simulated: QColor) -> None:
    """The points of this column with their numbers, on the side where the other curve is not."""
    expected, felt = column.expected, _felt(column)
    theme, radius = active(), px(35) / 10
    is_expected_above = expected is not None and felt is not None and expected - felt > _NEAR
    if expected is not None:
        at = place.at(place.number, expected)
        painter.setPen(QPen(theme.soft, px(16) / 10))
        painter.setBrush(theme.panel)
        painter.drawEllipse(at, radius, radius)
        _write(painter, at, signed(expected, 0), theme.soft, is_above=is_expected_above)
    if felt is not None:
        at = place.at(place.number, felt)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(simulated)
        painter.drawEllipse(at, radius, radius)
        is_above = not is_expected_above
        _write(painter, at, signed(felt), simulated, is_above=is_above, strong=True)


def _write(
    painter: QPainter,
    at: QPointF,
    text: str,
    colour: QColor,
    *,
    is_above: bool | None = None,
    strong: bool = False,
) -> None:
    """Above or below the place, or in it."""
    painter.setFont(font(SMALL, strong=strong))
    painter.setPen(colour)
    tall = painter.fontMetrics().height()
    top = at.y() - px(6) - tall if is_above else at.y() + px(6)
    if is_above is None:
        top = at.y() - tall / 2
    area = QRectF(at.x() - px(40), top, px(80), tall)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
