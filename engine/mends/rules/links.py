"""Mends of W101 to W106 and W403: exits, links and steps that lead nowhere or are never reached."""

from __future__ import annotations

from collections.abc import Iterator

from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.edit_places import links_of, respliced
from engine.edits import add_step, close_exit, connect
from engine.element_edits import with_fields
from engine.fresh_ids import as_identifier
from engine.journey import Link
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import begun, beside, ends, graph_id, nearest, remove_links, take_out
from engine.mends.trouble import Trouble
from engine.removal import remove_steps
from engine.validation.finding import quoted
from engine.validation.flow import reached
from engine.validation.rules.choices import own_choices
from engine.validation.rules.links import unlinked
from engine.validation.subject import GraphView

_MOST = 3
"""So many steps are offered to choose from."""
_WHERE_PEOPLE_COME = ("W106", "W111", "W311", "W313", "W314", "W316", "W321")
"""Rules about steps to which somebody comes."""


@mends_of("W101", "W403")
def _loose_exit(trouble: Trouble) -> Iterator[Offer]:
    exit_name, step = trouble.field, trouble.step
    if exit_name in trouble.spot.exits:
        said = _exit_said(trouble, exit_name)
        found = ends(trouble.graph)
        if len(found) == 1:
            label = f"Link exit {said} to {quoted(found[0].name)}"
            yield offer(label, connect, step.id, exit_name, found[0].id)
        close = offer(f"Close exit {said}", close_exit, step.id, exit_name)
        add = offer(f"Add an exit step after {said}", _ended, trouble, exit_name)
        # The way that all hope for is hardly meant to end without a word of how it ended.
        is_hoped_for = exit_name == trouble.spot.exits[0]
        yield from (add, close) if is_hoped_for or not found else (close, add)


def _exit_said(trouble: Trouble, exit_name: str) -> str:
    return quoted(trouble.step.exit_label(exit_name, trouble.journey))


def _ended(document: Document, trouble: Trouble, exit_name: str) -> Edit:
    """A new exit step after the exit, called like it where it is a way to fail."""
    step, graph = trouble.step, trouble.graph
    end = begun(document, "exit", graph, **_outcome(trouble, exit_name))
    position = beside(document, step.id)
    return in_turn(
        "Add exit step",
        document,
        lambda now: add_step(now, end, position, graph_id(graph)),
        lambda now: connect(now, step.id, exit_name, end.id),
    )


def _outcome(trouble: Trouble, exit_name: str) -> dict[str, object]:
    step, graph = trouble.step, trouble.graph
    # Steps list the way that all hope for first; branches and options are no better or worse.
    if exit_name in {trouble.spot.exits[0], *own_choices(step)}:
        return {}
    label = step.exit_label(exit_name, trouble.journey)
    name = label[:1].upper() + label[1:]
    if graph_id(graph) is not None:
        return {"name": name, "resolved": False}
    return {"name": name, "outcome": as_identifier(exit_name, "done"), "resolved": False}


@mends_of("W102")
def _dangling_link(trouble: Trouble) -> Iterator[Offer]:
    for view in trouble.subject.graphs:
        numbers = [n for n, link in enumerate(view.graph.links) if _is_meant(trouble, view, link)]
        needed = [n for n in numbers if _is_needed(view, view.graph.links[n])]
        rest = [n for n in numbers if n not in needed]
        if rest:
            said = "the link" if len(rest) == 1 else f"the {len(rest)} links"
            yield offer(f"Remove {said}", remove_links, view.id, rest)
        for link in (view.graph.links[n] for n in needed):
            for name in nearest(link.to or "", view.by_id):
                label = f"Link it to {quoted(view.by_id[name].step.name)}"
                yield offer(label, _linked, link.from_, link.exit, name)
            yield from _loose_exit(trouble)


def _is_meant(trouble: Trouble, view: GraphView, link: Link) -> bool:
    """Whether the finding is about this link: it tells the exit, and the step that is missing."""
    gone = [one for one in (link.from_, link.to) if one is not None and one not in view.by_id]
    said = any(quoted(one) in trouble.finding.what for one in gone)
    return said and link.exit == trouble.field


def _is_needed(view: GraphView, link: Link) -> bool:
    """Whether the exit would lead nowhere without this link."""
    spot = view.by_id.get(link.from_)
    if spot is None or link.exit not in spot.exits:
        return False
    others = (one for one in spot.links(link.exit) if one is not link)
    return all(one.to is not None and one.to not in view.by_id for one in others)


@mends_of("W103")
def _unknown_exit(trouble: Trouble) -> Iterator[Offer]:
    graph, spot = trouble.graph, trouble.spot
    numbers = links_of(graph, spot.step.id, trouble.field)
    loose = [one for one in spot.exits if not spot.links(one)]
    likely = [*nearest(trouble.field, loose), *(loose if len(loose) == 1 else ())]
    for exit_name in dict.fromkeys(likely):
        label = f"Let it begin at {_exit_said(trouble, exit_name)}"
        yield offer(label, _begun_at, trouble, numbers, exit_name)
    said = "the link" if len(numbers) == 1 else f"the {len(numbers)} links"
    yield offer(f"Remove {said}", remove_links, trouble.view.id, numbers)


def _begun_at(document: Document, trouble: Trouble, numbers: list[int], exit_name: str) -> Edit:
    to = trouble.graph.links[numbers[0]].to
    edit = in_turn(
        "Move link",
        document,
        lambda now: remove_links(now, trouble.view.id, numbers),
        lambda now: connect(now, trouble.name, exit_name, to),
    )
    return guarded(document, edit, *_WHERE_PEOPLE_COME)


@mends_of("W104")
def _linked_twice(trouble: Trouble) -> Iterator[Offer]:
    for link in trouble.spot.links(trouble.field)[:_MOST]:
        other = trouble.view.by_id.get(link.to or "")
        label = f"Keep the link to {other.said}" if other else "Keep the exit closed"
        yield offer(label, _linked, trouble.name, trouble.field, link.to)


def _linked(document: Document, source: str, exit_name: str, to: str | None) -> Edit:
    """A link to where nobody came before, unless what lies there would then be wrong."""
    return guarded(document, connect(document, source, exit_name, to), *_WHERE_PEOPLE_COME)


@mends_of("W105")
def _unreached(trouble: Trouble) -> Iterator[Offer]:
    view, name = trouble.view, trouble.name
    found = reached([spot.local for spot in view.starts()], view.ways)
    there = [spot for spot in view.spots if spot.local in found]
    loose = [(spot, one) for spot, one in unlinked(trouble.subject) if spot in there]
    if len(loose) == 1:
        spot, exit_name = loose[0]
        said = quoted(spot.step.exit_label(exit_name, trouble.journey))
        label = f"Link exit {said} of {spot.said} to it"
        yield offer(label, _linked, spot.step.id, exit_name, name)
    yield offer(f"Remove {quoted(trouble.step.name)}", _gone, [name])
    lost = [spot.step.id for spot in view.spots if spot.local not in found]
    if len(lost) > 1:
        yield offer(f"Remove all {len(lost)} steps that are never reached", _gone, lost)


def _gone(document: Document, names: list[str]) -> Edit:
    """Steps without which nothing else is amiss: not the only ones that write an attribute."""
    edit = in_turn(
        "Remove steps",
        document,
        lambda now: take_out(now, names[0]) if len(names) == 1 else remove_steps(now, names),
        lambda now: _without_outages(now, names),
    )
    return guarded(document, edit, "W304")


def _without_outages(document: Document, names: list[str]) -> Edit:
    """Let no outage hit these steps."""
    outages = document.assumptions.outages
    new = [
        with_fields(one, steps=[step for step in one.steps if step not in names])
        if set(names) & set(one.steps)
        else one
        for one in outages
    ]
    return respliced("Change outages", "assumptions.outages", outages, new)


@mends_of("W106")
def _no_end(trouble: Trouble) -> Iterator[Offer]:
    """By the last of its exits: the first is the way that all hope for."""
    for exit_name in trouble.spot.exits[-1:]:
        said = _exit_said(trouble, exit_name)
        for end in ends(trouble.graph)[:_MOST]:
            label = f"Link exit {said} to {quoted(end.name)}"
            yield offer(label, connect, trouble.name, exit_name, end.id)
        yield offer(f"Close exit {said}", close_exit, trouble.name, exit_name)
