"""Work beside the window's thread, for what would stop it for more than a moment.

Python may collect garbage in whichever thread makes objects. What it finds may be old windows,
which end the program if any thread but the window's takes them apart. So while work goes on,
nothing is collected; the window's thread catches up when it is done.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QThreadPool, Signal

_going_on: set[Beside] = set()
"""Kept here, so that none of them is taken apart in the thread in which it works either."""


class Beside(QObject):
    """Calls a function in another thread.

    done: what it returned, in the window's thread. What it raises is raised there as well.
    """

    done = Signal(object)
    ended = Signal()
    """It is over, whether it returned or raised something."""
    _left = Signal(object, object)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.collects = False
        self._left.connect(self._on_left)

    def start(self) -> None:
        """Begin, as soon as a thread is free."""
        # Those that began before have switched it off; they know whether it was on.
        self.collects = gc.isenabled() or any(other.collects for other in _going_on)
        _going_on.add(self)
        gc.disable()
        QThreadPool.globalInstance().start(self._run)

    def _run(self) -> None:
        result: object = None
        error: Exception | None = None
        try:
            result = self._work()
        except Exception as raised:  # noqa: BLE001 - it is raised again where it is heard
            error = raised
        with suppress(RuntimeError):  # the application has ended meanwhile
            self._left.emit(result, error)

    def _on_left(self, result: object, error: Exception | None) -> None:
        _going_on.discard(self)
        if not _going_on and self.collects:
            # Else the other thread might collect, for the few objects that it still makes.
            gc.collect(0)
            gc.enable()
        self.ended.emit()
        if error is not None:
            raise error
        self.done.emit(result)
