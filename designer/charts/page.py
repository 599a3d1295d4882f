"""Which chart of a run is shown, and of what; the chart itself, and what its marks say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.charts.choosing import Choosing
from designer.charts.drawer import Drawer
from designer.charts.drawing import Drawn, Wish
from designer.charts.giving import Giving
from designer.charts.picture_view import PictureView
from designer.plain_text import ElidedLabel, PlainLabel
from designer.runs import RunResults
from designer.session import Session
from designer.theme import look
from engine.errors import WaylineError

PAUSE: Final = 60
"""Milliseconds without another size before it is drawn anew."""
_MOST_SAID: Final = 40
"""So many marks are read out as the description of a chart."""


class ChartPage(QWidget):
    """failed: a WaylineError.  told: something worth a line.

    step_chosen: the planned step of a mark that was followed.
    """

    failed = Signal(object)
    told = Signal(str)
    step_chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._results: RunResults | None = None
        self._number = 0
        self._is_ready = self._is_closed = False
        self.choosing = Choosing()
        self.copy_button = QPushButton(self.tr("Copy"))
        self.save_button = QPushButton(self.tr("Save…"))
        self.picture = PictureView()
        self.stale, self.said = PlainLabel(), ElidedLabel()
        self.note = PlainLabel(self.tr("Preparing charts …"))
        self._drawer, self._giving = Drawer(self), Giving(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._arrange()
        self._connect()
        self.restyle()
        self._drawer.prepare()

    def show_results(self, results: RunResults, *, is_stale: bool, is_running: bool) -> None:
        """Show the charts of this run; while it has none yet, those from before."""
        if results.charts:
            is_other, self._results = results is not self._results, results
            self._say_stale(self.tr("From before your change.") if is_stale else "")
            if is_other:
                self._number += 1
                self._fill()
        elif self._results is not None:
            self._say_stale(
                self.tr("From the run before; new charts come when the run is done.")
                if is_running
                else self.tr("From the run before; a run that was cancelled has no charts.")
            )
        else:
            self._say(
                self.tr("The charts come when the run is done.")
                if is_running
                else self.tr("A run that was cancelled has no charts. Run it to its end.")
            )

    def restyle(self) -> None:
        """Take colours and text size of the active look."""
        self._top.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(4))
        self._top.setSpacing(look.px(8))
        self.stale.setContentsMargins(look.px(12), 0, look.px(12), look.px(4))
        self._below.setContentsMargins(look.px(12), look.px(2), look.px(12), look.px(6))
        self.choosing.restyle()
        self.picture.restyle()
        self._draw()

    def close_page(self) -> None:
        """Draw and save nothing more."""
        self._is_closed = True
        self._timer.stop()
        self._drawer.close()
        self._giving.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Its size may be another than when it was seen before."""
        super().showEvent(event)
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another screen may have finer dots."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._timer.start()

    # ---- building

    def _arrange(self) -> None:
        for button, what in (
            (self.copy_button, self.tr("Copy the chart as a picture")),
            (self.save_button, self.tr("Save the chart as PNG, SVG or CSV")),
        ):
            button.setToolTip(what)
            button.setAccessibleName(what)
            button.setEnabled(False)
        for label in (self.stale, self.said, self.note):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stale.hide()
        self._top = QHBoxLayout()
        self._top.addWidget(self.choosing)
        self._top.addStretch(1)
        self._top.addWidget(self.copy_button)
        self._top.addWidget(self.save_button)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.picture)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.note)
        self._pages.addWidget(scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self.stale)
        column.addLayout(self._pages, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self.said)
        column.addLayout(self._below)

    def _connect(self) -> None:
        self.choosing.changed.connect(self._draw)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._ask_for_file)
        self.picture.copied.connect(self._copy)
        self.picture.chosen.connect(self.step_chosen)
        self.picture.marked.connect(self._say_mark)
        self.picture.resized.connect(self._timer.start)
        self._timer.timeout.connect(self._draw)
        self._drawer.ready.connect(self._on_ready)
        self._drawer.drawn.connect(self._on_drawn)
        self._giving.failed.connect(self.failed)
        self._giving.told.connect(self.told)

    # ---- choosing

    def _told(self) -> Mapping[str, Any] | None:
        return self._results.charts.get(self.choosing.chart) if self._results else None

    def _fill(self) -> None:
        if self._is_ready and self._results is not None:
            self.choosing.show_charts(self._results.charts)

    # ---- drawing

    def _wish(self) -> Wish | None:
        told, size = self._told(), self.picture.size()
        if told is None:
            return None
        return Wish(
            self._number,
            self.choosing.chart,
            self.choosing.view,
            look.active().name,
            look.text_scale(),
            max(1, size.width()),
            max(1, size.height()),
            self.devicePixelRatioF(),
            told,
        )

    def _draw(self) -> None:
        wish = self._wish() if self._is_ready and self.isVisible() else None
        if wish is not None:
            self._pages.setCurrentIndex(1)
            self._drawer.draw(wish)

    def _on_ready(self, error: object) -> None:
        if isinstance(error, WaylineError):
            self._say(str(error))
            self.failed.emit(error)
            return
        self._is_ready = True
        self._fill()

    def _on_drawn(self, drawn: Drawn) -> None:
        self.picture.show_drawn(drawn)
        self._describe(drawn)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(True)

    # ---- saying

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self._pages.setCurrentIndex(0)

    def _say_stale(self, text: str) -> None:
        self.stale.setText(text)
        self.stale.setVisible(bool(text))
        self.picture.show_stale(is_stale=bool(text))

    def _describe(self, drawn: Drawn) -> None:
        """The chart in words, for who does not see it."""
        told, view = drawn.wish.told, self.choosing.view_name
        name = f"{told['name']}: {view}" if view else str(told["name"])
        self.picture.setAccessibleName(name)
        said = [f"{told['name']}: {told['says']}."]
        said += [f"{shape.says}." for shape in drawn.shapes[:_MOST_SAID]]
        self.picture.setAccessibleDescription("\n".join(said))

    def _say_mark(self) -> None:
        mark = self.picture.mark
        if mark is not None:
            self.said.setText(mark.says)
        elif any(shape.step is not None for shape in self.picture.shapes):
            self.said.setText(
                self.tr("Click a mark, or use arrow keys and Enter, to go to its step.")
            )
        elif self.picture.shapes:
            self.said.setText(
                self.tr("Point at a mark, or use the arrow keys, to read what it says.")
            )
        else:
            self.said.setText("")

    # ---- giving

    def _copy(self) -> None:
        wish = self._wish()
        if wish is not None and self._is_ready:
            self._giving.copy(wish)

    def _ask_for_file(self) -> None:
        wish, path = self._wish(), self._session.path
        if wish is not None and self._is_ready:
            self._giving.ask_for_file(wish, path.parent if path is not None else Path())

    def save(self, name: str) -> None:
        """Save the chart that is shown as this file; its ending says the form."""
        wish = self._wish()
        if wish is not None and self._is_ready:
            self._giving.save(name, wish)
