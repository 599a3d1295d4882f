"""What if it were otherwise: another scenario, or one setting of the step that is looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from designer.customers.question import BASELINE, Other
from designer.customers.settings_of import Setting, settings_of
from designer.plain_text import PlainLabel, cut
from designer.theme.look import px
from engine.change_english import changes_in_english
from engine.document import Document
from engine.errors import DocumentError
from engine.scenarios import Addition, AnyChange, Change, Multiplication, Scenario
from engine.steps.base import Step

_LONGEST = 60
_NAME = "what_if"


class WhatIf(QWidget):
    """asked: show the other path, of `other`. cleared: show one path only."""

    asked = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._step: Step | None = None
        self._settings: list[Setting] = []
        self._case, self._setting, self._how = QComboBox(), QComboBox(), QComboBox()
        self._value = QLineEdit()
        self._sentence = PlainLabel()
        self._ask, self._clear = (
            QPushButton(self.tr("Other path")),
            QPushButton(self.tr("One path")),
        )
        self._arrange()
        self._case.activated.connect(self._on_case)
        self._setting.activated.connect(self._tell)
        self._how.activated.connect(self._tell)
        self._value.textEdited.connect(self._tell)
        self._value.returnPressed.connect(self._on_asked)
        self._ask.clicked.connect(self._on_asked)
        self._clear.clicked.connect(self.cleared)
        self._clear.hide()

    @property
    def other(self) -> Other | None:
        """The other case; None while it is not said yet."""
        kind, name = self._case.currentData() or ("", "")
        if kind == "scenario":
            return Other(scenario=name)
        change = self._change()
        return None if change is None or self._said(change) is None else Other(change=change)

    def show_document(self, document: Document, scenario: str | None) -> None:
        """Offer its scenarios, but the one that is shown already."""
        self._document = document
        before = self._case.currentData()
        self._case.clear()
        self._case.addItem(self.tr("one setting were"), ("setting", ""))
        if scenario is not None:
            self._case.addItem(self.tr("it were the baseline"), ("scenario", BASELINE))
        for one in document.scenarios.named:
            if one.id != scenario:
                name = self.tr("it were “%1”").replace("%1", cut(one.name or one.id, _LONGEST))
                self._case.addItem(name, ("scenario", one.id))
        self._case.setCurrentIndex(max(0, self._case.findData(before)))
        self._on_case()

    def show_step(self, step: Step | None) -> None:
        """Offer the settings of this step."""
        if self._document is None or step is self._step:
            return
        self._step = step
        place = self._place()
        self._settings = [] if step is None else settings_of(self._document, step)
        self._setting.clear()
        for one in self._settings:
            self._setting.addItem(cut(one.label, _LONGEST))
        known = [one.place for one in self._settings]
        self._setting.setCurrentIndex(known.index(place) if place in known else 0)
        self._tell()

    def show_compared(self, *, is_compared: bool) -> None:
        """Whether two paths are shown."""
        self._clear.setVisible(is_compared)

    # ---- what is said

    def _place(self) -> str:
        at = self._setting.currentIndex()
        return self._settings[at].place if 0 <= at < len(self._settings) else ""

    def _change(self) -> AnyChange | None:
        at = self._setting.currentIndex()
        if not 0 <= at < len(self._settings):
            return None
        setting = self._settings[at]
        try:
            value = float(self._value.text().replace(",", "."))
        except ValueError:
            return None
        try:
            return _made(setting, str(self._how.currentData()), value)
        except ValueError:
            return None

    def _said(self, change: AnyChange) -> str | None:
        """The change as a sentence; None if it does not fit."""
        document = self._document
        if document is None:
            return None
        made = Scenario(id=_NAME, name=_NAME, changes=[change])
        scenarios = document.scenarios.model_copy(update={"named": [made]})
        try:
            changed = document.model_copy(update={"scenarios": scenarios})
            return changes_in_english(changed, _NAME)[0]
        except DocumentError:
            return None

    def _on_case(self) -> None:
        is_setting = (self._case.currentData() or ("", ""))[0] == "setting"
        for widget in (self._setting, self._how, self._value, self._sentence):
            widget.setVisible(is_setting)
        self._tell()

    def _tell(self) -> None:
        is_setting = (self._case.currentData() or ("", ""))[0] == "setting"
        if is_setting:
            change = self._change()
            said = self._said(change) if change is not None else None
            if said is not None:
                self._sentence.setText(f"{said}.")
            elif not self._settings:
                self._sentence.setText(self.tr("Choose a line of the story that has settings."))
            elif self._value.text():
                self._sentence.setText(self.tr("This does not fit; type a number."))
            else:
                self._sentence.setText(self._now())
        self._ask.setEnabled(self.other is not None)

    def _now(self) -> str:
        value = self._settings[self._setting.currentIndex()].value
        if isinstance(value, list):
            low, high = min(value, default=0.0), max(value, default=0.0)
            said = f"{low:g}" if low == high else f"{low:g} – {high:g}"
        else:
            said = f"{value:g}"
        return self.tr("Now %1.").replace("%1", said)

    def _on_asked(self) -> None:
        if self.other is not None:
            self.asked.emit()

    def _arrange(self) -> None:
        for text, how in (
            (self.tr("times"), "times"),
            (self.tr("more by"), "add"),
            (self.tr("set to"), "to"),
        ):
            self._how.addItem(text, how)
        self._case.setAccessibleName(self.tr("What if"))
        self._setting.setAccessibleName(self.tr("Which setting of the step"))
        self._how.setAccessibleName(self.tr("How it changes"))
        self._value.setAccessibleName(self.tr("By how much"))
        self._value.setPlaceholderText(self.tr("number"))
        self._value.setMaxLength(20)
        self._sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for combo in (self._case, self._setting):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(8)
        title = PlainLabel(self.tr("What if"))
        title.setWordWrap(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(8), px(6), px(12), px(8))
        grid.setSpacing(px(6))
        grid.addWidget(title, 0, 0)
        grid.addWidget(self._case, 0, 1, 1, 2)
        grid.addWidget(self._setting, 1, 0, 1, 3)
        grid.addWidget(self._how, 2, 0)
        grid.addWidget(self._value, 2, 1, 1, 2)
        grid.addWidget(self._sentence, 3, 0, 1, 3)
        grid.addWidget(self._clear, 4, 0)
        grid.addWidget(self._ask, 4, 1, 1, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(5, 1)


def _made(setting: Setting, how: str, value: float) -> AnyChange:
    """ValueError if such a change cannot be."""
    if how == "add":
        return Addition(at=setting.place, add=value)
    if how == "times":
        return Multiplication(at=setting.place, times=value)
    whole = int(value) if value.is_integer() else value
    if isinstance(setting.value, list):
        return Change(at=setting.place, to=[whole] * len(setting.value))
    return Change(at=setting.place, to=whole)
