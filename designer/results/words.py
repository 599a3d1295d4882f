"""A run in words beside its cards: what happened and where, or all about one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.plain_text import PlainLabel
from designer.theme.look import font, px


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and the step that it is about, if there is one to go to."""

    text: str
    step: str | None = None
    is_soft: bool = False


class Words(QWidget):
    """step_chosen: Show was pressed; the step's id.  left: Back was pressed."""

    step_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What happened, in words"))
        self._heading = PlainLabel()
        self._back = QPushButton(self.tr("Back"))
        self._back.setProperty("kind", "quiet")
        self._back.setAccessibleName(self.tr("Back to what happened"))
        self._back.clicked.connect(self.left)
        self._shown: tuple[str, tuple[Sentence, ...]] | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("What happened, in words"))
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(6))
        column.addLayout(top)
        column.addWidget(self._area, 1)
        self._dress()

    @property
    def sentences(self) -> Sequence[Sentence]:
        """Those that are shown."""
        return self._shown[1] if self._shown is not None else ()

    def show_words(
        self, heading: str, sentences: Sequence[Sentence], *, can_leave: bool = False
    ) -> None:
        """Show these sentences; `can_leave`: with a button back to what stood here before."""
        self._back.setVisible(can_leave)
        wanted = heading, tuple(sentences)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._heading.setText(heading)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(8))
        for sentence in sentences:
            column.addLayout(self._row(sentence))
        column.addStretch(1)
        self._area.setWidget(inner)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self._heading.setFont(font(strong=True))

    def _row(self, sentence: Sentence) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        label = PlainLabel(sentence.text)
        # Read by who does not see the window, too.
        label.setAccessibleName(sentence.text)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if sentence.is_soft:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row.addWidget(label, 1)
        if sentence.step is not None:
            button = _Show(sentence.step, self.tr("Show"))
            button.setAccessibleName(self.tr("Show: {0}").format(sentence.text))
            button.chosen.connect(self.step_chosen)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row


class _Show(QPushButton):
    chosen = Signal(str)

    def __init__(self, step: str, words: str) -> None:
        super().__init__(words)
        self._step = step
        self.setProperty("kind", "quiet")
        self.clicked.connect(self._on_click)

    def _on_click(self) -> None:
        self.chosen.emit(self._step)
