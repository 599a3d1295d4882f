"""A small window at the place of work: type a few letters, press Enter, and go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QColor, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from designer import icons
from designer.plain_text import PlainLabel, cut
from designer.theme import look

_Index = QModelIndex | QPersistentModelIndex
_WIDTH, _ROWS = 300, 8


@dataclass(frozen=True)
class Choice:
    """One thing that may be chosen."""

    key: str
    title: str
    line: str = ""
    icon: str = ""
    colour: QColor | None = None
    words: str = ""
    """More words by which it is found."""


class _Choices(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: list[Choice] = []
        self._icons: dict[str, QIcon] = {}

    def show(self, choices: list[Choice]) -> None:
        self.beginResetModel()
        self.shown = choices
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{choice.title}  –  {choice.line}" if choice.line else choice.title
        if role == Qt.ItemDataRole.DecorationRole and choice.icon:
            return self._icon(choice)
        return None

    def _icon(self, choice: Choice) -> QIcon:
        if choice.key not in self._icons:
            picture: QPixmap = icons.pixmap(choice.icon, choice.colour or look.active().soft)
            self._icons[choice.key] = QIcon(picture)
        return self._icons[choice.key]


class Chooser(QFrame):
    """A search field over a list; Enter chooses, Esc or a click elsewhere closes it.

    chosen: the key of what was chosen, and that of the exit it is chosen for ("" without one).
    left: it is closed while it has the focus, which somebody else should have now.
    """

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, title: str, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("chooser")
        self._parent = parent
        self.setAccessibleName(title)
        self._choices = list(choices)
        self._title = PlainLabel(title)
        self._exits = QComboBox()
        self._exits.setAccessibleName(self.tr("Exit"))
        self._exits.hide()
        self._field = QLineEdit()
        self._field.setAccessibleName(title)
        self._field.setPlaceholderText(self.tr("Type to search"))
        self._list = QListView()
        self._list.setAccessibleName(self.tr("What fits"))
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._model = _Choices(self)
        self._list.setModel(self._model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(6)
        for widget in (self._title, self._exits, self._field, self._list):
            layout.addWidget(widget)
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._on_clicked)
        self._list.activated.connect(self._on_clicked)
        _app().focusChanged.connect(self._on_focus)
        self._style()
        self._filter("")

    def _style(self) -> None:
        theme = look.active()
        self.setStyleSheet(
            f"#chooser {{ background: {theme.panel.name()}; border: 1px solid {theme.faint.name()};"
            f" border-radius: {look.px(10)}px; }}"
        )

    def offer_exits(self, exits: Iterable[tuple[str, str]], chosen: str) -> None:
        """Let the user say for which exit (name, label) it is; Ctrl+Up and Ctrl+Down change it."""
        for name, label in exits:
            self._exits.addItem(self.tr("after: {exit}").format(exit=cut(label, 80)), name)
        self._exits.setCurrentIndex(max(0, self._exits.findData(chosen)))
        self._exits.setVisible(self._exits.count() > 1)

    def open_at(self, at: QPoint) -> None:
        """Show it at this place of its parent, all of it within the parent."""
        row = max(24, self._list.sizeHintForRow(0))
        self._list.setFixedHeight(row * min(_ROWS, max(3, len(self._choices))) + 8)
        self.setFixedWidth(min(look.px(_WIDTH), self._parent.width() - 16))
        self.adjustSize()
        room = self._parent.size()
        x = max(8, min(at.x(), room.width() - self.width() - 8))
        y = max(8, min(at.y(), room.height() - self.height() - 8))
        self.move(x, y)
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        found = [c for c in self._choices if all(word in _haystack(c) for word in words)]
        # What begins with the letters comes first; else the order they came in stays.
        start = text.casefold().strip()
        found.sort(key=lambda c: not c.title.casefold().startswith(start))
        self._model.show(found)
        self._list.setCurrentIndex(self._model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys of the list work while the field has the focus."""
        if watched is self._field and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            by = 1 if key == Qt.Key.Key_Down else -1
            if control:
                last = self._exits.count() - 1
                self._exits.setCurrentIndex(min(last, max(0, self._exits.currentIndex() + by)))
            else:
                row = self._list.currentIndex().row() + by
                self._list.setCurrentIndex(
                    self._model.index(min(self._model.rowCount() - 1, max(0, row)), 0)
                )
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._choose(self._list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it, wherever the focus is in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A click elsewhere closes it; another window, for a moment, does not."""
        if new is not None and not self._holds(new):
            self.close()

    def _holds(self, widget: QWidget | None) -> bool:
        # The list of its exits is a window of its own: `isAncestorOf` does not know it.
        while widget is not None and widget is not self:
            widget = widget.parentWidget()
        return widget is self

    def _on_clicked(self, index: _Index) -> None:
        self._choose(index)

    def _choose(self, index: _Index) -> None:
        if index.isValid():
            key, exit_name = self._model.shown[index.row()].key, self._exits.currentData() or ""
            self.close()
            self.chosen.emit(key, exit_name)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Whoever opened it gets the focus back."""
        if self._holds(QApplication.focusWidget()):
            self.left.emit()
        super().closeEvent(event)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101  (there are no widgets without one)
    return app


def _haystack(choice: Choice) -> str:
    return f"{choice.title} {choice.line} {choice.words}".casefold()
