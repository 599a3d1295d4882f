"""How far a target is proved and how bad a loss is: a word, a picture and, last, a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from designer.exporting.made import Made
from designer.theme.look import active
from engine.export.target import Severity, Status, Target

_RAN: Final = "ok"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a journey stands with a target: a word, what it means, and the name of its icon."""

    word: str
    meaning: str
    picture: str
    is_bad: bool = False

    @property
    def ink(self) -> QColor:
        """Its colour in the active theme: green is only what really ran."""
        if self.is_bad:
            return active().bad
        return active().good if self.picture == _RAN else active().soft


def standing(made: Made, target: Target) -> Standing:
    """How the journey stands with this target."""
    translate = QCoreApplication.translate
    if made.refusal is not None:
        meaning = translate("Export", "The journey has errors.")
        return Standing(translate("Export", "Blocked"), meaning, "error", is_bad=True)
    if target.name in made.failures:
        meaning = translate("Export", "It could not be made.")
        return Standing(translate("Export", "Failed"), meaning, "error", is_bad=True)
    if made.count(target.name, Severity.ERROR):
        meaning = translate("Export", "It would do something else, so nothing is written.")
        return Standing(translate("Export", "Blocked"), meaning, "error", is_bad=True)
    return _PROVED[target.status]()


def in_full(made: Made, target: Target) -> str:
    """How the journey stands with this target, and what that was proved with."""
    stands, engine = standing(made, target), target.engine
    if stands.is_bad:
        return f"{stands.word}: {stands.meaning}"
    if target.status is Status.DOCUMENT:
        # What is proved is all that can be said.
        is_said = engine.casefold().startswith(stands.word.casefold())
        return f"{engine[:1].upper()}{engine[1:]}." if is_said else f"{stands.word}: {engine}."
    proved = QCoreApplication.translate("Export", "Proved with {0}.").format(engine)
    return f"{stands.word}: {stands.meaning} {proved}"


_PROVED = {
    Status.EXECUTED: lambda: Standing(
        QCoreApplication.translate("Export", "Executed"),
        QCoreApplication.translate("Export", "A real engine runs it and takes the simulated way."),
        _RAN,
    ),
    Status.LINTED: lambda: Standing(
        QCoreApplication.translate("Export", "Linted"),
        QCoreApplication.translate(
            "Export", "The target’s own checks find no error; it was not run."
        ),
        "linted",
    ),
    Status.SCHEMA_VALID: lambda: Standing(
        QCoreApplication.translate("Export", "Schema-valid"),
        QCoreApplication.translate("Export", "It keeps the target’s schema; it was not run."),
        "schema",
    ),
    Status.DOCUMENT: lambda: Standing(
        QCoreApplication.translate("Export", "For people"),
        QCoreApplication.translate("Export", "To be read or analysed."),
        "note",
    ),
}


def word(severity: Severity) -> str:
    """What one loss of it is called."""
    translate = QCoreApplication.translate
    return {
        Severity.ERROR: translate("Export", "Blocks"),
        Severity.DEGRADED: translate("Export", "Degraded"),
        Severity.INFO: translate("Export", "Note"),
    }[severity]


def picture(severity: Severity) -> str:
    """The name of its icon."""
    return {Severity.ERROR: "error", Severity.DEGRADED: "warning", Severity.INFO: "hint"}[severity]


def colour(severity: Severity) -> QColor:
    """Its colour in the active theme."""
    theme = active()
    return {
        Severity.ERROR: theme.bad,
        Severity.DEGRADED: theme.warning,
        Severity.INFO: theme.accent,
    }[severity]


def counted(severity: Severity, number: int) -> str:
    """So many losses of it: “1 blocking”, “3 degraded”, “2 notes”."""
    translate = QCoreApplication.translate
    if severity is Severity.INFO and number == 1:
        return translate("Export", "1 note")
    text = {
        Severity.ERROR: translate("Export", "{0} blocking"),
        Severity.DEGRADED: translate("Export", "{0} degraded"),
        Severity.INFO: translate("Export", "{0} notes"),
    }[severity]
    return text.format(f"{number:,}")
