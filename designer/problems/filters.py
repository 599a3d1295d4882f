"""Which findings are listed: a search field, and a button for each severity."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from designer import icons
from designer.problems.severity import colour, picture, plural
from designer.search_words import SearchWords
from designer.theme.look import active, px
from engine.validation import Finding, Severity


class ProblemFilter(QWidget):
    """changed: other findings pass than before."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Filter problems"))
        self._field.setAccessibleName(self.tr("Filter problems"))
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(self._on_change)
        self._lens: QAction = self._field.addAction(
            QIcon(), QLineEdit.ActionPosition.LeadingPosition
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(4))
        row.addWidget(self._field, 1)
        self._buttons = {severity: self._button() for severity in Severity}
        for button in self._buttons.values():
            row.addWidget(button)
        self._dress()
        self.show_counts({})

    def show_counts(self, counts: Mapping[Severity, int]) -> None:
        """Say on the buttons how many findings there are."""
        for severity, button in self._buttons.items():
            number = counts.get(severity, 0)
            button.setText(f"{number:,}")
            name = self.tr("Show %1: %2").replace("%1", plural(severity).lower())
            button.setAccessibleName(name.replace("%2", f"{number:,}"))
            button.setToolTip(button.accessibleName())

    def clear(self) -> None:
        """Let everything pass."""
        self._field.clear()
        for button in self._buttons.values():
            button.setChecked(True)

    def passes(self, finding: Finding, words: SearchWords, where: str) -> bool:
        """Whether a finding at `where` is to be shown; `words` are those of this filter."""
        if not self._buttons[finding.severity].isChecked():
            return False
        return not words or words.are_in(finding.code, finding.what, finding.mend, where)

    def words(self) -> SearchWords:
        """What is searched for."""
        return SearchWords(self._field.text())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.toggled.connect(self._on_change)
        return button

    def _on_change(self, *_: object) -> None:
        self.changed.emit()

    def _dress(self) -> None:
        self._lens.setIcon(icons.icon("search", active().soft))
        for severity, button in self._buttons.items():
            button.setIconSize(QSize(px(16), px(16)))
            button.setIcon(icons.icon(picture(severity), colour(severity)))
