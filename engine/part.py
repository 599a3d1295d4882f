"""A part of a document that can stand by itself: some steps with all that they need.

It is a document again, so it is read, checked and written by the same rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from engine.assumptions import Assumptions
from engine.document import Document
from engine.errors import EditError
from engine.journey import Graph, Journey, Link, SubJourneyDefinition
from engine.layout import CanvasNote, Frame, Layout
from engine.naming import names_in
from engine.steps.base import Step


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Named)
_Any = TypeVar("_Any")


def part(
    document: Document,
    names: Collection[str],
    frames: Collection[str] = (),
    notes: Collection[str] = (),
) -> Document:
    """The steps, frames and notes with these ids, and whatever the steps need to be understood.

    That is the links among them and their closed exits; attributes, purposes, skills, teams,
    stages and sub-journeys that they name; their places, and what is assumed of all these.
    """
    chosen = frozenset(names)
    for name in sorted(chosen.difference(step.id for step in document.journey.all_steps())):
        raise EditError(f"there is no step “{name}”", mend="choose one of the journey's steps.")
    graphs = [_within(graph, chosen) for graph in document.journey.graphs()]
    own = Graph(
        steps=[step for graph in graphs for step in graph.steps],
        links=[link for graph in graphs for link in graph.links],
    )
    called = _called(document.journey, own.steps)
    steps = [*own.steps, *(step for sub in called for step in sub.steps)]
    journey = _journey(document, own, called, steps)
    layout = _layout(document.layout, steps, called, frozenset(frames), frozenset(notes))
    return Document(journey=journey, layout=layout, assumptions=_assumptions(document, journey))


def _within(graph: Graph, chosen: frozenset[str]) -> Graph:
    steps = [step for step in graph.steps if step.id in chosen]
    ids = {step.id for step in steps}

    def leads_inside(link: Link) -> bool:
        return link.from_ in ids and (link.to is None or link.to in ids)

    return Graph(steps=steps, links=[link for link in graph.links if leads_inside(link)])


def _called(journey: Journey, steps: Iterable[Step]) -> list[SubJourneyDefinition]:
    """The sub-journeys that take place in these steps, and in those that these call."""
    todo = list(steps)
    found: dict[str, SubJourneyDefinition] = {}
    while todo:
        name = todo.pop().calls()
        sub = None if name is None or name in found else journey.sub_journey(name)
        if sub is not None:
            found[sub.id] = sub
            todo += sub.steps
    return [sub for sub in journey.sub_journeys if found.get(sub.id) is sub]


def _journey(
    document: Document, own: Graph, called: list[SubJourneyDefinition], steps: list[Step]
) -> Journey:
    old = document.journey
    assumed = document.assumptions.steps
    names = set(names_in([*steps, *(assumed[s.id] for s in steps if s.id in assumed)]))
    attributes = _named(old.attributes, names, "attribute")
    names.update(names_in(attributes))
    serving = {team.id for step in steps for team in step.served_by(old)}
    teams = _named(old.teams, names | {("team", name) for name in serving}, "team")
    names.update(names_in(teams))
    return Journey(
        id=old.id,
        name=old.name,
        steps=own.steps,
        links=own.links,
        attributes=attributes,
        purposes=_named(old.purposes, names, "purpose"),
        skills=_named(old.skills, names, "skill"),
        teams=teams,
        stages=_named(old.stages, names, "stage"),
        sub_journeys=called,
    )


def _named(items: list[_Item], names: Collection[tuple[str, str]], kind: str) -> list[_Item]:
    return [item for item in items if (kind, item.id) in names]


def _layout(
    old: Layout,
    steps: list[Step],
    called: list[SubJourneyDefinition],
    frames: frozenset[str],
    notes: frozenset[str],
) -> Layout:
    ids, inner = {step.id for step in steps}, {sub.id for sub in called}
    return Layout(
        positions=_of(old.positions, ids),
        pinned=[name for name in old.pinned if name in ids],
        frames=[_on_canvas(one, frames, inner) for one in _drawn(old.frames, frames, inner)],
        notes=[_on_canvas(one, notes, inner) for one in _drawn(old.notes, notes, inner)],
    )


_Drawn = TypeVar("_Drawn", Frame, CanvasNote)


def _drawn(items: list[_Drawn], chosen: frozenset[str], inner: set[str]) -> list[_Drawn]:
    return [one for one in items if one.id in chosen or one.graph in inner]


def _on_canvas(one: _Drawn, chosen: frozenset[str], inner: set[str]) -> _Drawn:
    """What was chosen lies on the part's own canvas, whichever it came from."""
    stays = one.graph is None or (one.graph in inner and one.id not in chosen)
    return one if stays else one.model_copy(update={"graph": None})


def _of(mapping: Mapping[str, _Any], names: Collection[str]) -> dict[str, _Any]:
    return {key: value for key, value in mapping.items() if key in names}


def _assumptions(document: Document, journey: Journey) -> Assumptions:
    """What is assumed of the steps, teams, attributes and entries of the part."""
    old = document.assumptions
    steps = {step.id for step in journey.all_steps()}
    entries = {step.id for step in journey.steps}
    attributes = {one.id for one in journey.attributes}
    new: dict[str, Any] = {
        "demand": [one for one in old.demand if one.entry in entries],
        "population": _of(old.population, attributes),
        "need": old.need if old.need in attributes else None,
        "staffing": _of(old.staffing, {team.id for team in journey.teams}),
        "steps": _of(old.steps, steps),
    }
    # Assumptions of steps are of many types, so they are not put through the model again.
    made = Assumptions().model_copy(update=new)
    places = sourced(made) | {f"journey/steps/{name}" for name in steps}
    sources = [one for one in old.sources if place_of(one.at) in places]
    return made.model_copy(update={"sources": sources})


def sourced(assumptions: Assumptions) -> set[str]:
    """The places of what these assumptions hold, as far as notes on sources travel with it."""
    return {
        f"assumptions/{section}/{name}"
        for section in ("demand", "population", "staffing", "steps")
        for one in getattr(assumptions, section)
        for name in [getattr(one, "id", one)]
    }


def place_of(at: str) -> str:
    """The element that a place is in: its first three parts."""
    return "/".join(at.split("/")[:3])
