"""Asking where a picture of the journey shall go: into a file, or onto paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from designer.canvas.picture import print_on, save_picture
from designer.canvas.scene import JourneyScene
from designer.session import Session
from engine.document import SUFFIX
from engine.errors import WaylineError


class PictureDialogs(QObject):
    """For one document.

    failed: the picture could not be made. done: a sentence that says where it is.
    """

    failed = Signal(object)
    done = Signal(str)

    def __init__(self, session: Session, scene: JourneyScene, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._scene, self._window = session, scene, parent
        self._printer: QPrinter | None = None

    def ask_for_file(self) -> None:
        """Ask for a name; its ending says which format it is."""
        dialog = QFileDialog(self._window, self.tr("Save picture"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("PNG picture (*.png)"), self.tr("SVG drawing (*.svg)"), "PDF (*.pdf)"]
        )
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(
            lambda text: dialog.setDefaultSuffix(text.rpartition("*.")[2].rstrip(")"))
        )
        dialog.selectFile(self._name())
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _name(self) -> str:
        path = self._session.path
        name = path.name.removesuffix(SUFFIX) if path is not None else "journey"
        return str((path.parent if path is not None else Path()) / name)

    def save(self, name: str) -> None:
        """Save the picture in this file."""
        try:
            save_picture(self._scene, Path(name), self._session.document.journey.name)
        except WaylineError as error:
            self.failed.emit(error)
        else:
            text = QCoreApplication.translate("Picture", "The picture is saved as {name}.")
            self.done.emit(text.format(name=name))

    def ask_to_print(self) -> None:
        """Ask for a printer."""
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(self._session.document.journey.name[:100])
        dialog = QPrintDialog(self._printer, self._window)
        dialog.accepted.connect(self._print)
        dialog.finished.connect(dialog.deleteLater)
        # QPrintDialog has an open() of its own that wants a slot; this is that of all dialogs.
        QDialog.open(dialog)

    def _print(self) -> None:
        if self._printer is not None:
            print_on(self._scene, self._printer)
