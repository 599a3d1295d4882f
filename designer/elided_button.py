"""A button whose text may come from a document: shown as it is, and cut where room ends."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from designer.plain_text import cut, set_tip
from designer.theme.look import px

_LONGEST = 200
_ROUNDING = 2
"""Widths of text are not whole pixels."""


class ElidedButton(QPushButton):
    """Shows as much of its text as there is room for, and the whole of it in the tip."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        self._whole = " ".join(cut(text, _LONGEST).split())
        super().__init__(_literally(self._whole), parent)
        self.setAccessibleName(self._whole)
        # A button's usual policy would give it all its text asks for, past the panel's edge.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A few letters are enough."""
        return QSize(min(px(80), self.sizeHint().width()), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for all of it."""
        missing = self._width(_literally(self._whole)) - self._width(self.text())
        hint = super().sizeHint()
        return QSize(hint.width() + max(missing, 0) + _ROUNDING, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut the text where the room ends."""
        super().resizeEvent(event)
        frame = super().sizeHint().width() - self._width(self.text())
        room = event.size().width() - frame
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(_literally(shown))
        set_tip(self, self._whole if shown != self._whole else "")

    def _width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text.replace("&&", "&"))


def _literally(text: str) -> str:
    """The text so that Qt takes no letter of it for a shortcut."""
    return text.replace("&", "&&")
