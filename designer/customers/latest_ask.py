"""One question at a time: the answer to an earlier one is no longer wanted when a new one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from designer.runs import Ask
from engine.document import Document


class LatestAsk(QObject):
    """answered, failed: as of the `Ask` that was begun last."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: Ask | None = None
        self._going: list[Ask] = []

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is on its way."""
        return self._latest is not None

    def ask(self, words: Sequence[str], document: Document) -> None:
        """Ask this; what was asked before is ended unheard."""
        self.cancel()
        ask = Ask(words, document, self)
        ask.answered.connect(self._on_answer)
        ask.failed.connect(self._on_failure)
        ask.ended.connect(self._on_end)
        self._latest = ask
        self._going.append(ask)
        ask.start()

    def cancel(self) -> None:
        """Want no answer any more."""
        if self._latest is not None:
            latest, self._latest = self._latest, None
            latest.cancel()

    def close(self) -> None:
        """End everything, and wait until it is gone."""
        self._latest = None
        for ask in tuple(self._going):
            ask.close()

    def _on_answer(self, answer: bytes) -> None:
        self._latest = None
        self.answered.emit(answer)

    def _on_failure(self, error: object) -> None:
        self._latest = None
        self.failed.emit(error)

    def _on_end(self) -> None:
        ask = self.sender()
        if isinstance(ask, Ask):
            self._going.remove(ask)
            ask.deleteLater()
