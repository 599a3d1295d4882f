"""Edits of the graph in one gesture: a step put after an exit or onto a link, a new name."""

from __future__ import annotations

from engine.document import Document
from engine.edit_kinds import Edit, SetField, Several, in_turn
from engine.edit_places import find_step, links_of
from engine.edits import add_step, connect, move_steps
from engine.errors import EditError
from engine.journey import Graph, SubJourneyDefinition
from engine.removal import remove_steps
from engine.steps.base import Step

__all__ = [
    "append_step",
    "insert_on_link",
    "move_onto_link",
    "remove_steps",
    "rename_step",
]

Position = tuple[float, float] | None


def append_step(
    document: Document, source: str, exit_name: str, step: Step, position: Position = None
) -> Edit:
    """Add `step` and let the exit of `source` lead to it; what it led to is let go."""
    graph = _name(find_step(document, source)[1])
    return in_turn(
        f"Add step “{step.name}”",
        document,
        lambda now: add_step(now, step, position, graph),
        lambda now: connect(now, source, exit_name, step.id),
    )


def insert_on_link(
    document: Document, source: str, exit_name: str, step: Step, position: Position = None
) -> Edit:
    """Add `step` between the exit of `source` and where that leads, if it leads anywhere.

    The first exit of `step` leads on. A step without exits is where this way now ends.
    """
    graph = _name(find_step(document, source)[1])
    return in_turn(
        f"Insert step “{step.name}”",
        document,
        lambda now: add_step(now, step, position, graph),
        lambda now: _onto(now, step.id, source, exit_name),
    )


def move_onto_link(
    document: Document, name: str, source: str, exit_name: str, position: Position = None
) -> Edit:
    """Put the step `name`, which nothing is linked to yet, onto a link; and move it there."""
    place, graph, number = find_step(document, name)
    step = graph.steps[number]
    if find_step(document, source)[0] != place:
        raise EditError(f"“{step.name}” is in another graph", mend="choose a link beside it.")
    if source == name:
        raise EditError(f"“{step.name}” cannot come after itself", mend="choose another link.")
    if any(link.to and name in {link.from_, link.to} for link in graph.links):
        mend = "unlink it first, or drop it beside the link."
        raise EditError(f"“{step.name}” is linked already", mend=mend)
    label = f"Insert step “{step.name}”"
    moved = () if position is None else (lambda now: move_steps(now, {name: position}),)
    return in_turn(label, document, lambda now: _onto(now, name, source, exit_name), *moved)


def rename_step(document: Document, name: str, to: str) -> Edit:
    """Give the step with the id `name` the name `to` for people; its id stays."""
    place, _, _ = find_step(document, name)
    return SetField(f"Rename step “{to}”", f"{place}.steps.{name}.name", to, frozenset({name}))


def _name(graph: Graph) -> str | None:
    return graph.id if isinstance(graph, SubJourneyDefinition) else None


def _onto(document: Document, name: str, source: str, exit_name: str) -> Edit:
    """Link the exit to the step, and the step's first exit to where the other one led."""
    _, graph, number = find_step(document, name)
    first = graph.steps[number].exits(document.journey)[:1]
    old = [graph.links[n].to for n in links_of(graph, source, exit_name)][:1]
    edits = [connect(document, source, exit_name, name)]
    for onward, to in zip(first, old, strict=False):
        if not _dangles(graph, to):
            edits.append(connect(edits[0].apply(document)[0], name, onward, to))
    return Several(edits[0].label, tuple(edits))


def _dangles(graph: Graph, to: str | None) -> bool:
    return to is not None and all(step.id != to for step in graph.steps)
