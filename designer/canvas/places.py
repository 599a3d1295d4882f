"""Where the steps of a graph are drawn."""

from __future__ import annotations

from designer.canvas.measures import card_height
from engine.document import Document
from engine.edits import Edit, Several, move_steps
from engine.journey import Graph
from engine.tidy import placed

Place = tuple[float, float]


class Places:
    """Steps that have no place in the document get one here, and keep it while it is open."""

    def __init__(self) -> None:
        self._given: dict[str, Place] = {}

    def of(self, document: Document, graph: Graph) -> dict[str, Place]:
        """x and y of the upper left corner of every step."""
        known = document.layout.positions
        lacking = [step.id for step in graph.steps if step.id not in known]
        if not self._given.keys() >= set(lacking):
            self._give(document, graph, lacking)
        return {
            step.id: (known[step.id][0], known[step.id][1])
            if step.id in known
            else self._given[step.id]
            for step in graph.steps
        }

    def _give(self, document: Document, graph: Graph, lacking: list[str]) -> None:
        had = {name: [*self._given[name]] for name in lacking if name in self._given}
        positions = {**document.layout.positions, **had}
        layout = document.layout.model_copy(update={"positions": positions})
        seen = document.model_copy(update={"layout": layout})
        found = placed(seen, heights_of(document, graph)).layout.positions
        self._given.update({name: (found[name][0], found[name][1]) for name in lacking})


def places_of(document: Document, graph: Graph) -> dict[str, Place]:
    """Where the steps would be drawn if the document were opened now."""
    return Places().of(document, graph)


def with_places(document: Document, shown: dict[str, Place], edit: Edit) -> Edit:
    """The edit, which puts steps somewhere; the others stay where they are `shown`, for good."""
    lacking = {n: at for n, at in shown.items() if n not in document.layout.positions}
    return Several(edit.label, (move_steps(document, lacking), edit)) if lacking else edit


def heights_of(document: Document, graph: Graph) -> dict[str, float]:
    """How tall the card of every step is."""
    journey = document.journey
    return {step.id: float(card_height(len(step.exits(journey)))) for step in graph.steps}
