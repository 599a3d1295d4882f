"""A distribution as a small picture: how likely each value is."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.inspector.writing.durations import write_duration
from designer.inspector.writing.numbers import write_number
from designer.theme.look import SMALL, active, font, px
from engine.distributions import (
    Constant,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Mixture,
    Triangular,
    Uniform,
    Weibull,
)

_POINTS = 80
_MOST = 1e12


class ShapeSketch(QWidget):
    """The density from 0 to a little more than twice the mean; decoration, so not for the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: list[float] = []
        self._mean = self._width = 0.0
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A strip."""
        return QSize(px(160), px(54))

    def show_distribution(self, value: Any, unit: str) -> None:
        """Draw this distribution; whatever else it is, draw nothing."""
        known = hasattr(value, "expected")
        self.setVisible(known)
        if not known:
            return
        self._mean, self._unit = value.expected(), unit
        self._width = max(self._mean * 2.5, 1e-9)
        step = self._width / _POINTS
        self._heights = [_height(value, (n + 0.5) * step) for n in range(_POINTS)]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The curve, and where the mean is."""
        theme, painter = active(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL))
        base = self.height() - painter.fontMetrics().height() - 2
        top = max((height for height in self._heights if math.isfinite(height)), default=0.0)
        curve = QPolygonF([QPointF(0, base)])
        for number, height in enumerate(self._heights):
            x = (number + 0.5) / _POINTS * self.width()
            share = min(height / top, 1.0) if top > 0 else 0.0
            curve.append(QPointF(x, base - share * (base - 4)))
        curve.append(QPointF(self.width(), base))
        painter.setPen(QPen(theme.accent, 1.5))
        painter.setBrush(theme.accent_soft)
        painter.drawPolygon(curve)
        x = self._mean / self._width * self.width()
        painter.setPen(QPen(theme.soft, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 2), QPointF(x, base))
        write = write_duration if self._unit == "s" else write_number
        said = self.tr("mean {0}").format(write(float(f"{min(self._mean, _MOST):.3g}")))
        painter.setPen(theme.soft)
        area = QRectF(0, base + 2, self.width(), self.height() - base)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter), said)


def _height(value: Any, x: float) -> float:
    try:
        return density(value, x)
    except (OverflowError, ValueError):
        # Parameters so extreme that nothing could be seen anyway.
        return 0.0


def density(value: Any, x: float) -> float:
    """How likely `x` is, relative to other values; for a picture, so no more exact than that."""
    match value:
        case Exponential():
            return math.exp(-x / value.expected())
        case Lognormal():
            mu, sigma = value.log_parameters()
            distance = (math.log(x) - mu) / sigma
            return math.exp(-distance * distance / 2) / x / sigma
        case Weibull():
            ratio = x / value.scale
            power = math.pow(max(ratio, 0.0), value.shape)
            if ratio <= 0 or power > 700:
                return 0.0
            return value.shape * power / ratio * math.exp(-power)
        case Gamma():
            scaled = x * value.shape / value.mean
            power = (value.shape - 1) * math.log(scaled) - scaled - math.lgamma(value.shape)
            return math.exp(min(max(power, -700), 700))
        case Uniform():
            return float(value.low <= x <= value.high)
        case Triangular():
            return _triangle(value, x)
        case Mixture():
            total = sum(part.weight for part in value.parts)
            return sum(part.weight / total * density(part.of, x) for part in value.parts)
        case Constant() | Empirical():
            return _bars(value, x)
    return 0.0


def _triangle(value: Triangular, x: float) -> float:
    if not value.low < x < value.high:
        return 0.0
    if x <= value.mode:
        return (x - value.low) / max(value.mode - value.low, 1e-12)
    return (value.high - x) / max(value.high - value.mode, 1e-12)


def _bars(value: Constant | Empirical, x: float) -> float:
    values = [value.value] if isinstance(value, Constant) else value.values
    weights = (value.weights if isinstance(value, Empirical) else []) or [1.0] * len(values)
    near = value.expected() * 2.5 / _POINTS
    pairs = zip(values, weights, strict=True)
    return sum(weight for one, weight in pairs if abs(one - x) <= near)
