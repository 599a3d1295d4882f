"""Start Qt, open the first windows, and run until the last one is closed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from designer.canvas import access
from designer.garbage import GarbageCollection
from designer.recovery.journal import recovery_folder
from designer.settings import Settings
from designer.windows import Windows


def start(files: Sequence[Path]) -> int:
    """Show a window for each file, or the welcome page; returns when all are closed."""
    if sys.version_info < (3, 12) and pyside_version.startswith("6.12.0"):
        print(  # noqa: T201
            "wayline-designer: PySide6 6.12.0 ends the program after a short while on this "
            "Python.\n  To mend it: pip install 'PySide6-Essentials<6.12', or use Python 3.12.",
            file=sys.stderr,
        )
        return 69
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Wayline")
    app.setOrganizationName("Wayline")
    app.setApplicationDisplayName("Wayline")
    app.setDesktopFileName("wayline")
    access.install()
    collection = GarbageCollection(app)
    windows = Windows(Settings(), recovery_folder(), app)
    app.setQuitOnLastWindowClosed(False)
    windows.all_closed.connect(app.quit)
    waking = _end_with_signals(app, windows)
    for file in files:
        windows.open_path(file)
    if not windows.open:
        windows.welcome()
    code = app.exec()
    waking.stop()
    collection.stop()
    return code


def _end_with_signals(app: QApplication, windows: Windows) -> QTimer:
    """Ctrl+C and a polite kill write down what is unsaved, for the next start, and end."""

    def end(number: int, _frame: object) -> None:
        for window in windows.open:
            if window.keeping is not None:
                window.keeping.close_keeping()
        app.exit(128 + number)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    # Python sees signals only while it runs: Qt's loop is in C++.
    waking = QTimer(app)
    waking.timeout.connect(lambda: None)
    waking.start(250)
    return waking
