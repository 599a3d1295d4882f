"""Tidy as an edit of a document, and places for steps that have none."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.document import Document
from engine.edits import Edit, Several, move_steps
from engine.errors import EditError
from engine.journey import Graph, Journey
from engine.tidy.arrangement import Places, tidied
from engine.tidy.beside import placed_beside


def tidy(
    document: Document,
    graph: str | None = None,
    only: Collection[str] | None = None,
    heights: Mapping[str, float] | None = None,
) -> Edit | None:
    """The edit that tidies the journey, or its sub-journey `graph`; None if it is tidy.

    only: ids of the steps to tidy; all others stay where they are, as pinned ones always do.
    heights: of cards that are higher than most.
    """
    steps = _graph(document, graph)
    now = _places(document)
    found = tidied(
        steps,
        _exits(steps, document.journey),
        now,
        pinned=document.layout.pinned,
        only=only,
        heights=heights,
    )
    moved = {name: place for name, place in found.items() if now.get(name) != place}
    if not moved:
        return None
    names = {step.id: step.name for step in steps.steps if only is None or step.id in only}
    what = f"“{next(iter(names.values()))}”" if len(names) == 1 else f"{len(names)} steps"
    return Several(f"Tidy {what}", (move_steps(document, moved),))


def placed(document: Document, heights: Mapping[str, float] | None = None) -> Document:
    """The document with a place for every step; it is the same one if all have theirs.

    Steps that have none lie beside those that they are linked to, and on no other card. A
    journey or sub-journey of which no step has one is tidied. Steps that have one stay there.
    """
    positions = document.layout.positions
    for graph in document.journey.graphs():
        if any(step.id not in positions for step in graph.steps):
            exits = _exits(graph, document.journey)
            now = {name: (x, y) for name, (x, y) in positions.items()}
            found = placed_beside(graph, exits, now, heights or {})
            missing = set(found) - set(positions)
            positions = positions | {
                step.id: [*found[step.id]] for step in graph.steps if step.id in missing
            }
    if positions is document.layout.positions:
        return document
    layout = document.layout.model_copy(update={"positions": positions})
    return document.model_copy(update={"layout": layout})


def _graph(document: Document, name: str | None) -> Graph:
    graph = document.journey if name is None else document.journey.sub_journey(name)
    if graph is None:
        raise EditError(f"there is no sub-journey “{name}”", mend="tidy one that there is.")
    return graph


def _exits(graph: Graph, journey: Journey) -> dict[str, tuple[str, ...]]:
    return {step.id: step.exits(journey) for step in graph.steps}


def _places(document: Document) -> Places:
    return {name: (x, y) for name, (x, y) in document.layout.positions.items()}
