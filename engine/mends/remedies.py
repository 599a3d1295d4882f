"""What quick fixes of many rules have in common: ways led on, steps put before others, names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from engine.document import Document
from engine.edit_kinds import Edit, Several, Splice, in_turn, look
from engine.edit_places import find_step, graph_place, links_of, respliced, without_links
from engine.edits import add_step, connect, move_steps, replace_step
from engine.element_edits import with_fields
from engine.journey import Graph, SubJourneyDefinition
from engine.layout import STEP_SIZE
from engine.new_step import new_step
from engine.removal import remove_steps
from engine.steps.base import Step
from engine.steps.finish import Exit
from engine.validation.finding import quoted

_GAP = 64.0
"""Room between a new step and the one that it is put beside."""


def graph_id(graph: Graph) -> str | None:
    """The id of a sub-journey; None for the journey itself."""
    return graph.id if isinstance(graph, SubJourneyDefinition) else None


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names that are so like `name` that they may be meant, the likest first."""
    return get_close_matches(name, [one for one in known if one != name], n=2, cutoff=0.6)


def begun(document: Document, kind: str, graph: Graph, **fields: object) -> Step:
    """A new step for a graph with some fields of its own."""
    return with_fields(new_step(document, kind, graph_id(graph)), **fields)


# ---- ways out


def ends(graph: Graph) -> list[Step]:
    """The steps of a graph with which a contact ends."""
    return [step for step in graph.steps if isinstance(step, Exit)]


def only_end(graph: Graph) -> str | None:
    """The step with which contacts end, if there is just one: where a loose way may lead."""
    found = ends(graph)
    return found[0].id if len(found) == 1 else None


def target(graph: Graph, source: str, *exits: str) -> str | None:
    """Where the first of these exits that leads to a step leads; else the only end, if any."""
    return way_on(graph, source, *exits) or only_end(graph)


def way_on(graph: Graph, source: str, *exits: str) -> str | None:
    """The step that the first of these exits leads to that leads to one, but to no `source`."""
    ids = {step.id for step in graph.steps} - {source}
    ways = (graph.links[number].to for one in exits for number in links_of(graph, source, one))
    return next((to for to in ways if to in ids), None)


def connect_all(document: Document, ways: Iterable[tuple[str, str]], to: str | None) -> Edit:
    """Link each of these exits, named with its step, to the step `to`, or close it."""
    edits: list[Edit] = []
    for source, exit_name in ways:
        edit = connect(document, source, exit_name, to)
        document = edit.apply(document)[0]
        edits.append(edit)
    return Several("Link exits", tuple(edits))


def lead_loose_exits(document: Document, name: str, to: str | None = None) -> Edit:
    """Link every exit of a step that has no link to the step `to`, or close it."""
    _, graph, number = find_step(document, name)
    step = graph.steps[number]
    loose = [one for one in step.exits(document.journey) if not links_of(graph, name, one)]
    return connect_all(document, [(name, one) for one in loose], to)


def change_step(document: Document, step: Step, to: str | None = None) -> Edit:
    """Exchange a step for one with its id; exits that are new lead to `to`, or are closed."""
    return in_turn(
        "Change step",
        document,
        lambda now: replace_step(now, step),
        lambda now: lead_loose_exits(now, step.id, to),
    )


def remove_links(document: Document, graph: str | None, numbers: Iterable[int]) -> Edit:
    """Remove the links of a graph that have these numbers."""
    place = graph_place(graph)
    return without_links("Remove link", place, look(document, place), numbers)


def take_out(document: Document, name: str, exit_name: str | None = None) -> Edit:
    """Remove the step `name`; what led to it leads to where its exit led, or is closed.

    exit_name: the first that leads to a step, if left out. A sub-journey that began with the
    step begins with what came after.
    """
    place, graph, number = find_step(document, name)
    exits = graph.steps[number].exits(document.journey) if exit_name is None else (exit_name,)
    after = way_on(graph, name, *exits)
    incoming = [(one.from_, one.exit) for one in graph.links if one.to == name != one.from_]
    # Nobody means a step to follow itself because what lay between is gone.
    onward = [way for way in incoming if way[0] != after]
    rest = [way for way in incoming if way[0] == after]
    is_first = number == 0 and graph_id(graph) is not None

    def first(now: Document) -> Edit:
        steps = look(now, place).steps
        ahead = [step for step in steps if step.id == after] if is_first else []
        return respliced(
            "", f"{place}.steps", steps, [*ahead, *(step for step in steps if step not in ahead)]
        )

    return in_turn(
        f"Remove {quoted(graph.steps[number].name)}",
        document,
        lambda now: connect_all(now, onward, after),
        lambda now: connect_all(now, rest, None),
        lambda now: remove_steps(now, [name]),
        first,
    )


# ---- steps before others


def put_before(document: Document, name: str, step: Step, rest: str | None = None) -> Edit:
    """Add `step` so that all ways to the step `name` lead over its first exit.

    rest: where its other exits lead; they are closed if it is left out. Where a sub-journey
    began at `name`, it begins at `step` now.
    """
    place, graph, number = find_step(document, name)
    incoming = [(link.from_, link.exit) for link in graph.links if link.to == name]
    first, *_ = step.exits(document.journey)
    position = beside(document, name, before=True)
    places = {} if position is None else {step.id: position}
    return in_turn(
        f"Insert step {quoted(step.name)}",
        document,
        lambda _: Splice("", f"{place}.steps", number, 0, (step,), frozenset({step.id})),
        lambda now: move_steps(now, places),
        lambda now: connect_all(now, incoming, step.id),
        lambda now: connect(now, step.id, first, name),
        lambda now: lead_loose_exits(now, step.id, rest),
    )


def add_beside(document: Document, name: str, step: Step) -> Edit:
    """Add `step` to the graph of the step `name`, in a free place to the right of that."""
    _, graph, _ = find_step(document, name)
    return add_step(document, step, beside(document, name), graph_id(graph))


def beside(document: Document, name: str, *, before: bool = False) -> tuple[float, float] | None:
    """A place right of the step `name`, or left of it, where no step lies; None if it has none."""
    if name not in document.layout.positions:
        return None
    width, height = STEP_SIZE
    x, y = document.layout.positions[name]
    x += (width + _GAP) * (-1 if before else 1)
    _, graph, _ = find_step(document, name)
    known = document.layout.positions
    others = [known[step.id] for step in graph.steps if step.id in known]
    while any(abs(x - left) < width and abs(y - top) < height for left, top in others):
        y += height + _GAP / 2
    return x, y
