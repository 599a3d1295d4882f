"""Several scenarios run one after the other; what has results already is not run again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from designer.runs import Runs, RunSettings


class RunQueue(QObject):
    """changed: what is still to be run is different.  Failures and Cancel empty it.

    finished: all of it was run.
    """

    changed = Signal()
    finished = Signal()

    def __init__(
        self, runs: Runs, settings: Callable[[], RunSettings], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runs, self._settings = runs, settings
        self._left: list[str | None] = []
        self._asked = RunSettings()
        self._is_going = False
        runs.changed.connect(self._go_on)
        runs.failed.connect(self._give_up)
        runs.cancelled.connect(self._give_up)

    @property
    def left(self) -> int:
        """How many are still to be started."""
        return len(self._left)

    def run(self, scenarios: Sequence[str | None]) -> None:
        """Run these, None for the baseline, with the settings of now."""
        self._asked = self._settings()
        self._left = list(scenarios)
        self._is_going = True
        self._go_on()

    def _go_on(self) -> None:
        if not self._is_going or self._runs.running is not None:
            return
        while self._left:
            scenario = self._left.pop(0)
            known = self._runs.find(self._asked, scenario)
            if known is None or not known.is_whole:
                self._runs.start(self._asked, scenario)
                self.changed.emit()
                return
        self._is_going = False
        self.changed.emit()
        self.finished.emit()

    def _give_up(self) -> None:
        self._left, self._is_going = [], False
        self.changed.emit()
