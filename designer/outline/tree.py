"""The outline's tree: what its keys do, and what stays as it was when the rows change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import Enum, auto

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from designer.outline.model import OutlineModel
from designer.theme.look import px
from engine.outline.rows import Row

_TYPING = 600
"""So many milliseconds after a letter the next one still belongs to the name looked for."""


class Wish(Enum):
    """What somebody asks of a row."""

    OPEN = auto()
    FOLLOW = auto()
    """To go where an exit leads."""
    ADD = auto()
    LINK = auto()
    DELETE = auto()
    MOVE_UP = auto()
    MOVE_DOWN = auto()


_WISHES: Mapping[int, Wish] = {
    Qt.Key.Key_Return: Wish.OPEN,
    Qt.Key.Key_Enter: Wish.OPEN,
    Qt.Key.Key_Insert: Wish.ADD,
    Qt.Key.Key_Slash: Wish.ADD,
    Qt.Key.Key_L: Wish.LINK,
    Qt.Key.Key_Delete: Wish.DELETE,
    Qt.Key.Key_Backspace: Wish.DELETE,
}
_WITH_ALT: Mapping[int, Wish] = {Qt.Key.Key_Up: Wish.MOVE_UP, Qt.Key.Key_Down: Wish.MOVE_DOWN}


class OutlineTree(QTreeView):
    """asked: a row, and what is wished of it (a Wish). menu_asked: a place on the screen."""

    asked = Signal(object, object)
    menu_asked = Signal(QPoint)

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = model
        self._collapsed: set[Hashable] = set()
        self._is_restoring = False
        self._since_letter = QElapsedTimer()
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.doubleClicked.connect(self._on_double_click)
        self._dress()

    # ---- keeping what is open

    def restore(self) -> None:
        """Open all rows but those that were closed by hand."""
        self._is_restoring = True
        self.expandAll()
        for row in self._outline.rows():
            if row.key in self._collapsed:
                self.collapse(self._outline.index_of(row))
        self._is_restoring = False

    def current_row(self) -> Row | None:
        """The row that keys act on."""
        return self._outline.row_at(self.currentIndex())

    def _on_collapsed(self, index: QModelIndex) -> None:
        row = self._outline.row_at(index)
        if row is not None and not self._is_restoring:
            self._collapsed.add(row.key)

    def _on_expanded(self, index: QModelIndex) -> None:
        row = self._outline.row_at(index)
        if row is not None and not self._is_restoring:
            self._collapsed.discard(row.key)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        """Have the keys come here, even if the window has shortcuts of the same name."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Do what the key means for the current row, or move as trees do."""
        row, wish = self.current_row(), self._wish(event)
        if row is not None and wish is not None:
            self.asked.emit(row, wish)
            return
        if event.text().strip():
            self._since_letter.start()
        super().keyPressEvent(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F2 or self._wish(event) is not None

    def _wish(self, event: QKeyEvent) -> Wish | None:
        key, modifiers = event.key(), event.modifiers()
        if modifiers == Qt.KeyboardModifier.AltModifier:
            return _WITH_ALT.get(key)
        if modifiers & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return None
        if key == Qt.Key.Key_Right and self._is_leaf():
            return Wish.FOLLOW
        is_letter = key in {Qt.Key.Key_L, Qt.Key.Key_Slash}
        return None if is_letter and self._is_typing() else _WISHES.get(key)

    def _is_leaf(self) -> bool:
        return not self._outline.rowCount(self.currentIndex())

    def _is_typing(self) -> bool:
        """Whether a name is being typed to be found, of which the letter is a part."""
        return self._since_letter.isValid() and self._since_letter.elapsed() < _TYPING

    # ---- mouse

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the menu where the pointer is, or at the current row."""
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).center() if is_key else event.pos()
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _on_double_click(self, index: QModelIndex) -> None:
        row = self._outline.row_at(index)
        if row is not None:
            self.asked.emit(row, Wish.OPEN)

    def _dress(self) -> None:
        self.setIndentation(px(16))
