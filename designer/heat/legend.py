"""What the colours on the canvas mean: which measure, and the scale with its ends."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from designer.canvas.heat_marks import colour_of
from designer.canvas.overlays import Box
from designer.heat.measures import MEASURES
from designer.plain_text import PlainLabel, set_tip
from designer.theme import look

OFF = "off"


class HeatLegend(Box):
    """measure_chosen: the id of a measure, or "off"."""

    measure_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Heat on the canvas"))
        self.measures = QComboBox()
        self.measures.setAccessibleName(self.tr("What the canvas is coloured by"))
        for one in MEASURES:
            self.measures.addItem(self.tr("Heat: {0}").format(one.said), one.id)
        self.measures.addItem(self.tr("No heat"), OFF)
        self._low, self._high = PlainLabel(), PlainLabel()
        self._note = PlainLabel()
        for label in (self._low, self._high, self._note):
            label.setWordWrap(False)
        self._scale = _Scale()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 10, 2)
        row.setSpacing(6)
        for widget in (self.measures, self._low, self._scale, self._high, self._note):
            row.addWidget(widget)
        self.measures.currentIndexChanged.connect(self._on_chosen)
        self.restyle()

    @property
    def measure(self) -> str:
        """The id of the measure that is chosen, or "off"."""
        return str(self.measures.currentData())

    @property
    def said(self) -> str:
        """All that it says, in one line."""
        words = (self.measures.currentText(), self._low.text(), self._high.text())
        return " ".join((*words, self._note.text())).strip()

    def choose(self, measure: str) -> None:
        """Choose this measure."""
        self.measures.setCurrentIndex(max(0, self.measures.findData(measure)))

    def show_scale(self, low: str, high: str, note: str = "", *, is_difference: bool) -> None:
        """Say what the ends of the scale stand for; `note`: whose heat it is."""
        self._low.setText(low)
        self._high.setText(high)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._scale.show_scale(is_difference=is_difference)
        is_on = self.measure != OFF
        for widget in (self._low, self._scale, self._high):
            widget.setVisible(is_on)
        set_tip(self, self.said)
        self.adjustSize()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        super().restyle()
        for label in (getattr(self, "_low", None), getattr(self, "_high", None)):
            if label is not None:
                label.setFont(look.font(look.SMALL))
        self.adjustSize()

    def _on_chosen(self, _index: int) -> None:
        self.measure_chosen.emit(self.measure)


class _Scale(QWidget):
    """The colours from low to high; of a difference better, the same, worse."""

    def __init__(self) -> None:
        super().__init__()
        self._is_difference = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_scale(self, *, is_difference: bool) -> None:
        self._is_difference = is_difference
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A bar."""
        return QSize(look.px(90), look.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Five colours, or three."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        if self._is_difference:
            colours = [colour_of(1, "better"), colour_of(0, "open"), colour_of(1, "worse")]
        else:
            colours = list(look.active().heat)
        for number, colour in enumerate(colours):
            gradient.setColorAt(number / (len(colours) - 1), colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
