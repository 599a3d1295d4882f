"""Opens the Export dialog of a document, and lets it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from designer.selection import Selection
from designer.session import Session
from designer.settings import Settings

if TYPE_CHECKING:
    from designer.exporting.dialog import ExportDialog


class Exporting(QObject):
    """One dialog at a time; the window behind it can be worked in.

    problems_asked: the journey has errors, and they shall be seen.
    """

    problems_asked = Signal()

    def __init__(
        self, session: Session, selection: Selection, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._settings = session, selection, settings
        self._window = parent
        self.dialog: ExportDialog | None = None
        """The dialog that is open; None if none is."""

    def open(self) -> None:
        """Show the dialog; the one that is open if there is one."""
        if self.dialog is None:
            from designer.exporting.dialog import ExportDialog  # noqa: PLC0415 - when seen only

            self.dialog = ExportDialog(self._session, self._settings, self._window)
            self.dialog.step_chosen.connect(self._on_step)
            self.dialog.problems_asked.connect(self.problems_asked)
            self.dialog.finished.connect(self._on_finished)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close_exporting(self) -> None:
        """Close the dialog; what is being made in it is not made."""
        if self.dialog is not None:
            self.dialog.done(0)

    def _on_step(self, planned: str) -> None:
        """Of a step within a sub-journey the last part is its id in the document."""
        self._selection.go_to(planned.rpartition("__")[2])

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
