"""What is wrong with what is shown, box below box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.problem_box import Mends, ProblemBox
from designer.theme.look import px
from engine.validation.finding import Finding

_MOST = 30
"""More boxes than this nobody reads; the list of problems has them all."""


class Problems(QWidget):
    """mended: the edit of a fix. followed: a finding, to go to its field."""

    mended = Signal(object)
    followed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[ProblemBox] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(8))

    def show_findings(self, findings: Sequence[Finding], mends: Mends) -> None:
        """Show these, and no others."""
        for box in self.boxes:
            self._layout.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = [ProblemBox(finding, mends(finding)) for finding in findings[:_MOST]]
        for box in self.boxes:
            box.mended.connect(self.mended)
            box.followed.connect(self.followed)
            self._layout.addWidget(box)
        self.setVisible(bool(self.boxes))
