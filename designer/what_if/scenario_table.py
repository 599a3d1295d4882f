"""The scenarios as a table: chosen for a run by their boxes, edited by selecting a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from designer.plain_text import tip
from designer.theme.look import active, px
from designer.what_if.scenario_rows import KPIS_SHOWN, ScenarioRow
from simulator.kpis import KPIS

AnyIndex = QModelIndex | QPersistentModelIndex
_LONGEST = 200


class ScenarioModel(QAbstractTableModel):
    """checked_changed: other scenarios are chosen."""

    checked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ScenarioRow] = ()
        self._unchecked: set[str | None] = set()

    def show_rows(self, rows: Sequence[ScenarioRow]) -> None:
        """Show these; what was chosen stays so."""
        if list(rows) == list(self.rows):
            return
        if [one.id for one in rows] == [one.id for one in self.rows]:
            self.rows = rows
            end = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @property
    def checked(self) -> list[str | None]:
        """Those that are chosen, in their order; None for the baseline."""
        return [one.id for one in self.rows if one.id not in self._unchecked]

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """The baseline and the scenarios."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Name, what is different, and the key figures."""
        return 0 if parent is not None and parent.isValid() else 2 + len(KPIS_SHOWN)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A box before each name."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tip, colour and box."""
        row = self.rows[index.row()]
        if index.column() == 0 and role == Qt.ItemDataRole.CheckStateRole:
            is_on = row.id not in self._unchecked
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        if index.column() > 1:
            return self._figure(row, KPIS_SHOWN[index.column() - 2], role)
        text = row.name if index.column() == 0 else row.said
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())[:_LONGEST]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join((row.name, *row.changes)))
        return None

    def _figure(self, row: ScenarioRow, kpi: str, role: int) -> Any:
        figure = row.figures.get(kpi)
        if figure is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return figure.text
            case Qt.ItemDataRole.ToolTipRole:
                return tip(figure.said)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.name}, {figure.said}"
            case Qt.ItemDataRole.ForegroundRole if figure.tone:
                return active().good if figure.tone == "good" else active().bad
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = 0) -> bool:  # noqa: N802
        """Choose a scenario, or not."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        name = self.rows[index.row()].id
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._unchecked.discard(name)
        else:
            self._unchecked.add(name)
        self.dataChanged.emit(index, index)
        self.checked_changed.emit()
        return True

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles, and for key figures how they are computed."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        kpi = KPIS[KPIS_SHOWN[section - 2]] if section > 1 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return kpi.name if kpi else (self.tr("Scenario"), self.tr("What is different"))[section]
        if role == Qt.ItemDataRole.ToolTipRole and kpi is not None:
            return tip(kpi.formula)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class ScenarioTable(QTableView):
    """selected: another row is current; the id of its scenario, None for the baseline."""

    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ScenarioModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Scenarios"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + px(10))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((190, 180, *(150 for _ in KPIS_SHOWN))):
            self.setColumnWidth(column, px(width))
        self.selectionModel().currentRowChanged.connect(self._on_row)

    @property
    def current(self) -> str | None:
        """The scenario of the current row; None for the baseline, or no row."""
        row = self.currentIndex().row()
        return self.rows.rows[row].id if 0 <= row < len(self.rows.rows) else None

    def show_rows(self, rows: Sequence[ScenarioRow]) -> None:
        """Show these; the current one stays current."""
        before = self.current
        self.rows.show_rows(rows)
        if self.current != before or not self.currentIndex().isValid():
            self.choose(before)

    def choose(self, scenario: str | None) -> None:
        """Make the row of this scenario the current one."""
        rows = self.rows.rows
        row = next((n for n, one in enumerate(rows) if one.id == scenario), 0)
        if rows:
            self.setCurrentIndex(self.rows.index(row, 0))

    def _on_row(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.selected.emit(self.current)
