"""What the rows of the outline say, for the eye in parts and for the ear as one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from designer.problems.severity import in_words
from engine.journey import Journey
from engine.outline.rows import Kind, Outline, Row
from engine.steps.base import Step
from engine.validation import Finding

Summary = Callable[[Step, Journey], str]
"""What a step does, in one line."""


class Words:
    """The words for the rows of one document's outline."""

    def __init__(self, journey: Journey, outline: Outline, summary: Summary) -> None:
        self._journey, self._outline, self._summary = journey, outline, summary
        self._linked = {
            (link.from_, link.exit): link.to for graph in journey.graphs() for link in graph.links
        }

    def name(self, row: Row) -> str:
        """The first part: a step's or an exit's name, a heading."""
        match row.kind:
            case Kind.STEP:
                return row.step.name if row.step else ""
            case Kind.EXIT:
                return row.step.exit_label(row.exit, self._journey) if row.step else ""
            case Kind.UNREACHED:
                return QCoreApplication.translate("Outline", "Not linked yet")
            case Kind.SUB_JOURNEY:
                sub = self._journey.sub_journey(row.graph or "")
                head = QCoreApplication.translate("Outline", "Sub-journey: %1")
                return head.replace("%1", sub.name if sub else "")

    def rest(self, row: Row) -> str:
        """The second part: what a step is and does, where an exit leads."""
        if row.kind is Kind.STEP and row.step is not None:
            return self._what(row.step, " · ")
        if row.kind is Kind.EXIT:
            return self._where(row)
        return ""

    def spoken(self, row: Row, findings: Sequence[Finding]) -> str:
        """All of it: name, type, summary, exits and problems."""
        if row.kind is Kind.EXIT:
            named = QCoreApplication.translate("Outline", "Exit %1").replace("%1", self.name(row))
            return f"{named}, {self._where(row).removeprefix('→ ')}"
        if row.kind is not Kind.STEP or row.step is None:
            return self.name(row)
        parts = [row.step.name, self._what(row.step, ", ")]
        parts += [self._exits(row.step), problems(findings)]
        return ", ".join(part for part in parts if part)

    def _what(self, step: Step, between: str) -> str:
        """Type and summary; the type alone if the summary begins with it or says no more."""
        said, kind = self._summary(step, self._journey), type(step).title
        if said.casefold().startswith(kind.casefold()):
            return said
        return f"{kind}{between}{said}" if said else kind

    def _where(self, row: Row) -> str:
        translate = QCoreApplication.translate
        if row.is_closed:
            return translate("Outline", "ends here")
        if row.to is None:
            return translate("Outline", "not linked")
        shown = self._outline.of_step[row.to]
        step = self._outline.rows[shown].step
        name = step.name if step else row.to
        if self._outline.rows[shown].parent == row.number:
            return f"→ {name}"
        if self._outline.is_above(shown, row.number):
            return translate("Outline", "→ %1, above").replace("%1", name)
        return translate("Outline", "→ %1, below").replace("%1", name)

    def _exits(self, step: Step) -> str:
        exits = step.exits(self._journey)
        if not exits:
            return ""
        missing = sum((step.id, name) not in self._linked for name in exits)
        translate = QCoreApplication.translate
        many = translate("Outline", "%n exits", "", len(exits))
        said = translate("Outline", "1 exit") if len(exits) == 1 else many
        if missing:
            said += ", " + translate("Outline", "%n not linked", "", missing)
        return said


def problems(findings: Sequence[Finding]) -> str:
    """How many problems there are, in words; nothing if there are none."""
    return in_words(Counter(finding.severity for finding in findings))
