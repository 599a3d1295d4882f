"""A name as a title: it is edited where it stands, and wrapped if it is long."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from designer.inspector.fields.area import AreaEditor, TextArea
from designer.theme.look import TITLE, font, px

_QUIET = (
    "QPlainTextEdit {{ background: transparent; padding: {0}px {1}px; }}"
    "QPlainTextEdit:!focus {{ border-color: transparent; }}"
)


class TitleArea(TextArea):
    """Like text until it has the focus; Enter is done with it."""

    def __init__(self) -> None:
        super().__init__(fewest=1, around=px(4) + 4)
        self.setFont(font(TITLE, strong=True))
        self.setStyleSheet(_QUIET.format(px(2), 5))
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It wraps; a bar that is needed for a moment, while it grows, would hide its last line.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A name has no lines."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
            self.selectAll()
        else:
            super().keyPressEvent(event)


class TitleEditor(AreaEditor):
    """The name of what is selected."""

    def _made(self) -> TextArea:
        return TitleArea()

    def _read(self, text: str) -> Any:
        return super()._read(" ".join(text.splitlines()))
