"""All actions, found by typing a few of their letters; those used last come first."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget

from designer.action_words import menu_of, text_of
from designer.command_list import ROW, CommandDelegate, CommandModel, command_height
from designer.fuzzy import score
from designer.plain_text import PlainLabel
from designer.popup import ListKeys, Popup
from designer.theme.look import px

_MOST_ROWS = 10
_MOST_RECENT = 8

_lately: list[str] = []
"""Names of the actions used last, the latest first: in all windows, until the program ends."""


class CommandPalette(Popup):
    """Enter does what is chosen, with the focus where it was before; then it is gone."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent, 520)
        self._actions = [action for action in actions if text_of(action)]
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("What do you want to do?"))
        self._field.setAccessibleName(self.tr("Search commands"))
        self._model = CommandModel(self)
        self._rows = QListView()
        self._rows.setAccessibleName(self.tr("Commands"))
        self._rows.setUniformItemSizes(True)
        self._rows.setMouseTracking(True)
        self._rows.setItemDelegate(CommandDelegate(self._rows))
        self._rows.setModel(self._model)
        self._nothing = PlainLabel(self.tr("There is no such command."))
        self._nothing.setContentsMargins(px(12), px(8), px(12), px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(6))
        column.addWidget(self._field)
        column.addWidget(self._rows)
        column.addWidget(self._nothing)
        ListKeys(self._field, self._rows)
        self._field.textChanged.connect(self._fill)
        self._field.returnPressed.connect(self._do_current)
        self._rows.clicked.connect(self._do)
        self._rows.activated.connect(self._do)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it, ready to type."""
        self._fill()
        super().open()
        self._field.setFocus()
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows are."""
        rows = min(max(self._model.rowCount(), 1), _MOST_ROWS)
        around = px(16) + self._field.sizeHint().height() + px(6)
        return QSize(px(520), around + rows * command_height() + px(4))

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Whoever clicks elsewhere wants it no more."""
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self.close_popup()

    def _fill(self) -> None:
        found = _found(self._field.text(), self._actions)
        self._model.show(found)
        self._rows.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found and found[0].isEnabled():
            self._rows.setCurrentIndex(self._model.index(0))
        self.place()

    def _do_current(self) -> None:
        self._do(self._rows.currentIndex())

    def _do(self, index: QModelIndex) -> None:
        action = index.data(ROW)
        if not isinstance(action, QAction) or not action.isEnabled():
            return
        _remember(action)
        self.close_popup()
        action.trigger()


def _found(typed: str, actions: list[QAction]) -> list[QAction]:
    """What fits, the best first; what cannot be done now comes last."""
    fits = [(fit, action) for action in actions if (fit := _fit(typed, action)) is not None]
    fits.sort(key=lambda one: (not one[1].isEnabled(), -one[0]))
    return [action for _, action in fits]


def _fit(typed: str, action: QAction) -> float | None:
    name, text = action.objectName() or text_of(action), text_of(action)
    recent = (_MOST_RECENT - _lately.index(name)) / 4 if name in _lately else 0.0
    direct = score(typed, text)
    if direct is not None:
        return direct + recent if typed.strip() else recent
    with_menu = score(typed, f"{menu_of(action)} {text}")
    return None if with_menu is None else with_menu - 4 + recent


def _remember(action: QAction) -> None:
    name = action.objectName() or text_of(action)
    if name in _lately:
        _lately.remove(name)
    _lately.insert(0, name)
    del _lately[_MOST_RECENT:]
