"""One simulation beside the window: how far it is, what it came to, or why it failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from designer.runs.lines import LineError, Lines
from designer.runs.process import COMMAND, CommandProcess
from designer.runs.results import RunResults
from designer.runs.settings import RunSettings, run_hash
from engine.document import Document, document_to_bytes
from engine.errors import WaylineError


class Run(QObject):
    """A run of the document as it is now; whatever happens to it, the window goes on.

    progressed: how many replications are done, of how many, and seconds left (None: unknown).
    partial: `RunResults` of the first replications.
    Exactly one of these tells how it ends: finished, with `RunResults`; failed, with a
    WaylineError; or cancelled. In each case `latest` is what was computed.
    ended: its process is gone, too.
    """

    progressed = Signal(int, int, object)
    partial = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(
        self,
        document: Document,
        settings: RunSettings,
        scenario: str | None = None,
        parent: QObject | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        super().__init__(parent)
        self.settings, self.scenario = settings, scenario
        self.content_hash = run_hash(document, scenario)
        self.latest: RunResults | None = None
        """The newest results, None before the first ones."""
        self._document = document
        self._lines = Lines()
        self._is_over = self._is_cancelled = False
        self._error: WaylineError | None = None
        self._process = CommandProcess(command, self)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.over.connect(self._on_over)

    @property
    def is_over(self) -> bool:
        """Whether it has been said how it ended."""
        return self._is_over

    def start(self) -> None:
        """Begin; once only."""
        words = self.settings.words(self.scenario)
        self._process.begin(
            ["simulate", "-", "--stream", *words], document_to_bytes(self._document)
        )

    def cancel(self) -> None:
        """End it now; `cancelled` follows as soon as the process is gone."""
        if not self._is_over:
            self._is_cancelled = True
            self._process.end_now()

    def close(self) -> None:
        """End it unheard, and wait until it is gone."""
        self._is_over = True
        self._process.end_and_wait()

    # ---- what the process says

    def _on_output(self) -> None:
        data = self._process.readAllStandardOutput().data()
        if self._is_over or self._is_cancelled or self._error is not None:
            return
        try:
            for line in self._lines.feed(bytes(data)):
                self._take(line)
        except (LineError, ValueError, KeyError, TypeError) as error:
            self._refuse(str(error))

    def _take(self, line: Mapping[str, Any]) -> None:
        match line:
            case {"kind": "started"}:
                pass
            case {"kind": "progress", "done": int(done), "of": int(of), "seconds_left": left}:
                self.progressed.emit(done, of, float(left) if left is not None else None)
            case {"kind": "partial", "results": dict(data)}:
                self.latest = self._results(data, is_whole=False)
                self.partial.emit(self.latest)
            case {"kind": "result", "results": dict(data)}:
                self.latest = self._results(data, is_whole=not data.get("interrupted"))
                self._is_over = True
                self.finished.emit(self.latest)
            case {"kind": "error", "what": str(what), "where": str(where), "mend": str(mend)}:
                # Told once the process has ended: then its memory is free again.
                self._error = WaylineError(what, where=where, mend=mend)
            case _:
                raise LineError(str(line)[:80])

    def _results(self, data: Mapping[str, Any], *, is_whole: bool) -> RunResults:
        return RunResults(self.content_hash, self.scenario, self.settings, data, is_whole)

    def _refuse(self, said: str) -> None:
        self._error = WaylineError(
            self.tr("The simulation said something that was not understood."),
            where=said[:200],
            mend=self.tr("Run again; if it happens again, report it with this text."),
        )
        self._process.end_now()

    def _on_over(self, error: WaylineError | None) -> None:
        self._on_output()
        if not self._is_over:
            self._is_over = True
            if self._is_cancelled:
                self.cancelled.emit()
            else:
                self.failed.emit(self._error or error or self._process.ended_early())
        self.ended.emit()
