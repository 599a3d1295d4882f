"""A slider over the day: hours below it, and how many customers were there when above these."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QStyleOptionSlider, QVBoxLayout, QWidget

from designer.replay.clock_words import day_in_words
from designer.theme import look
from engine.calendar import DAY

_HOUR = 3600
_STEPS = (1, 2, 3, 4, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 28, 24 * 91)
"""Hours between two labels."""


class DaySlider(QWidget):
    """moved: the user chose this time, seconds since Monday 00:00."""

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin, self._end = 0.0, DAY
        self._profile: Sequence[float] = ()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Time of day"))
        self.slider.setSingleStep(60)
        self.slider.setPageStep(_HOUR)
        self.slider.valueChanged.connect(self._on_value)
        self._below = _Hours(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.slider)
        column.addWidget(self._below)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look.

        Qt's own handle cannot be seen on dark grounds.
        """
        theme, size = look.active(), look.px(16)
        line, accent, ground = theme.line.name(), theme.accent.name(), theme.panel.name()
        self.slider.setStyleSheet(
            f"QSlider::groove:horizontal {{ height: {look.px(4)}px; background: {line}; }}"
            f"QSlider::sub-page:horizontal {{ background: {accent}; }}"
            f"QSlider::handle:horizontal {{ width: {size - 4}px; border: 2px solid {accent};"
            f" background: {ground}; margin: -{look.px(6)}px 0; border-radius: {size // 2}px; }}"
            f"QSlider::handle:horizontal:focus {{ background: {accent}; }}"
        )
        self.slider.setFixedHeight(look.px(20))
        self._below.updateGeometry()

    def show_span(self, begin: float, end: float, profile: Sequence[float]) -> None:
        """From one time to another; profile: how many were there, in equal distances."""
        self._begin, self._end, self._profile = begin, end, profile
        self.slider.blockSignals(True)
        self.slider.setRange(0, round(end - begin))
        self.slider.blockSignals(False)
        self._below.update()

    def show_time(self, time: float, words: str) -> None:
        """Stand at this time, which is called so."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(time - self._begin))
        self.slider.blockSignals(False)
        self.slider.setAccessibleDescription(words)

    def labels(self) -> list[tuple[float, str]]:
        """Times that are named below it, and their names."""
        room = max(1, self.width() // look.px(56))
        hours = (self._end - self._begin) / _HOUR
        step = next((one for one in _STEPS if hours / one <= room), _STEPS[-1]) * _HOUR
        first = -(-self._begin // step) * step
        count = int((self._end - first) // step) + 1
        return [(first + n * step, _name(first + n * step, step)) for n in range(count)]

    def place(self, time: float) -> float:
        """Where this time is, in pixels from the left."""
        option = QStyleOptionSlider()
        self.slider.initStyleOption(option)
        handle = self.slider.style().pixelMetric(
            QStyle.PixelMetric.PM_SliderLength, option, self.slider
        )
        span = max(1.0, self._end - self._begin)
        room = self.slider.width() - handle
        return handle / 2 + (time - self._begin) / span * room

    @property
    def profile(self) -> Sequence[float]:
        """How many were there, in equal distances from the beginning to the end."""
        return self._profile

    @property
    def span(self) -> tuple[float, float]:
        """From when to when it goes."""
        return self._begin, self._end

    def _on_value(self, value: int) -> None:
        self.moved.emit(self._begin + value)


class _Hours(QWidget):
    """What is painted below the slider."""

    def __init__(self, day: DaySlider) -> None:
        super().__init__(day)
        self._day = day
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A small curve and a line of text."""
        return QSize(look.px(200), look.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the curve, ticks and hours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = look.px(18)
        self._paint_profile(painter, line)
        theme, day = look.active(), self._day
        painter.setFont(look.font(look.SMALL))
        metrics = painter.fontMetrics()
        painter.setPen(QPen(theme.line, 1))
        begin, end = day.span
        painter.drawLine(QPointF(day.place(begin), line), QPointF(day.place(end), line))
        for time, name in day.labels():
            x = day.place(time)
            painter.setPen(QPen(theme.faint, 1))
            painter.drawLine(QPointF(x, line), QPointF(x, line + look.px(3)))
            wide = metrics.horizontalAdvance(name)
            left = min(max(0, round(x - wide / 2)), self.width() - wide)
            painter.setPen(theme.soft)
            area = QRect(left, line + look.px(3), wide + 1, look.px(15))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), name)

    def _paint_profile(self, painter: QPainter, line: int) -> None:
        profile, day = self._day.profile, self._day
        most = max(profile, default=0.0)
        if most <= 0:
            return
        begin, end = day.span
        each = (end - begin) / max(1, len(profile) - 1)
        points = [
            QPointF(day.place(begin + n * each), line - (line - 2) * value / most)
            for n, value in enumerate(profile)
        ]
        fill = QColor(look.active().accent)
        fill.setAlphaF(0.22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        ends = [QPointF(day.place(end), line), QPointF(day.place(begin), line)]
        painter.drawPolygon(QPolygonF([*points, *ends]))


def _name(time: float, step: float) -> str:
    if step >= DAY:
        return day_in_words(int(time // DAY))
    hours, rest = divmod(int(time % DAY), _HOUR)
    return f"{hours:02}:{rest // 60:02}"
