"""Recordings of the run that is shown: simulated in another process, read in another thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from designer.beside import Beside
from designer.replay.loading import load
from designer.runs.asking import Ask
from designer.runs.results import RunResults
from engine.document import Document
from engine.errors import WaylineError

if TYPE_CHECKING:
    from designer.replay.chosen import Chosen


@dataclass(frozen=True, slots=True)
class Which:
    """Which recording: of what, in which scenario, from which seed, and of which replication."""

    content_hash: str
    scenario: str | None
    seed: int
    replication: int

    @classmethod
    def of(cls, results: RunResults, replication: int) -> Which:
        """This replication of a run."""
        seed = results.settings.seed
        return cls(results.content_hash, results.scenario, seed, replication)

    def words(self) -> list[str]:
        """The command that makes it."""
        words = ["replay", "-", f"--seed={self.seed}", f"--replication={self.replication}"]
        if self.scenario is not None:
            words.append(f"--scenario={self.scenario}")
        return [*words, "--out=-"]


class Fetching(QObject):
    """One at a time; the newest is kept, for when it is asked for again.

    fetched: a `Which` and everybody in it (`Chosen`).  failed: a WaylineError.
    """

    fetched = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask: Ask | None = None
        self._wanted: Which | None = None
        self._kept: tuple[Which, Chosen] | None = None

    @property
    def wanted(self) -> Which | None:
        """What is being fetched; None if nothing is."""
        return self._wanted

    def fetch(self, which: Which, document: Document) -> None:
        """Fetch it from this document; what was being fetched before is not any more."""
        if which == self._wanted:
            return
        self.cancel()
        if self._kept is not None and self._kept[0] == which:
            self.fetched.emit(*self._kept)
            return
        self._wanted = which
        self._ask = ask = Ask(which.words(), document, self)
        ask.answered.connect(self._on_answer)
        ask.failed.connect(self._on_failure)
        ask.ended.connect(ask.deleteLater)
        ask.start()

    def cancel(self) -> None:
        """Fetch nothing."""
        self._wanted = None
        if self._ask is not None:
            ask, self._ask = self._ask, None
            ask.cancel()

    def close(self) -> None:
        """End what is going on, and wait until it is gone."""
        self._wanted = self._kept = None
        if self._ask is not None:
            self._ask.close()
            self._ask = None

    def _on_answer(self, data: bytes) -> None:
        self._ask = None
        reading = Beside(partial(_read, self._wanted, data))
        reading.done.connect(self._on_read)
        reading.start()

    def _on_read(self, found: tuple[Which, Chosen | WaylineError]) -> None:
        which, everybody = found
        if which != self._wanted:
            return
        self._wanted = None
        if isinstance(everybody, WaylineError):
            self.failed.emit(everybody)
        else:
            self._kept = which, everybody
            self.fetched.emit(which, everybody)

    def _on_failure(self, error: WaylineError) -> None:
        self._ask = self._wanted = None
        self.failed.emit(error)


def _read(which: Which | None, data: bytes) -> tuple[Which | None, Chosen | WaylineError]:
    return which, load(data)
