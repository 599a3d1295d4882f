"""The tiles of the welcome page: a file that was open lately, a sample with its picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from designer.journey_picture import draw_journey
from designer.plain_text import set_tip
from designer.text_line import draw_line
from designer.theme.look import SMALL, active, font, px
from designer.tile import Tile, draw_lines
from engine.document import SUFFIX, Document, read_document
from engine.errors import DocumentError
from engine.shipped import sample_path

_NOTE_LINES = 3


class RecentTile(Tile):
    """A file's name and folder; one that is not there any more can be seen, but not opened."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        self._name = path.name.removesuffix(SUFFIX)
        self._folder = _short_folder(path.parent)
        self._is_there = _is_file(path)
        missing = QCoreApplication.translate("WelcomePage", "not found")
        self._missing = "" if self._is_there else missing
        super().__init__(", ".join(filter(None, (self._name, self._folder, self._missing))), parent)
        set_tip(self, str(path))
        self.setEnabled(self._is_there)
        if not self._is_there:
            self.unsetCursor()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines."""
        lines = QFontMetrics(font(strong=True)).height() + QFontMetrics(font(SMALL)).height()
        return QSize(px(300), lines + px(22))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(px(120), self.sizeHint().height())

    def paint_content(self, painter: QPainter) -> None:
        """Name, and below it the folder."""
        theme = active()
        area = self.rect().adjusted(px(14), px(10), -px(14), -px(10))
        ink, soft = (theme.ink, theme.soft) if self._is_there else (theme.faint, theme.faint)
        small = QFontMetrics(font(SMALL))
        if self._missing:
            width = small.horizontalAdvance(self._missing) + px(4)
            right = QRect(area.right() - width + px(4), area.top(), width, area.height() // 2)
            draw_lines(painter, right, font(SMALL), theme.soft, self._missing)
            area = area.adjusted(0, 0, -width - px(8), 0)
        height = draw_lines(painter, area, font(strong=True), ink, self._name)
        below = area.adjusted(0, height + px(2), 0, 0)
        row = QRect(below.topLeft(), QSize(below.width(), small.height()))
        middle = Qt.TextElideMode.ElideMiddle
        draw_line(painter, row, font(SMALL), soft, self._folder, elide=middle)


class SampleTile(Tile):
    """A sample's picture, name, and what its note says first."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._document = _sample(name)
        journey = self._document.journey if self._document else None
        self._title = journey.name if journey else name
        self._note = journey.note if journey else ""
        said = QCoreApplication.translate("WelcomePage", "Sample %1").replace("%1", self._title)
        super().__init__(said, parent)
        self.setAccessibleDescription(self._note)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Picture, up to two lines of title, and lines of the note."""
        title = 2 * QFontMetrics(font(strong=True)).height()
        note = _NOTE_LINES * QFontMetrics(font(SMALL)).height()
        return QSize(px(250), px(112) + title + note + px(30))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(px(120), self.sizeHint().height())

    def paint_content(self, painter: QPainter) -> None:
        """Picture above, text below."""
        theme, width = active(), 2 if self.hasFocus() else 1
        picture = QRectF(width, width, self.width() - 2 * width, px(112))
        top = QPainterPath()
        top.addRoundedRect(picture.adjusted(0, 0, 0, px(10)), px(9), px(9))
        painter.save()
        painter.setClipRect(picture)
        painter.fillPath(top, theme.band)
        if self._document is not None:
            margin = px(14)
            room = picture.adjusted(margin, margin, -margin, -margin)
            draw_journey(painter, self._document, room)
        painter.restore()
        corner = QPoint(px(14), px(112) + px(12))
        area = QRect(corner, QSize(self.width() - px(28), self.height() - corner.y()))
        height = draw_lines(painter, area, font(strong=True), theme.ink, self._title, 2)
        below = area.adjusted(0, height + px(4), 0, 0)
        draw_lines(painter, below, font(SMALL), theme.soft, self._note, _NOTE_LINES)


def _sample(name: str) -> Document | None:
    """The sample; one that cannot be read still has its name on its tile."""
    try:
        return read_document(sample_path(name))
    except DocumentError:
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _short_folder(folder: Path) -> str:
    """The folder, with ~ for the user's own."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)
