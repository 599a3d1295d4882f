"""Where a finding is, in words: the names that the designer gave, not ids."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.document import Document
from engine.steps.base import Step
from engine.validation import Finding
from engine.value_english import words


class Places:
    """The names of one document's steps and sub-journeys."""

    def __init__(self, document: Document) -> None:
        self._journey = document.journey
        self._steps: dict[str, Step] = {step.id: step for step in document.journey.all_steps()}
        self._subs = {sub.id: sub.name for sub in document.journey.sub_journeys}

    def said(self, finding: Finding) -> str:
        """Sub-journey, step and field of it, from the outside in."""
        if finding.step is None:
            return self._in_document(finding.field)
        step = self._steps.get(finding.step)
        parts = [
            self._subs.get(finding.graph, finding.graph) if finding.graph else "",
            step.name if step else finding.step,
            self._in_step(step, finding.field),
        ]
        return " › ".join(part for part in parts if part)

    def _in_step(self, step: Step | None, field: str | None) -> str:
        if not field:
            return ""
        if step is not None and field in step.exits(self._journey):
            return step.exit_label(field, self._journey)
        return words(field)

    def _in_document(self, place: str | None) -> str:
        if not place:
            return QCoreApplication.translate("Problems", "The journey itself")
        section, *rest = place.split("/")
        return " › ".join(_part(part) for part in rest or [section])


def _part(part: str) -> str:
    if part.isdecimal() and len(part) < 9:
        number = QCoreApplication.translate("Problems", "number %1")
        return number.replace("%1", str(int(part) + 1))
    return words(part)
