"""Asking where an export shall go, and writing it there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from designer.settings import Settings
from engine.errors import WaylineError
from engine.files import save_atomically


class Saving(QObject):
    """failed: a WaylineError.  told: where it is, in a sentence.

    replace_asked: files of these names are in the folder already; with what writes all the same.
    bundle_placed: where a bundle shall be.
    """

    failed = Signal(object)
    told = Signal(str)
    replace_asked = Signal(object, object)
    bundle_placed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._window = settings, parent
        self._files: Mapping[str, bytes] = {}

    def ask(self, files: Mapping[str, bytes]) -> None:
        """Ask where these shall be: one in a file of any name, several in a folder."""
        self._files = files
        if len(files) == 1:
            self._ask_for_file(next(iter(files)), "", self._on_file)
            return
        dialog = QFileDialog(self._window, self.tr("Export into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(self._settings.export_folder))
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Export here"))
        dialog.fileSelected.connect(self._on_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_for_bundle(self, name: str) -> None:
        """Ask where a bundle shall be that is called `name` if nothing else is said."""
        self._ask_for_file(name, "zip", self._on_bundle)

    def _ask_for_file(self, name: str, suffix: str, then: object) -> None:
        dialog = QFileDialog(self._window, self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(self._settings.export_folder))
        if suffix:
            dialog.setNameFilter(self.tr("Bundle (*.{0})").format(suffix))
            dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, name: str) -> None:
        path = Path(name)
        content = next(iter(self._files.values()))
        if self._write({path: content}):
            self.told.emit(self.tr("Saved as {0}").format(name))

    def _on_folder(self, name: str) -> None:
        folder = Path(name)
        files = {folder / one: content for one, content in self._files.items()}
        there = [path.name for path in files if path.exists()]
        if there:
            self.replace_asked.emit(there, partial(self._put, folder, files))
        else:
            self._put(folder, files)

    def _put(self, folder: Path, files: Mapping[Path, bytes]) -> None:
        if self._write(files):
            text = self.tr("Saved {0} files in {1}: {2}")
            names = ", ".join(path.name for path in files)
            self.told.emit(text.format(len(files), folder, names))

    def _write(self, files: Mapping[Path, bytes]) -> bool:
        """Write them; whether all are written."""
        try:
            for path, content in files.items():
                save_atomically(path, content, backup=False)
                self._settings.export_folder = path.parent
        except WaylineError as error:
            self.failed.emit(error)
            return False
        return True

    def _on_bundle(self, name: str) -> None:
        self._settings.export_folder = Path(name).parent
        self.bundle_placed.emit(Path(name))
