"""Mends of W501 and W502: ids that are used once, and mean nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from engine.document import Document
from engine.edit_kinds import ABSENT, Edit, Keys, Several, look
from engine.edit_places import graph_place, respliced
from engine.element_edits import with_fields
from engine.fresh_ids import Unused, as_identifier, step_ids
from engine.journey import Link
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import way_on
from engine.mends.trouble import Trouble
from engine.naming import renamed
from engine.profile import RESERVED_NAMES
from engine.renaming import rename_attribute, rename_input
from engine.steps.base import Step
from engine.validation.finding import quoted
from engine.validation.subject import Spot

_ASIDE = 24.0


@mends_of("W501")
def _double_id(trouble: Trouble) -> Iterator[Offer]:
    if trouble.finding.step is not None:
        yield from _double_step(trouble)
        return
    *way, name = trouble.field.split("/")
    at = ".".join(way)
    items = look(trouble.document, at)
    same = [n for n, one in enumerate(items) if one.id == name]
    # Whoever calls a sub-journey goes by these ids, so there can be but one of each.
    if way[-1] in {"outcomes", "inputs"} or all(items[n] == items[same[0]] for n in same):
        yield offer("Remove what stands there again", _without_again, at, same[1:])
    if way[-1] not in {"outcomes", "inputs"}:
        yield offer("Give the further one an id of its own", _with_ids, at, same[1:])


def _double_step(trouble: Trouble) -> Iterator[Offer]:
    subs = [sub.id for sub in trouble.journey.sub_journeys]
    if subs.count(trouble.view.id or "") > 1:
        return  # first it must be plain which sub-journey is meant
    place, steps = graph_place(trouble.view.id), trouble.graph.steps
    numbers = [n for n, step in enumerate(steps) if step.id == trouble.name]
    if len(numbers) > 1 and all(steps[n] == steps[numbers[0]] for n in numbers):
        yield offer("Remove what stands there again", _without_again, f"{place}.steps", numbers[1:])
    yield offer("Give the further step an id of its own", _with_own_id, trouble)


def _without_again(document: Document, at: str, numbers: list[int]) -> Edit:
    items = look(document, at)
    kept = [one for n, one in enumerate(items) if n not in numbers]
    return respliced("Remove again", at, items, kept)


def _with_ids(document: Document, at: str, numbers: list[int]) -> Edit:
    items = look(document, at)
    free = Unused(one.id for one in items)
    new = [
        with_fields(one, id=free.id(one.id)) if n in numbers else one for n, one in enumerate(items)
    ]
    return guarded(document, respliced("Give ids", at, items, new), "W101", "W102", "W501")


def _with_own_id(document: Document, trouble: Trouble) -> Edit:
    """Steps after the first that have the id; links beside them that mean them go with them.

    Where the first is beside them, links mean the first, and theirs lead to where its lead.
    """
    name, graph, place = trouble.name, trouble.graph, graph_place(trouble.view.id)
    numbers = [n for n, step in enumerate(graph.steps) if step.id == name]
    is_first_here = _first(trouble).graph is trouble.view
    free = Unused(step_ids(document))
    steps, new = list(graph.steps), dict[str, Step]()
    for number in numbers[1:] if is_first_here else numbers:
        steps[number] = steps[number].model_copy(update={"id": free.id(name)})
        new[steps[number].id] = steps[number]
    links = graph.links
    alike = [link for step in new.values() for link in _alike(trouble, step)]
    if not is_first_here:
        own = next(iter(new))
        links = renamed(links, {"step": {name: own}})
        alike = [link for link in alike if link.from_ != own]
    edits = [
        respliced("Give ids", f"{place}.steps", graph.steps, steps, frozenset({name, *new})),
        respliced("Give ids", f"{place}.links", graph.links, [*links, *alike]),
    ]
    return Several("Give ids", (*edits, *_copied(document, trouble, new)))


def _alike(trouble: Trouble, step: Step) -> Iterator[Link]:
    """A link for each exit, to where the exit of that name leads of the step that keeps the id."""
    for exit_name in dict.fromkeys(step.exits(trouble.journey)):
        to = way_on(trouble.graph, trouble.name, exit_name)
        yield Link(from_=step.id, exit=exit_name, to=to)


def _first(trouble: Trouble) -> Spot:
    """The step that keeps the id."""
    return next(spot for spot in trouble.subject.spots if spot.step.id == trouble.name)


def _copied(document: Document, trouble: Trouble, new: dict[str, Step]) -> Iterator[Edit]:
    """What lies and is assumed under the old id also under the new ones, where it fits."""
    name = trouble.name
    if name in document.layout.positions:
        x, y = document.layout.positions[name]
        aside = {one: [x + _ASIDE * n, y + _ASIDE * n] for n, one in enumerate(new, 1)}
        yield Keys("Give ids", "layout.positions", aside)
    assumed = document.assumptions.steps.get(name)
    if assumed is not None:
        fitting = [one for one, step in new.items() if type(step).assumptions is type(assumed)]
        values: dict[str, object] = dict.fromkeys(fitting, assumed)
        if type(_first(trouble).step).assumptions is not type(assumed):
            values[name] = ABSENT
        yield Keys("Give ids", "assumptions.steps", values)


@mends_of("W502")
def _reserved(trouble: Trouble) -> Iterator[Offer]:
    if trouble.part(1) == "attributes":
        old = trouble.part(2)
        taken = {*trouble.subject.attributes, *RESERVED_NAMES}
        new = Unused(taken).id(as_identifier(f"customer_{old}", "own"))
        yield offer(f"Call it {quoted(new)} everywhere", rename_attribute, old, new)
    else:
        sub, old = trouble.part(2), trouble.part(4)
        inputs = look(trouble.document, f"journey.sub_journeys.{sub}.inputs")
        new = Unused([*(one.id for one in inputs), *RESERVED_NAMES]).id(
            as_identifier(f"given_{old}", "given")
        )
        yield offer(f"Call it {quoted(new)} everywhere", rename_input, sub, old, new)
