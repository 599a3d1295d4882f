"""What simulated customers felt, asked of `wayline map` beside the window and remembered."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal

from designer.runs import Ask, RunResults, Runs
from designer.session import Session
from engine.errors import WaylineError
from simulator.journey_map.model import JourneyMap

REPLICATIONS: Final = 20
_MOST: Final = 20
"""So many maps are remembered, the newest."""

_Key = tuple[str, str | None, int, int]


class AskedMaps(QObject):
    """The maps of the runs of a session.

    changed: there is another map, or it is being asked for.  failed: a WaylineError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, runs: Runs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._runs = session, runs
        self._kept: dict[_Key, JourneyMap] = {}
        self._latest: JourneyMap | None = None
        self._going: Ask | None = None
        self._asked_for: _Key | None = None
        self._refused: _Key | None = None

    @property
    def is_asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._going is not None

    @property
    def current(self) -> JourneyMap | None:
        """The map of the document as it is now, for the run that is shown."""
        results = self._runs.current
        return self._kept.get(_key(results)) if results is not None else None

    @property
    def latest(self) -> JourneyMap | None:
        """The newest map, of whatever."""
        return self._latest

    def ask(self) -> None:
        """Ask for the map of the results that are current, unless it is known or asked for."""
        results = self._runs.current
        if results is None or self._runs.running is not None:
            return
        key = _key(results)
        if key in self._kept or key in {self._asked_for, self._refused}:
            return
        self.give_up()
        self._asked_for = key
        self._going = Ask(_words(results), self._session.document, self)
        self._going.answered.connect(self._on_answer)
        self._going.failed.connect(self._on_failure)
        self._going.ended.connect(self._on_end)
        self._going.start()
        self.changed.emit()

    def give_up(self) -> None:
        """Wait for no answer any more."""
        if self._going is not None:
            going, self._going, self._asked_for = self._going, None, None
            going.close()
            going.deleteLater()

    def _on_answer(self, answer: bytes) -> None:
        if self._asked_for is None:
            return
        try:
            found = JourneyMap.model_validate_json(answer)
        except ValidationError:
            error = self.tr("The answer about the journey map was not understood.")
            self._on_failure(WaylineError(error, mend=self.tr("Report it as a fault of Wayline.")))
            return
        self._kept.pop(self._asked_for, None)
        self._kept[self._asked_for] = self._latest = found
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]

    def _on_failure(self, error: WaylineError) -> None:
        # Not asked for again and again: only with the next run.
        self._refused = self._asked_for
        self.failed.emit(error)

    def _on_end(self) -> None:
        gone = self.sender()
        if gone is self._going:
            self._going = self._asked_for = None
            self.changed.emit()
        if isinstance(gone, Ask):
            gone.deleteLater()


def _replications(results: RunResults) -> int:
    return min(REPLICATIONS, results.replications)


def _key(results: RunResults) -> _Key:
    seed = results.settings.seed
    return results.content_hash, results.scenario, seed, _replications(results)


def _words(results: RunResults) -> list[str]:
    _, scenario, seed, replications = _key(results)
    words = ["map", "-", "--json", f"--seed={seed}", f"--replications={replications}"]
    if scenario is not None:
        words.append(f"--scenario={scenario}")
    if results.settings.jobs is not None:
        words.append(f"--jobs={results.settings.jobs}")
    return words
