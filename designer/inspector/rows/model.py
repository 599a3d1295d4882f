"""Rows of a sheet for Qt's table view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from designer.inspector.rows.sheet import Column, Row, Sheet
from designer.inspector.writing.reading import Unreadable
from designer.plain_text import cut, tip

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """Shows rows; what is written into a cell is read at once.

    edited: the number of the row and what it is now. refused: why a cell cannot be read.
    """

    edited = Signal(int, object)
    refused = Signal(str)

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.rows: list[Row] = []
        self.columns: list[Column] = []

    def put(self, rows: list[Row]) -> None:
        """Show these rows."""
        columns = self.sheet.columns()
        is_same_shape = len(rows) == len(self.rows) and len(columns) == len(self.columns)
        if not is_same_shape:
            self.beginResetModel()
        self.rows, self.columns = rows, columns
        if not is_same_shape:
            self.endResetModel()
        elif rows:
            last = self.index(len(rows) - 1, max(len(columns) - 1, 0))
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the cell says."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and column.is_check:
            return (
                Qt.CheckState.Checked if self._is_checked(row, column) else Qt.CheckState.Unchecked
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.write(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.write(row))
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole} and not column.is_check:
            text = column.write(row)
            return cut(text, 200) if role == Qt.ItemDataRole.DisplayRole else text
        return None

    def _is_checked(self, row: Row, column: Column) -> bool:
        from designer.inspector.writing.texts import write_bool  # noqa: PLC0415

        return column.write(row) == write_bool(True)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Read what was written into the cell."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if column.read is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            text = "yes" if Qt.CheckState(value) == Qt.CheckState.Checked else "no"
        else:
            text = str(value)
            if text == column.write(row):
                return True
        try:
            changed = column.read(row, text)
        except Unreadable as problem:
            self.refused.emit(f"{column.title}: {problem}")
            return False
        self.refused.emit("")
        self.edited.emit(index.row(), changed)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Whether the cell can be written into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        if column.is_check:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if column.read is not None else flags

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of columns and rows."""
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        if role != Qt.ItemDataRole.DisplayRole and not is_tip:
            return None
        if orientation == Qt.Orientation.Horizontal:
            title = self.columns[section].title if section < len(self.columns) else ""
            return tip(title) if is_tip else title
        is_row = section < len(self.rows)
        return self.sheet.row_title(section, self.rows[section]) if is_row else None
