"""The Help menu."""

from __future__ import annotations

from typing import Final

from designer.acts.act import HELP, Act, always
from designer.translating import QT_TRANSLATE_NOOP

HELP_ACTS: Final[tuple[Act, ...]] = (
    Act(
        "shortcuts",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        lambda w: w.show_shortcuts(),
        ("F1",),
        "",
        always,
    ),
    Act("tour", HELP, QT_TRANSLATE_NOOP("Actions", "Take the tour"), lambda w: w.start_tour()),
    Act(
        "about",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "About Wayline"),
        lambda w: w.show_about(),
        (),
        "",
        always,
    ),
)
