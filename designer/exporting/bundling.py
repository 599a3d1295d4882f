"""A bundle made by the `wayline` command in another process, and put where it shall be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QObject, Signal

from designer.runs.lines import LineError, Lines
from designer.runs.process import COMMAND, CommandProcess
from engine.document import Document, document_to_bytes
from engine.errors import WaylineError
from engine.files import read_bytes, save_atomically

_LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """path: where the bundle shall be.  key: what signs it, None for no signature."""

    path: Path
    replications: int
    seed: int
    key: Path | None

    def words(self, bundle: Path) -> list[str]:
        """The command that makes it in the file `bundle`."""
        words = ["export", "-", f"--bundle={bundle}", "--stream"]
        words += [f"--replications={self.replications}", f"--seed={self.seed}"]
        return words if self.key is None else [*words, f"--sign={self.key}"]


class Bundling(QObject):
    """One bundle at a time. Nothing is where it shall be before it is whole.

    progressed: how many replications are done, of how many, and seconds left (None: unknown).
    Exactly one of these tells how it ends, and none after `close`: finished, with its manifest
    and the wish; failed, with a WaylineError; cancelled.
    """

    progressed = Signal(int, int, object)
    finished = Signal(object, object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None, command: Sequence[str] = COMMAND) -> None:
        super().__init__(parent)
        self._command = command
        self._process: CommandProcess | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._wish: Wish | None = None
        self._lines = Lines()
        self._manifest: Mapping[str, Any] | None = None
        self._refused: WaylineError | None = None
        self._is_cancelled = False

    @property
    def is_going_on(self) -> bool:
        """Whether a bundle is being made."""
        return self._process is not None

    def start(self, document: Document, wish: Wish) -> None:
        """Make a bundle of this document; one that is being made is ended unheard."""
        self.close()
        try:
            # The process may be ended at any time: what it leaves there is swept away.
            self._folder = TemporaryDirectory(prefix="wayline-")
        except OSError as error:
            self.failed.emit(_no_room(error))
            return
        self._wish, self._is_cancelled = wish, False
        self._lines, self._manifest, self._refused = Lines(), None, None
        process = self._process = CommandProcess(self._command, self)
        process.readyReadStandardOutput.connect(self._on_output)
        process.over.connect(self._on_over)
        process.begin(wish.words(_made_in(self._folder)), document_to_bytes(document))

    def cancel(self) -> None:
        """End it now; `cancelled` follows as soon as the process is gone."""
        if self._process is not None:
            self._is_cancelled = True
            self._process.end_now()

    def close(self) -> None:
        """End it unheard, and wait until it is gone."""
        process, self._process = self._process, None
        if process is not None:
            process.end_and_wait()
            self._let_go(process)

    def _on_output(self) -> None:
        if self._process is None:
            return
        data = bytes(self._process.readAllStandardOutput().data())
        if self._is_cancelled or self._refused is not None:
            return
        try:
            for line in self._lines.feed(data):
                self._take(line)
        except (LineError, ValueError, TypeError) as error:
            self._refused = WaylineError(
                self.tr("The export said something that was not understood."),
                where=str(error)[:200],
                mend=self.tr("Export again; if it happens again, report it with this text."),
            )
            self._process.end_now()

    def _take(self, line: Mapping[str, Any]) -> None:
        match line:
            case {"kind": "progress", "done": int(done), "of": int(of), "seconds_left": left}:
                self.progressed.emit(done, of, float(left) if left is not None else None)
            case {"kind": "bundle", "manifest": dict(manifest)}:
                self._manifest = manifest
            case {"kind": "error", "what": str(what), "where": str(where), "mend": str(mend)}:
                # Told once the process has ended.
                self._refused = WaylineError(what, where=where, mend=mend)
            case _:
                raise LineError(str(line)[:80])

    def _on_over(self, error: WaylineError | None) -> None:
        self._on_output()
        process, self._process = self._process, None
        if process is None or self._wish is None or self._folder is None:
            return
        failure = self._refused or error
        if failure is None and not self._is_cancelled:
            made = _made_in(self._folder)
            is_told = self._manifest is not None
            failure = _put(made, self._wish.path) if is_told else process.ended_early()
        self._let_go(process)
        if self._is_cancelled:
            self.cancelled.emit()
        elif failure is not None:
            self.failed.emit(failure)
        else:
            self.finished.emit(self._manifest, self._wish)

    def _let_go(self, process: CommandProcess) -> None:
        process.deleteLater()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _made_in(folder: TemporaryDirectory[str]) -> Path:
    return Path(folder.name) / "bundle.zip"


def _put(made: Path, path: Path) -> WaylineError | None:
    """The whole bundle where it shall be; the error if it cannot be there."""
    try:
        save_atomically(path, read_bytes(made, _LARGEST), backup=False)
    except WaylineError as error:
        return error
    return None


def _no_room(error: OSError) -> WaylineError:
    return WaylineError(
        f"there is no room for what is made meanwhile: {(error.strerror or str(error)).lower()}",
        mend="free space in the folder for temporary files.",
    )
