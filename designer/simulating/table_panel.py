"""The figures of the run that is shown, step by step or team by team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.plain_text import PlainLabel
from designer.runs import Runs
from designer.session import Session
from designer.simulating.pages import ResultPages
from designer.theme.look import px

if TYPE_CHECKING:
    from designer.results import ResultsTable


class TablePanel(QWidget):
    """run_asked: there is nothing yet, and shall be.  chosen: a row was; its step's id.

    saved, failed: as of `ResultsTable`.
    """

    run_asked = Signal()
    chosen = Signal(str)
    saved = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        runs: Runs,
        of: Literal["steps", "teams"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._runs, self._of = session, runs, of
        self._table: ResultsTable | None = None
        self._stale = PlainLabel(self.tr("From before your change."))
        self._stale.setForegroundRole(self._stale.foregroundRole().PlaceholderText)
        self._stale.setContentsMargins(px(12), px(8), px(12), 0)
        self._stale.hide()
        name = self.tr("Steps") if of == "steps" else self.tr("Teams")
        self.setAccessibleName(name)
        said = (
            self.tr("Run the journey to see visits, waits and who gives up, step by step.")
            if of == "steps"
            else self.tr("Run the journey to see how busy each team is.")
        )
        pages = ResultPages(runs, said, self._make, self._show)
        pages.run_asked.connect(self.run_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stale)
        column.addWidget(pages, 1)

    @property
    def table(self) -> ResultsTable | None:
        """The table, once there are results."""
        return self._table

    def _make(self) -> QWidget:
        from designer.results import ResultsTable  # noqa: PLC0415 - takes a moment to import

        nothing = self.tr("The journey has no teams.")
        self._table = ResultsTable(self.accessibleName(), nothing)
        self._table.chosen.connect(self.chosen)
        self._table.saved.connect(self.saved)
        self._table.failed.connect(self.failed)
        return self._table

    def _show(self) -> None:
        from designer.results import step_rows, team_rows  # noqa: PLC0415

        results = self._runs.shown
        if self._table is None or results is None:
            return
        rows = step_rows if self._of == "steps" else team_rows
        self._table.show_table(rows(results, self._session.document))
        self._stale.setVisible(self._runs.current is None)
