"""One finding in full: why it matters, how to mend it, and buttons that do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer import icons
from designer.elided_button import ElidedButton
from designer.plain_text import PlainLabel
from designer.problems.mending import Mend
from designer.problems.severity import colour, picture, word
from designer.theme.look import SMALL, font, px
from engine.validation import Finding


class ProblemDetail(QScrollArea):
    """What the selected row has no room for.

    mend_asked: the number of the way to mend it. mend_all_asked: the same for all of its kind.
    """

    mend_asked = Signal(int)
    mend_all_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The selected problem in full"))
        self._page = QWidget()
        self._finding: Finding | None = None
        self._picture, self._kind = QLabel(), PlainLabel()
        self._what, self._why, self._mend = PlainLabel(), PlainLabel(), PlainLabel()
        self._why_head = PlainLabel(self.tr("Why it matters"))
        self._mend_head = PlainLabel(self.tr("To mend it"))
        self._failure = PlainLabel()
        self._one, self._every = QButtonGroup(self), QButtonGroup(self)
        self._one.idClicked.connect(self.mend_asked)
        self._every.idClicked.connect(self.mend_all_asked)
        self._buttons = QVBoxLayout()
        self._arrange()
        self.setWidget(self._page)
        self._dress()
        self.show_finding(None, (), 0)

    def show_finding(self, finding: Finding | None, mends: Sequence[Mend], of_kind: int) -> None:
        """Show this finding and ways to mend it; `of_kind`: how many findings are of its kind."""
        self._finding = finding
        self._page.setVisible(finding is not None)
        self._clear()
        self._failure.hide()
        if finding is None:
            return
        self._kind.setText(f"{word(finding.severity)} {finding.code}")
        self._what.setText(finding.what)
        self._why.setText(finding.why)
        self._mend.setText(finding.mend)
        self._dress_kind()
        for number, mend in enumerate(mends):
            self._add(number, mend, of_kind)
        self.verticalScrollBar().setValue(0)

    def show_failure(self, text: str) -> None:
        """Say why a mend could not be made."""
        self._failure.setText(text)
        self._failure.show()

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
        column = QVBoxLayout(self._page)
        column.setContentsMargins(px(16), px(8), px(16), px(12))
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(self._what)
        # Before the explanation: most panels are too low to show it all.
        column.addSpacing(px(4))
        column.addLayout(self._buttons)
        column.addWidget(self._failure)
        for label, text in ((self._mend_head, self._mend), (self._why_head, self._why)):
            column.addSpacing(px(4))
            column.addWidget(label)
            column.addWidget(text)
        column.addStretch(1)

    def _add(self, number: int, mend: Mend, of_kind: int) -> None:
        one = ElidedButton(mend.label)
        one.setProperty("kind", "primary" if number == 0 else "")
        self._one.addButton(one, number)
        self._buttons.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        if of_kind > 1:
            text = self.tr("Fix all %n of this kind", "", of_kind)
            every = ElidedButton(text)
            every.setProperty("kind", "quiet")
            every.setAccessibleName(f"{text}: {mend.label}")
            self._every.addButton(every, number)
            self._buttons.addWidget(every, 0, Qt.AlignmentFlag.AlignLeft)

    def _clear(self) -> None:
        for group in (self._one, self._every):
            for button in group.buttons():
                group.removeButton(button)
                self._buttons.removeWidget(button)
                button.hide()
                button.deleteLater()

    def _dress(self) -> None:
        for label in (self._kind, self._why_head, self._mend_head):
            label.setFont(font(SMALL))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._what.setFont(font(strong=True))
        self._failure.setForegroundRole(QPalette.ColorRole.BrightText)
        self._dress_kind()

    def _dress_kind(self) -> None:
        if self._finding is not None:
            severity = self._finding.severity
            self._picture.setPixmap(icons.pixmap(picture(severity), colour(severity), px(16)))
