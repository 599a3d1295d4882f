"""Rows of results for a table view: sorted by a column, and only those that are searched for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from designer.plain_text import cut, tip
from designer.results.rows import Row, Rows
from designer.runs import Reading
from designer.search_words import SearchWords
from simulator.report.values import shown

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = Rows("", (), ())
_LONGEST = 200


class ResultsModel(QAbstractTableModel):
    """What is read and shown of the rows; numbers in their units."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = _NOTHING
        self._rows: list[Row] = []
        self._words = SearchWords("")
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder

    @property
    def table(self) -> Rows:
        """All that there is."""
        return self._table

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown, in its order."""
        return self._rows

    def show_table(self, table: Rows) -> None:
        """Show these rows, sorted and searched as before."""
        if table.columns != self._table.columns:
            self._column = -1
        self._table = table
        self._arrange()

    def search(self, words: SearchWords) -> None:
        """Show only rows in whose name or id these words are."""
        self._words = words
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; -1 for the order of the journey. What has no value is always last."""
        self._column, self._order = column, order
        self._arrange()

    def row_of(self, name: str) -> int:
        """Where the row of this id is; -1 if it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.id == name), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [r for r in self._table.rows if self._words.are_in(r.name, r.id)]
        is_down = self._order == Qt.SortOrder.DescendingOrder
        if self._column == 0:
            self._rows.sort(key=lambda row: row.name.casefold(), reverse=is_down)
        elif self._column > 0:
            self._rows.sort(key=lambda row: self._rank(row, is_down=is_down))
        self.endResetModel()

    def _rank(self, row: Row, *, is_down: bool) -> tuple[bool, float]:
        value = row.readings[self._column - 1].value
        number = value or 0.0
        return value is None, -number if is_down else number

    # ---- for the view

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One row a step or team."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Its name, and a column a measure."""
        return 0 if parent is not None and parent.isValid() else 1 + len(self._table.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tip and where it stands."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        one = row.readings[column - 1] if column else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _shown(one) if one is not None else " ".join(cut(row.name, _LONGEST).split())
            case Qt.ItemDataRole.ToolTipRole:
                return tip(_interval(one) if one is not None else f"{row.name}\n{row.id}")
            case Qt.ItemDataRole.AccessibleTextRole if one is not None:
                title = self._table.columns[column - 1].title
                return f"{row.name}, {title}: {_shown(one) or self.tr('does not apply')}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(_side(column) | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Titles, and how each is computed."""
        if orientation != Qt.Orientation.Horizontal or section > len(self._table.columns):
            return None
        column = self._table.columns[section - 1] if section else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                title = column.title if column is not None else self._table.what
                return title[:1].upper() + title[1:]
            case Qt.ItemDataRole.ToolTipRole if column is not None:
                return tip(column.formula)
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(_side(section) | Qt.AlignmentFlag.AlignVCenter)
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft


def _shown(one: Reading) -> str:
    return "" if one.value is None else shown(one.value, one.unit)


def _interval(one: Reading) -> str:
    if one.low is None or one.high is None:
        return _shown(one)
    return f"{_shown(one)} ({shown(one.low, one.unit)} – {shown(one.high, one.unit)})"
