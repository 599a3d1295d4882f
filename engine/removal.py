"""Removing steps: with all that hangs on them, and if wanted with what goes on over the gap."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.document import Document
from engine.edit_kinds import ABSENT, Edit, Keys, Several, look
from engine.edit_places import graph_place, respliced
from engine.errors import EditError
from engine.journey import Graph, Link

_Graphs = dict[str, tuple[Graph, set[str]]]
"""Graphs by their places, each with the ids of some of its steps."""


def remove_steps(document: Document, names: Collection[str], reconnect: bool = False) -> Edit:
    """Remove these steps with their links, their places and their assumptions.

    What else names them stays and is found by validation: a demand is work that nobody
    wants to lose because an entry is exchanged.

    reconnect: what led to a removed step leads to where that went on by its first exit.
    """
    graphs = _graphs(document, names)
    label = _label(graphs, reconnect)
    edits = [
        edit
        for place, (graph, gone) in graphs.items()
        for edit in _from_graph(document, label, place, graph, gone, reconnect=reconnect)
    ]
    edits += _from_sections(document, label, frozenset(names))
    return Several(label, tuple(edits))


def _graphs(document: Document, names: Collection[str]) -> _Graphs:
    """The graphs that have these steps, by their places, each with those of the steps in it."""
    left, found = set(names), _Graphs()
    for name in (None, *(sub.id for sub in document.journey.sub_journeys)):
        graph = look(document, graph_place(name))
        inside = left.intersection(step.id for step in graph.steps)
        if inside:
            found[graph_place(name)] = (graph, inside)
            left -= inside
    for name in sorted(left):
        raise EditError(f"there is no step “{name}”", mend="choose one of the journey's steps.")
    return found


def _label(graphs: _Graphs, reconnect: bool) -> str:
    said = [step.name for graph, gone in graphs.values() for step in graph.steps if step.id in gone]
    what = f"step “{said[0]}”" if len(said) == 1 else f"{len(said)} steps"
    return f"Remove {what} and reconnect" if reconnect else f"Remove {what}"


def _from_graph(
    document: Document, label: str, place: str, graph: Graph, gone: set[str], *, reconnect: bool
) -> Iterator[Edit]:
    onward = _Onward(document, graph, gone)
    new = [onward.led_on(link) if reconnect else link for link in graph.links]
    links = [link for link in new if not {link.from_, link.to} & gone]
    changed = [
        pair for pair in zip(graph.links, new, strict=True) if {pair[0].from_, pair[0].to} & gone
    ]
    ends = {end for pair in changed for link in pair for end in (link.from_, link.to) if end}
    steps = [step for step in graph.steps if step.id not in gone]
    yield respliced(label, f"{place}.links", graph.links, links, frozenset(ends))
    yield respliced(label, f"{place}.steps", graph.steps, steps, frozenset(gone))


class _Onward:
    """Where contacts go on when steps of a graph are gone."""

    def __init__(self, document: Document, graph: Graph, gone: set[str]) -> None:
        self._gone = gone
        links: dict[str, dict[str, Link]] = {name: {} for name in gone}
        for link in graph.links:
            links.get(link.from_, {}).setdefault(link.exit, link)
        self._ways: dict[str, list[Link]] = {}
        for step in graph.steps:
            if step.id in gone:
                known, exits = links[step.id], step.exits(document.journey)
                self._ways[step.id] = [known[one] for one in exits if one in known]

    def led_on(self, link: Link) -> Link:
        """The link as it is when it leads over the gap; itself if nothing is beyond."""
        if link.from_ in self._gone or link.to not in self._gone:
            return link
        way = self._beyond(link.to)
        # Nobody means a step to follow itself because what lay between is gone.
        if way is None or way.to == link.from_:
            return link
        return link.model_copy(update={"to": way.to})

    def _beyond(self, name: str) -> Link | None:
        """The first way from `name` to a step that stays, or else one that is closed."""
        closed: Link | None = None
        todo, seen = [name], {name}
        while todo:
            ways = self._ways[todo.pop()]
            for way in ways:
                if way.to is not None and way.to not in self._gone:
                    return way
                closed = closed or (way if way.to is None else None)
            further = [way.to for way in ways if way.to is not None and way.to not in seen]
            seen.update(further)
            todo += reversed(further)
        return closed


def _from_sections(document: Document, label: str, gone: frozenset[str]) -> Iterator[Edit]:
    positions, pinned = document.layout.positions, document.layout.pinned
    for at, known in (
        ("layout.positions", positions),
        ("assumptions.steps", document.assumptions.steps),
    ):
        found = {name: ABSENT for name in known if name in gone}
        if found:
            yield Keys(label, at, found)
    if gone.intersection(pinned):
        left = [name for name in pinned if name not in gone]
        yield respliced(label, "layout.pinned", pinned, left)
