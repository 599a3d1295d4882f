"""One scenario: its name, and its changes as sentences that can be made, edited and removed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.plain_text import PlainLabel, tip
from designer.scrolled import scrolled
from designer.session import Session
from designer.theme.look import px
from designer.what_if.change_picker import ChangePicker
from designer.what_if.scenario_rows import sentences
from engine.element_edits import put_named, with_fields
from engine.errors import WaylineError
from engine.scenarios import AnyChange, Scenario

PLACE = "scenarios.named"


class ScenarioEditor(QWidget):
    """failed: an edit could not be made."""

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scenario: Scenario | None = None
        self._edited = -1
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the scenario"))
        self.changes = QListWidget()
        self.changes.setWordWrap(True)
        self.changes.setAccessibleName(self.tr("Changes"))
        self.add = self._button(self.tr("Add a change"), self._on_add)
        self.edit = self._button(self.tr("Edit"), self._on_edit)
        self.remove = self._button(self.tr("Remove"), self._on_remove)
        self.picker = ChangePicker(session)
        self.keep = self._button(self.tr("Keep"), self._on_keep)
        self.keep.setProperty("kind", "primary")
        self.leave = self._button(self.tr("Back"), self._show_list)
        self._arrange()
        self.name.editingFinished.connect(self._on_name)
        self.changes.currentRowChanged.connect(self._show_buttons)
        self.changes.itemActivated.connect(self._on_edit)
        self.picker.changed.connect(self._on_picked)
        self.show_scenario(None)

    def show_scenario(self, scenario: Scenario | None) -> None:
        """Show this scenario; None: the baseline, which has no changes."""
        if scenario is self._scenario and scenario is not None:
            return
        is_other = (scenario.id if scenario else None) != (
            self._scenario.id if self._scenario else None
        )
        self._scenario = scenario
        self._none.setVisible(scenario is None)
        self._all.setVisible(scenario is not None)
        if scenario is None:
            return
        if is_other:
            self._show_list()
        if self.name.text() != scenario.name:
            self.name.setText(scenario.name)
        row = self.changes.currentRow()
        self.changes.clear()
        for text in sentences(self._session.document, scenario.id):
            item = QListWidgetItem(" ".join(text.split()))
            item.setToolTip(tip(text))
            self.changes.addItem(item)
        self.changes.setCurrentRow(min(row, self.changes.count() - 1))
        self._show_buttons()

    # ---- building

    def _button(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(do)
        return button

    def _arrange(self) -> None:
        self._none = PlainLabel(
            self.tr("The baseline is the journey as it is. Select a scenario to change it.")
        )
        self._none.setForegroundRole(self._none.foregroundRole().PlaceholderText)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._all, listed, picking = QWidget(), QWidget(), QWidget()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self.add, self.edit, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.name)
        column.addWidget(self.changes, 1)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(px(8))
        below.addWidget(self.keep)
        below.addWidget(self.leave)
        below.addStretch(1)
        second = QVBoxLayout(picking)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(px(6))
        # In a low panel the value's words must not be squeezed, so they scroll.
        second.addWidget(scrolled(self.picker), 1)
        second.addLayout(below)
        self._pages = QStackedLayout(self._all)
        self._pages.addWidget(listed)
        self._pages.addWidget(picking)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(12), px(8), px(12), px(8))
        outer.addWidget(self._none)
        outer.addWidget(self._all, 1)

    # ---- doing

    def _show_buttons(self, _row: int = 0) -> None:
        is_there = self.changes.currentRow() >= 0
        self.edit.setEnabled(is_there)
        self.remove.setEnabled(is_there)

    def _show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        if self.isVisible():
            self.changes.setFocus()

    def _on_name(self) -> None:
        name = self.name.text().strip()
        if self._scenario is not None and name and name != self._scenario.name:
            self._put("Rename scenario", name=name)

    def _on_add(self) -> None:
        if self._scenario is not None:
            self._pick(len(self._scenario.changes), None)

    def _on_edit(self, _item: object = None) -> None:
        row = self.changes.currentRow()
        if self._scenario is not None and 0 <= row < len(self._scenario.changes):
            self._pick(row, self._scenario.changes[row])

    def _pick(self, at: int, change: AnyChange | None) -> None:
        if self._scenario is None:
            return
        self._edited = at
        self._pages.setCurrentIndex(1)
        self.picker.begin(self._scenario.changes[:at], change)
        self.picker.search.setFocus()
        self._on_picked()

    def _on_picked(self) -> None:
        self.keep.setEnabled(self.picker.change() is not None)

    def _on_keep(self) -> None:
        change = self.picker.change()
        if self._scenario is None or change is None:
            return
        changes = list(self._scenario.changes)
        changes[self._edited : self._edited + 1] = [change]
        at = self._edited
        if self._put("Change scenario", changes=changes):
            self._show_list()
            self.changes.setCurrentRow(at)

    def _on_remove(self) -> None:
        row = self.changes.currentRow()
        if self._scenario is not None and 0 <= row < len(self._scenario.changes):
            kept = [one for n, one in enumerate(self._scenario.changes) if n != row]
            self._put("Remove a change from scenario", changes=kept)

    def _put(self, label: str, **fields: object) -> bool:
        if self._scenario is None:
            return False
        document = self._session.document
        try:
            new = with_fields(self._scenario, **fields)
            self._session.do(put_named(document, PLACE, new, f"{label} “{new.name}”"))
        except WaylineError as error:
            self.failed.emit(error)
            return False
        return True
