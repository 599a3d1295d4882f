"""The key figures of the run that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.runs import Runs
from designer.session import Change, Session
from designer.simulating.pages import ResultPages

if TYPE_CHECKING:
    from designer.results import KpiCards


class ResultsPanel(QWidget):
    """run_asked: there is nothing yet, and shall be.  chosen: a card was pressed; its KPI."""

    run_asked = Signal()
    chosen = Signal(str)

    def __init__(self, session: Session, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Results"))
        self._session, self._runs = session, runs
        self._cards: KpiCards | None = None
        pages = ResultPages(
            runs,
            self.tr("Run the journey to see where its customers wait, give up and come back."),
            self._make,
            self._show,
        )
        pages.run_asked.connect(self.run_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)
        self._targets = session.document.scenarios.targets
        self._stop = session.listen(self._on_change)

    @property
    def cards(self) -> KpiCards | None:
        """The cards, once there are results."""
        return self._cards

    def close_panel(self) -> None:
        """Let go of the session."""
        self._stop()

    def _make(self) -> QWidget:
        from designer.results import KpiCards  # noqa: PLC0415 - takes a moment to import

        self._cards = KpiCards()
        self._cards.chosen.connect(self.chosen)
        self._cards.run_asked.connect(self.run_asked)
        return self._cards

    def _show(self) -> None:
        results = self._runs.shown
        if self._cards is None or results is None:
            return
        targets = self._session.document.scenarios.targets
        self._cards.show_results(
            results, self._runs.before(results), targets, is_stale=self._runs.current is None
        )

    def _on_change(self, _change: Change) -> None:
        """Targets change no result, but what is said of it."""
        targets = self._session.document.scenarios.targets
        if targets is not self._targets:
            self._targets = targets
            self._show()
