"""A part of one document made to fit into another: ids, names and places of its own there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from engine.document import Document
from engine.element_edits import checked, with_fields
from engine.fresh_ids import Unused, step_ids
from engine.journey import Graph, Journey
from engine.layout import CanvasNote, Frame, Layout
from engine.naming import renamed
from engine.part import place_of, sourced
from engine.steps.base import Step

_NAMED = ("attributes", "purposes", "skills", "teams", "stages")
_STEP = 24.0
"""How far things go right and down until none lies exactly on another."""

Position = tuple[float, float]
_Drawn = TypeVar("_Drawn", Frame, CanvasNote)


def adapted(part: Document, target: Document, graph: str | None) -> Document:
    """`part` with what `target` does not have yet, under ids that are free there.

    graph: the sub-journey of `target` that the part is meant for.
    """
    known = {sub.id for sub in target.journey.sub_journeys}
    subs = [sub for sub in part.journey.sub_journeys if sub.id not in known]
    free = Unused(step_ids(target))
    own, *inner = [_Renaming(one, free) for one in (part.journey, *subs)]
    names = Unused(step.name for step in target.journey.all_steps())
    lists = {at: _lacking(getattr(part.journey, at), getattr(target.journey, at)) for at in _NAMED}
    journey = part.journey.model_copy(
        update={
            "steps": [one.model_copy(update={"name": names.name(one.name)}) for one in own.steps],
            "links": own.links,
            "sub_journeys": [
                sub.model_copy(update={"steps": new.steps, "links": new.links})
                for sub, new in zip(subs, inner, strict=True)
            ],
            **lists,
        }
    )
    pairs = [pair for new in (own, *inner) for pair in new.pairs]
    frames = [one for one in part.layout.frames if one.graph is None or one.graph not in known]
    notes = [one for one in part.layout.notes if one.graph is None or one.graph not in known]
    layout = Layout(
        positions=_by_new_id(part.layout.positions, pairs),
        pinned=[new for old, new in pairs if old in set(part.layout.pinned)],
        frames=_drawn(frames, target.layout.frames, graph),
        notes=_drawn(notes, target.layout.notes, graph),
    )
    assumptions = _assumptions(part, target, journey, pairs)
    return part.model_copy(
        update={"journey": journey, "layout": layout, "assumptions": assumptions}
    )


class _Renaming:
    """The steps and links of one graph under ids that are free.

    Of several steps with one id, each gets another; what refers to it means the first.
    """

    def __init__(self, graph: Graph, free: Unused) -> None:
        self.pairs = [(step.id, free.id(step.id)) for step in graph.steps]
        self.links = renamed(graph.links, {"step": dict(reversed(self.pairs))})
        self.steps: list[Step] = [
            step.model_copy(update={"id": name})
            for step, (_, name) in zip(graph.steps, self.pairs, strict=True)
        ]


def _lacking(items: list[Any], known: Iterable[Any]) -> list[Any]:
    """The items whose id is not known; of several with one id the first."""
    ids = {one.id for one in known}
    return list({one.id: one for one in reversed(items) if one.id not in ids}.values())[::-1]


def _by_new_id(mapping: Any, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {new: mapping[old] for old, new in pairs if old in mapping}


def _drawn(items: list[_Drawn], known: Iterable[_Drawn], graph: str | None) -> list[_Drawn]:
    free = Unused(one.id for one in known)
    return [
        one.model_copy(update={"id": free.id(one.id), "graph": one.graph or graph}) for one in items
    ]


def _assumptions(
    part: Document, target: Document, journey: Journey, pairs: list[tuple[str, str]]
) -> Any:
    """What is assumed of the steps, and of whatever else the target does not have yet."""
    old, there = part.assumptions, target.assumptions
    new = dict(reversed(pairs))
    teams = {team.id for team in journey.teams} - set(there.staffing)
    attributes = {one.id for one in journey.attributes} - set(there.population)
    types = {step.id: type(step).assumptions for step in journey.all_steps()}
    steps = _by_new_id(old.steps, pairs)
    made = old.model_copy(
        update={
            "steps": {
                name: renamed(one, {"step": new})
                for name, one in steps.items()
                if type(one) is types[name]
            },
            "staffing": {name: one for name, one in old.staffing.items() if name in teams},
            "population": {name: one for name, one in old.population.items() if name in attributes},
            "demand": renamed(_lacking(old.demand, there.demand), {"step": new}),
            "need": old.need if old.need in attributes and there.need is None else None,
        }
    )
    places = sourced(made) | {f"journey/steps/{name}" for name in types}
    known = {source.at for source in there.sources}
    moved = [source.model_copy(update={"at": _moved(source.at, new)}) for source in old.sources]
    kept = [one for one in moved if place_of(one.at) in places and one.at not in known]
    return made.model_copy(update={"sources": kept})


def _moved(at: str, new: dict[str, str]) -> str:
    """The place of a step's number under the step's new id."""
    head, _, rest = at.partition("/steps/")
    name, slash, field = rest.partition("/")
    return f"{head}/steps/{new.get(name, name)}{slash}{field}" if rest else at


def placed(part: Document, target: Document, graph: str | None, at: Position | None) -> Document:
    """`part` moved so that its upper left corner is `at`, or on until it covers nothing."""
    own = {step.id for step in part.journey.steps}
    spots = [*_spots(part, own, graph)]
    x, y = (0.0, 0.0) if at is None or not spots else _between(spots, at)
    there = target.journey if graph is None else target.journey.sub_journey(graph)
    ids = {step.id for step in there.steps} if there else set()
    covered = set(_spots(target, ids, graph))
    while any((kind, left + x, top + y) in covered for kind, left, top in spots):
        x, y = x + _STEP, y + _STEP
    return part.model_copy(update={"layout": _shifted(part.layout, own, graph, (x, y))})


def _spots(
    document: Document, steps: Collection[str], graph: str | None
) -> Iterator[tuple[str, float, float]]:
    """What lies where on one canvas: kind and upper left corner."""
    layout = document.layout
    for name, (x, y) in layout.positions.items():
        if name in steps:
            yield "step", x, y
    yield from (("frame", one.x, one.y) for one in layout.frames if one.graph == graph)
    yield from (("note", one.x, one.y) for one in layout.notes if one.graph == graph)


def _between(spots: list[tuple[str, float, float]], at: Position) -> Position:
    return at[0] - min(x for _, x, _ in spots), at[1] - min(y for _, _, y in spots)


def _shifted(layout: Layout, steps: Collection[str], graph: str | None, by: Position) -> Layout:
    def moved(one: _Drawn) -> _Drawn:
        return with_fields(one, x=one.x + by[0], y=one.y + by[1]) if one.graph == graph else one

    positions = {
        name: [place[0] + by[0], place[1] + by[1]] if name in steps else place
        for name, place in layout.positions.items()
    }
    frames, notes = [moved(one) for one in layout.frames], [moved(one) for one in layout.notes]
    fields = {"positions": positions, "pinned": layout.pinned, "frames": frames, "notes": notes}
    return checked(Layout, fields)
