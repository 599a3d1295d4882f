"""W101 to W106: every exit leads somewhere, every step is reached and leads to an end."""

from __future__ import annotations

from collections.abc import Iterator

from engine.steps.control import SubJourney
from engine.steps.people import HumanAgent
from engine.validation.finding import Severity, listed, quoted
from engine.validation.flow import knots, reached
from engine.validation.registry import Flaw, rule
from engine.validation.subject import GraphView, Spot, Subject

QUEUE_EXITS = frozenset({"abandoned", "timed_out", "full", "closed"})


def unlinked(subject: Subject) -> Iterator[tuple[Spot, str]]:
    """Every exit from which there is no link, not even to nowhere on purpose."""
    for spot in subject.spots:
        for exit_name in spot.exits:
            if not spot.links(exit_name):
                yield spot, exit_name


def is_of_queue(spot: Spot, exit_name: str) -> bool:
    """Whether this is how customers leave a queue unserved; a rule of its own is about these."""
    return isinstance(spot.step, HumanAgent) and exit_name in QUEUE_EXITS


@rule(
    "W101",
    Severity.ERROR,
    "Exit leads nowhere",
    why="A customer who leaves by this exit would be lost: nothing says what happens next.",
    mend="Link the exit to a step, or close it if the contact is meant to end there.",
)
def _exit_unlinked(subject: Subject) -> Iterator[Flaw]:
    for spot, exit_name in unlinked(subject):
        if not is_of_queue(spot, exit_name):
            what = f"{spot.said} leads nowhere by its exit {quoted(exit_name)}."
            mend = f"Link {quoted(exit_name)} to a step, or close it if the contact ends there."
            yield Flaw(what, spot, exit_name, mend)


@rule(
    "W102",
    Severity.ERROR,
    "Link from or to a step that does not exist",
    why="A link with a loose end leads nobody anywhere.",
    mend="Remove the link, or let it begin and end at steps of the same journey.",
)
def _link_dangles(subject: Subject) -> Iterator[Flaw]:
    for view in subject.graphs:
        for link in view.graph.links:
            for end in (link.from_, link.to):
                if end is not None and end not in view.by_id:
                    what = f"A link names the step {quoted(end)}, which does not exist here."
                    yield Flaw(what, view.by_id.get(link.from_), link.exit, _relink(link.exit))


def _relink(exit_name: str) -> str:
    return f"Remove the link at {quoted(exit_name)}, or link it to a step that exists."


@rule(
    "W103",
    Severity.ERROR,
    "Link from an exit that does not exist",
    why="No customer can take this link; perhaps the exit was renamed or a choice removed.",
    mend="Remove the link, or let it begin at one of the step's exits.",
)
def _link_from_unknown_exit(subject: Subject) -> Iterator[Flaw]:
    for view in subject.graphs:
        for link in view.graph.links:
            spot = view.by_id.get(link.from_)
            if spot is None or link.exit in spot.exits or _is_open(subject, spot):
                continue
            yield Flaw(
                f"A link begins at the exit {quoted(link.exit)}, which {spot.said} does not have.",
                spot,
                link.exit,
                _instead(spot),
            )


def _is_open(subject: Subject, spot: Spot) -> bool:
    """Whether the step's exits cannot be told, since what it calls is missing."""
    return isinstance(spot.step, SubJourney) and subject.called(spot.step) is None


def _instead(spot: Spot) -> str:
    if not spot.exits:
        return "Remove the link; nothing comes after this step."
    return f"Remove the link, or let it begin at one of {listed(list(spot.exits), 10)}."


@rule(
    "W104",
    Severity.ERROR,
    "Two links from one exit",
    why="A customer can only go one way, and nothing says which.",
    mend="Keep one of the links; to choose between two ways, put a condition or a split before.",
)
def _exit_linked_twice(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for exit_name in spot.exits:
            count = len(spot.links(exit_name))
            if count > 1 and spot.graph.by_id[spot.step.id] is spot:
                what = f"{count} links begin at the exit {quoted(exit_name)} of {spot.said}."
                yield Flaw(what, spot, exit_name)


@rule(
    "W105",
    Severity.WARNING,
    "Step is never reached",
    why="No way leads here from where customers come in, so the step does nothing.",
    mend="Link an exit of an earlier step to it, or remove it.",
)
def _step_unreachable(subject: Subject) -> Iterator[Flaw]:
    for view in subject.graphs:
        starts = view.starts()
        if not starts:  # said once, as a journey without an entry
            continue
        found = _reached(view)
        for spot in view.spots:
            if spot.local not in found:
                yield Flaw(f"No way leads to {spot.said}.", spot)


def _reached(view: GraphView) -> set[int]:
    return reached([spot.local for spot in view.starts()], view.ways)


@rule(
    "W106",
    Severity.ERROR,
    "No way to an end",
    why="Customers who come here never leave the journey.",
    mend="Link one of the exits to a step that leads to an end, or close it.",
)
def _no_way_out(subject: Subject) -> Iterator[Flaw]:
    for view in subject.graphs:
        found = _reached(view)
        for knot in knots(view.ways):
            spots = [view.spots[local] for local in knot]
            if knot[0] in found and not any(_leads_out(spot, set(knot)) for spot in spots):
                yield Flaw(f"From {_said(spots)} no way leads to an end.", spots[0])


def _leads_out(spot: Spot, knot: set[int]) -> bool:
    """Whether a contact may leave the knot here.

    A loose exit counts: once it is linked it may lead to an end, and until then another
    rule speaks of it.
    """
    inside = sum(target in knot for _, target in spot.graph.ways[spot.local])
    return inside < len(spot.exits)


def _said(spots: list[Spot]) -> str:
    if len(spots) == 1:
        return f"the step {spots[0].said}"
    return f"the steps {listed([spot.step.name for spot in spots])}"
