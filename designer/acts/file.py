"""The File menu."""

from __future__ import annotations

from typing import Final

from designer.acts.act import FILE, Act, always
from designer.translating import QT_TRANSLATE_NOOP

FILE_ACTS: Final[tuple[Act, ...]] = (
    Act(
        "new",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "New journey"),
        lambda w: w.new(),
        ("Ctrl+N",),
        "new",
        always,
    ),
    Act(
        "open",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Open…"),
        lambda w: w.ask_open(),
        ("Ctrl+O",),
        "open",
        always,
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
        "export",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Export…"),
        lambda w: w.work().exporting.open(),
        ("Ctrl+E",),
        "export",
        gap=True,
    ),
    Act(
        "picture",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Save picture…"),
        lambda w: w.work().pictures.ask_for_file(),
        ("Ctrl+Shift+E",),
        "picture",
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
        always,
        gap=True,
    ),
    Act(
        "quit",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Quit"),
        lambda w: w.ask_quit(),
        ("Ctrl+Q",),
        "",
        always,
    ),
)
