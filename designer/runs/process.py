"""A `wayline simulate --stream` as a process: started, fed and ended with all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

import simulator

# -P: the user's folder must not lend its modules.
COMMAND = (sys.executable, "-P", "-m", "simulator")


class StreamProcess(QProcess):
    """Reads the document on its standard input; says lines on its standard output."""

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setProgram(command[0])
        self.setArguments([*command[1:], "simulate", "-", "--stream"])
        self.setProcessEnvironment(_environment())
        if sys.platform != "win32":
            # A group of its own, so that its workers can be ended with it.
            own = QProcess.UnixProcessParameters()
            own.flags = QProcess.UnixProcessFlag.CreateNewSession
            self.setUnixProcessParameters(own)

    def begin(self, words: Sequence[str], document: bytes) -> None:
        """Start with these options, and hand the document over."""
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


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    # The same simulator as this one's, however this one was found.
    home = str(Path(simulator.__file__).parent.parent)
    before = environment.value("PYTHONPATH")
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, (home, before))))
    return environment
