"""Running one document, and the panels that show what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from designer.canvas.canvas import Canvas
from designer.charts import ChartsPanel
from designer.customers import CustomersPanel
from designer.panels import Panel
from designer.problems.checker import Checker
from designer.replay import ReplayPanel
from designer.run_bar import RunBar
from designer.runs import Runs, RunSettings
from designer.selection import Selection
from designer.session import Session
from designer.settings import Settings
from designer.simulating.results_panel import ResultsPanel
from designer.simulating.table_panel import TablePanel
from designer.what_if import WhatIfPanel
from engine.errors import WaylineError
from engine.validation import Severity


class Simulating(QObject):
    """The runs of a session with the bar that starts them.

    failed: an error that the user should read.  told: something worth a line.
    began: a run was started, and the panel with its results shall be seen.
    errors_found: the journey cannot be run as it is; the problems shall be seen.
    """

    failed = Signal(object)
    told = Signal(str)
    began = Signal()
    errors_found = Signal()

    def __init__(
        self,
        session: Session,
        selection: Selection,
        checker: Checker,
        canvas: Canvas,
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._checker = checker
        self.runs = Runs(session, self)
        self.bar = RunBar(session, self.runs)
        self.results = ResultsPanel(session, self.runs)
        self.steps = TablePanel(session, self.runs, "steps")
        self.teams = TablePanel(session, self.runs, "teams")
        self.what_if = WhatIfPanel(session, self.runs, self._settings)
        self.charts = ChartsPanel(session, selection, self.runs)
        self.replay = ReplayPanel(session, selection, self.runs, canvas, settings)
        self.customers = CustomersPanel(session, selection, self.runs, canvas)
        self.runs.failed.connect(self._on_failure)
        self.runs.cancelled.connect(self._on_cancelled)
        self.bar.run_asked.connect(self.run)
        self.bar.cancel_asked.connect(self.runs.cancel)
        self.bar.asked_for.connect(self._on_asked_for)
        self.results.run_asked.connect(self.run)
        self.results.step_chosen.connect(selection.go_to)
        self.charts.run_asked.connect(self.run)
        self.what_if.finished.connect(self._on_asked_for)
        self.replay.run_asked.connect(self.run)
        for live in (self.what_if, self.charts, self.replay, self.customers):
            live.failed.connect(self.failed)
            live.told.connect(self.told)
        for panel in (self.steps, self.teams):
            panel.run_asked.connect(self.run)
            panel.chosen.connect(selection.go_to)
            panel.failed.connect(self.failed)
            panel.saved.connect(self._on_saved)

    def panels(self) -> list[Panel]:
        """What stands below the canvas, in its order."""
        shown: list[tuple[str, str, QWidget]] = [
            ("results", self.tr("Results"), self.results),
            ("what-if", self.tr("What if"), self.what_if),
            ("charts", self.tr("Charts"), self.charts),
            ("steps", self.tr("Steps"), self.steps),
            ("teams", self.tr("Teams"), self.teams),
            ("replay", self.tr("Replay"), self.replay),
            ("customers", self.tr("Customers"), self.customers),
        ]
        return [Panel(*one) for one in shown]

    def shows_results(self, panel: QWidget) -> bool:
        """Whether this is one of the panels that show what came of a run."""
        return any(one.widget is panel for one in self.panels())

    def close_simulating(self) -> None:
        """End what is going on, and let go of the session."""
        for panel in (self.results, self.what_if, self.charts, self.replay, self.customers):
            panel.close_panel()
        self.bar.close_bar()
        self.runs.close()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        for one in (self.bar, self.charts, self.replay, self.customers):
            one.restyle()

    def run(self) -> None:
        """Run the journey as it is now; a run that is going on is ended."""
        checker = self._checker
        if self.bar.scenario is None and checker.is_current and checker.counts[Severity.ERROR]:
            self.errors_found.emit()
            return
        self.runs.start(self.bar.settings, self.bar.scenario)
        self.began.emit()

    def _settings(self) -> RunSettings:
        return self.bar.settings

    def _on_asked_for(self) -> None:
        """What was run of this before is shown again."""
        self.runs.show(self.bar.settings, self.bar.scenario)

    def _on_failure(self, error: WaylineError) -> None:
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        latest = self.runs.latest
        if latest is not None and not latest.is_whole:
            words = self.tr("Cancelled. What the first {0} replications came to is kept.")
            self.told.emit(words.format(latest.replications))
        else:
            self.told.emit(self.tr("Cancelled."))

    def _on_saved(self, name: str) -> None:
        self.told.emit(self.tr("Saved as {0}").format(name))
