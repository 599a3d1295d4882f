"""A field that is folded: its value in a sentence, and a word that says it opens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from designer.plain_text import cut
from designer.theme.look import active, px

_LONGEST = 300
_MOST_LINES = 6
_ROOM = 6


class SummaryButton(QAbstractButton):
    """Drawn like a field; a sentence that is too long is wrapped, and cut after some lines."""

    def __init__(self, parent: QWidget | None = None, *, accented: bool = False) -> None:
        super().__init__(parent)
        self._accented = accented
        self._sentence = ""
        self._name = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # The word at its right is longer or shorter then.
        self.toggled.connect(self.updateGeometry)

    def set_sentence(self, sentence: str) -> None:
        """Say this of the value."""
        sentence = cut(" ".join(sentence.split()), _LONGEST)
        if sentence != self._sentence:
            self._sentence = sentence
            self.setAccessibleName(f"{self._name}: {sentence}" if self._name else sentence)
            self.updateGeometry()
            self.update()

    def sentence(self) -> str:
        """What is said of the value."""
        return self._sentence

    def set_name(self, name: str) -> None:
        """What the field is called, for screen readers."""
        self._name = name
        self.setAccessibleName(f"{name}: {self._sentence}" if self._sentence else name)

    def word(self, width: int) -> str:
        """What a click does; a sign for it where there is no room for a word."""
        word = self.tr("done") if self.isChecked() else self.tr("edit")
        if self.fontMetrics().horizontalAdvance(word) * _ROOM < width:
            return word
        return "▴" if self.isChecked() else "▾"

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As many lines as the sentence needs."""
        lines = len(self._lines(width))
        return max(lines * self.fontMetrics().lineSpacing() + px(12), self.sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802
        """A line, and any width."""
        return QSize(px(160), max(self.fontMetrics().lineSpacing() + px(12), px(28)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(px(80), self.sizeHint().height())

    def _lines(self, width: int) -> list[str]:
        """The sentence in lines that fit, the last one cut if there are too many."""
        metrics = self.fontMetrics()
        room = max(width - px(26) - metrics.horizontalAdvance(self.word(width)), px(40))
        layout = QTextLayout(self._sentence, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        layout.beginLayout()
        while len(lines) < _MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            start, length = line.textStart(), line.textLength()
            is_last = len(lines) == _MOST_LINES - 1
            lines.append(
                self._sentence[start:] if is_last else self._sentence[start : start + length]
            )
        layout.endLayout()
        if len(lines) == _MOST_LINES:
            lines[-1] = metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, room)
        return lines or [""]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A field with the sentence in it."""
        theme = active()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_wrong = bool(self.property("wrong"))
        edge = theme.bad if is_wrong else theme.accent if self.hasFocus() else theme.line
        width = 2 if is_wrong or self.hasFocus() else 1
        if self._accented and width == 1:
            edge = theme.accent_soft if not self.underMouse() else theme.accent
        painter.setPen(QPen(edge, width))
        painter.setBrush(theme.accent_soft if self._accented else theme.ground)
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, px(6), px(6))
        inner = self.rect().adjusted(px(10), px(6), -px(10), -px(6))
        painter.setPen(theme.soft if self.isEnabled() else theme.faint)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight), self.word(self.width()))
        painter.setPen(theme.ink)
        lines = self._lines(self.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft), "\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens it too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)
