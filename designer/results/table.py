"""A table of results: sorted, searched, copied, saved, and leading to the steps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.empty_state import EmptyState
from designer.results.model import ResultsModel
from designer.results.rows import Rows, as_text
from designer.row_view import RowView
from designer.search_words import SearchWords
from designer.theme.look import px
from engine.errors import WaylineError
from engine.files import save_atomically


class ResultsTable(QWidget):
    """chosen: a row was clicked, or Enter was pressed on it; the id of its step.

    failed: it could not be saved; a WaylineError.  saved: where it is.
    """

    chosen = Signal(str)
    failed = Signal(object)
    saved = Signal(str)

    def __init__(self, name: str, nothing: str, parent: QWidget | None = None) -> None:
        """`name` is what the table is called; `nothing` is said where there are no rows."""
        super().__init__(parent)
        self._name, self._nothing_said = name, nothing
        self._model = ResultsModel(self)
        self._view = RowView(self._model, name)
        self._field = QLineEdit()
        self._copy, self._save = QPushButton(self.tr("Copy")), QPushButton(self.tr("Save…"))
        self._nothing = EmptyState()
        self._arrange()
        self._connect()
        self._say_nothing()

    def show_table(self, table: Rows) -> None:
        """Show these rows; what is sorted, searched and current stays so."""
        current = self._current()
        is_other = table.columns != self._model.table.columns
        if is_other:
            self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._model.show_table(table)
        if is_other:
            self._view.resizeColumnsToContents()
            # A long name must not push the numbers out of sight.
            self._view.setColumnWidth(0, min(self._view.columnWidth(0), px(300)))
        self._come_back(current)

    def copy(self) -> None:
        """All that is shown, as tab-separated text."""
        QGuiApplication.clipboard().setText(as_text(self._model.table, self._model.rows, "\t"))

    def save(self, name: str) -> None:
        """All that is shown, as a CSV file of this name."""
        text = as_text(self._model.table, self._model.rows, ",")
        try:
            save_atomically(Path(name), text.encode())
        except WaylineError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(name)

    # ---- building

    def _arrange(self) -> None:
        self._field.setPlaceholderText(self.tr("Search"))
        self._field.setAccessibleName(self.tr("Search in %1").replace("%1", self._name))
        self._field.setClearButtonEnabled(True)
        self._copy.setToolTip(self.tr("Copy the rows that are shown, for a spreadsheet"))
        self._save.setToolTip(self.tr("Save the rows that are shown as CSV"))
        for button in (self._copy, self._save):
            button.setAccessibleName(f"{button.text()}: {self._name}")
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(8))
        row.addWidget(self._field, 1)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        self._pages = QStackedLayout()
        self._pages.setContentsMargins(px(9), 0, 0, 0)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._pages, 1)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_search)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self._ask_for_file)
        self._view.copied.connect(self.copy)
        self._view.chosen.connect(self._on_chosen)
        self._nothing.clicked.connect(self._field.clear)
        self._model.modelReset.connect(self._say_nothing)

    # ---- doing

    def _say_nothing(self) -> None:
        is_empty = not self._model.rows
        self._pages.setCurrentWidget(self._nothing if is_empty else self._view)
        self._copy.setEnabled(not is_empty)
        self._save.setEnabled(not is_empty)
        self._field.setEnabled(bool(self._model.table.rows))
        if self._model.table.rows:
            self._nothing.say(self.tr("Nothing is found."), "search", self.tr("Show all"))
        else:
            self._nothing.say(self._nothing_said, "run")

    def _on_search(self, text: str) -> None:
        current = self._current()
        self._model.search(SearchWords(text))
        self._come_back(current)

    def _current(self) -> str | None:
        index = self._view.currentIndex()
        return self._model.rows[index.row()].id if index.isValid() else None

    def _come_back(self, name: str | None) -> None:
        row = self._model.row_of(name) if name is not None else -1
        if row >= 0:
            self._view.setCurrentIndex(self._model.index(row, 0))

    def _on_chosen(self, index: QModelIndex) -> None:
        step = self._model.rows[index.row()].step
        if step is not None:
            self.chosen.emit(step)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Save table"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Table (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
