"""All actions with their keys, by menu: made from the actions themselves, so it is never wrong."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from designer.action_words import keys_of, menu_of, text_of
from designer.command_list import CommandDelegate, CommandModel, Row
from designer.empty_state import EmptyState
from designer.search_words import SearchWords
from designer.theme.look import px


class ShortcutPage(QDialog):
    """A list that can be searched for names, menus and keys."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._actions = [action for action in actions if text_of(action)]
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Search names or keys"))
        self._field.setAccessibleName(self.tr("Search names or keys"))
        self._field.setClearButtonEnabled(True)
        self._model = CommandModel(self, all_can_be_chosen=True)
        self._rows = QListView()
        self._rows.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._rows.setUniformItemSizes(True)
        self._rows.setItemDelegate(CommandDelegate(self._rows, with_menu=False))
        self._rows.setModel(self._model)
        self._nothing = EmptyState()
        self._nothing.say(self.tr("No action has such a name or such keys."), "search")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.addWidget(self._field)
        column.addWidget(self._rows, 1)
        column.addWidget(self._nothing, 1)
        self._field.textChanged.connect(self._fill)
        self.finished.connect(self.deleteLater)
        self.resize(px(480), px(560))
        self._fill()

    def _fill(self) -> None:
        words = SearchWords(self._field.text())
        rows: list[Row] = []
        for menu in dict.fromkeys(map(menu_of, self._actions)):
            of_menu = [action for action in self._actions if menu_of(action) == menu]
            found = [one for one in of_menu if words.are_in(text_of(one), menu, keys_of(one))]
            if found:
                rows += [menu, *found] if menu else found
        self._model.show(rows)
        self._rows.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
