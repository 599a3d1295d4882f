"""How a place is changed, and to what: a slider over the plausible range and a field beside it."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from designer.plain_text import PlainLabel
from designer.theme.look import px
from engine.change_range import Range, Reason, Way, plausible_range, ways
from engine.changeable import Changeable, Kind

_TICKS: Final = 400
_FARTHEST: Final = 1e12


class ValueRow(QWidget):
    """changed: another way or value is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Changeable | None = None
        self._range = Range(0, 1, 0, 0.01, Reason.FREE)
        self._factor = 1.0
        self.way = QComboBox()
        self.way.setAccessibleName(self.tr("How it is changed"))
        self.number = QDoubleSpinBox()
        # Room for what is typed, not for the largest number that could be.
        self.number.setMinimumWidth(px(96))
        self.number.lineEdit().setTextMargins(px(6), 0, 0, 0)
        self.number.setKeyboardTracking(True)
        self.number.setAccessibleName(self.tr("Value"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _TICKS)
        self.slider.setAccessibleName(self.tr("Value, over its plausible range"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Choice"))
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(8)
        self._note = PlainLabel()
        self._note.setForegroundRole(self._note.foregroundRole().PlaceholderText)
        self._arrange()
        self.way.currentIndexChanged.connect(self._on_way)
        self.number.valueChanged.connect(self._on_number)
        self.slider.valueChanged.connect(self._on_slider)
        self.choice.currentIndexChanged.connect(self._on_choice)

    def show_field(self, field: Changeable, way: Way | None = None, value: Any = None) -> None:
        """Offer the ways in which this place may be changed, beginning with `way` and `value`."""
        self._field = field
        words = self._way_words()
        self.way.blockSignals(True)
        self.way.clear()
        for one in ways(field):
            self.way.addItem(words[one], one)
        if way is not None:
            self.way.setCurrentIndex(max(0, self.way.findData(way)))
        self.way.blockSignals(False)
        self._show_way(value)

    @property
    def chosen(self) -> tuple[Way, Any] | None:
        """The way and the value; None without a place."""
        if self._field is None or self.way.currentData() is None:
            return None
        way = Way(self.way.currentData())
        if way is Way.REMOVE:
            return way, None
        if self._pages.currentWidget() is self.choice:
            return way, self.choice.currentData()
        if self._pages.currentWidget() is self.number:
            return way, round(self.number.value() / self._factor, 12)
        return way, None

    # ---- building

    def _arrange(self) -> None:
        self._nothing = QWidget()
        self._pages = QStackedWidget()
        for page in (self.number, self.choice, self._nothing):
            self._pages.addWidget(page)
        fixed = QSizePolicy.Policy.Fixed
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, fixed)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.way)
        row.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self.slider)
        column.addWidget(self._note)

    def _way_words(self) -> dict[Way, str]:
        return {
            Way.SET: self.tr("set to"),
            Way.ADD: self.tr("add"),
            Way.TIMES: self.tr("times"),
            Way.REMOVE: self.tr("take out"),
        }

    # ---- showing

    def _on_way(self, _index: int) -> None:
        self._show_way(None)
        self.changed.emit()

    def _show_way(self, value: Any) -> None:
        field = self._field
        if field is None or self.way.currentData() is None:
            return
        way = Way(self.way.currentData())
        self._show_slider(field, way)
        is_number = field.kind in {Kind.NUMBER, Kind.NUMBERS, Kind.SHAPE}
        if way is Way.REMOVE or field.kind is Kind.PART:
            self._pages.setCurrentWidget(self._nothing)
            self._note.setText("")
        elif way in {Way.ADD, Way.TIMES} or is_number:
            self._show_number(field, way, value)
        else:
            self._show_choices(field, value)

    def _show_slider(self, field: Changeable, way: Way) -> None:
        is_number = field.kind in {Kind.NUMBER, Kind.NUMBERS, Kind.SHAPE} and way is not Way.REMOVE
        self.slider.setVisible(is_number)

    def _show_number(self, field: Changeable, way: Way, value: Any) -> None:
        one = self._range = plausible_range(field, way)
        is_share = field.unit == "share" and way is not Way.TIMES
        self._factor = 100.0 if is_share else 1.0
        units = {"share": " %", "s": " s", "money": ""}
        self.number.blockSignals(True)
        self.number.setSuffix("" if way is Way.TIMES else units.get(field.unit, ""))
        step = one.step * self._factor
        self.number.setDecimals(0 if field.whole and way is not Way.TIMES else _decimals(step))
        self.number.setSingleStep(step)
        low, high = self._bounds(field, way)
        self.number.setRange(low * self._factor, high * self._factor)
        begin = one.start if value is None else float(value)
        self.number.setValue(begin * self._factor)
        self.number.blockSignals(False)
        self._pages.setCurrentWidget(self.number)
        self._move_slider()
        self._say_range(one)

    def _bounds(self, field: Changeable, way: Way) -> tuple[float, float]:
        if way is Way.ADD:
            return -_FARTHEST, _FARTHEST
        if way is Way.TIMES:
            return 0.0, 1e6
        low = field.low if field.low is not None else -_FARTHEST
        return low, field.high if field.high is not None else _FARTHEST

    def _say_range(self, one: Range) -> None:
        why = {
            Reason.DOCUMENT: self.tr("the document calls {0} to {1} plausible"),
            Reason.MODEL: self.tr("from {0} to {1}: more does not exist"),
            Reason.AROUND: self.tr("the slider goes from {0} to {1}, around what is there now"),
            Reason.FREE: self.tr("the slider goes from {0} to {1}; type for more"),
        }[one.reason]
        suffix = self.number.suffix()
        ends = (f"{end * self._factor:,.6g}{suffix}" for end in (one.low, one.high))
        said = why.format(*ends)
        self._note.setText(said[:1].upper() + said[1:])

    def _show_choices(self, field: Changeable, value: Any) -> None:
        choices = field.choices
        if field.kind is Kind.YES_NO:
            choices = ((True, self.tr("yes")), (False, self.tr("no")))
        self.choice.blockSignals(True)
        self.choice.clear()
        for one, words in choices:
            self.choice.addItem(" ".join(str(words).split())[:80], one)
        wanted = field.value if value is None else value
        number = next((n for n, (one, _) in enumerate(choices) if one == wanted), 0)
        self.choice.setCurrentIndex(number)
        self.choice.blockSignals(False)
        self._pages.setCurrentWidget(self.choice)
        self._note.setText("")

    # ---- slider and field as one

    def _move_slider(self) -> None:
        one = self._range
        width = one.high - one.low
        value = self.number.value() / self._factor
        place = round((value - one.low) / width * _TICKS) if width else 0
        self.slider.blockSignals(True)
        self.slider.setValue(min(max(place, 0), _TICKS))
        self.slider.blockSignals(False)

    def _on_slider(self, place: int) -> None:
        one = self._range
        value = one.low + (one.high - one.low) * place / _TICKS
        steps = round((value - one.low) / one.step)
        self.number.setValue(min(one.low + steps * one.step, one.high) * self._factor)

    def _on_number(self, _value: float) -> None:
        self._move_slider()
        self.changed.emit()

    def _on_choice(self, _index: int) -> None:
        self.changed.emit()


def _decimals(step: float) -> int:
    """As many as the step has, and one more."""
    found = 0
    while found < 6 and abs(step - round(step, found)) > 1e-9 * max(1.0, step):
        found += 1
    return found + 1 if found else 1
