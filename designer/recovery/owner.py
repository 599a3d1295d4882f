"""Which process writes a journal, and whether it still runs.

A process number alone does not tell: it is given again, soon after a restart of the machine even
to the same program. With the moment the process began, and the start of the machine, it is unique;
the clock, which people change, is not asked.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

from pydantic import PositiveInt
from PySide6.QtCore import QSysInfo

from engine.model import Model


class Owner(Model):
    """A process, told from all others that ever ran on this machine."""

    pid: PositiveInt
    started: str
    boot: str


def this_process() -> Owner:
    """The process that asks."""
    return Owner(pid=os.getpid(), started=_started(os.getpid()) or "", boot=_boot())


def is_alive(owner: Owner) -> bool:
    """Whether that very process still runs."""
    return owner.boot == _boot() and owner.started == _started(owner.pid)


def _boot() -> str:
    return bytes(QSysInfo.bootUniqueId().data()).decode("ascii", "replace")


def started_by_ps(pid: int) -> str | None:
    """When the process began, as ps tells it; None if it runs no longer."""
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    # The same words whatever language and time zone the user travels to.
    plain = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    try:
        done = subprocess.run(  # noqa: S603
            command, env=plain, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return None
    state, _, started = done.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else " ".join(started.split())


if sys.platform == "linux":

    def _started(pid: int) -> str | None:
        try:
            text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        # After the name, which may hold spaces and brackets: the state and, 19 later, the start.
        fields = text.rpartition(")")[2].split()
        return None if fields[0] in "ZX" else fields[19]

elif sys.platform == "win32":

    def _started(pid: int) -> str | None:
        may_ask, still_active = 0x1000, 259
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(may_ask, False, pid))
        if not handle:
            return None
        try:
            times, code = [ctypes.c_ulonglong() for _ in range(4)], ctypes.c_ulong()
            kernel.GetExitCodeProcess(handle, ctypes.byref(code))
            is_told = kernel.GetProcessTimes(handle, *map(ctypes.byref, times))
            return str(times[0].value) if is_told and code.value == still_active else None
        finally:
            kernel.CloseHandle(handle)

else:
    _started = started_by_ps
