"""Lists and mappings: a table, buttons for its rows, and the rest of the current row below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT, note
from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.row_details import RowDetails
from designer.inspector.labels import label
from designer.inspector.rows.list_sheets import ModelSheet, ValueSheet
from designer.inspector.rows.mapping_sheet import MappingSheet
from designer.inspector.rows.model import RowsModel
from designer.inspector.rows.pasted import pasted
from designer.inspector.rows.sheet import Row, Sheet
from designer.inspector.rows.table import RowsTable
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.reading import NONE_POSSIBLE, Unreadable, say
from designer.theme.look import px, text_scale

_LARGE = 1.4
"""With text of this size the buttons take two lines."""
_FOR_ROWS = frozenset({"−", "↑", "↓"})
_NOTHING = QT_TRANSLATE_NOOP("Inspector", "There is nothing yet to list here.")


class RowsEditor(Editor):
    """Every change of a cell, every row added, removed or moved is a change of its own."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self.sheet = _sheet(spec, around)
        self._place = ""
        self._title = label(spec)
        self.model = RowsModel(self.sheet, self)
        self.table = RowsTable(self.model)
        self.details = RowDetails(self.sheet, around)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(self.table)
        self.bar = self._buttons()
        layout.addWidget(self.bar)
        self._empty = note(say(_NOTHING), SOFT)
        layout.addWidget(self._empty)
        layout.addWidget(self.details)
        self.model.edited.connect(self._on_edited)
        self.model.refused.connect(self.complained)
        self.table.pasted.connect(self._on_pasted)
        self.table.removing.connect(self.remove)
        self.table.moving.connect(self.shift)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.model.modelReset.connect(self._on_reset)
        self.details.changed.connect(self._on_details)
        self.details.left.connect(self.left)

    def _buttons(self) -> QWidget:
        bar = QWidget()
        grid = QGridLayout(bar)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(2))
        entries = [
            (self.sheet.can_add, "+", self.tr("Add a row"), self.add),
            (True, "−", self.tr("Remove the row"), self.remove),
            (self.sheet.can_move, "↑", self.tr("Move the row up"), self.move_up),
            (self.sheet.can_move, "↓", self.tr("Move the row down"), self.move_down),
            (True, self.tr("Paste"), self.tr("Paste rows from a spreadsheet"), self.paste),
        ]
        in_a_line = len(entries) if text_scale() < _LARGE else 2
        self.buttons: dict[str, QToolButton] = {}
        for shown, text, name, handler in entries:
            if not shown:
                continue
            button = QToolButton()
            button.setText(text)
            button.setAccessibleName(f"{name}: {self._title}")
            button.setToolTip(name)
            button.clicked.connect(handler)
            grid.addWidget(button, *divmod(len(self.buttons), in_a_line))
            self.buttons[text] = button
        grid.setColumnStretch(in_a_line, 1)
        return bar

    def entry(self) -> QWidget:
        """The table; the first button while there is nothing in it."""
        buttons = list(self.buttons.values())
        return self.table if self.model.rows or not buttons else buttons[0]

    def set_names(self, name: str, help_: str) -> None:
        """Name the table; its buttons have names of their own."""
        self.table.setAccessibleName(name)
        self.table.setAccessibleDescription(help_)

    def show_value(self, value: Any, owner: Any, place: str) -> None:
        """Show the rows; the current one stays the current one."""
        self.sheet.owner, self._place = owner, place
        self.model.put(self.sheet.rows(value))
        has_rows = bool(self.model.rows)
        self.table.setVisible(has_rows)
        self.bar.setVisible(has_rows or self.sheet.can_add)
        for text, button in self.buttons.items():
            button.setVisible(has_rows or text not in _FOR_ROWS)
        self._empty.setVisible(not has_rows and not self.sheet.can_add)
        self._show_details()

    def forget(self) -> None:
        """No row is the current one."""
        self.complained.emit("")
        self.details.forget()
        self.table.selectionModel().clear()

    def reveal(self, way: Sequence[str]) -> QWidget:
        """The row of this key or number; and on into its details."""
        keys = [str(row.key) for row in self.model.rows]
        if not way:
            return self.table
        number = keys.index(way[0]) if way[0] in keys else _number(way[0], len(keys))
        if number is None:
            return self.table
        self.table.setCurrentIndex(self.model.index(number, 0))
        if way[1:] and self.details.isVisibleTo(self):
            return self.details.reveal(way[1:]) or self.table
        return self.table

    # ---- changes

    def _emit(self, rows: Sequence[Row], gesture: tuple[str, ...] | None = None) -> None:
        self.changed.emit(self.sheet.value(rows), gesture)

    def _on_edited(self, number: int, row: Row) -> None:
        rows = list(self.model.rows)
        rows[number] = row
        self._emit(rows)

    def add(self) -> None:
        """Add a row, and begin to write into it."""
        rows = list(self.model.rows)
        try:
            rows.append(self.sheet.new_row(rows))
        except ValidationError:
            self.complained.emit(say(NONE_POSSIBLE))
            return
        self._emit(rows)
        if len(self.model.rows) == len(rows):
            self.table.setFocus()
            index = self.model.index(len(rows) - 1, 0)
            self.table.setCurrentIndex(index)
            if self.model.columns[0].read is not None and not self.model.columns[0].is_check:
                self.table.edit(index)

    def remove(self) -> None:
        """Remove the current row."""
        number = self.table.currentIndex().row()
        if not 0 <= number < len(self.model.rows):
            return
        rows = list(self.model.rows)
        left = self.sheet.removed(rows[number])
        rows[number : number + 1] = [left] if left is not None else []
        self._emit(rows)
        if self.model.rows:
            at = min(number, len(self.model.rows) - 1)
            self.table.setCurrentIndex(self.model.index(at, 0))

    def move_up(self) -> None:
        """Move the current row up."""
        self.shift(-1)

    def move_down(self) -> None:
        """Move the current row down."""
        self.shift(1)

    def shift(self, by: int) -> None:
        """Move the current row."""
        number, rows = self.table.currentIndex().row(), list(self.model.rows)
        if not self.sheet.can_move or number < 0 or not 0 <= number + by < len(rows):
            return
        rows[number], rows[number + by] = rows[number + by], rows[number]
        column = self.table.currentIndex().column()
        self._emit(rows)
        self.table.setCurrentIndex(self.model.index(number + by, column))

    def paste(self) -> None:
        """Paste what the clipboard has."""
        self._on_pasted(QGuiApplication.clipboard().text())

    def _on_pasted(self, text: str) -> None:
        index = self.table.currentIndex()
        at = (max(index.row(), 0), max(index.column(), 0))
        try:
            rows = pasted(self.sheet, self.model.rows, at, text)
        except (Unreadable, ValidationError) as problem:
            is_said = isinstance(problem, Unreadable)
            self.complained.emit(str(problem) if is_said else say(NONE_POSSIBLE))
            return
        self.complained.emit("")
        self._emit(rows)

    # ---- the current row

    def _on_current(self) -> None:
        self._show_details()

    def _on_reset(self) -> None:
        self._show_details()

    def _show_details(self) -> None:
        number = self.table.currentIndex().row()
        if 0 <= number < len(self.model.rows):
            row = self.model.rows[number]
            self.details.show_row(row, f"{self._place}/{row.key}" if self._place else "")
        else:
            self.details.hide()

    def _on_details(self, row: Row, gesture: Any) -> None:
        number = self.table.currentIndex().row()
        if 0 <= number < len(self.model.rows):
            rows = list(self.model.rows)
            rows[number] = row
            self._emit(rows, None if gesture is None else (str(number), *gesture))


def _sheet(spec: Spec, around: Surroundings) -> Sheet:
    if spec.origin is dict:
        return MappingSheet(spec, around)
    is_models = spec.element.model is not None
    return ModelSheet(spec, around) if is_models else ValueSheet(spec, around)


def _number(text: str, count: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 and int(text) < count else None
