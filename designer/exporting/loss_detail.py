"""One loss in full: what is lost, why, what to do about it, and the way to its step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer import icons
from designer.exporting.words import colour, picture, word
from designer.plain_text import PlainLabel
from designer.theme.look import SMALL, font, px
from engine.export.target import Loss


class LossDetail(QScrollArea):
    """chosen: the step shall be shown; the id of its planned step."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The selected loss in full"))
        self._loss: Loss | None = None
        self._page = QWidget()
        self._picture = QLabel()
        self._kind, self._what = PlainLabel(), PlainLabel()
        self._why, self._mend_head = PlainLabel(), PlainLabel(self.tr("What to do"))
        self._mend = PlainLabel()
        self.show_step = QPushButton(self.tr("Show the step"))
        self.show_step.setProperty("kind", "quiet")
        self.show_step.clicked.connect(self._on_show)
        self._arrange()
        self.setWidget(self._page)
        self._dress()

    def show_loss(self, loss: Loss | None, where: str) -> None:
        """Show this loss of the step that is called `where`."""
        self._loss = loss
        self._page.setVisible(loss is not None)
        if loss is None:
            return
        self._kind.setText(f"{word(loss.severity)} · {where}")
        self._what.setText(loss.feature)
        self._why.setText(loss.reason)
        self._mend.setText(loss.workaround)
        self.show_step.setVisible(bool(loss.step))
        self.show_step.setAccessibleName(self.tr("Show the step {0}").format(where))
        self._dress()
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._picture)
        head.addWidget(self._kind, 1)
        head.addWidget(self.show_step)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(px(9), px(8), px(9), px(8))
        column.setSpacing(px(4))
        column.addLayout(head)
        for label in (self._what, self._why, self._mend_head, self._mend):
            column.addWidget(label)
        column.addStretch(1)

    def _dress(self) -> None:
        for label in (self._kind, self._mend_head):
            label.setFont(font(SMALL))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._what.setFont(font(strong=True))
        if self._loss is not None:
            severity = self._loss.severity
            self._picture.setPixmap(icons.pixmap(picture(severity), colour(severity), px(16)))

    def _on_show(self) -> None:
        if self._loss is not None:
            self.chosen.emit(self._loss.step)
