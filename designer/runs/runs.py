"""All runs of one window: which results belong to the document as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from designer.beside import Beside
from designer.runs.one_run import Run
from designer.runs.results import RunResults
from designer.runs.settings import RunSettings, run_hash
from designer.session import Change, Session
from engine.document import Document
from engine.errors import WaylineError

MOST: Final = 50
"""So many results are remembered, the newest."""
PAUSE: Final = 30
"""Milliseconds before listeners are told that the document has changed under the results."""

_Key = tuple[str, str | None, RunSettings]


@dataclass(frozen=True, slots=True)
class Kept:
    """Results that are remembered.  at: when they came.  is_current: nothing changed since."""

    results: RunResults
    at: datetime
    is_current: bool


class Runs(QObject):
    """Starts runs of a session's document, one at a time, and remembers what came of them.

    Results belong to what was simulated. So they are `current` again when a change is undone.

    changed: `current`, `latest` or `running` may be others than before.
    progressed, failed, cancelled: as of the `Run` that is going on.
    """

    changed = Signal()
    progressed = Signal(int, int, object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: dict[_Key, RunResults] = {}
        self._came: dict[_Key, datetime] = {}
        self._latest: RunResults | None = None
        self._running: Run | None = None
        self._going: list[Run] = []
        """Those with a process: also after its results are there, it takes a moment to end."""
        self._asked: tuple[str | None, RunSettings] = (None, RunSettings())
        self._hashed: tuple[Document, str | None, str] | None = None
        self._seen: RunResults | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._on_pause)
        self._stop = session.listen(self._on_change)

    def close(self) -> None:
        """End what is going on, unheard, and listen no longer."""
        self._stop()
        self._timer.stop()
        self._running = None
        for run in tuple(self._going):
            run.close()

    # ---- running

    @property
    def running(self) -> Run | None:
        """What is going on; None if nothing is."""
        return self._running

    def start(self, settings: RunSettings, scenario: str | None = None) -> Run:
        """Run the document as it is now; a run that is going on is ended unheard."""
        if self._running is not None:
            self._running.close()
        self._asked = scenario, settings
        # What shows results takes a moment to import: meanwhile, and not when they are there.
        Beside(_import_what_shows_results).start()
        run = Run(self._session.document, settings, scenario, self)
        run.progressed.connect(self.progressed)
        run.partial.connect(self._on_results)
        run.finished.connect(self._on_finished)
        run.failed.connect(self._on_failure)
        run.cancelled.connect(self._on_cancelled)
        run.ended.connect(self._on_gone)
        self._running = run
        self._going.append(run)
        run.start()
        self._tell()
        return run

    def cancel(self) -> None:
        """End what is going on; what was computed is kept."""
        if self._running is not None:
            self._running.cancel()

    # ---- results

    def find(self, settings: RunSettings, scenario: str | None = None) -> RunResults | None:
        """The results of the document as it is now in this scenario; None if there are none."""
        return self._kept.get((self._hash(scenario), scenario, settings))

    def show(self, settings: RunSettings, scenario: str | None = None) -> None:
        """Let these be `current` if there are such results; else all stays as it is."""
        if self.find(settings, scenario) is not None:
            self._asked = scenario, settings
            self._tell()

    @property
    def current(self) -> RunResults | None:
        """The results of the document as it is now, for what was asked for last."""
        scenario, settings = self._asked
        return self.find(settings, scenario) if self._kept else None

    def kept(self) -> list[Kept]:
        """The results of all runs that came to their end, the newest first."""
        return [
            Kept(one, self._came[key], key[0] == self._hash_if_there(key[1]))
            for key, one in reversed(self._kept.items())
            if one.is_whole
        ]

    @property
    def latest(self) -> RunResults | None:
        """The newest results, of whatever; they may be from before a change."""
        return self._latest

    @property
    def shown(self) -> RunResults | None:
        """What to show: the current results, else the latest, which are then stale."""
        return self.current or self._latest

    def before(self, results: RunResults) -> RunResults | None:
        """Those of the run before that came to its end, to compare with; None if there is none."""
        found = None
        for key, one in self._kept.items():
            if key == _key(results):
                return found
            if one.is_whole:
                found = one
        return found

    # ---- listening

    def _on_results(self, results: RunResults) -> None:
        key = _key(results)
        known = self._kept.get(key)
        if results.is_whole or known is None or not known.is_whole:
            # Last among the kept: what it is compared with is what was run before.
            self._kept.pop(key, None)
            self._kept[key] = self._latest = results
            self._came[key] = datetime.now().astimezone()
            while len(self._kept) > MOST:
                oldest = next(iter(self._kept))
                del self._kept[oldest], self._came[oldest]
        self._tell()

    def _on_finished(self, results: RunResults) -> None:
        self._running = None
        self._on_results(results)

    def _on_failure(self, error: WaylineError) -> None:
        self._running = None
        self._tell()
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._running = None
        self._tell()
        self.cancelled.emit()

    def _on_gone(self) -> None:
        run = self.sender()
        if isinstance(run, Run):
            self._going.remove(run)
            run.deleteLater()

    def _on_change(self, _change: Change) -> None:
        if self._kept and not self._timer.isActive():
            self._timer.start()

    def _on_pause(self) -> None:
        if self.current is not self._seen:
            self._tell()

    def _tell(self) -> None:
        self._seen = self.current
        self.changed.emit()

    def _hash_if_there(self, scenario: str | None) -> str:
        """Of a scenario that may be gone."""
        named = {one.id for one in self._session.document.scenarios.named}
        return self._hash(scenario) if scenario is None or scenario in named else ""

    def _hash(self, scenario: str | None) -> str:
        document, known = self._session.document, self._hashed
        if known is None or known[1] != scenario or not _is_same(known[0], document):
            known = document, scenario, run_hash(document, scenario)
            self._hashed = known
        return known[2]


def _key(results: RunResults) -> _Key:
    return results.content_hash, results.scenario, results.settings


def _is_same(one: Document, other: Document) -> bool:
    """Whether nothing but the layout may differ."""
    return (
        one.journey is other.journey
        and one.assumptions is other.assumptions
        and one.scenarios is other.scenarios
    )


def _import_what_shows_results() -> None:
    import scipy.special  # noqa: F401, PLC0415

    import simulator.check  # noqa: F401, PLC0415
    import simulator.step_table  # noqa: F401, PLC0415
