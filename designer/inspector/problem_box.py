"""What is wrong with what is shown: in words, with a button where Wayline can mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from designer.elided_button import ElidedButton
from designer.plain_text import PlainLabel, set_tip
from designer.theme.look import SMALL, active, font, px
from engine.edits import Edit
from engine.validation.finding import Finding, Severity


class Mend(Protocol):
    """A quick fix: what it does, in words, and the edit that does it."""

    @property
    def label(self) -> str:
        """What it does."""

    @property
    def edit(self) -> Edit:
        """The edit that does it."""


Mends = Callable[[Finding], Sequence[Mend]]
MARKS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.HINT: "i"}


class ProblemBox(QWidget):
    """One finding.

    mended: the edit of the fix that was chosen. followed: the finding, to go to its field.
    """

    mended = Signal(object)
    followed = Signal(object)

    def __init__(self, finding: Finding, mends: Sequence[Mend]) -> None:
        super().__init__()
        self.finding = finding
        self._mends = list(mends)
        self._colour = colour_of(finding.severity)
        layout = QVBoxLayout(self)
        # The texts begin where those of the buttons do, which have air of their own.
        layout.setContentsMargins(0, px(8), px(8), px(8))
        layout.setSpacing(px(2))
        title = PlainLabel(f"{MARKS[finding.severity]} {finding.what}")
        title.setFont(font(strong=True))
        _tint(title, self._colour)
        title.setContentsMargins(px(12), 0, 0, 0)
        layout.addWidget(title)
        text = PlainLabel(finding.mend)
        text.setFont(font(SMALL))
        text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        set_tip(self, f"{finding.why}\n{finding.code}")
        text.setContentsMargins(px(12), 0, 0, 0)
        layout.addWidget(text)
        self.buttons: list[QPushButton] = [self._fix(number) for number in range(len(self._mends))]
        if finding.field:
            self.buttons.append(self._show())
        # One below the other: what they say is long, and the inspector narrow.
        for button in self.buttons:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> QPushButton:
        button = QPushButton(self.tr("Show the field"))
        button.setProperty("kind", "quiet")
        button.setAccessibleName(f"{self.tr('Show the field')}: {self.finding.what}"[:300])
        button.clicked.connect(self._on_show)
        return button

    def _fix(self, number: int) -> QPushButton:
        mend = self._mends[number]
        button = ElidedButton(mend.label)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(f"{self.tr('Fix')}: {mend.label}"[:300])
        button.setProperty("number", number)
        button.clicked.connect(self._on_fix)
        return button

    def _on_fix(self) -> None:
        number = self.sender().property("number")
        self.mended.emit(self._mends[int(number)].edit)

    def _on_show(self) -> None:
        self.followed.emit(self.finding)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A frame in the colour of how bad it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._colour)
        ground.setAlphaF(0.06)
        painter.setPen(QPen(self._colour, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))


def colour_of(severity: Severity) -> QColor:
    """Bad for an error, warning for a warning, accent for a hint."""
    theme = active()
    return {
        Severity.ERROR: theme.bad,
        Severity.WARNING: theme.warning,
        Severity.HINT: theme.accent,
    }[severity]


def _tint(label: PlainLabel, colour: QColor) -> None:
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(palette)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
