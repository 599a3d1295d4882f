"""The edit that puts another document in the place of this one: restored, or read again."""

from __future__ import annotations

from dataclasses import dataclass

from engine.document import Document


@dataclass(frozen=True, slots=True)
class Become:
    """The document becomes another one, whatever it was; every step may look different."""

    label: str
    to: Document
    touched: frozenset[str]

    def apply(self, document: Document) -> tuple[Document, Become]:
        """The other document; the inverse brings this one back."""
        return self.to, Become(self.label, document, self.touched)


def become(label: str, document: Document, to: Document) -> Become:
    """The edit that turns `document` into `to`."""
    steps = (step.id for each in (document, to) for step in each.journey.all_steps())
    return Become(label, to, frozenset(steps))
