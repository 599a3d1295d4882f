"""The panel: the scenarios beside the canvas, what each changes and comes to, and comparisons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from designer.runs import RunResults, Runs, RunSettings
from designer.scrolled import scrolled
from designer.session import Change, Session
from designer.theme.look import px
from designer.what_if.editor import PLACE, ScenarioEditor
from designer.what_if.run_queue import RunQueue
from designer.what_if.scenario_rows import ScenarioRow, sentences
from engine.element_edits import put_named, remove_named, with_fields
from engine.errors import WaylineError
from engine.fresh_ids import unused_id, unused_name
from engine.scenarios import Scenario


class WhatIf(QWidget):
    """What the panel shows, made when it is first seen.

    failed: a WaylineError.  told: a sentence worth a line.  difference_asked: two results whose
    difference shall be on the canvas.  finished: all that was chosen was run.
    """

    failed = Signal(object)
    told = Signal(str)
    difference_asked = Signal(object, object)
    finished = Signal()

    def __init__(
        self,
        session: Session,
        runs: Runs,
        settings: Callable[[], RunSettings],
        parent: QWidget | None = None,
    ) -> None:
        from designer.what_if.comparison import Comparison  # noqa: PLC0415 - takes a moment
        from designer.what_if.scenario_table import ScenarioTable  # noqa: PLC0415

        super().__init__(parent)
        self._session, self._runs, self._settings = session, runs, settings
        self.queue = RunQueue(runs, settings, self)
        self.table = ScenarioTable()
        self.editor = ScenarioEditor(session)
        self.comparison = Comparison(session, runs)
        self.run = self._button(self.tr("Run chosen"), self._on_run)
        self.run.setProperty("kind", "primary")
        self.new = self._button(self.tr("New scenario"), self._on_new)
        self.copy = self._button(self.tr("Duplicate"), self._on_copy)
        self.delete = self._button(self.tr("Delete"), self._on_delete)
        self.tabs = QTabWidget()
        self._arrange()
        self.table.selected.connect(self._on_selected)
        self.table.rows.checked_changed.connect(self._show_buttons)
        self.editor.failed.connect(self.failed)
        self.comparison.failed.connect(self.failed)
        self.comparison.saved.connect(self._on_saved)
        self.comparison.difference_asked.connect(self.difference_asked)
        self.queue.changed.connect(self._show_buttons)
        self.queue.finished.connect(self.finished)
        runs.changed.connect(self.refresh)
        self._stop = session.listen(self._on_change)
        self.refresh()

    def close_what_if(self) -> None:
        """Let go of session and runs."""
        self._stop()
        self._runs.changed.disconnect(self.refresh)

    def refresh(self) -> None:
        """Show the scenarios and results as they are now."""
        from designer.what_if.figures import figures  # noqa: PLC0415 - takes a moment

        document, settings = self._session.document, self._settings()
        baseline = self._whole(settings, None)
        rows = [ScenarioRow(None, self.tr("Baseline"), (), figures(baseline, None))]
        for one in document.scenarios.named:
            results = self._whole(settings, one.id)
            said = tuple(sentences(document, one.id))
            rows.append(ScenarioRow(one.id, one.name, said, figures(results, baseline)))
        self.table.show_rows(rows)
        self.editor.show_scenario(self._current())
        self.comparison.refresh()
        self._show_buttons()

    # ---- building

    def _button(self, words: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(do)
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(8))
        for button in (self.run, self.new, self.copy, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.editor)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Scenarios and comparison"))
        self.tabs.tabBar().setAccessibleName(self.tr("Scenarios and comparison"))
        self.tabs.addTab(split, self.tr("Scenarios"))
        self.tabs.addTab(self.comparison, self.tr("Compare two runs"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.tabs)

    # ---- showing

    def _whole(self, settings: RunSettings, scenario: str | None) -> RunResults | None:
        found = self._runs.find(settings, scenario)
        return found if found is not None and found.is_whole else None

    def _current(self) -> Scenario | None:
        name = self.table.current
        return next((s for s in self._session.document.scenarios.named if s.id == name), None)

    def _show_buttons(self) -> None:
        is_scenario = self._current() is not None
        self.copy.setEnabled(True)
        self.delete.setEnabled(is_scenario)
        is_running = self._runs.running is not None
        self.run.setEnabled(is_running or bool(self.table.rows.checked))
        words = self.tr("Run chosen")
        if is_running:
            left = self.queue.left
            words = self.tr("Cancel ({0} more)").format(left) if left else self.tr("Cancel")
        self.run.setText(words)
        self.run.setAccessibleName(words)

    def _on_selected(self, _scenario: object) -> None:
        self.editor.show_scenario(self._current())
        self._show_buttons()

    def _on_change(self, _change: Change) -> None:
        self.refresh()

    def _on_saved(self, name: str) -> None:
        self.told.emit(self.tr("Saved as {0}").format(name))

    # ---- doing

    def _on_run(self) -> None:
        if self._runs.running is not None:
            self._runs.cancel()
        else:
            self.queue.run(self.table.rows.checked)

    def _on_new(self) -> None:
        self._add(self.tr("What if"), Scenario(id="what_if", name="What if"))

    def _on_copy(self) -> None:
        current = self._current()
        if current is None:
            self._on_new()
        else:
            self._add(current.name, current)

    def _add(self, name: str, like: Scenario) -> None:
        named = self._session.document.scenarios.named
        made = with_fields(
            like,
            id=unused_id((one.id for one in named), like.id),
            name=unused_name((one.name for one in named), name),
        )
        self._do(
            lambda: put_named(self._session.document, PLACE, made, f"Add scenario “{made.name}”")
        )
        self.table.choose(made.id)

    def _on_delete(self) -> None:
        current = self._current()
        if current is not None:
            label = f"Delete scenario “{current.name}”"
            self._do(lambda: remove_named(self._session.document, PLACE, current.id, label))

    def _do(self, make: Callable[[], object]) -> None:
        try:
            self._session.do(make())  # type: ignore[arg-type]
        except WaylineError as error:
            self.failed.emit(error)


class WhatIfPanel(QWidget):
    """failed, told, difference_asked, finished: as of what is in it, once it was seen."""

    finished = Signal()
    failed = Signal(object)
    told = Signal(str)
    difference_asked = Signal(object, object)

    def __init__(
        self,
        session: Session,
        runs: Runs,
        settings: Callable[[], RunSettings],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What if"))
        self._made_of = session, runs, settings
        self._inside: WhatIf | None = None
        self._is_closed = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def inside(self) -> WhatIf | None:
        """What is in it, once it was seen."""
        return self._inside

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Made when it is first seen."""
        super().showEvent(event)
        if self._inside is None and not self._is_closed:
            self._inside = WhatIf(*self._made_of, self)
            self._inside.failed.connect(self.failed)
            self._inside.told.connect(self.told)
            self._inside.finished.connect(self.finished)
            self._inside.difference_asked.connect(self.difference_asked)
            self._column.addWidget(scrolled(self._inside))

    def close_panel(self) -> None:
        """Let go of session and runs."""
        self._is_closed = True
        if self._inside is not None:
            self._inside.close_what_if()
