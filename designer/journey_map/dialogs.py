"""Asking where the map shall go: into a file, or onto paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from designer.journey_map.sheets import print_sheet, save_sheet
from designer.session import Session
from engine.document import SUFFIX
from engine.errors import WaylineError
from simulator.journey_map.model import JourneyMap


class MapDialogs(QObject):
    """For one page.  failed: a WaylineError.  told: where the map is saved."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._page = session, parent
        self._map: JourneyMap | None = None
        self._printer: QPrinter | None = None
        self._dialog: QFileDialog | None = None

    def ask_for_file(self, of: JourneyMap) -> None:
        """Ask for a name; its ending says which form it is."""
        self._map = of
        dialog = self._dialog = QFileDialog(self._page.window(), self.tr("Export journey map"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("Page to print (*.html)"),
                "PDF (*.pdf)",
                self.tr("PNG picture (*.png)"),
                self.tr("SVG drawing (*.svg)"),
                self.tr("Table (*.csv)"),
                "Markdown (*.md)",
            ]
        )
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(self._on_filter)
        dialog.selectFile(self._name())
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str) -> None:
        """Save the map in this file."""
        if self._map is None:
            return
        try:
            save_sheet(self._map, Path(name))
        except WaylineError as error:
            self.failed.emit(error)
        else:
            self.told.emit(self.tr("The journey map is saved as %1.").replace("%1", name))

    def ask_to_print(self, of: JourneyMap) -> None:
        """Ask for a printer."""
        self._map = of
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(of.name[:100])
        dialog = QPrintDialog(self._printer, self._page.window())
        dialog.accepted.connect(self._print)
        dialog.finished.connect(dialog.deleteLater)
        # QPrintDialog has an open() of its own that wants a slot; this is that of all dialogs.
        QDialog.open(dialog)

    def _print(self) -> None:
        if self._map is None or self._printer is None:
            return
        if not print_sheet(self._map, self._printer):
            mend = self.tr("Choose another printer, or export a PDF.")
            self.failed.emit(WaylineError(self.tr("The map could not be printed."), mend=mend))

    def _on_filter(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.setDefaultSuffix(text.rpartition("*.")[2].rstrip(")"))

    def _name(self) -> str:
        path = self._session.path
        name = path.name.removesuffix(SUFFIX) if path is not None else "journey"
        return str((path.parent if path is not None else Path()) / f"{name}-map")
