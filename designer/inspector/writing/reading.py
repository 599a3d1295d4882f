"""What went wrong in reading what somebody wrote, and how to say it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

NONE_POSSIBLE = QT_TRANSLATE_NOOP("Inspector", "There is nothing yet that it could refer to.")


class Unreadable(ValueError):  # noqa: N818 - it is said to the user, not a fault of the program
    """What was written is no value; the text says why, in words for the person who wrote it."""


def say(text: object) -> str:
    """A literal of the inspector, marked by QT_TRANSLATE_NOOP, in the user's language."""
    return QCoreApplication.translate("Inspector", str(text))


def shown(text: str) -> str:
    """What was written, quoted and cut."""
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= 40 else f"“{plain[:39]}…”"
