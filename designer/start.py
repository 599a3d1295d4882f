"""Start Qt, open the first windows, and run until the last one is closed."""

from __future__ import annotations

import os
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
    obstacle = _obstacle()
    if obstacle:
        print(f"wayline-designer: {obstacle}", file=sys.stderr)  # noqa: T201
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
    asked: list[int] = []
    waking = _end_with_signals(app, windows, asked)
    for file in files:
        windows.open_path(file)
    if not windows.open:
        windows.welcome()
    # A loop that does not run yet cannot be ended.
    code = asked[0] if asked else app.exec()
    waking.stop()
    windows.leave()
    collection.stop()
    return code


def _obstacle() -> str:
    """What would end the program from within Qt, and how to mend it; empty if all is well."""
    if sys.version_info < (3, 12) and pyside_version.startswith("6.12.0"):
        return (
            "PySide6 6.12.0 ends the program after a short while on this Python.\n"
            "  To mend it: pip install 'PySide6-Essentials<6.12', or use Python 3.12."
        )
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        return (
            "there is no screen to show a window on.\n"
            "  To mend it: start it in a desktop session, or with xvfb-run; "
            "the wayline command needs no screen."
        )
    return ""


def _end_with_signals(app: QApplication, windows: Windows, asked: list[int]) -> QTimer:
    """Ctrl+C and a polite kill write down what is unsaved, for the next start, and end.

    asked: gets the exit code.
    """

    def end(number: int, _frame: object) -> None:
        for window in windows.open:
            if window.keeping is not None:
                window.keeping.close_keeping()
        asked.append(128 + number)
        app.exit(128 + number)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    # Python sees signals only while it runs: Qt's loop is in C++.
    waking = QTimer(app)
    waking.timeout.connect(lambda: None)
    waking.start(250)
    return waking
