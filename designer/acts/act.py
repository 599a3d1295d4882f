"""What one thing that can be done says of itself, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from designer.translating import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from designer.window import Window

FILE: Final = QT_TRANSLATE_NOOP("Actions", "File")
EDIT: Final = QT_TRANSLATE_NOOP("Actions", "Edit")
VIEW: Final = QT_TRANSLATE_NOOP("Actions", "View")
JOURNEY: Final = QT_TRANSLATE_NOOP("Actions", "Journey")
SIMULATE: Final = QT_TRANSLATE_NOOP("Actions", "Simulate")
HELP: Final = QT_TRANSLATE_NOOP("Actions", "Help")
MENUS: Final = (FILE, EDIT, VIEW, JOURNEY, SIMULATE, HELP)


def always(_window: Window) -> bool:
    """Whatever is shown."""
    return True


def has_document(window: Window) -> bool:
    """A document is open."""
    return window.workspace is not None


def has_selection(window: Window) -> bool:
    """Something is selected."""
    return window.workspace is not None and bool(window.workspace.selection.selected)


def has_steps(window: Window) -> bool:
    """A step is selected."""
    return window.workspace is not None and bool(window.workspace.selection.steps)


def has_several(window: Window) -> bool:
    """At least two steps are selected."""
    return window.workspace is not None and len(window.workspace.selection.steps) > 1


def has_three(window: Window) -> bool:
    """At least three steps are selected."""
    return window.workspace is not None and len(window.workspace.selection.steps) > 2


def can_tidy_part(window: Window) -> bool:
    """There is a part to tidy: several steps, or a frame."""
    return has_several(window) or (
        window.workspace is not None and bool(window.workspace.selection.selected.frames)
    )


def can_link(window: Window) -> bool:
    """There is an exit to link: a step or a link is selected."""
    return has_steps(window) or (
        window.workspace is not None and len(window.workspace.selection.selected.links) == 1
    )


@dataclass(frozen=True)
class Act:
    """One thing that can be done.

    on_canvas: its keys work only while the canvas has the focus, such as a letter or Delete.
    gap: a line is drawn above it in the menu. is_on: for what can be switched on and off.
    """

    name: str
    menu: str
    text: str
    run: Callable[[Window], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: Callable[[Window], bool] = has_document
    on_canvas: bool = False
    gap: bool = False
    is_on: Callable[[Window], bool] | None = None
