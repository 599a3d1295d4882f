"""Where steps and links stand in a document: what edits of the graph have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.document import Document
from engine.edit_kinds import Edit, Several, Splice, look, number_of
from engine.errors import EditError
from engine.journey import Graph, SubJourneyDefinition


def graph_place(graph: str | None) -> str:
    """The place of the journey's own graph (None) or of a sub-journey."""
    return "journey" if graph is None else f"journey.sub_journeys.{graph}"


def find_step(document: Document, name: str) -> tuple[str, Graph, int]:
    """The place of the graph that has the step `name`, that graph, and the step's number."""
    for graph in document.journey.graphs():
        number = number_of(graph.steps, name)
        place = graph_place(graph.id if isinstance(graph, SubJourneyDefinition) else None)
        if number is not None and look(document, place) is graph:
            return place, graph, number
    raise EditError(f"there is no step “{name}”", mend="choose one of the journey's steps.")


def links_of(graph: Graph, source: str, exit_name: str) -> list[int]:
    """The numbers of the links from an exit; a sound journey has one at most."""
    links = enumerate(graph.links)
    return [n for n, link in links if link.from_ == source and link.exit == exit_name]


def without_links(label: str, place: str, graph: Graph, numbers: Iterable[int]) -> Edit:
    """Remove the links of these numbers, the last first, so that the others keep theirs."""
    edits = []
    for number in sorted(numbers, reverse=True):
        link = graph.links[number]
        ends = frozenset({link.from_, link.to} if link.to else {link.from_})
        edits.append(Splice(label, f"{place}.links", number, 1, (), ends))
    return Several(label, tuple(edits))


def respliced(
    label: str, at: str, old: list[Any], new: list[Any], touched: frozenset[str] = frozenset()
) -> Edit:
    """Make the list `old` at `at` into `new`: one piece, from the first difference to the last."""
    start = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one is not other),
        min(len(old), len(new)),
    )
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] is new[-1 - end]:
        end += 1
    inserted = tuple(new[start : len(new) - end])
    return Splice(label, at, start, len(old) - start - end, inserted, touched)
