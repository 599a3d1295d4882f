"""Where the steps of a graph are drawn."""

from __future__ import annotations

from designer.canvas.measures import card_height
from engine.document import Document
from engine.journey import Graph
from engine.tidy import placed


def places_of(document: Document, graph: Graph) -> dict[str, tuple[float, float]]:
    """x and y of the upper left corner of every step; those without a place get one."""
    known = document.layout.positions
    if any(step.id not in known for step in graph.steps):
        known = placed(document, heights_of(document, graph)).layout.positions
    return {step.id: (known[step.id][0], known[step.id][1]) for step in graph.steps}


def heights_of(document: Document, graph: Graph) -> dict[str, float]:
    """How tall the card of every step is."""
    journey = document.journey
    return {step.id: float(card_height(len(step.exits(journey)))) for step in graph.steps}
