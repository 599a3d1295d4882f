"""The journal of one session: it listens, and writes in a thread of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from designer.recovery.journal_file import JournalFile
from designer.session import Change, Session
from engine.document import Document
from engine.errors import WaylineError

PAUSE = 1000
"""Milliseconds from one writing to the next: what a crash may cost."""


def recovery_folder() -> Path:
    """Where this user's journals are."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "recovery"


class Journal(QObject):
    """Writes what a session changes: the first change at once, those that follow once a second.

    Nothing is on disk while nothing is unsaved. Trouble with the disk never stops the editing.
    It listens until `close` or `discard`.
    """

    failed = Signal(str)
    """Changes are not protected; a message to show. Once, until they are again."""

    def __init__(
        self,
        folder: Path,
        session: Session,
        on_disk: str | None = None,
        parent: QObject | None = None,
        *,
        pause: int = PAUSE,
    ) -> None:
        """Begin with what the session's document is now: that needs no protection.

        on_disk: SHA-256 of the file that it was read from.
        """
        super().__init__(parent)
        self._folder = folder
        self._session = session
        self._file = JournalFile(folder, session.document, session.path, on_disk)
        self._label: str | None = None  # of a change that is not written yet
        self._trouble = ""
        self._is_told = False
        self._thread = Thread()
        self._timer = QTimer(self, singleShot=True, interval=pause)
        self._timer.timeout.connect(self._go_on)
        self._stop: Callable[[], None] | None = session.listen(self._changed)

    @property
    def file(self) -> Path:
        """Its file, which exists only while something is unsaved."""
        return self._file.path

    @property
    def trouble(self) -> str:
        """What `failed` said, or would say to who listens only now; empty if all is well."""
        if not self._trouble:
            return ""
        text = self.tr("Unsaved changes are not safe from a crash ({reason}). Save them now.")
        return text.format(reason=self._trouble)

    def was_saved(self, on_disk: str | None) -> None:
        """Begin anew: what the session's document is now is saved, in bytes of this SHA-256."""
        self._forget()
        self._file = JournalFile(self._folder, self._session.document, self._session.path, on_disk)

    def flush(self) -> bool:
        """Put down before this returns what is not written yet; returns whether that worked."""
        self._pause()
        if self._trouble and self._label is None:
            self._label = self._session.undo_label or ""
        if self._label is not None:
            self._write(*self._taken())
        self._tell()
        return not self._trouble

    def close(self) -> None:
        """End; what is unsaved stays on disk and is offered at the next start."""
        self._listen_no_longer()
        self.flush()

    def discard(self) -> None:
        """End, and forget what is unsaved."""
        self._listen_no_longer()
        self._forget()

    def _listen_no_longer(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _changed(self, change: Change) -> None:
        self._label = change.label
        if not self._timer.isActive():
            self._begin_writing()

    def _begin_writing(self) -> None:
        # Documents are frozen: the thread reads one that nobody changes meanwhile.
        self._thread = Thread(target=self._write_soon, args=self._taken(), name="journal")
        self._thread.start()
        self._timer.start()

    def _go_on(self) -> None:
        if self._thread.is_alive():
            self._timer.start()
            return
        self._tell()
        if self._label is not None:
            self._begin_writing()

    def _taken(self) -> tuple[Document | None, str]:
        """What is to be written, taken off the list; no document if nothing is unsaved."""
        label, self._label = self._label or "", None
        return (self._session.document if self._session.is_changed else None), label

    def _write_soon(self, document: Document | None, label: str) -> None:
        # A new thread is Python's first choice: let the change be shown before it is written.
        time.sleep(0.001)
        self._write(document, label)

    def _write(self, document: Document | None, label: str) -> None:
        """Runs in the thread, one at a time; what it says of trouble is told later."""
        trouble = ""
        try:
            if document is None:
                self._file.remove()
            else:
                self._file.write(document, label)
        except WaylineError as error:
            trouble = error.what
        except (OSError, ValueError, MemoryError) as error:
            text = getattr(error, "strerror", None) or str(error) or type(error).__name__
            trouble = text.lower()
        self._trouble = trouble

    def _pause(self) -> None:
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _forget(self) -> None:
        self._pause()
        self._label = None
        self._write(None, "")

    def _tell(self) -> None:
        if self._trouble and not self._is_told:
            self.failed.emit(self.trouble)
        self._is_told = bool(self._trouble)
