"""What the fields of a form need to know of the document around what they show."""

from __future__ import annotations

from collections.abc import Mapping

from designer.session import Session
from engine.document import Document
from engine.edits import Edit
from engine.journey import Journey
from engine.profile import SIGNALS, Attribute, ValueType
from engine.steps.base import Step


class Surroundings:
    """The document, and which step or sub-journey of it is shown.

    Before a field's own change something may have to be made that it refers to, such as a
    new skill: `first` keeps it until whoever makes the edit takes it by `take_first`.
    """

    def __init__(self, session: Session, step: str | None = None, graph: str | None = None) -> None:
        self.session = session
        self.step_id = step
        self.graph = graph
        self._first: list[Edit] = []

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self.session.document

    @property
    def journey(self) -> Journey:
        """The journey as it is now."""
        return self.session.document.journey

    @property
    def step(self) -> Step | None:
        """The step that is shown; None if it is no step or is there no more."""
        if self.step_id is None:
            return None
        return next((one for one in self.journey.all_steps() if one.id == self.step_id), None)

    def attributes(self, *, readable: bool = True) -> Mapping[str, Attribute]:
        """Attributes by id that steps here may read, signals and inputs among them, or write."""
        own = {one.id: one for one in self.journey.attributes}
        if not readable:
            return own
        sub = self.journey.sub_journey(self.graph) if self.graph is not None else None
        inputs = {
            one.id: Attribute(id=one.id, name=one.id, type=_comparable(one.type), note=one.note)
            for one in (sub.inputs if sub else ())
        }
        return {**own, **inputs, **SIGNALS}

    def first(self, edit: Edit) -> None:
        """Make this edit together with the next change of a field, before it."""
        self._first.append(edit)

    def take_first(self) -> list[Edit]:
        """What is to be made before the change; it is kept no longer."""
        edits, self._first = self._first, []
        return edits

    def source(self, place: str, *, deep: bool = False) -> str:
        """Where the numbers at this place come from; if `deep`, also those below it."""
        found: list[str] = []
        for one in self.document.assumptions.sources:
            said = f"{one.basis} – {one.note}" if one.note else one.basis
            if one.at == place:
                found.insert(0, said)
            elif deep and one.at.startswith(f"{place}/"):
                below = one.at[len(place) + 1 :].replace("_", " ").replace("/", ", ")
                found.append(f"{below}: {said}")
        return "\n".join(dict.fromkeys(found))


def _comparable(kind: ValueType) -> ValueType:
    """An input has no list of choices, so any text may stand in it."""
    return ValueType.TEXT if kind is ValueType.CHOICE else kind
