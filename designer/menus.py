"""Menus made from the table of actions."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from designer.action_table import ACTS, MENUS
from designer.actions import Actions, said

_ON_CANVAS = (
    "add-step link rename settings-of open-sub-journey | cut copy paste duplicate | "
    "delete delete-reconnect | pin frame note | tidy tidy-selection"
)


def fill_menus(bar: QMenuBar, actions: Actions) -> None:
    """A menu for each of the table's, its actions in the table's order."""
    for name in MENUS:
        menu = bar.addMenu(said(name))
        menu.aboutToShow.connect(actions.refresh)
        for act in ACTS:
            if act.menu == name:
                if act.gap:
                    menu.addSeparator()
                menu.addAction(actions.all[act.name])


def context_menu(actions: Actions, parent: QWidget) -> QMenu:
    """What can be done with what is selected; deleted once it is closed."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    actions.refresh()
    for name in _ON_CANVAS.split():
        if name == "|":
            menu.addSeparator()
        elif actions.all[name].isEnabled():
            menu.addAction(actions.all[name])
    return menu
