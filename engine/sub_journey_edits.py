"""Edits that make and remove sub-journeys."""

from __future__ import annotations

from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.element_edits import checked, element, put_named, remove_named
from engine.fresh_ids import unused_id
from engine.journey import SubJourneyDefinition
from engine.moves import FRAMES, NOTES
from engine.removal import remove_steps

_PLACE = "journey.sub_journeys"


def add_sub_journey(document: Document, title: str, name: str | None = None) -> Edit:
    """Add a sub-journey called `title`, without steps, that ends in one way.

    name: its id, a fresh one if left out.
    """
    name = name or unused_id({one.id for one in document.journey.sub_journeys}, title)
    outcomes = [{"id": "done", "name": "Done"}]
    sub = checked(SubJourneyDefinition, {"id": name, "name": title, "outcomes": outcomes})
    return put_named(document, _PLACE, sub, f"Add sub-journey “{title}”")


def remove_sub_journey(document: Document, name: str) -> Edit:
    """Remove a sub-journey with its steps and all that lies on its canvas.

    Steps that call it stay and are found by validation.
    """
    sub = element(document, _PLACE, name, SubJourneyDefinition)
    drawn = [(FRAMES, one.id) for one in document.layout.frames if one.graph == name]
    drawn += [(NOTES, one.id) for one in document.layout.notes if one.graph == name]
    steps = [step.id for step in sub.steps]
    return in_turn(
        f"Remove sub-journey “{sub.name}”",
        document,
        lambda now: remove_steps(now, steps),
        *(lambda now, at=at, one=one: remove_named(now, at, one) for at, one in drawn),
        lambda now: remove_named(now, _PLACE, name),
    )
