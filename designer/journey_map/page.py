"""The page: the map of the document as it is, with what simulated customers felt."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from designer.empty_state import EmptyState
from designer.journey_map.asked import AskedMaps
from designer.journey_map.dialogs import MapDialogs
from designer.journey_map.merged import merged
from designer.journey_map.table import MapTable
from designer.plain_text import PlainLabel, set_tip
from designer.runs import Runs
from designer.selection import Selection
from designer.session import Change, Session
from designer.theme.look import SMALL, TITLE, font, px
from engine.edits import replace_step
from simulator.journey_map.drawn import drawn_map
from simulator.journey_map.model import JourneyMap
from simulator.journey_map.rows import said_of_run

_PAUSE = 60
"""Milliseconds after a change until the map is drawn again: nobody looks at it while typing."""


class MapPage(QWidget):
    """Takes the place of the canvas.

    step_chosen: Enter on a cell; the step shall be shown on the canvas.  run_asked: the Run
    button.  failed: a WaylineError.  told: a sentence worth a line.
    """

    step_chosen = Signal(str)
    run_asked = Signal()
    failed = Signal(object)
    told = Signal(str)

    def __init__(
        self, session: Session, selection: Selection, runs: Runs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Journey map"))
        self._session, self._selection, self._runs = session, selection, runs
        self._asked = AskedMaps(session, runs, self)
        self._dialogs = MapDialogs(session, self)
        self._shown: JourneyMap | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self.table = MapTable()
        self.run = QPushButton(self.tr("Run"))
        self.print = QPushButton(self.tr("Print…"))
        self.export = QPushButton(self.tr("Export…"))
        self._said, self._formula = PlainLabel(), PlainLabel()
        self._coefficients = QPushButton(self.tr("Change the coefficients"))
        self._nothing = EmptyState()
        self._arrange()
        self._connect()
        self._stop = session.listen(self._on_change)

    @property
    def shown(self) -> JourneyMap | None:
        """The map that is shown."""
        return self._shown

    @property
    def said(self) -> str:
        """The line about what is simulated."""
        return self._said.text()

    def close_panel(self) -> None:
        """Let go of the session, the runs and what is being asked."""
        self._stop()
        self._timer.stop()
        self._asked.give_up()
        self._runs.changed.disconnect(self._on_runs)
        self._selection.changed.disconnect(self._on_selection)

    def restyle(self) -> None:
        """Follow colours and text size."""
        self._dress()
        self.table.restyle()
        self.table.viewport().update()

    def _dress(self) -> None:
        self._title.setFont(font(TITLE, strong=True))
        self._formula.setFont(font(SMALL))

    # ---- building

    def _arrange(self) -> None:
        self._title = QLabel(self.tr("Journey map"))
        self._dress()
        for label in (self._said, self._formula):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.run.setProperty("kind", "primary")
        self.run.setAccessibleName(self.tr("Run the journey"))
        self._coefficients.setProperty("kind", "quiet")
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(10), px(16), px(10))
        head.setSpacing(px(8))
        head.addWidget(self._title)
        head.addSpacing(px(8))
        head.addWidget(self._said, 1)
        for button in (self.run, self.print, self.export):
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(8), px(16), px(8))
        foot.addWidget(self._formula, 1)
        foot.addWidget(self._coefficients, 0, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._nothing)
        self._nothing.say(self.tr("The map shows the steps of the journey: add some first."), "map")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._pages, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._draw)
        self._runs.changed.connect(self._on_runs)
        self._selection.changed.connect(self._on_selection)
        self._asked.changed.connect(self._draw)
        self._asked.failed.connect(self.failed)
        self._dialogs.failed.connect(self.failed)
        self._dialogs.told.connect(self.told)
        self.table.chosen.connect(self.step_chosen)
        self.table.entered_step.connect(self._on_entered)
        self.table.emotion_asked.connect(self._change_emotion)
        self.run.clicked.connect(self.run_asked)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self._coefficients.clicked.connect(self._go_to_coefficients)

    # ---- following

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What changed while it was not seen is drawn now."""
        super().showEvent(event)
        self._draw()
        self._asked.ask()
        self._on_selection()

    def _on_change(self, _change: Change) -> None:
        if self.isVisible():
            self._timer.start()

    def _on_runs(self) -> None:
        if self.isVisible():
            self._asked.ask()
            self._draw()

    def _draw(self) -> None:
        """Show the map as it is now, with figures from before a change if there are no others."""
        current, latest = self._asked.current, self._asked.latest
        is_stale = current is None and latest is not None
        if current is not None:
            self._shown = current
        else:
            self._shown = drawn_map(self._session.document)
            if latest is not None:
                self._shown = merged(self._shown, latest)
        self._pages.setCurrentWidget(self.table if self._shown.steps else self._nothing)
        self.table.show_map(self._shown, is_stale=is_stale)
        self._say(self._shown, is_stale=is_stale)

    def _say(self, of: JourneyMap, *, is_stale: bool) -> None:
        if self._asked.is_asking:
            said = self.tr("Simulating what customers experience, step by step…")
        elif of.run is None and not self._runs.shown:
            said = self.tr("Run to see what simulated customers experience.")
        elif is_stale:
            said = f"{self.tr('From before your change.')} {said_of_run(of)}"
        else:
            said = said_of_run(of)
        self._said.setText(said)
        self.run.setVisible(self._runs.current is None and self._runs.running is None)
        for button in (self.print, self.export):
            button.setEnabled(bool(of.steps))
        self._formula.setText(f"{of.modelled}\n{of.formula}")
        set_tip(self._formula, "\n".join(f"{c.id}: {c.value:g}, {c.says}" for c in of.coefficients))

    # ---- going and changing

    def _on_selection(self) -> None:
        step = self._selection.step
        if step is not None and self.isVisible():
            self.table.show_step(step)

    def _on_entered(self, step: str) -> None:
        """The inspector shows the step whose cell is current."""
        if any(one.id == step for one in self._selection.shown_graph.steps):
            self._selection.select([step])

    def _change_emotion(self, step: str, by: int) -> None:
        found = next((s for s in self._session.document.journey.all_steps() if s.id == step), None)
        if found is None:
            return
        emotion = min(2, max(-2, (found.emotion or 0) + by))
        edit = replace_step(self._session.document, found.model_copy(update={"emotion": emotion}))
        self._session.do(edit, together=("emotion", step))

    def _go_to_coefficients(self) -> None:
        self._selection.select()
        self._selection.go_to(None, "assumptions/experience")

    def _print(self) -> None:
        if self._shown is not None:
            self._dialogs.ask_to_print(self._shown)

    def _export(self) -> None:
        if self._shown is not None:
            self._dialogs.ask_for_file(self._shown)
