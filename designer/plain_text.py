"""Text from files, shown as the text that it is: never as markup, never without end.

Qt takes what looks like HTML for HTML: a short label of nested tables stops a window for half a
minute, and a picture's address would be opened. So whatever may come from a document is shown
through this module.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LONGEST_TIP = 1000
LONGEST_LABEL = 5000


class PlainLabel(QLabel):
    """A label that shows text as it is; long lines are wrapped."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show this text; what is beyond 5,000 characters is cut."""
        super().setText(cut(text, LONGEST_LABEL))


class ElidedLabel(PlainLabel):
    """A label of one line; what does not fit is shown as …, and whole in the tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show this text, line breaks as spaces."""
        super().setText(" ".join(text.split()))
        set_tip(self, text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much of it as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)


def set_tip(widget: QWidget, text: str) -> None:
    """Give the widget this tip, shown as it is."""
    widget.setToolTip(tip(text))


def tip(text: str) -> str:
    """The text in a form that Qt's tips show as it is, lines broken where they are long."""
    if not text:
        return ""
    lines = escape(cut(text, LONGEST_TIP)).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"


def cut(text: str, longest: int) -> str:
    """At most so many characters of the text."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
