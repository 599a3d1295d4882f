"""What is lost on the way to a target: a table, and the selected loss in full below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.empty_state import EmptyState
from designer.exporting.loss_detail import LossDetail
from designer.exporting.loss_model import LOSS, LossModel
from designer.exporting.words import counted
from designer.plain_text import ElidedLabel
from designer.row_view import RowView
from designer.search_words import SearchWords
from designer.theme.look import px
from engine.export.target import Loss, Severity


class LossesPage(QWidget):
    """chosen: a row was clicked, or Enter was pressed on it; the id of its planned step."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LossModel(self)
        self.table = RowView(self.model, self.tr("Losses"))
        self.detail = LossDetail()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search"))
        self.field.setAccessibleName(self.tr("Search in the losses"))
        self.field.setClearButtonEnabled(True)
        self.counts = ElidedLabel()
        self._nothing = EmptyState()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._arrange()
        self._connect()
        self._dress()
        self.show_losses((), {})

    def show_losses(self, losses: Sequence[Loss], names: Mapping[str, str]) -> None:
        """Show these; `names` are the steps' by their ids in the document."""
        current = self._current()
        self.model.show_losses(losses, names)
        counts = [(one, sum(loss.severity is one for loss in losses)) for one in Severity]
        self.counts.setText(", ".join(counted(one, number) for one, number in counts if number))
        self._come_back(current)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    # ---- building

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, px(8), 0, px(8))
        row.setSpacing(px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.counts, 1)
        header = self.table.horizontalHeader()
        for number, width in enumerate((100, 130, 130, 220)):
            header.resizeSection(number, px(width))
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setChildrenCollapsible(False)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._split)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._pages, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_search)
        self._nothing.clicked.connect(self.field.clear)
        self.table.chosen.connect(self._on_chosen)
        self.table.copied.connect(self._copy)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.detail.chosen.connect(self.chosen)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)

    def _dress(self) -> None:
        self.table.setIconSize(QSize(px(16), px(16)))

    # ---- showing

    def _on_search(self, text: str) -> None:
        current = self._current()
        self.model.search(SearchWords(text))
        self._come_back(current)

    def _current(self) -> Loss | None:
        loss = self.table.currentIndex().data(LOSS)
        return loss if isinstance(loss, Loss) else None

    def _come_back(self, loss: Loss | None) -> None:
        """The same loss stays current, else the first one is."""
        rows = self.model.rows
        if rows:
            row = rows.index(loss) if loss in rows else 0
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._pages.setCurrentWidget(self._split if rows else self._nothing)
        self.field.setEnabled(bool(self.model.losses))
        if self.model.losses:
            self._nothing.say(self.tr("Nothing is found."), "search", self.tr("Show all"))
        else:
            self._nothing.say(self.tr("Nothing is lost."), "ok")
        self._tell()

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        loss = self._current()
        self.detail.show_loss(loss, self.model.where(loss) if loss is not None else "")

    # ---- doing

    def _on_find(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_chosen(self, index: QModelIndex) -> None:
        loss = index.data(LOSS)
        if isinstance(loss, Loss) and loss.step:
            self.chosen.emit(loss.step)

    def _copy(self) -> None:
        """All that is shown, as tab-separated text."""
        rows = [[*self.model.texts(loss)] for loss in self.model.rows]
        lines = ["\t".join(" ".join(text.split()) for text in row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
