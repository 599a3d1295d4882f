"""Checks the document after every change, beside the window's own thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from designer.beside import Beside
from designer.session import Change, Session
from engine.document import Document
from engine.validation import Finding, Severity, validate

PAUSE = 30
"""Milliseconds before a check, so that what is done in one go is checked once."""


class Checker(QObject):
    """The findings of a session's document; the newest document wins.

    findings_changed: there are other findings than before; also once the first check is done.
    """

    findings_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._findings: list[Finding] = []
        self._by_step: dict[str, list[Finding]] = {}
        self._counts: Counter[Severity] = Counter()
        self._checked: Document | None = None
        self._running: Beside | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._start)
        self._stop = session.listen(self._on_change)
        self._start()

    def close(self) -> None:
        """Check no longer; a check that is going on ends unheard."""
        self._stop()
        self._timer.stop()
        if self._running is not None:
            self._running.done.disconnect(self._on_found)
            self._running.ended.disconnect(self._on_end)

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found, the worst first, then in the order of the document."""
        return self._findings

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings of each severity; 0 for one that has none."""
        return self._counts

    @property
    def by_step(self) -> Mapping[str, Sequence[Finding]]:
        """The findings of each step that has some, by its id."""
        return self._by_step

    @property
    def is_ready(self) -> bool:
        """Whether anything has been checked yet."""
        return self._checked is not None

    @property
    def is_current(self) -> bool:
        """Whether the findings are those of the document as it is now."""
        return self._checked is not None and _same(self._checked, self._session.document)

    def _on_change(self, _change: Change) -> None:
        # Not put off by further changes: who drags or types on is told all the same.
        if self._running is None and not self._timer.isActive() and not self.is_current:
            self._timer.start()

    def _start(self) -> None:
        self._running = Beside(partial(_check, self._session.document))
        self._running.ended.connect(self._on_end)
        self._running.done.connect(self._on_found)
        self._running.start()

    def _on_end(self) -> None:
        # Even if a rule broke: the next change is checked again.
        self._running = None

    def _on_found(self, result: tuple[Document, list[Finding]]) -> None:
        document, findings = result
        if not _same(document, self._session.document):
            self._start()
            return
        is_first, self._checked = self._checked is None, document
        if is_first or findings != self._findings:
            self._take(findings)

    def _take(self, findings: list[Finding]) -> None:
        self._findings = findings
        self._counts = Counter(finding.severity for finding in findings)
        self._by_step = {}
        for finding in findings:
            if finding.step is not None:
                self._by_step.setdefault(finding.step, []).append(finding)
        self.findings_changed.emit()


def _check(document: Document) -> tuple[Document, list[Finding]]:
    return document, validate(document)


def _same(one: Document, other: Document) -> bool:
    """Whether two documents differ in nothing that is checked: steps may have moved."""
    return (
        one.journey is other.journey
        and one.assumptions is other.assumptions
        and one.scenarios is other.scenarios
        and one.layout.frames is other.layout.frames
        and one.layout.notes is other.layout.notes
    )
