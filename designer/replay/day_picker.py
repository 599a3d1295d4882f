"""Which replication is replayed: by its number, or one that is worth a look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from designer.plain_text import set_tip
from designer.replay.notable import notable
from designer.runs.results import RunResults
from designer.theme.look import px


class DayPicker(QWidget):
    """changed: another replication is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QSpinBox()
        self.number.lineEdit().setTextMargins(px(6), 0, 0, 0)
        self.number.setAccessibleName(self.tr("Replication"))
        self.number.setPrefix(self.tr("Replication "))
        self.number.setKeyboardTracking(False)
        set_tip(self.number, self.tr("Each replication is the same period by another chance"))
        self.reasons = QComboBox()
        self.reasons.setAccessibleName(self.tr("Replications worth a look"))
        self.reasons.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.reasons.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.number)
        row.addWidget(self.reasons)
        self.number.valueChanged.connect(self._on_number)
        self.reasons.activated.connect(self._on_reason)

    @property
    def replication(self) -> int:
        """What is chosen, from 0 as in `wayline replay --replication`."""
        return self.number.value()

    def offer(self, results: RunResults) -> None:
        """What this run has; the choice stays, if it can."""
        self.number.blockSignals(True)
        self.number.setRange(0, max(0, results.replications - 1))
        self.number.blockSignals(False)
        words = {
            "busiest": self.tr("the busiest"),
            "typical": self.tr("a typical one"),
            "longest_waits": self.tr("the longest waits"),
        }
        self.reasons.clear()
        self.reasons.addItem(self.tr("worth a look…"), None)
        for why, number in notable(results).items():
            self.reasons.addItem(words[why], number)
        self.reasons.setVisible(self.reasons.count() > 1)
        self._show_reason()

    def _show_reason(self) -> None:
        self.reasons.setCurrentIndex(max(0, self.reasons.findData(self.replication)))

    def _on_number(self) -> None:
        self._show_reason()
        self.changed.emit()

    def _on_reason(self) -> None:
        number = self.reasons.currentData()
        if isinstance(number, int):
            self.number.setValue(number)
