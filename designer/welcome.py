"""The first page: begin a journey, go on with one, or see how others look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.plain_text import PlainLabel
from designer.responsive_grid import ResponsiveGrid
from designer.theme.look import LARGE, TITLE, active, font, px
from designer.welcome_tiles import RecentTile, SampleTile
from engine.shipped import sample_names

_FIRST_SAMPLE = "starter"
_WIDEST = 1080
_MOST_RECENT = 9


class WelcomePage(QScrollArea):
    """What there is to begin with.

    file_asked: a Path, chosen or dropped here. sample_asked: the name of a shipped sample.
    """

    new_asked = Signal()
    open_asked = Signal()
    file_asked = Signal(object)
    sample_asked = Signal(str)

    def __init__(self, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self._page = _Ground()
        self._title = PlainLabel("Wayline")
        self._line = PlainLabel(
            self.tr("Draw a customer journey, see what is wrong with it, and try it out.")
        )
        self._recent_title = PlainLabel(self.tr("Go on with"))
        self._sample_title = PlainLabel(self.tr("Begin with a sample"))
        self._recent, self._samples = ResponsiveGrid(300), ResponsiveGrid(250)
        self._arrange()
        self.setWidget(self._page)
        self.show_recent(recent)
        self._show_samples()
        self._dress()

    def show_recent(self, recent: Sequence[Path]) -> None:
        """List these files, the latest first."""
        tiles = []
        for path in recent[:_MOST_RECENT]:
            tile = RecentTile(path)
            tile.clicked.connect(partial(self._ask_for_file, path))
            tiles.append(tile)
        self._recent.show_items(tiles)
        self._recent_title.setVisible(bool(tiles))
        self._recent.setVisible(bool(tiles))

    # ---- dropping files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files."""
        if _files(event):
            event.acceptProposedAction()
            self._page.show_whether(dropping=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """They went elsewhere."""
        super().dragLeaveEvent(event)
        self._page.show_whether(dropping=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open what is dropped here."""
        self._page.show_whether(dropping=False)
        event.acceptProposedAction()
        for path in _files(event):
            self.file_asked.emit(path)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    # ---- building

    def _arrange(self) -> None:
        self._new = QPushButton(self.tr("New journey"))
        self._new.setProperty("kind", "primary")
        self._new.setAccessibleName(self.tr("New journey"))
        self._new.clicked.connect(self._ask_for_new)
        opening = QPushButton(self.tr("Open…"))
        opening.setAccessibleName(self.tr("Open a journey"))
        opening.clicked.connect(self._ask_to_open)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self._new)
        buttons.addWidget(opening)
        buttons.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(px(_WIDEST))
        self._column = QVBoxLayout(column)
        self._column.addWidget(self._title)
        self._column.addWidget(self._line)
        self._column.addLayout(buttons)
        recent = (self._recent_title, self._recent)
        for title, grid in (recent, (self._sample_title, self._samples)):
            self._column.addWidget(title)
            self._column.addWidget(grid)
        self._column.addStretch(1)
        row = QHBoxLayout(self._page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)

    def _show_samples(self) -> None:
        names = sorted(sample_names(), key=lambda name: (name != _FIRST_SAMPLE, name))
        tiles = []
        for name in names:
            tile = SampleTile(name)
            tile.clicked.connect(partial(self._ask_for_sample, name))
            tiles.append(tile)
        self._samples.show_items(tiles)

    def _dress(self) -> None:
        self._title.setFont(font(LARGE, strong=True))
        self._line.setFont(font(TITLE))
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for title in (self._recent_title, self._sample_title):
            title.setFont(font(TITLE, strong=True))
            title.setContentsMargins(0, px(20), 0, 0)
        self._column.setContentsMargins(px(32), px(40), px(32), px(32))
        self._column.setSpacing(px(12))

    # ---- asking

    def _ask_for_new(self) -> None:
        self.new_asked.emit()

    def _ask_to_open(self) -> None:
        self.open_asked.emit()

    def _ask_for_file(self, path: Path, _checked: bool = False) -> None:
        self.file_asked.emit(path)

    def _ask_for_sample(self, name: str, _checked: bool = False) -> None:
        self.sample_asked.emit(name)


class _Ground(QWidget):
    """What all of it stands on; it changes while a file hovers over it."""

    def __init__(self) -> None:
        super().__init__()
        self._dropping = False

    def show_whether(self, *, dropping: bool) -> None:
        """Say by colour that a file may be dropped."""
        self._dropping = dropping
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Fill it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), active().accent_soft if self._dropping else active().ground)
        painter.end()


def _files(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
