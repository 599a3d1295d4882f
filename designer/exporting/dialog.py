"""The Export dialog: targets at the left, what one of them gets at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from designer.banner import Banner
from designer.beside import Beside
from designer.empty_state import EmptyState
from designer.exporting.bundle_page import BundlePage
from designer.exporting.bundling import Bundling, Wish
from designer.exporting.made import Made, make
from designer.exporting.saving import Saving
from designer.exporting.target_list import BUNDLE, TargetList
from designer.exporting.target_page import TargetPage
from designer.plain_text import PlainLabel
from designer.scrolled import scrolled
from designer.session import Change, Session
from designer.settings import Settings
from designer.theme.look import px
from engine.errors import WaylineError

PAUSE = 300
"""Milliseconds after a change before all is made anew."""
_SIZE = QSize(1000, 680)


class ExportDialog(QDialog):
    """Shows the document as it is now, and follows it.

    step_chosen: a loss leads to a step; the planned step's id.
    problems_asked: the journey has errors, and they shall be seen.
    """

    step_chosen = Signal(str)
    problems_asked = Signal()

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setObjectName("export")
        self._session = session
        self._made: Made | None = None
        self._making: Beside | None = None
        self.banner = Banner()
        self.targets, self.target, self.bundle = TargetList(), TargetPage(), BundlePage()
        self._nothing, self._pages = EmptyState(), QStackedWidget()
        self._bundle_area = scrolled(self.bundle)
        self._state = PlainLabel()
        self.save = QPushButton(self.tr("Save…"))
        self.closing = QPushButton(self.tr("Close"))
        self.saving, self.bundling = Saving(settings, self), Bundling(self)
        self._arrange(parent.window().size())
        self._connect()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._make)
        self._stop = session.listen(self._on_change)
        self._make()
        self._show()

    @property
    def made(self) -> Made | None:
        """All exports of the document as it is now; None while they are being made."""
        made = self._made
        return made if made is not None and made.document is self._session.document else None

    def done(self, result: int) -> None:
        """Close: make nothing more, and listen no longer."""
        self._stop()
        self._timer.stop()
        if self._making is not None:
            self._making.done.disconnect(self._on_made)
            self._making.ended.disconnect(self._on_end)
            self._making = None
        self.bundling.close()
        super().done(result)

    def reject(self) -> None:
        """Close; while a bundle is made, end that first."""
        if self.bundling.is_going_on:
            self.bundling.cancel()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, and no other."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focus = self.focusWidget()
            if isinstance(focus, QAbstractButton) and not event.isAutoRepeat():
                focus.click()
            return
        super().keyPressEvent(event)

    # ---- building

    def _arrange(self, room: QSize) -> None:
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.target)
        self._pages.addWidget(self._bundle_area)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.targets)
        split.addWidget(self._pages)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(10), px(16), px(12))
        row.setSpacing(px(8))
        row.addWidget(self._state, 1)
        row.addWidget(self.save)
        row.addWidget(self.closing)
        self.save.setProperty("kind", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(split, 1)
        column.addLayout(row)
        size = QSize(px(_SIZE.width()), px(_SIZE.height()))
        self.resize(size.boundedTo(room - QSize(40, 60)))
        list_width = min(px(270), self.width() // 3)
        split.setSizes([list_width, self.width() - list_width])

    def _connect(self) -> None:
        for button in (self.save, self.closing):
            button.setAccessibleName(button.text())
        self.save.clicked.connect(self._on_save)
        self.closing.clicked.connect(self.reject)
        self.targets.turned.connect(self._on_turned)
        self.target.step_chosen.connect(self.step_chosen)
        self.bundle.cancel_asked.connect(self.bundling.cancel)
        self._nothing.clicked.connect(self._on_problems)
        self.saving.failed.connect(self._on_failure)
        self.saving.told.connect(self.banner.tell)
        self.saving.replace_asked.connect(self._on_replace)
        self.saving.bundle_placed.connect(self._on_bundle)
        self.bundling.progressed.connect(self.bundle.progress.show_progress)
        self.bundling.finished.connect(self._on_bundled)
        self.bundling.failed.connect(self._on_bundle_failed)
        self.bundling.cancelled.connect(self._on_cancelled)

    # ---- making, beside the window

    def _on_change(self, _change: Change) -> None:
        self._timer.start()
        self._show_state()

    def _make(self) -> None:
        if self._making is not None:
            return
        self._making = Beside(partial(make, self._session.document))
        self._making.ended.connect(self._on_end)
        self._making.done.connect(self._on_made)
        self._making.start()

    def _on_end(self) -> None:
        self._making = None

    def _on_made(self, made: Made) -> None:
        if made.document is not self._session.document:
            self._timer.start()
            return
        self._made = made
        self.targets.show_made(made)
        self._show()

    # ---- showing

    def _on_turned(self, _name: str) -> None:
        self._show()

    def _show(self) -> None:
        made, name = self._made, self.targets.current
        page: QWidget = self._nothing
        if made is None:
            self._nothing.say(self.tr("Working…"))
        elif made.refusal is not None:
            self._nothing.say(_refused(made.refusal), "error", self.tr("Show the problems"))
        elif name == BUNDLE:
            self.bundle.show_made(made)
            page = self._bundle_area
        else:
            self.target.show_target(made, name)
            page = self.target
        self._pages.setCurrentWidget(page)
        self._show_state()

    def _show_state(self) -> None:
        made, name = self.made, self.targets.current
        is_going_on = self.bundling.is_going_on
        self.bundle.show_going_on(is_going_on=is_going_on)
        can_save = made is not None and made.refusal is None
        if can_save and made is not None and name != BUNDLE:
            export = made.exports.get(name)
            can_save = export is not None and not export.blocking
        self.save.setEnabled(can_save and not (name == BUNDLE and is_going_on))
        said = self.tr("The journey as it is now in the window, saved or not.")
        self._state.setText(said if made is not None else self.tr("Working…"))

    # ---- saving

    def _on_save(self) -> None:
        made, name = self.made, self.targets.current
        if made is None:
            return
        if name == BUNDLE:
            self.saving.ask_for_bundle(f"{made.document.journey.id}.zip")
        else:
            self.saving.ask(made.exports[name].files)

    def _on_replace(self, there: Sequence[str], write: Callable[[], None]) -> None:
        text = self.tr("Already in this folder: {0}").format(", ".join(there))
        answers = [(self.tr("Replace"), write), (self.tr("Cancel"), self.save.setFocus)]
        self.banner.tell(text, answers)
        self.banner.buttons[0].setFocus()

    def _on_bundle(self, path: Path) -> None:
        self.banner.hide()
        self.bundling.start(self._session.document, self.bundle.wish(path))
        self._show_state()
        if self.bundling.is_going_on:
            self.bundle.cancel.setFocus()

    def _on_bundled(self, manifest: Mapping[str, Any], wish: Wish) -> None:
        self._on_bundle_over()
        text = self.tr("The bundle is saved as {0}: {1} files.")
        self.banner.tell(text.format(wish.path, len(manifest["files"])))

    def _on_bundle_failed(self, error: WaylineError) -> None:
        self._on_bundle_over()
        self._on_failure(error)

    def _on_cancelled(self) -> None:
        self._on_bundle_over()
        self.banner.tell(self.tr("Cancelled. No bundle is saved."))

    def _on_bundle_over(self) -> None:
        had_focus = self.bundle.cancel.hasFocus()
        self._show_state()
        if had_focus:
            # It is hidden now.
            self.save.setFocus()

    def _on_failure(self, error: WaylineError) -> None:
        self.banner.tell(str(error), is_bad=True)

    def _on_problems(self) -> None:
        self.problems_asked.emit()
        self.reject()


def _refused(error: WaylineError) -> str:
    """What is wrong; where, and how to mend it, is for the Problems panel to say."""
    translate = QCoreApplication.translate
    mend = translate("Export", "Mend what is wrong, and the journey can be exported.")
    return f"{error.what[:1].upper()}{error.what[1:]}\n{mend}"
