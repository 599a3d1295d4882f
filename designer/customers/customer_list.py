"""The customers who match, as a table that is sorted by its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from designer.customers.told import Listed
from designer.customers.words import outcomes_said, said, seconds_said
from designer.plain_text import cut, tip
from designer.theme.look import px

AnyIndex = QModelIndex | QPersistentModelIndex
RANK: Final = Qt.ItemDataRole.UserRole + 1
"""What rows are sorted by."""
_LONGEST = 300

_TEXTS: Final[Sequence[Callable[[Listed], str]]] = (
    lambda one: str(one.number),
    lambda one: outcomes_said(one.outcomes),
    lambda one: seconds_said(one.waited),
    lambda one: f"{one.effort:,.3g}",
    lambda one: one.channel,
)
_RANKS: Final[Sequence[Callable[[Listed], Any]]] = (
    lambda one: one.number,
    lambda one: ", ".join(one.outcomes),
    lambda one: one.waited,
    lambda one: one.effort,
    lambda one: one.channel,
)
_NUMBERS: Final = frozenset({0, 2, 3})


class CustomerModel(QAbstractTableModel):
    """A row a customer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.customers: Sequence[Listed] = ()

    def show_customers(self, customers: Sequence[Listed]) -> None:
        """Show these."""
        self.beginResetModel()
        self.customers = customers
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Customers."""
        return 0 if parent.isValid() else len(self.customers)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Facts of each."""
        return 0 if parent.isValid() else len(_TEXTS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column says."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            titles = ("Customer", "Outcome of each contact", "Waited", "Effort", "Channel")
            return said(titles[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, tip, and what to sort by."""
        one = self.customers[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cut(_TEXTS[index.column()](one), _LONGEST)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(outcomes_said(one.outcomes))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case _ if role == RANK:
                return _RANKS[index.column()](one)
        return None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class CustomerList(QTableView):
    """chosen: a customer was clicked, or Enter was pressed; by number."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = CustomerModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(RANK)
        self.setModel(self._sorted)
        self.setAccessibleName(self.tr("Customers who match"))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.clicked.connect(self._on_chosen)
        self.fit()

    @property
    def customers(self) -> list[int]:
        """The numbers, in the order in which they are shown."""
        rows = range(self._sorted.rowCount())
        return [int(self._sorted.index(row, 0).data(RANK)) for row in rows]

    def show_customers(self, customers: Sequence[Listed]) -> None:
        """Show these, in the order given unless another is chosen."""
        self._model.show_customers(customers)
        self.resizeColumnsToContents()

    def make_current(self, number: int) -> None:
        """Mark this customer, if they are in the list."""
        for row, one in enumerate(self.customers):
            if one == number:
                self.selectRow(row)
                return
        self.clearSelection()

    def fit(self) -> None:
        """Rows as high as the text."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter chooses."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._on_chosen(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(int(index.siblingAtColumn(0).data(RANK)))
