"""A story for other programs, as the command tells it: copied, or saved as text, JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from designer.customers.latest_ask import LatestAsk
from engine.document import Document
from engine.errors import WaylineError
from engine.files import save_atomically

Words = Callable[[str], list[str]]
"""The words that ask for the story in a form: “json”, “csv”, or text if empty."""


class Exporting(QObject):
    """failed: a WaylineError.  told: what was done, as a sentence."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._question = LatestAsk(self)
        self._question.answered.connect(self._on_answer)
        self._question.failed.connect(self.failed)
        self._file: Path | None = None
        self._asked: tuple[Words, Document] | None = None

    def copy(self, words: Words, document: Document) -> None:
        """Put it on the clipboard, as text."""
        self._file = None
        self._question.ask(words(""), document)

    def ask_for_file(self, words: Words, document: Document) -> None:
        """Let the user choose a file; its ending says the form."""
        self._asked = words, document
        dialog = QFileDialog(self._widget.window(), self.tr("Save the story"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("Text (*.txt)"), self.tr("Table (*.csv)"), self.tr("JSON (*.json)")]
        )
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str, words: Words, document: Document) -> None:
        """Save it as this file."""
        self._file = Path(name)
        form = self._file.suffix.lower().removeprefix(".")
        self._question.ask(words(form if form in {"json", "csv"} else ""), document)

    def close(self) -> None:
        """End what is going on."""
        self._question.close()

    def _on_file(self, name: str) -> None:
        if self._asked is not None:
            self.save(name, *self._asked)

    def _on_answer(self, answer: bytes) -> None:
        if self._file is None:
            QGuiApplication.clipboard().setText(answer.decode("utf-8", "replace"))
            self.told.emit(self.tr("The story is copied."))
            return
        try:
            save_atomically(self._file, answer)
        except WaylineError as error:
            self.failed.emit(error)
        else:
            self.told.emit(self.tr("Saved as {0}").format(str(self._file)))
