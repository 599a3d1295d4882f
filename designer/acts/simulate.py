"""The Simulate menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from designer.acts.act import SIMULATE, Act, has_document
from designer.translating import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.window import Window


def _is_running(window: Window) -> bool:
    return window.workspace is not None and window.workspace.simulating.runs.running is not None


def _show(name: str) -> Callable[[Window], None]:
    return lambda window: window.work().around.show(name)


SIMULATE_ACTS: Final[tuple[Act, ...]] = (
    Act(
        "run",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Run"),
        lambda w: w.work().simulating.run(),
        ("F5",),
        "run",
    ),
    Act(
        "cancel-run",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Cancel the run"),
        lambda w: w.work().simulating.runs.cancel(),
        ("Shift+F5",),
        "close",
        _is_running,
    ),
    Act(
        "run-options",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "How to run…"),
        lambda w: w.work().simulating.bar.open_options(),
        ("Ctrl+F5",),
        "settings",
    ),
    Act(
        "results",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Results"),
        _show("results"),
        ("Alt+6",),
        "",
        has_document,
        gap=True,
    ),
    Act(
        "what-if",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "What if"),
        _show("what-if"),
        ("Alt+7",),
    ),
    Act(
        "charts",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Charts"),
        _show("charts"),
        ("Alt+8",),
    ),
    Act(
        "step-results",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Results by step"),
        _show("steps"),
    ),
    Act(
        "team-results",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Results by team"),
        _show("teams"),
    ),
    Act(
        "replay",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Replay"),
        _show("replay"),
        ("Alt+9",),
    ),
    Act(
        "customers",
        SIMULATE,
        QT_TRANSLATE_NOOP("Actions", "Follow a customer"),
        _show("customers"),
        ("Alt+0",),
    ),
)
