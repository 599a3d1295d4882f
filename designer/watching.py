"""Notices that somebody else changed, or took away, the file of the document."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from designer.digests import digest_on_disk

PAUSE = 200
"""Milliseconds from the first sign to the look at the file: most changes are over by then."""


class FileWatch(QObject):
    """Compares what the file holds with what we read from it or wrote to it last.

    Whatever is watched, the system may miss changes, above all on network drives. So ask
    `check` when the window is looked at again, and `differs` before saving.
    """

    changed = Signal()
    """The file holds something else now; once for every new content."""
    vanished = Signal()
    """The file is there no longer."""
    settled = Signal()
    """The file holds again what it should: what the other two said is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._known: str | None = None
        self._seen: str | None = None  # what was there at the last look
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.check)
        self._watcher.fileChanged.connect(self._look_soon)
        self._watcher.directoryChanged.connect(self._look_soon)

    @property
    def path(self) -> Path | None:
        """The file that is watched."""
        return self._path

    @property
    def known(self) -> str | None:
        """What stands for the bytes that we read or wrote last."""
        return self._known

    def follow(self, path: Path, known: str) -> None:
        """Watch the file at `path`; `known` stands for what we just read or wrote there."""
        if path != self._path:
            self.stop()
        self._path = path
        self._known = self._seen = known
        self._arm()

    def stop(self) -> None:
        """Watch nothing."""
        self._timer.stop()
        if watched := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(watched)
        self._path = self._known = self._seen = None

    def differs(self) -> bool:
        """Whether saving now would overwrite what we never read."""
        if self._path is None:
            return False
        return digest_on_disk(self._path) not in {None, self._known}

    def check(self) -> None:
        """Look at the file now, and tell if it changed since the last look."""
        if self._path is None:
            return
        # First armed, then read: what comes after the reading is told.
        self._arm()
        before, self._seen = self._seen, digest_on_disk(self._path)
        if self._seen == before:
            return
        if self._seen is None:
            self.vanished.emit()
        elif self._seen == self._known:
            self.settled.emit()
        else:
            self.changed.emit()

    def _look_soon(self) -> None:
        # Not put off again and again: something that changes all the time is looked at, too.
        if not self._timer.isActive():
            self._timer.start()

    def _arm(self) -> None:
        """Watch file and folder; a file that was replaced is by itself watched no longer."""
        if self._path is None:
            return
        real = Path(os.path.realpath(self._path))
        wanted = {str(path) for path in (self._path, self._path.parent, real.parent)}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if missing := [path for path in wanted - watched if Path(path).exists()]:
            self._watcher.addPaths(missing)
