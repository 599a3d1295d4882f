"""The map's table: arrows go from cell to cell, Enter leads to the step on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from designer.journey_map.cells import WIDE, MapCells
from designer.journey_map.model import MapModel
from designer.theme.look import px
from simulator.journey_map.model import JourneyMap

_LOOKED_AT = 200
"""Of so many columns the rows are made high enough: a map of thousands must not wait."""


class MapTable(QTableView):
    """chosen: Enter on a cell, or a double click; its step.  entered: another cell is current.

    emotion_asked: a step, and by how much its expected emotion shall change.
    """

    chosen = Signal(str)
    entered_step = Signal(str)
    emotion_asked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map_model = MapModel(self)
        self.setModel(self.map_model)
        self.setItemDelegate(MapCells(self.map_model, self))
        self.setAccessibleName(self.tr("Journey map"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setResizeContentsPrecision(_LOOKED_AT)
        down.setSectionsClickable(False)
        down.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft
            | Qt.AlignmentFlag.AlignTop
            | Qt.AlignmentFlag(int(Qt.TextFlag.TextWordWrap))
        )
        self.doubleClicked.connect(self._on_chosen)
        self.selectionModel().currentChanged.connect(self._on_current)
        # Names of stages stay in sight, so they are drawn anew wherever one is scrolled to.
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.restyle()

    def show_map(self, of: JourneyMap, *, is_stale: bool) -> None:
        """Show this map; what is current and scrolled to stays so."""
        model, current = self.map_model, self.currentIndex()
        step = model.step_at(current)
        row = model.rows[current.row()].id if current.isValid() else ""
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        places = [bar.value() for bar in bars]
        self.selectionModel().blockSignals(True)
        self.clearSpans()
        model.show_map(of, is_stale=is_stale)
        for first, count in model.stages():
            if count > 1:
                self.setSpan(0, first, 1, count)
        column = model.column_of(step) if step is not None else -1
        if column >= 0:
            self.setCurrentIndex(model.index(max(0, model.row_of(row)), column))
        self.selectionModel().blockSignals(False)
        self.resizeRowsToContents()
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)

    def show_step(self, step: str) -> None:
        """Make a cell of this step the current one, in the row that is current."""
        column = self.map_model.column_of(step)
        if column >= 0 and self.map_model.step_at(self.currentIndex()) != step:
            row = max(1, self.currentIndex().row())
            self.setCurrentIndex(self.map_model.index(row, column))

    def restyle(self) -> None:
        """Follow text size."""
        self.horizontalHeader().setDefaultSectionSize(px(WIDE))
        self.verticalHeader().setFixedWidth(px(136))
        self.verticalHeader().setStyleSheet(
            f"QHeaderView::section {{ border-bottom: none; "
            f"padding: {px(8)}px {px(8)}px {px(8)}px {px(16)}px; }}"
        )
        self.resizeRowsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter leads to the step; + and - change what is expected."""
        index, key = self.currentIndex(), event.key()
        step = self.map_model.step_at(index)
        is_expected = index.isValid() and self.map_model.rows[index.row()].id == "expected"
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and step is not None:
            self.chosen.emit(step)
        elif is_expected and step is not None and event.text() in {"+", "-", "−"}:
            self.emotion_asked.emit(step, 1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: QModelIndex) -> None:
        step = self.map_model.step_at(index)
        if step is not None:
            self.chosen.emit(step)

    def _on_scrolled(self, _place: int) -> None:
        self.viewport().update()

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        step = self.map_model.step_at(index)
        if step is not None and self.hasFocus():
            self.entered_step.emit(step)
