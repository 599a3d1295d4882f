"""How far a run is: a bar, and a line of words above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from designer.plain_text import ElidedLabel
from designer.theme import look


class RunProgress(QWidget):
    """How many replications are done, and how long it will take."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Progress of the run"))
        self._words = ElidedLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the run"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        column.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self._words)
        column.addWidget(self._bar)

    def begin(self) -> None:
        """Nothing is done yet, and nobody knows how long it will take."""
        self._bar.setRange(0, 1)
        self._bar.setValue(0)
        self._words.setText(self.tr("Starting …"))

    def show_progress(self, done: int, of: int, left: object) -> None:
        """So many of so many; seconds left, None if nobody knows."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        words = self.tr("{0} of {1}").format(f"{done:,}", f"{of:,}")
        if isinstance(left, float):
            words += " · " + self._left(left)
        self._words.setText(words)

    def restyle(self) -> None:
        """Take the text size of the active look."""
        self._words.setFont(look.font(look.SMALL))
        self._bar.setFixedHeight(look.px(6))

    def _left(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("{0} s left").format(f"{max(1, round(seconds))}")
        return self.tr("{0} min left").format(f"{round(seconds / 60)}")
