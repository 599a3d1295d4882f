"""Edits of a document by their meaning: what the designer does, each with its undo."""

from __future__ import annotations

from collections.abc import Mapping

from engine.document import Document
from engine.edit_kinds import ABSENT, Edit, Keys, SetField, Several, Splice, look
from engine.edit_places import find_step, graph_place, links_of, without_links
from engine.element_edits import put_named, remove_named
from engine.errors import EditError
from engine.journey import Link
from engine.moves import move_all
from engine.profile import Attribute
from engine.removal import remove_steps
from engine.steps.base import Step, StepAssumptions

__all__ = [
    "ABSENT",
    "Edit",
    "Keys",
    "SetField",
    "Several",
    "Splice",
    "add_step",
    "close_exit",
    "connect",
    "disconnect",
    "move_steps",
    "put_attribute",
    "put_named",
    "remove_attribute",
    "remove_named",
    "remove_step",
    "replace_step",
    "set_assumptions",
]


def add_step(
    document: Document,
    step: Step,
    position: tuple[float, float] | None = None,
    graph: str | None = None,
) -> Edit:
    """Add `step` as the last of the journey or the sub-journey `graph`, at `position`."""
    if any(other.id == step.id for other in document.journey.all_steps()):
        raise EditError(f"there is a step with the id “{step.id}”", mend="use another id.")
    at = f"{graph_place(graph)}.steps"
    label, touched = f"Add step “{step.name}”", frozenset({step.id})
    edits: list[Edit] = [Splice(label, at, len(look(document, at)), 0, (step,), touched)]
    if position is not None:
        edits.append(move_steps(document, {step.id: position}))
    return Several(label, tuple(edits))


def remove_step(document: Document, name: str) -> Edit:
    """Remove the step `name` with its links, its place and its assumptions."""
    return remove_steps(document, (name,))


def replace_step(document: Document, step: Step) -> Edit:
    """Put `step` in the place of the one with its id; what fits it no longer goes.

    That is the links of exits that it does not have, and assumptions of another type.
    """
    place, graph, index = find_step(document, step.id)
    label, touched = f"Change step “{step.name}”", frozenset({step.id})
    edits: list[Edit] = [Splice(label, f"{place}.steps", index, 1, (step,), touched)]
    exits = set(step.exits(document.journey))
    gone = set(graph.steps[index].exits(document.journey)) - exits
    lost = [n for n, link in enumerate(graph.links) if link.from_ == step.id and link.exit in gone]
    if lost:
        edits.append(without_links(label, place, graph, lost))
    known = document.assumptions.steps.get(step.id)
    if known is not None and type(known) is not type(step).assumptions:
        edits.append(Keys(label, "assumptions.steps", {step.id: ABSENT}))
    return Several(label, tuple(edits))


def connect(document: Document, source: str, exit_name: str, to: str | None) -> Edit:
    """Link the exit of the step `source` to the step `to`; a link that it has is replaced."""
    place, graph, index = find_step(document, source)
    step = graph.steps[index]
    if exit_name not in step.exits(document.journey):
        raise EditError(f"“{step.name}” has no exit “{exit_name}”", mend="use one that it has.")
    if to is not None and all(other.id != to for other in graph.steps):
        raise EditError(f"there is no step “{to}” beside “{source}”", mend="link to one.")
    doing = "Close" if to is None else "Link"
    label = f"{doing} exit “{exit_name}” of “{step.name}”"
    link = Link(from_=source, exit=exit_name, to=to)
    found = links_of(graph, source, exit_name)
    position, removed = (found[0], 1) if found else (len(graph.links), 0)
    touched = frozenset({source, to} if to else {source})
    put = Splice(label, f"{place}.links", position, removed, (link,), touched)
    return Several(label, (without_links(label, place, graph, found[1:]), put))


def close_exit(document: Document, source: str, exit_name: str) -> Edit:
    """Close the exit on purpose: contacts that take it end there."""
    return connect(document, source, exit_name, None)


def disconnect(document: Document, source: str, exit_name: str) -> Edit:
    """Remove the link of an exit, or open it again if it is closed."""
    place, graph, index = find_step(document, source)
    found = links_of(graph, source, exit_name)
    if not found:
        raise EditError(f"the exit “{exit_name}” of “{source}” has no link", mend="choose another.")
    label = f"Unlink exit “{exit_name}” of “{graph.steps[index].name}”"
    return without_links(label, place, graph, found)


def move_steps(document: Document, positions: Mapping[str, tuple[float, float]]) -> Edit:
    """Put steps where `positions` says: x and y of their upper left corners."""
    return move_all(document, positions)


def set_assumptions(document: Document, name: str, assumptions: StepAssumptions | None) -> Edit:
    """Give the step `name` these assumptions; with None those of its type apply."""
    _, graph, index = find_step(document, name)
    step = graph.steps[index]
    if assumptions is not None and type(assumptions) is not type(step).assumptions:
        raise EditError(f"these assumptions do not fit “{step.name}”", mend="use its own type's.")
    value = ABSENT if assumptions is None else assumptions
    label = f"Change assumptions of “{step.name}”"
    return Keys(label, "assumptions.steps", {name: value}, touched=frozenset({name}))


def put_attribute(document: Document, attribute: Attribute) -> Edit:
    """Add `attribute` to the catalogue, or change the one with its id."""
    return put_named(document, "journey.attributes", attribute)


def remove_attribute(document: Document, name: str) -> Edit:
    """Remove the attribute `name` from the catalogue."""
    return remove_named(document, "journey.attributes", name)
