"""The actions of the table as Qt's own, for one window: for menus, toolbar, keys and palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from designer import icons
from designer.action_table import ACTS, Act

if TYPE_CHECKING:
    from designer.window import Window


class Actions(QObject):
    """The table's actions as Qt's, for one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.all: dict[str, QAction] = {act.name: self._made(act) for act in ACTS}
        self.refresh()

    def _made(self, act: Act) -> QAction:
        action = QAction(said(act.text), self)
        action.setObjectName(act.name)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.setProperty("menu", said(act.menu))
        action.setCheckable(act.is_on is not None)
        if act.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        else:
            self._window.addAction(action)
        action.triggered.connect(partial(self._run, act))
        return action

    def _run(self, act: Act, _checked: bool = False) -> None:
        if act.when(self._window):
            self._window.run(act)
        self.refresh()

    def refresh(self) -> None:
        """Switch off what cannot be done now; say what would be undone."""
        for act in ACTS:
            action = self.all[act.name]
            action.setEnabled(act.when(self._window))
            if act.is_on is not None:
                action.setChecked(act.is_on(self._window))
        workspace = self._window.workspace
        for name, label in (
            ("undo", workspace.session.undo_label if workspace else None),
            ("redo", workspace.session.redo_label if workspace else None),
        ):
            text = said(next(act.text for act in ACTS if act.name == name))
            # An ampersand in a name would be taken for the letter of a menu.
            self.all[name].setText(f"{text}: {_short(label)}" if label else text)

    def restyle(self) -> None:
        """Icons in the colours of the active theme."""
        for act in ACTS:
            if act.icon:
                self.all[act.name].setIcon(icons.icon(act.icon))


def said(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Actions", text)


def _short(label: str) -> str:
    line = " ".join(label.split()).replace("&", "&&")
    return line if len(line) <= 60 else line[:59] + "…"
