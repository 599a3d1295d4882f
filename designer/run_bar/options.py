"""How to run: the period, how many replications or how precise, and the seed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from designer.plain_text import PlainLabel
from designer.run_bar.period import day_names, set_period
from designer.runs import RunSettings
from designer.session import Session
from designer.theme.look import px
from engine.calendar import Weekday

USUAL = 200
"""Replications, if nothing else is chosen: as many as the command runs."""
MOST = 100_000


class RunOptions(QFrame):
    """A small panel below its button; what is chosen holds at once.

    changed: `settings` are others. The period is the document's, and changed by an edit.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self.setObjectName("run-options")
        self.setAccessibleName(self.tr("How to run"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.day = QComboBox()
        self.day.addItems(day_names())
        self.days = _spin(1, 3660, self.tr(" day"))
        self.fixed = QRadioButton(self.tr("So many replications"))
        self.precise = QRadioButton(self.tr("Until this precise"))
        self.replications = _spin(2, MOST, "")
        self.replications.setValue(USUAL)
        self.precision = QDoubleSpinBox()
        self.precision.setRange(0.1, 50)
        self.precision.setDecimals(1)
        self.precision.setValue(5)
        self.precision.setPrefix("± ")
        self.precision.setSuffix(" %")
        self.seed = _spin(0, 2**31 - 1, "")
        self.seed.setValue(1)
        self.within = _spin(1, 3600, " s")
        self.within.setValue(20)
        self._group = QButtonGroup(self)
        self._arrange()
        self.fixed.setChecked(True)
        self._on_choice()
        self._connect()

    @property
    def settings(self) -> RunSettings:
        """What is chosen."""
        document = self._session.document
        precise = self.precise.isChecked()
        return RunSettings(
            seed=self.seed.value(),
            replications=None if precise else self.replications.value(),
            precision=round(self.precision.value() / 100, 4) if precise else None,
            service_level=float(self.within.value()),
            by=("team",) if document.journey.teams else (),
        )

    def open_below(self, button: QWidget) -> None:
        """Show what holds now, below this button."""
        period = self._session.document.assumptions.period
        for widget in (self.day, self.days):
            widget.blockSignals(True)
        self.day.setCurrentIndex(list(Weekday).index(period.start_day))
        self.days.setValue(period.days)
        self._say_days()
        for widget in (self.day, self.days):
            widget.blockSignals(False)
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + px(4)))
        self.move(corner)
        self.show()
        self.days.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc and Enter close it."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(px(12))
        form.setVerticalSpacing(px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[QWidget | str, QWidget], ...] = (
            (self.tr("Begins on a"), self.day),
            (self.tr("Each covers"), self.days),
            (self.fixed, self.replications),
            (self.precise, self.precision),
            (self.tr("Seed"), self.seed),
            (self.tr("Answered within"), self.within),
        )
        for label, field in rows:
            if isinstance(field, QAbstractSpinBox):
                # The style sheet's padding does not come to the text of a spin box.
                field.lineEdit().setTextMargins(px(6), 0, 0, 0)
            words = label if isinstance(label, str) else label.text()  # type: ignore[attr-defined]
            field.setAccessibleName(words)
            form.addRow(PlainLabel(label) if isinstance(label, str) else label, field)
        note = PlainLabel(
            self.tr(
                "The same seed gives the same customers in every scenario. "
                "The service level counts who is answered within so many seconds."
            )
        )
        note.setForegroundRole(note.foregroundRole().PlaceholderText)
        note.setMaximumWidth(px(340))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(10))
        column.addLayout(form)
        column.addWidget(note)

    def _connect(self) -> None:
        self._group.addButton(self.fixed)
        self._group.addButton(self.precise)
        self.fixed.toggled.connect(self._on_choice)
        for spin in (self.replications, self.seed, self.within):
            spin.valueChanged.connect(self._on_settings)
        self.precision.valueChanged.connect(self._on_settings)
        self.day.currentIndexChanged.connect(self._on_period)
        self.days.valueChanged.connect(self._on_period)

    def _on_choice(self) -> None:
        self.replications.setEnabled(self.fixed.isChecked())
        self.precision.setEnabled(self.precise.isChecked())
        self.changed.emit()

    def _on_settings(self, _value: float) -> None:
        self.changed.emit()

    def _on_period(self, _value: int) -> None:
        self._say_days()
        day = list(Weekday)[self.day.currentIndex()]
        edit = set_period(self._session.document, day, self.days.value())
        if edit is not None:
            self._session.do(edit, "the period of a run")

    def _say_days(self) -> None:
        self.days.setSuffix(self.tr(" day") if self.days.value() == 1 else self.tr(" days"))


def _spin(low: int, high: int, suffix: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(low, high)
    spin.setSuffix(suffix)
    spin.setGroupSeparatorShown(True)
    return spin
