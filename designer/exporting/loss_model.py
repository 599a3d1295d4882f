"""Losses as rows: how bad, of which step, what, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from designer import icons
from designer.exporting.words import colour, picture, word
from designer.plain_text import cut, tip
from designer.search_words import SearchWords
from engine.export.target import Loss, Severity

AnyIndex = QModelIndex | QPersistentModelIndex
LOSS = Qt.ItemDataRole.UserRole
_LONGEST = 300
_RANK = list(Severity)


class LossModel(QAbstractTableModel):
    """What is searched for, sorted by a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._losses: Sequence[Loss] = ()
        self._names: Mapping[str, str] = {}
        self._words = SearchWords("")
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder
        self._rows: list[Loss] = []

    @property
    def losses(self) -> Sequence[Loss]:
        """All that there are."""
        return self._losses

    @property
    def rows(self) -> Sequence[Loss]:
        """What is shown, in its order."""
        return self._rows

    def show_losses(self, losses: Sequence[Loss], names: Mapping[str, str]) -> None:
        """Show these; `names` are the steps' by their ids in the document."""
        self._losses, self._names = losses, names
        self._arrange()

    def search(self, words: SearchWords) -> None:
        """Show only losses in which these words are."""
        self._words = words
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; -1 for the worst first."""
        self._column, self._order = column, order
        self._arrange()

    def where(self, loss: Loss) -> str:
        """The step's name, after those that call its sub-journey."""
        if not loss.step:
            return self.tr("Whole journey")
        parts = loss.step.split("__")
        return " › ".join(self._names.get(part, part) for part in parts)

    def texts(self, loss: Loss) -> tuple[str, str, str, str, str]:
        """What stands in its columns."""
        what = loss.feature
        return word(loss.severity), self.where(loss), what, loss.reason, loss.workaround

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = [loss for loss in self._losses if self._words.are_in(*self.texts(loss), loss.step)]
        is_down = self._order == Qt.SortOrder.DescendingOrder
        if self._column == 0:
            rows.sort(key=lambda loss: _RANK.index(loss.severity), reverse=is_down)
        elif self._column > 0:
            rows.sort(key=lambda loss: self.texts(loss)[self._column].casefold(), reverse=is_down)
        self._rows = rows
        self.endResetModel()

    # ---- for the view

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One row a loss."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Severity, step, what, why, what to do."""
        return 0 if parent is not None and parent.isValid() else 5

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tip, and the severity's picture."""
        if not index.isValid():
            return None
        loss, column = self._rows[index.row()], index.column()
        text = self.texts(loss)[column]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(cut(text, _LONGEST).split())
            case Qt.ItemDataRole.ToolTipRole:
                return tip(text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles()[column]}: {text}"
            case Qt.ItemDataRole.DecorationRole if column == 0:
                return icons.icon(picture(loss.severity), colour(loss.severity))
            case _ if role == LOSS:
                return loss
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._titles()[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _titles(self) -> tuple[str, str, str, str, str]:
        return (
            self.tr("Severity"),
            self.tr("Step"),
            self.tr("What"),
            self.tr("Why"),
            self.tr("What to do"),
        )
