"""Documents that are open as a user has them, and let go at the end of the test."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from designer.session import Session
from designer.settings import Settings
from designer.workspace import Workspace
from engine.document import Document


class Desks:
    """Opens documents in windows of their own, and holds on to these."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.qtbot, self.settings = qtbot, settings
        self._windows: list[QMainWindow] = []

    def open(self, document: Document, *, shown: bool = False) -> Workspace:
        window = QMainWindow()
        self._windows.append(window)
        space = Workspace(Session(document), self.settings, window)
        window.setCentralWidget(space.center)
        space.around.add_docks(window)
        window.resize(1280, 800)
        self.qtbot.addWidget(window, before_close_func=lambda _window: space.close_workspace())
        if shown:
            with self.qtbot.waitExposed(window):
                window.show()
            window.activateWindow()
            space.canvas.view.setFocus()
        return space
