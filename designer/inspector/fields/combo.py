"""A list to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from designer.plain_text import cut, set_tip
from designer.theme.look import px


class Combo(QComboBox):
    """A combo box that any width will do, and that scrolling past does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: list[tuple[object, str]] = []

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(px(48), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """As usual, but what does not fit ends in …."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        area = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        text = option.currentText
        right, room = Qt.TextElideMode.ElideRight, area.width() - px(4)
        option.currentText = self.fontMetrics().elidedText(text, right, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Only who has chosen it turns it by the wheel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def put(self, entries: Sequence[tuple[object, str]], current: object) -> None:
        """Offer these values by their names, with `current` chosen."""
        if list(entries) != self._shown:
            self._shown = list(entries)
            self.clear()
            for _, name in entries:
                self.addItem(cut(" ".join(name.split()), 200))
        self.setCurrentIndex(self.index_of(current))
        set_tip(self, self.currentText())

    def index_of(self, value: object) -> int:
        """The number of the entry for this value; -1 if there is none."""
        numbers = (n for n, (one, _) in enumerate(self._shown) if one == value)
        return next(numbers, -1)

    def value(self) -> object:
        """The value of the entry that is chosen; None if there is none."""
        number = self.currentIndex()
        return self._shown[number][0] if 0 <= number < len(self._shown) else None
