"""Widgets of one size in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from designer.theme.look import px


class ResponsiveGrid(QWidget):
    """Columns are at least so wide; in them the widgets share the width."""

    def __init__(self, least: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._items: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(12))

    def show_items(self, items: Sequence[QWidget]) -> None:
        """Show these widgets, in their order, and no others."""
        for old in self._items:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._items = list(items)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More or fewer columns, as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._grid.spacing()
        columns = max(1, (self.width() + gap) // (px(self._least) + gap))
        if columns == self._columns or not self._items:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, item in enumerate(self._items):
            self._grid.addWidget(item, number // columns, number % columns)
        self.updateGeometry()
