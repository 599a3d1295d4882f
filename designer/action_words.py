"""What an action says of itself: its name without the menu's underlines, its keys, its menu."""

from __future__ import annotations

import re

from PySide6.QtGui import QAction, QKeySequence


def text_of(action: QAction) -> str:
    """Its name as it is read."""
    return re.sub(r"&(.?)", r"\1", action.text()).strip()


def keys_of(action: QAction) -> str:
    """Its keys, as they are written on this system."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in action.shortcuts())


def menu_of(action: QAction) -> str:
    """The menu that it is in; what its table says, or where Qt finds it."""
    said = action.property("menu")
    return said if isinstance(said, str) else ""
