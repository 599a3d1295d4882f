"""The View menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from designer.acts.act import VIEW, Act, always, has_selection
from designer.translating import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from designer.window import Window


def _theme(name: str) -> Callable[[Window], None]:
    return lambda window: window.set_theme(name)


def _is_theme(name: str) -> Callable[[Window], bool]:
    return lambda window: window.settings.theme == name


VIEW_ACTS: Final[tuple[Act, ...]] = (
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
        has_selection,
    ),
    Act(
        "next-panel",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Next panel"),
        lambda w: w.work().around.next(1),
        ("F6",),
        gap=True,
    ),
    Act(
        "last-panel",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Previous panel"),
        lambda w: w.work().around.next(-1),
        ("Shift+F6",),
    ),
    Act(
        "palette",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Steps"),
        lambda w: w.work().around.show("palette"),
        ("Alt+1",),
        "new",
        gap=True,
    ),
    Act(
        "outline",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Outline"),
        lambda w: w.work().around.show("outline"),
        ("Alt+2",),
        "outline",
    ),
    Act(
        "inspector",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Inspector"),
        lambda w: w.work().around.show("inspector"),
        ("Alt+3",),
        "settings",
    ),
    Act(
        "problems",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Problems"),
        lambda w: w.work().around.show("problems"),
        ("Alt+4",),
        "warning",
    ),
    Act(
        "history",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "History"),
        lambda w: w.work().around.show("history"),
        ("Alt+5",),
        "history",
    ),
    Act(
        "map-page",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Journey map"),
        lambda w: w.work().center.show_map(is_shown=not w.work().center.shows_map),
        ("Ctrl+M",),
        "map",
        is_on=lambda w: w.workspace is not None and w.workspace.center.shows_map,
    ),
    Act(
        "theme-system",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Colours of the system"),
        _theme("system"),
        (),
        "",
        always,
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
        always,
        is_on=_is_theme("light"),
    ),
    Act(
        "theme-dark",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Dark"),
        _theme("dark"),
        (),
        "moon",
        always,
        is_on=_is_theme("dark"),
    ),
    Act(
        "theme-contrast",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "High contrast"),
        _theme("contrast"),
        (),
        "",
        always,
        is_on=_is_theme("contrast"),
    ),
    Act(
        "text-larger",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Larger text"),
        lambda w: w.scale_text(1.1),
        ("Ctrl+Shift++", "Ctrl+Shift+="),
        "",
        always,
        gap=True,
    ),
    Act(
        "text-smaller",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Smaller text"),
        lambda w: w.scale_text(1 / 1.1),
        ("Ctrl+Shift+-", "Ctrl+Shift+_"),
        "",
        always,
    ),
    Act(
        "text-usual",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Usual text size"),
        lambda w: w.scale_text(0),
        (),
        "",
        always,
    ),
    Act(
        "motion",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Reduce motion"),
        lambda w: w.toggle_motion(),
        (),
        "",
        always,
        is_on=lambda w: w.settings.reduced_motion,
    ),
)
