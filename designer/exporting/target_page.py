"""One target: how far it is proved, its files, and what is lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from designer import icons
from designer.empty_state import EmptyState
from designer.exporting.losses import LossesPage
from designer.exporting.made import Made
from designer.exporting.preview import Preview
from designer.exporting.words import in_full
from designer.plain_text import PlainLabel
from designer.theme.look import TITLE, active, font, px


class TargetPage(QWidget):
    """step_chosen: a loss leads there; the planned step's id."""

    step_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._about = PlainLabel(), PlainLabel()
        self.notice = _Notice()
        self.preview, self.losses = Preview(), LossesPage()
        self.losses.chosen.connect(self.step_chosen)
        self._no_files = EmptyState()
        self._files = QStackedWidget()
        self._files.addWidget(self.preview)
        self._files.addWidget(self._no_files)
        self.tabs = QTabWidget()
        self._arrange()
        self._dress()

    def show_target(self, made: Made, name: str) -> None:
        """Show the document's export to this target."""
        target, export = made.targets[name], made.exports.get(name)
        self._title.setText(target.title)
        self._about.setText(in_full(made, target))
        files = export.files if export is not None else {}
        self._files.setCurrentWidget(self.preview if files else self._no_files)
        self.preview.show_files(files)
        names = {step.id: step.name for step in made.document.journey.all_steps()}
        losses = export.losses if export is not None else ()
        self.losses.show_losses(losses, names)
        count = f"{len(losses):,}"
        words = self.tr("Losses {0}").format(count) if losses else self.tr("Losses")
        self.tabs.setTabText(1, words)
        self.notice.tell(self._why_not(made, name))
        self._no_files.say(self.tr("There is no file to look at."), "error")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _why_not(self, made: Made, name: str) -> str:
        """Why nothing can be saved, and what to do; empty if it can be."""
        if name in made.failures:
            return str(made.failures[name])
        blocking = made.exports[name].blocking
        if not blocking:
            return ""
        first, where = blocking[0], self.losses.model.where(blocking[0])
        why = f"“{where}”: {first.reason}" if first.step else first.reason
        said = [why, self.tr("What to do: {0}").format(first.workaround)]
        if len(blocking) == 2:
            said.append(self.tr("1 more loss blocks it; the losses say which."))
        elif len(blocking) > 2:
            more = self.tr("{0} more losses block it; the losses say which.")
            said.append(more.format(f"{len(blocking) - 1:,}"))
        return "\n".join(said)

    def _arrange(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Files and losses"))
        self.tabs.tabBar().setAccessibleName(self.tr("Files and losses"))
        self.tabs.addTab(self._files, self.tr("Preview"))
        self.tabs.addTab(self.losses, self.tr("Losses"))
        self._about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(8))
        column.setSpacing(px(6))
        for widget in (self._title, self._about, self.notice):
            column.addWidget(widget)
        column.addWidget(self.tabs, 1)

    def _dress(self) -> None:
        self._title.setFont(font(TITLE, strong=True))


class _Notice(QWidget):
    """Bad news, with its sign before it."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self.text = QLabel(), PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(8))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self._dress()

    def tell(self, text: str) -> None:
        """Say this; nothing is seen if it is empty."""
        self.text.setText(text)
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self._sign.setPixmap(icons.pixmap("error", active().bad, px(18)))
