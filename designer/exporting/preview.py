"""The files of an export as text, to be read and searched before they are saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer import icons
from designer.plain_text import PlainLabel, cut, set_tip
from designer.theme.look import SMALL, font, px

LONGEST: Final = 500_000
"""So many characters of a file are shown."""
_LONGEST_NAME = 60


class Preview(QWidget):
    """One file at a time; a field finds in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: Mapping[str, bytes] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("File"))
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(12)
        self.field = _FindField()
        self.field.setPlaceholderText(self.tr("Find in this file"))
        self.field.setAccessibleName(self.tr("Find in this file"))
        self.field.setClearButtonEnabled(True)
        self.count = PlainLabel()
        self.count.setWordWrap(False)
        self.up, self.down = QToolButton(), QToolButton()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("What is in the file"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.note = PlainLabel()
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._found: list[int] = []
        self._at = -1
        self._arrange()
        self._connect()
        self._dress()

    @property
    def file(self) -> str:
        """The name of the file that is shown; empty if there is none."""
        return str(self.choice.currentData() or "")

    def show_files(self, files: Mapping[str, bytes]) -> None:
        """Show these; the file that was looked at stays, at the same place."""
        before, self._files = self.file, files
        was_silent = self.choice.blockSignals(True)
        self.choice.clear()
        for name in files:
            self.choice.addItem(cut(name, _LONGEST_NAME), name)
        self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        self.choice.blockSignals(was_silent)
        self.choice.setVisible(len(files) > 1)
        self._show_file()

    def find_next(self, by: int = 1) -> None:
        """Go to the next place of what is searched for, or the one before."""
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._select()
        self._say_count()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    # ---- building

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, px(8), 0, px(8))
        row.setSpacing(px(6))
        row.addWidget(self.choice, 1)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for button, name in ((self.up, self.tr("Previous")), (self.down, self.tr("Next"))):
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        set_tip(self.up, self.tr("The place before (Shift+Enter)"))
        set_tip(self.down, self.tr("The next place (Enter)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self.text, 1)
        column.addWidget(self.note)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._on_file)
        self.field.textChanged.connect(self._on_words)
        self.field.entered.connect(self.find_next)
        self.down.clicked.connect(self._on_down)
        self.up.clicked.connect(self._on_up)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)

    def _dress(self) -> None:
        self.text.setFont(_of_one_width())
        self.note.setFont(font(SMALL))
        self.text.setTabStopDistance(2 * self.text.fontMetrics().horizontalAdvance(" "))
        for button, picture in ((self.up, "chevron-up"), (self.down, "chevron-down")):
            button.setIcon(icons.icon(picture))
            button.setIconSize(QSize(px(16), px(16)))

    # ---- showing

    def _on_file(self, _index: int) -> None:
        self._show_file()

    def _show_file(self) -> None:
        content = self._files.get(self.file, b"")
        # A character has at most four bytes.
        whole = content[: 4 * LONGEST].decode("utf-8", "replace")
        text = whole[:LONGEST]
        is_cut = len(text) < len(whole) or len(content) > 4 * LONGEST
        if text != self.text.toPlainText():
            bars = self.text.verticalScrollBar(), self.text.horizontalScrollBar()
            places = [bar.value() for bar in bars]
            self.text.setPlainText(text)
            for bar, place in zip(bars, places, strict=True):
                bar.setValue(place)
        self.note.setVisible(is_cut)
        if is_cut:
            said = self.tr("Only the first {0} of {1} bytes are shown; all are saved.")
            shown = len(text.encode())
            self.note.setText(said.format(f"{shown:,}", f"{len(content):,}"))
        self._find()

    # ---- finding

    def _on_words(self, _words: str) -> None:
        self._find()
        self.find_next()

    def _on_down(self) -> None:
        self.find_next()

    def _on_up(self) -> None:
        self.find_next(-1)

    def _on_find(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _find(self) -> None:
        """Where the words are; case does not matter."""
        words = self.field.text()
        pattern = re.compile(re.escape(words), re.IGNORECASE)
        text = self.text.toPlainText()
        self._found = [one.start() for one in pattern.finditer(text)] if words else []
        self._at = -1
        self._say_count()

    def _select(self) -> None:
        text, at, cursor = self.text.toPlainText(), self._found[self._at], self.text.textCursor()
        begin = _in_qt(text[:at])
        cursor.setPosition(begin)
        cursor.setPosition(begin + _in_qt(self.field.text()), cursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _say_count(self) -> None:
        said = ""
        if self._found:
            count = f"{len(self._found):,}"
            said = self.tr("{0} of {1}").format(f"{self._at + 1:,}", count)
        elif self.field.text():
            said = self.tr("not found")
        self.count.setText(said)
        for button in (self.up, self.down):
            button.setEnabled(bool(self._found))


class _FindField(QLineEdit):
    """entered: Enter (1) or Shift+Enter (-1) was pressed; the dialog must not take it for Save."""

    entered = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on, Escape takes back what is typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.entered.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _in_qt(text: str) -> int:
    """How long Qt takes the text for: it counts in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _of_one_width() -> QFont:
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setStyleHint(QFont.StyleHint.Monospace)
    fixed.setPointSizeF(font(SMALL).pointSizeF())
    return fixed
