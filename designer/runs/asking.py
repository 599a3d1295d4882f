"""Any question to the `wayline` command about a document, answered beside the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from designer.runs.process import COMMAND, CommandProcess
from engine.document import Document, document_to_bytes
from engine.errors import WaylineError


class Ask(QObject):
    """One `wayline` command with the document as it is now on its standard input.

    The words are those of the command, with “-” for FILE: ["trace", "-", "--json"].

    answered: all that it said on standard output, as bytes.
    failed: the WaylineError that it told, or what happened to it.
    Exactly one of these is emitted, and none after `cancel` or `close`.
    ended: its process is gone, too.
    """

    answered = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        words: Sequence[str],
        document: Document,
        parent: QObject | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        super().__init__(parent)
        self._words, self._document = list(words), document
        self._said: list[bytes] = []
        self._is_unheard = False
        self._process = CommandProcess(command, self)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.over.connect(self._on_over)

    def start(self) -> None:
        """Begin; once only."""
        self._process.begin(self._words, document_to_bytes(self._document))

    def cancel(self) -> None:
        """End it now; nothing but `ended` follows."""
        self._is_unheard = True
        self._process.end_now()

    def close(self) -> None:
        """End it unheard, and wait until it is gone."""
        self._is_unheard = True
        self._process.end_and_wait()

    def _on_output(self) -> None:
        self._said.append(bytes(self._process.readAllStandardOutput().data()))

    def _on_over(self, error: WaylineError | None) -> None:
        self._on_output()
        answer = b"".join(self._said)
        self._said.clear()
        if not self._is_unheard:
            self._is_unheard = True
            if error is None and answer:
                self.answered.emit(answer)
            else:
                self.failed.emit(error or self._process.ended_early())
        self.ended.emit()
