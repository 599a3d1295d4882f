"""Everything that can be done, in one table: it makes menus, toolbar, palette and shortcut page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from designer.translating import QT_TRANSLATE_NOOP
from engine.align import Alignment

if TYPE_CHECKING:
    from designer.window import Window

FILE: Final = QT_TRANSLATE_NOOP("Actions", "File")
EDIT: Final = QT_TRANSLATE_NOOP("Actions", "Edit")
VIEW: Final = QT_TRANSLATE_NOOP("Actions", "View")
JOURNEY: Final = QT_TRANSLATE_NOOP("Actions", "Journey")
HELP: Final = QT_TRANSLATE_NOOP("Actions", "Help")
MENUS: Final = (FILE, EDIT, VIEW, JOURNEY, HELP)


def _always(_window: Window) -> bool:
    return True


def _has_document(window: Window) -> bool:
    return window.workspace is not None


def _has_selection(window: Window) -> bool:
    return window.workspace is not None and bool(window.workspace.selection.selected)


def _has_steps(window: Window) -> bool:
    return window.workspace is not None and bool(window.workspace.selection.steps)


def _has_several(window: Window) -> bool:
    return window.workspace is not None and len(window.workspace.selection.steps) > 1


def _has_three(window: Window) -> bool:
    return window.workspace is not None and len(window.workspace.selection.steps) > 2


def _can_tidy_part(window: Window) -> bool:
    return _has_several(window) or (
        window.workspace is not None and bool(window.workspace.selection.selected.frames)
    )


def _can_link(window: Window) -> bool:
    return _has_steps(window) or (
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
    when: Callable[[Window], bool] = _has_document
    on_canvas: bool = False
    gap: bool = False
    is_on: Callable[[Window], bool] | None = None


def _align(how: Alignment) -> Callable[[Window], None]:
    return lambda window: window.work().align(how)


def _theme(name: str) -> Callable[[Window], None]:
    return lambda window: window.set_theme(name)


def _is_theme(name: str) -> Callable[[Window], bool]:
    return lambda window: window.settings.theme == name


ACTS: Final[tuple[Act, ...]] = (
    Act(
        "new",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "New journey"),
        lambda w: w.new(),
        ("Ctrl+N",),
        "new",
        _always,
    ),
    Act(
        "open",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Open…"),
        lambda w: w.ask_open(),
        ("Ctrl+O",),
        "open",
        _always,
    ),
    Act(
        "save",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Save"),
        lambda w: w.files().save(),
        ("Ctrl+S",),
        "save",
        gap=True,
    ),
    Act(
        "save-as",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Save as…"),
        lambda w: w.files().ask_save_as(),
        ("Ctrl+Shift+S",),
    ),
    Act(
        "picture",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Save picture…"),
        lambda w: w.work().pictures.ask_for_file(),
        ("Ctrl+Shift+E",),
        "picture",
        gap=True,
    ),
    Act(
        "print",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Print…"),
        lambda w: w.work().pictures.ask_to_print(),
        ("Ctrl+P",),
        "print",
    ),
    Act(
        "close",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Close window"),
        lambda w: w.close(),
        ("Ctrl+W",),
        "",
        _always,
        gap=True,
    ),
    Act(
        "quit",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Quit"),
        lambda w: w.ask_quit(),
        ("Ctrl+Q",),
        "",
        _always,
    ),
    Act(
        "undo",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Undo"),
        lambda w: w.work().session.undo(),
        ("Ctrl+Z",),
        "undo",
        lambda w: w.workspace is not None and w.workspace.session.undo_label is not None,
    ),
    Act(
        "redo",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Redo"),
        lambda w: w.work().session.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        lambda w: w.workspace is not None and w.workspace.session.redo_label is not None,
    ),
    Act(
        "cut",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Cut"),
        lambda w: w.work().cut(),
        ("Ctrl+X",),
        "",
        _has_selection,
        on_canvas=True,
        gap=True,
    ),
    Act(
        "copy",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Copy"),
        lambda w: w.work().copy(),
        ("Ctrl+C",),
        "",
        _has_selection,
        on_canvas=True,
    ),
    Act(
        "paste",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Paste"),
        lambda w: w.work().paste(),
        ("Ctrl+V",),
        on_canvas=True,
    ),
    Act(
        "duplicate",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Duplicate"),
        lambda w: w.work().duplicate(),
        ("Ctrl+D",),
        "duplicate",
        _has_selection,
        on_canvas=True,
    ),
    Act(
        "delete",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Delete"),
        lambda w: w.work().remove(),
        ("Del", "Backspace"),
        "delete",
        _has_selection,
        on_canvas=True,
        gap=True,
    ),
    Act(
        "delete-reconnect",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Delete and reconnect"),
        lambda w: w.work().remove(reconnect=True),
        ("Ctrl+Del", "Ctrl+Backspace"),
        "",
        _has_steps,
        on_canvas=True,
    ),
    Act(
        "select-all",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Select all"),
        lambda w: w.work().select_all(),
        ("Ctrl+A",),
        on_canvas=True,
        gap=True,
    ),
    Act(
        "select-after",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Select what follows"),
        lambda w: w.work().select_along(forward=True),
        ("Shift+End",),
        "",
        _has_steps,
        on_canvas=True,
    ),
    Act(
        "select-before",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Select what leads here"),
        lambda w: w.work().select_along(forward=False),
        ("Shift+Home",),
        "",
        _has_steps,
        on_canvas=True,
    ),
    Act(
        "next-link",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Select the next link"),
        lambda w: w.work().select_next_link(),
        (".",),
        on_canvas=True,
    ),
    Act(
        "next-paper",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Select the next frame or note"),
        lambda w: w.work().select_next_paper(),
        (",",),
        on_canvas=True,
    ),
    Act(
        "find",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Find…"),
        lambda w: w.work().find(),
        ("Ctrl+F",),
        "search",
        gap=True,
    ),
    Act(
        "commands",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "All commands…"),
        lambda w: w.show_commands(),
        ("Ctrl+Shift+P",),
        "",
        _always,
    ),
    Act(
        "zoom-in",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Zoom in"),
        lambda w: w.work().canvas.view.zoom_in(),
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
    ),
    Act(
        "zoom-out",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Zoom out"),
        lambda w: w.work().canvas.view.zoom_out(),
        ("Ctrl+-",),
        "zoom-out",
    ),
    Act(
        "zoom-100",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Zoom to 100 %"),
        lambda w: w.work().canvas.view.set_zoom(1.0),
        ("Ctrl+0",),
    ),
    Act(
        "zoom-fit",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Show everything"),
        lambda w: w.work().canvas.view.fit(),
        ("Ctrl+1",),
        "fit",
    ),
    Act(
        "zoom-selection",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Show selection"),
        lambda w: w.work().canvas.view.fit_selection(),
        ("Ctrl+2",),
        "",
        _has_selection,
    ),
    Act(
        "next-panel",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Next panel"),
        lambda w: w.work().next_panel(1),
        ("F6",),
        gap=True,
    ),
    Act(
        "last-panel",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Previous panel"),
        lambda w: w.work().next_panel(-1),
        ("Shift+F6",),
    ),
    Act(
        "palette",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Steps"),
        lambda w: w.work().show_panel("palette"),
        ("Alt+1",),
        "new",
        gap=True,
    ),
    Act(
        "outline",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Outline"),
        lambda w: w.work().show_panel("outline"),
        ("Alt+2",),
        "outline",
    ),
    Act(
        "inspector",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Inspector"),
        lambda w: w.work().show_panel("inspector"),
        ("Alt+3",),
        "settings",
    ),
    Act(
        "problems",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Problems"),
        lambda w: w.work().show_panel("problems"),
        ("Alt+4",),
        "warning",
    ),
    Act(
        "history",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "History"),
        lambda w: w.work().show_panel("history"),
        ("Alt+5",),
        "history",
    ),
    Act(
        "theme-system",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Colours of the system"),
        _theme("system"),
        (),
        "",
        _always,
        gap=True,
        is_on=_is_theme("system"),
    ),
    Act(
        "theme-light",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Light"),
        _theme("light"),
        (),
        "sun",
        _always,
        is_on=_is_theme("light"),
    ),
    Act(
        "theme-dark",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Dark"),
        _theme("dark"),
        (),
        "moon",
        _always,
        is_on=_is_theme("dark"),
    ),
    Act(
        "theme-contrast",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "High contrast"),
        _theme("contrast"),
        (),
        "",
        _always,
        is_on=_is_theme("contrast"),
    ),
    Act(
        "text-larger",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Larger text"),
        lambda w: w.scale_text(1.1),
        ("Ctrl+Shift++", "Ctrl+Shift+="),
        "",
        _always,
        gap=True,
    ),
    Act(
        "text-smaller",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Smaller text"),
        lambda w: w.scale_text(1 / 1.1),
        ("Ctrl+Shift+-", "Ctrl+Shift+_"),
        "",
        _always,
    ),
    Act(
        "text-usual",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Usual text size"),
        lambda w: w.scale_text(0),
        (),
        "",
        _always,
    ),
    Act(
        "motion",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Reduce motion"),
        lambda w: w.toggle_motion(),
        (),
        "",
        _always,
        is_on=lambda w: w.settings.reduced_motion,
    ),
    Act(
        "add-step",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Add a step…"),
        lambda w: w.work().canvas.view.ask_for_next(),
        ("/", "Insert"),
        "plus",
        on_canvas=True,
    ),
    Act(
        "link",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Link to…"),
        lambda w: w.work().canvas.ask_for_link(),
        ("L",),
        "link",
        _can_link,
        on_canvas=True,
    ),
    Act(
        "rename",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Rename"),
        lambda w: w.work().rename(),
        ("F2",),
        "",
        _has_selection,
        on_canvas=True,
    ),
    Act(
        "settings-of",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Edit in the inspector"),
        lambda w: w.work().inspect(),
        ("Return", "Enter"),
        "settings",
        on_canvas=True,
    ),
    Act(
        "open-sub-journey",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Open the sub-journey"),
        lambda w: w.work().open_sub_journey(),
        ("Ctrl+Return",),
        "sub_journey",
        lambda w: w.workspace is not None and w.workspace.sub_journey() is not None,
        on_canvas=True,
    ),
    Act(
        "leave-sub-journey",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Back to the journey"),
        lambda w: w.work().selection.show_graph(None),
        ("Alt+Up",),
        "",
        lambda w: w.workspace is not None and w.workspace.selection.graph is not None,
    ),
    Act(
        "new-sub-journey",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "New sub-journey"),
        lambda w: w.work().new_sub_journey(),
        (),
        "",
    ),
    Act(
        "journey",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Journey settings"),
        lambda w: w.work().show_journey(),
        ("Ctrl+J",),
        "map",
    ),
    Act(
        "tidy",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Tidy"),
        lambda w: w.work().tidy(),
        ("Ctrl+T",),
        "tidy",
        gap=True,
    ),
    Act(
        "tidy-selection",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Tidy the selected steps"),
        lambda w: w.work().tidy(only_selected=True),
        ("Ctrl+Shift+T",),
        "",
        _can_tidy_part,
    ),
    Act(
        "pin",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Pin in place"),
        lambda w: w.work().toggle_pin(),
        ("P",),
        "pin",
        _has_steps,
        on_canvas=True,
    ),
    Act(
        "align-left",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Align left"),
        _align(Alignment.LEFT),
        (),
        "align-left",
        _has_several,
        gap=True,
    ),
    Act(
        "align-centre",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Align centres"),
        _align(Alignment.CENTRE),
        (),
        "align-centre",
        _has_several,
    ),
    Act(
        "align-right",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Align right"),
        _align(Alignment.RIGHT),
        (),
        "align-right",
        _has_several,
    ),
    Act(
        "align-top",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Align top"),
        _align(Alignment.TOP),
        (),
        "align-top",
        _has_several,
    ),
    Act(
        "align-middle",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Align middles"),
        _align(Alignment.MIDDLE),
        (),
        "align-middle",
        _has_several,
    ),
    Act(
        "align-bottom",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Align bottom"),
        _align(Alignment.BOTTOM),
        (),
        "align-bottom",
        _has_several,
    ),
    Act(
        "distribute-across",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Distribute across"),
        _align(Alignment.HORIZONTALLY),
        (),
        "distribute-across",
        _has_three,
    ),
    Act(
        "distribute-down",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Distribute down"),
        _align(Alignment.VERTICALLY),
        (),
        "distribute-down",
        _has_three,
    ),
    Act(
        "frame",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Frame"),
        lambda w: w.work().frame(),
        ("Ctrl+G",),
        "frame",
        gap=True,
    ),
    Act(
        "fold",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Collapse or expand frames"),
        lambda w: w.work().fold(),
        ("Ctrl+Shift+G",),
    ),
    Act(
        "note",
        JOURNEY,
        QT_TRANSLATE_NOOP("Actions", "Note"),
        lambda w: w.work().note(),
        ("N",),
        "note",
        on_canvas=True,
    ),
    Act(
        "shortcuts",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        lambda w: w.show_shortcuts(),
        ("F1",),
        "",
        _always,
    ),
    Act("tour", HELP, QT_TRANSLATE_NOOP("Actions", "Take the tour"), lambda w: w.start_tour()),
    Act(
        "about",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "About Wayline"),
        lambda w: w.show_about(),
        (),
        "",
        _always,
    ),
)
