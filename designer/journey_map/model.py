"""The map as a table for views: stages above, a column a step, a row for all that is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from designer.plain_text import cut, tip
from simulator.journey_map.model import JourneyMap
from simulator.journey_map.rows import CURVE, Column, Row, columns, rows, signed

ROW: Final = Qt.ItemDataRole.UserRole
"""The id of the cell's row."""
COLUMN: Final = Qt.ItemDataRole.UserRole + 1
"""The number of the cell's column."""
STAGE: Final = "stage"

AnyIndex = QModelIndex | QPersistentModelIndex
_LONGEST: Final = 600


class MapModel(QAbstractTableModel):
    """Follows no document: whoever shows it gives it the map."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[Row] = ()
        self.is_stale = False

    def show_map(self, of: JourneyMap, *, is_stale: bool) -> None:
        """Show this map; stale: what is simulated is from before a change."""
        self.beginResetModel()
        self.columns, self.is_stale = columns(of), is_stale
        names = [one.stage_name for one in self.columns]
        self.rows = [Row(STAGE, self.tr("Stage"), names), *rows(of)]
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """Where the row with this id is; -1 if there is none."""
        return next((n for n, row in enumerate(self.rows) if row.id == name), -1)

    def column_of(self, step: str) -> int:
        """Where the column of this step is; -1 if there is none."""
        found = (n for n, one in enumerate(self.columns) if one.step and one.step.id == step)
        return next(found, -1)

    def step_at(self, index: AnyIndex) -> str | None:
        """The id of the step in whose column the cell is."""
        if not index.isValid() or index.column() >= len(self.columns):
            return None
        step = self.columns[index.column()].step
        return step.id if step is not None else None

    def stages(self) -> list[tuple[int, int]]:
        """The first column and the number of columns of each stage."""
        found: list[tuple[int, int]] = []
        before: object = self
        for number, column in enumerate(self.columns):
            if found and column.stage is before:
                found[-1] = found[-1][0], found[-1][1] + 1
            else:
                found.append((number, 1))
            before = column.stage
        return found

    # ---- for the view

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One for each thing that is said."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One for each step."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, its tip and what screen readers say."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        text = cut(row.cells[index.column()], _LONGEST)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.cells[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(row, index.column(), text)
        if role == ROW:
            return row.id
        return index.column() if role == COLUMN else None

    def _said(self, row: Row, column: int, text: str) -> str:
        if row.id == STAGE:
            return f"{row.title}: {text}"
        at = self.columns[column]
        name = at.step.name if at.step is not None else at.stage_name
        if row.id == CURVE:
            text = self._curves_said(at)
        elif row.id == "step":
            return f"{name}, {at.stage_name}"
        return f"{name}, {row.title}: {' '.join(text.split()) or self.tr('nothing')}"

    def _curves_said(self, at: Column) -> str:
        said = []
        if at.expected is not None:
            said.append(self.tr("expected %1").replace("%1", signed(at.expected, 0)))
        if at.felt is not None:
            said.append(self.tr("simulated %1").replace("%1", signed(at.felt.value)))
        return ", ".join(said)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What each row is about; columns are named in their first cells."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section].title if section < len(self.rows) else None
        if role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            step = self.columns[section].step
            return cut(step.name, 60) if step is not None else None
        return None
