"""Where the steps of a graph are drawn."""

from __future__ import annotations

from engine.document import Document
from engine.journey import Graph


def places_of(document: Document, graph: Graph) -> dict[str, tuple[float, float]]:
    """x and y of the upper left corner of every step; those without a place get one."""
    known = document.layout.positions
    return {
        s.id: (known[s.id][0], known[s.id][1]) if s.id in known else (0.0, 0.0) for s in graph.steps
    }
