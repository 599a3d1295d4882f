"""What is in the middle of a window: the canvas, or the journey map in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from designer.canvas.canvas import Canvas
from designer.panels import enter
from designer.runs import Runs
from designer.selection import Selection
from designer.session import Session

if TYPE_CHECKING:
    from designer.journey_map import MapPage


class Middle(QStackedWidget):
    """failed, told, run_asked: as of the journey map.  turned: the other one is shown now."""

    failed = Signal(object)
    told = Signal(str)
    run_asked = Signal()
    turned = Signal()

    def __init__(self, canvas: Canvas, session: Session, selection: Selection, runs: Runs) -> None:
        super().__init__()
        self._canvas, self._made_of = canvas, (session, selection, runs)
        self._selection = selection
        self._map: MapPage | None = None
        self.addWidget(canvas)

    @property
    def map_page(self) -> MapPage | None:
        """The map, once it was shown."""
        return self._map

    @property
    def shows_map(self) -> bool:
        """Whether the map is shown instead of the canvas."""
        return self._map is not None and self.currentWidget() is self._map

    def show_map(self, *, is_shown: bool) -> None:
        """Show the map, or the canvas again."""
        if is_shown:
            page = self._made()
            self.setCurrentWidget(page)
            enter(page.table)
        else:
            self.setCurrentWidget(self._canvas)
            self._canvas.view.setFocus()
        self.turned.emit()

    def close_middle(self) -> None:
        """Let go of the session."""
        if self._map is not None:
            self._map.close_panel()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        if self._map is not None:
            self._map.restyle()

    def _made(self) -> MapPage:
        if self._map is None:
            from designer.journey_map import MapPage  # noqa: PLC0415 - numpy, not needed to start

            self._map = MapPage(*self._made_of)
            self._map.failed.connect(self.failed)
            self._map.told.connect(self.told)
            self._map.run_asked.connect(self.run_asked)
            self._map.step_chosen.connect(self._on_step)
            self.addWidget(self._map)
        return self._map

    def _on_step(self, step: str) -> None:
        self.show_map(is_shown=False)
        self._selection.go_to(step)
