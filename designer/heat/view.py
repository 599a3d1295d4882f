"""The heat on one canvas: follows the runs, the graph that is shown and the chosen measure."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from designer.canvas.canvas import Canvas
from designer.heat.legend import OFF, HeatLegend
from designer.runs import RunResults, Runs
from designer.selection import Selection


class HeatView(QObject):
    """Shows the shown run's heat, or the difference of two runs until the next run."""

    def __init__(self, canvas: Canvas, selection: Selection, runs: Runs, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._selection, self._runs = canvas, selection, runs
        self._pair: tuple[RunResults, RunResults] | None = None
        self._seen: RunResults | None = None
        self._is_aside = False
        self.legend = HeatLegend(canvas)
        self.legend.hide()
        canvas.add_overlay(self.legend)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._show)
        self.legend.measure_chosen.connect(self._soon)
        runs.changed.connect(self._on_runs)
        selection.graph_changed.connect(self._soon)
        canvas.scene.mirrored.connect(self._soon)

    def close_heat(self) -> None:
        """Follow nothing any more."""
        self._timer.stop()
        self._runs.changed.disconnect(self._on_runs)
        self._selection.graph_changed.disconnect(self._soon)
        self._canvas.scene.mirrored.disconnect(self._soon)

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        self.legend.restyle()

    def show_difference(self, old: RunResults, new: RunResults) -> None:
        """Show by how much the second run differs from the first, until the next run."""
        self._pair = old, new
        self._soon()

    def set_aside(self, *, is_aside: bool) -> None:
        """Leave the cards to what else is shown on them, such as a replay."""
        self._is_aside = is_aside
        self._soon()

    def show_measure(self, measure: str) -> None:
        """Colour the canvas by this measure."""
        self.legend.choose(measure)

    def _on_runs(self) -> None:
        if self._runs.shown is not self._seen:
            self._seen, self._pair = self._runs.shown, None
        self._soon()

    def _soon(self, _measure: str = "") -> None:
        if self._runs.shown is not None and not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        results, measure = self._runs.shown, self.legend.measure
        if results is None:
            return
        self.legend.setVisible(not self._is_aside)
        if measure == OFF or self._is_aside:
            self._canvas.scene.show_heat(None)
            self.legend.show_scale("", "", is_difference=False)
            return
        from designer.heat.heat import difference_of, heat_of  # noqa: PLC0415 - takes a moment

        graph = self._selection.shown_graph
        if self._pair is not None:
            heat = difference_of(*self._pair, graph, measure)
            note = self.tr("difference of two runs")
        else:
            is_stale = self._runs.current is None
            heat = heat_of(results, graph, measure, is_stale=is_stale)
            note = self.tr("from before your change") if is_stale else ""
        self._canvas.scene.show_heat(heat.marks)
        self.legend.show_scale(heat.low, heat.high, note, is_difference=self._pair is not None)
        self._canvas.place_overlays()
