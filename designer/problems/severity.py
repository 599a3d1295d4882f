"""How the severities are told apart: a word, a picture and, last, a colour."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from designer.theme.look import active
from engine.validation import Severity


def colour(severity: Severity) -> QColor:
    """Its colour in the active theme."""
    theme = active()
    return {
        Severity.ERROR: theme.bad,
        Severity.WARNING: theme.warning,
        Severity.HINT: theme.accent,
    }[severity]


def picture(severity: Severity) -> str:
    """The name of its icon."""
    return severity.value


def word(severity: Severity) -> str:
    """What one finding of it is called."""
    translate = QCoreApplication.translate
    return {
        Severity.ERROR: translate("Severity", "Error"),
        Severity.WARNING: translate("Severity", "Warning"),
        Severity.HINT: translate("Severity", "Hint"),
    }[severity]


def plural(severity: Severity) -> str:
    """What findings of it are called."""
    translate = QCoreApplication.translate
    return {
        Severity.ERROR: translate("Severity", "Errors"),
        Severity.WARNING: translate("Severity", "Warnings"),
        Severity.HINT: translate("Severity", "Hints"),
    }[severity]


def in_words(counts: Mapping[Severity, int]) -> str:
    """How many of each there are: “1 error, 2 hints”; nothing where there are none."""
    return ", ".join(_counted(one, counts[one]) for one in Severity if counts.get(one, 0))


def _counted(severity: Severity, number: int) -> str:
    translate = QCoreApplication.translate
    if number == 1:
        return {
            Severity.ERROR: translate("Severity", "1 error"),
            Severity.WARNING: translate("Severity", "1 warning"),
            Severity.HINT: translate("Severity", "1 hint"),
        }[severity]
    return {
        Severity.ERROR: translate("Severity", "%n errors", "", number),
        Severity.WARNING: translate("Severity", "%n warnings", "", number),
        Severity.HINT: translate("Severity", "%n hints", "", number),
    }[severity]
