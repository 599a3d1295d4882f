"""A chart for other programs: copied as a picture, or saved as PNG, SVG or CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from designer.beside import Beside
from designer.charts.drawing import Wish, filed
from engine.errors import WaylineError
from engine.files import save_atomically

FORMS: Final = ("png", "svg", "csv")


class Giving(QObject):
    """failed: a WaylineError.  told: what was done, as a sentence."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._file: Path | None = None
        self._wish: Wish | None = None
        self._dialog: QFileDialog | None = None
        self._is_busy = self._is_closed = False

    def copy(self, wish: Wish) -> None:
        """Put the picture on the clipboard, in the size of a file."""
        self._begin(wish, None)

    def ask_for_file(self, wish: Wish, folder: Path) -> None:
        """Let the user choose a file; its ending says the form."""
        self._wish = wish
        dialog = QFileDialog(self._widget.window(), self.tr("Save chart"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("PNG picture (*.png)"), self.tr("SVG drawing (*.svg)"), "CSV (*.csv)"]
        )
        dialog.setDefaultSuffix("png")
        dialog.selectFile(str(folder / wish.chart))
        self._dialog = dialog
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def save(self, name: str, wish: Wish) -> None:
        """Save the chart as this file."""
        path = Path(name)
        if path.suffix.lower().removeprefix(".") not in FORMS:
            self.failed.emit(
                WaylineError(
                    f"a chart cannot be saved as “{path.suffix[:20] or path.name[:40]}”",
                    where=name,
                    mend="let the name end in .png, .svg or .csv.",
                )
            )
            return
        self._begin(wish, path)

    def close(self) -> None:
        """Give nothing more."""
        self._is_closed = True
        if self._dialog is not None:
            self._dialog.close()

    def _begin(self, wish: Wish, path: Path | None) -> None:
        if self._is_busy or self._is_closed:
            return
        self._is_busy, self._file = True, path
        form = "png" if path is None else path.suffix.lower().removeprefix(".")
        task = Beside(partial(filed, wish, form))
        task.ended.connect(self._on_ended)
        task.done.connect(self._on_made)
        task.start()

    def _on_ended(self) -> None:
        self._is_busy = False

    def _on_made(self, made: object) -> None:
        if self._is_closed:
            return
        if isinstance(made, WaylineError):
            self.failed.emit(made)
        elif isinstance(made, bytes) and self._file is None:
            QGuiApplication.clipboard().setImage(QImage.fromData(made))
            self.told.emit(self.tr("The chart is copied."))
        elif isinstance(made, bytes) and self._file is not None:
            self._write(self._file, made)

    def _write(self, path: Path, made: bytes) -> None:
        try:
            save_atomically(path, made)
        except WaylineError as error:
            self.failed.emit(error)
        else:
            self.told.emit(self.tr("Saved as {0}").format(str(path)))

    def _on_filter(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.setDefaultSuffix(text.rpartition("*.")[2].rstrip(")"))

    def _on_file(self, name: str) -> None:
        if self._wish is not None:
            self.save(name, self._wish)

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
