"""New steps: of every type, with a name, an id of their own and the least that they need."""

from __future__ import annotations

from engine.document import Document
from engine.errors import EditError
from engine.fresh_ids import fresh_id, unused_name
from engine.steps.base import Step
from engine.steps.catalog import step_types

__all__ = ["fresh_id", "new_step"]


def new_step(document: Document, kind: str, graph: str | None = None) -> Step:
    """A step of the type `kind`, not in the document yet, that suits the journey or `graph`.

    graph: the sub-journey that it is meant for. EditError if there is no such type.
    """
    cls = step_types().get(kind)
    if cls is None:
        raise EditError(f"there is no step type “{kind}”", mend="choose one of the palette's.")
    journey = document.journey
    within = None if graph is None else journey.sub_journey(graph)
    names = {step.name for step in journey.all_steps()}
    fields = cls.beginning(journey, within)
    return cls(id=fresh_id(document, kind), name=unused_name(names, cls.title), **fields)
