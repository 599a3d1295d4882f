"""All windows of this process, and what they share: settings, look, the recovery folder."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from designer.files import open_file
from designer.offering import Offering
from designer.recovery.journal import Journal
from designer.recovery.left_over import Recoverable
from designer.session import Session
from designer.settings import Settings
from designer.theme import look
from designer.window import Window
from engine.document import read_document
from engine.errors import WaylineError
from engine.new_document import new_document
from engine.shipped import sample_path


class Windows(QObject):
    """Opens windows and lets them go.

    all_closed: the last window is closed.
    """

    all_closed = Signal()

    def __init__(self, settings: Settings, recovery: Path, app: QApplication) -> None:
        super().__init__(app)
        self.settings, self.recovery = settings, recovery
        self._app = app
        self.open: list[Window] = []
        self.offering = Offering(self, recovery)
        self.apply_look()
        settings.changed.connect(self._on_setting)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    # ---- looks

    def apply_look(self) -> None:
        """Colours and text size as the settings say, in every window."""
        look.apply(self._app, self.settings.theme, self.settings.text_scale)
        for window in self.open:
            window.restyle()

    def _on_setting(self, name: str) -> None:
        if name in {"theme", "text_scale"}:
            self.apply_look()

    def _on_scheme(self) -> None:
        if self.settings.theme == "system":
            self.apply_look()

    # ---- windows

    def welcome(self) -> Window:
        """A window that shows what can be opened."""
        window = Window(self)
        self.open.append(window)
        window.closed.connect(self._on_closed)
        window.restyle()
        window.show()
        return window

    def _free(self, asking: Window | None) -> Window:
        """A window without a document: that which asks, or a new one."""
        if asking is not None and asking.workspace is None:
            return asking
        return self.welcome()

    def new(self, asking: Window | None = None) -> Window:
        """An empty journey."""
        window = self._free(asking)
        session = Session(new_document(window.tr("New journey")))
        window.show_document(session, Journal(self.recovery, session), None)
        return window

    def open_path(self, path: Path, asking: Window | None = None) -> Window | None:
        """Open the document; if a window shows it already, that comes to the front.

        None, and the window that asks says why, if it cannot be read.
        """
        path = path.absolute()
        shown = self.showing(path)
        if shown is not None:
            shown.raise_()
            shown.activateWindow()
            return shown
        try:
            session, digest = open_file(path)
        except WaylineError as error:
            (asking or self.welcome()).tell_error(error)
            return None
        window = self._free(asking)
        window.show_document(session, Journal(self.recovery, session, digest), digest)
        self.settings.remember_file(path)
        return window

    def open_sample(self, name: str, asking: Window | None = None) -> Window | None:
        """A new journey that begins as the sample is; the sample itself stays as it is."""
        try:
            document = read_document(sample_path(name))
        except WaylineError as error:
            (asking or self.welcome()).tell_error(error)
            return None
        window = self._free(asking)
        session = Session(document)
        window.show_document(session, Journal(self.recovery, session), None)
        return window

    def restore(self, recoverable: Recoverable, asking: Window | None = None) -> Window:
        """Go on where a crash ended it."""
        window = self._free(asking)
        session, journal = recoverable.restore()
        window.show_document(session, journal, recoverable.on_disk)
        return window

    def showing(self, path: Path) -> Window | None:
        """The window that shows this file, whichever way leads to it."""
        real = os.path.realpath(path)
        shown = ((w, w.path) for w in self.open)
        return next((w for w, at in shown if at and os.path.realpath(at) == real), None)

    def quit(self) -> None:
        """Close every window; those with something unsaved ask first."""
        for window in tuple(self.open):
            window.close()

    def leave(self) -> None:
        """Close what a kill left open, as it is: Qt must not be taken apart around windows."""
        for window in tuple(self.open):
            window.close_without_asking()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def let_go(self) -> None:
        """Follow settings and system no longer."""
        self.settings.changed.disconnect(self._on_setting)
        self._app.styleHints().colorSchemeChanged.disconnect(self._on_scheme)
        self.deleteLater()

    def _on_closed(self, window: Window) -> None:
        if window in self.open:
            self.open.remove(window)
        if not self.open:
            self.all_closed.emit()
