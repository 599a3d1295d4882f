"""The `wayline` command as a process: started, fed, ended with all that it started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

import simulator
from engine.errors import WaylineError
from simulator.commands.telling import VARIABLE

# -P: the user's folder must not lend its modules.
COMMAND = (sys.executable, "-P", "-m", "simulator")

_TAIL: Final = 8000
"""Bytes of what is said besides that are kept for a message."""


class CommandProcess(QProcess):
    """Reads a document on its standard input; what it says on its output is for others to read.

    over: it is gone; with the WaylineError that ended it, or None if it came to its end.
    """

    over = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said_besides = b""
        self.setProgram(command[0])
        self.setArguments(list(command[1:]))
        self.setProcessEnvironment(_environment())
        self.readyReadStandardError.connect(self._on_said_besides)
        self.finished.connect(self._on_finished)
        self.errorOccurred.connect(self._on_error)
        if sys.platform != "win32":
            # A group of its own, so that its workers can be ended with it.
            own = QProcess.UnixProcessParameters()
            own.flags = QProcess.UnixProcessFlag.CreateNewSession
            self.setUnixProcessParameters(own)

    def begin(self, words: Sequence[str], document: bytes) -> None:
        """Start with these words, and hand the document over."""
        self.setArguments([*self.arguments(), *words])
        self.start()
        self.write(document)
        self.closeWriteChannel()

    def end_now(self) -> None:
        """It and its workers are gone in a moment; what they were doing is lost."""
        group = self.processId()
        self.kill()
        if group and sys.platform != "win32":
            # Workers end by this; Python's resource tracker does not, and tidies up after them.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGTERM)

    def end_and_wait(self) -> None:
        """As `end_now`, and it is gone on return."""
        if self.state() != QProcess.ProcessState.NotRunning:
            self.end_now()
            self.waitForFinished(1000)

    def ended_early(self) -> WaylineError:
        """What to tell when it ended, but without saying what was asked for."""
        lines = self._said_besides.decode("utf-8", "replace").strip().splitlines()
        where = self.tr("exit code %1").replace("%1", str(self.exitCode()))
        return WaylineError(
            self.tr("The simulation ended without a result."),
            where=": ".join((where, *lines[-1:])),
            mend=self.tr("Run again; if it happens again, report it with this text."),
        )

    def _on_said_besides(self) -> None:
        data = bytes(self.readAllStandardError().data())
        self._said_besides = (self._said_besides + data)[-_TAIL:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            told = WaylineError(
                self.tr("The simulation could not be started."),
                where=self.errorString(),
                mend=self.tr("Install Wayline again."),
            )
            self.over.emit(told)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_said_besides()
        if status == QProcess.ExitStatus.CrashExit:
            self.over.emit(self._ended_by_system(code))
        else:
            # 1: it was done, and what was checked failed.
            self.over.emit(None if code in {0, 1} else self._told() or self.ended_early())

    def _told(self) -> WaylineError | None:
        """The command's own error."""
        for line in reversed(self._said_besides.splitlines()):
            with contextlib.suppress(ValueError, RecursionError):
                match json.loads(line):
                    case {"what": str(what), "where": str(where), "mend": str(mend)}:
                        return WaylineError(what, where=where, mend=mend)
        return None

    def _ended_by_system(self, code: int) -> WaylineError:
        return WaylineError(
            self.tr("The simulation was ended from outside, perhaps for lack of memory."),
            where=self.tr("signal %1").replace("%1", str(code)),
            mend=self.tr("Free memory, or simulate fewer customers a replication; then run again."),
        )


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    # The same simulator as this one's, however this one was found.
    home = str(Path(simulator.__file__).parent.parent)
    before = environment.value("PYTHONPATH")
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, (home, before))))
    environment.insert("PYTHONUTF8", "1")
    environment.insert(VARIABLE, "json")
    return environment
