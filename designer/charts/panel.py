"""The panel with the charts; what it is made of comes with the first results that are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.runs import Runs
from designer.selection import Selection
from designer.session import Session
from designer.simulating.pages import ResultPages

if TYPE_CHECKING:
    from designer.charts.page import ChartPage


class ChartsPanel(QWidget):
    """failed: a WaylineError that the user should read.  told: something worth a line.

    run_asked: there is nothing yet, and shall be.
    """

    failed = Signal(object)
    told = Signal(str)
    run_asked = Signal()

    def __init__(
        self, session: Session, selection: Selection, runs: Runs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Charts"))
        self._session, self._selection, self._runs = session, selection, runs
        self._page: ChartPage | None = None
        self._is_closed = False
        pages = ResultPages(
            runs,
            self.tr("Run the journey to see waits, queues, staffing and outcomes as charts."),
            self._make,
            self._show,
        )
        pages.run_asked.connect(self.run_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)

    @property
    def page(self) -> ChartPage | None:
        """The charts, once there are results and they were seen."""
        return self._page

    def close_panel(self) -> None:
        """Draw nothing more."""
        self._is_closed = True
        if self._page is not None:
            self._page.close_page()

    def restyle(self) -> None:
        """Take colours and text size of the active look."""
        if self._page is not None:
            self._page.restyle()

    def _make(self) -> QWidget:
        from designer.charts.page import ChartPage  # noqa: PLC0415 - when seen only

        self._page = ChartPage(self._session)
        self._page.failed.connect(self.failed)
        self._page.told.connect(self.told)
        self._page.step_chosen.connect(self._on_step)
        return self._page

    def _show(self) -> None:
        results = self._runs.shown
        if self._page is None or results is None or self._is_closed:
            return
        self._page.show_results(
            results,
            is_stale=self._runs.current is None,
            is_running=self._runs.running is not None,
        )

    def _on_step(self, planned: str) -> None:
        """Of a step within a sub-journey the last part is its id in the document."""
        self._selection.go_to(planned.rpartition("__")[2])
