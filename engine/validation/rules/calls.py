"""W121 to W128: where customers come in, and sub-journeys: called, given values, returned from."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from engine.conditions import kind_of
from engine.journey import Input, SubJourneyDefinition
from engine.plan import MAX_NESTING
from engine.profile import ValueType
from engine.steps.control import SubJourney
from engine.steps.finish import Exit
from engine.validation.finding import Severity, listed, quoted
from engine.validation.flow import MAX_PLACES
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject

_FLATTEN = "Call fewer sub-journeys from within sub-journeys, or make them smaller."


@rule(
    "W121",
    Severity.ERROR,
    "Journey without an entry",
    why="No customer can come in.",
    mend="Add an inbound contact, an outbound audience or a business event.",
)
def _no_entry(subject: Subject) -> Iterator[Flaw]:
    if not subject.graphs[0].starts():
        yield Flaw("The journey has no step at which customers come in.")


@rule(
    "W122",
    Severity.WARNING,
    "Entry inside a sub-journey",
    why="A sub-journey begins where it is called; nobody ever comes in at an entry inside it.",
    mend="Move the entry to the journey itself, or remove it.",
)
def _entry_inside(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        if spot.graph.id is not None and type(spot.step).starts_contact:
            yield Flaw(f"{spot.said} is an entry inside a sub-journey.", spot)


@rule(
    "W123",
    Severity.ERROR,
    "Sub-journey is missing or empty",
    why="The step calls something that cannot be carried out.",
    mend="Choose a sub-journey that exists and has steps, or add steps to it.",
)
def _called_is_missing(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(SubJourney):
        called = subject.called(step)
        if called is None or not called[1].spots:
            state = "does not exist" if called is None else "has no steps"
            what = f"{spot.said} calls the sub-journey {quoted(step.journey)}, which {state}."
            yield Flaw(what, spot, "journey")


@rule(
    "W124",
    Severity.ERROR,
    "Sub-journeys call each other without end",
    why="A sub-journey that contains itself has no end, nor has one that is nested too deeply.",
    mend="Let no sub-journey call one that it is called from; use a retry loop to do things again.",
)
def _recursion(subject: Subject) -> Iterator[Flaw]:
    graph = _calls(subject)
    rings = list(nx.strongly_connected_components(graph))
    ring_of = {name: number for number, ring in enumerate(rings) for name in ring}
    for spot, step in subject.of(SubJourney):
        ring = ring_of.get(step.journey)
        if ring is not None and ring == ring_of[spot.graph.id or ""]:
            yield Flaw(f"{spot.said} calls {quoted(step.journey)}, which leads back to it.", spot)
    is_nested = nx.is_directed_acyclic_graph(graph)
    if is_nested and nx.dag_longest_path_length(graph, weight="depth") > MAX_NESTING:
        yield Flaw(f"Sub-journeys are nested more than {MAX_NESTING} deep.", mend=_FLATTEN)


def _calls(subject: Subject) -> nx.MultiDiGraph[str]:
    """Which sub-journey is called from which, once for each call; the journey itself is “”."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("")
    for spot, step in subject.of(SubJourney):
        if step.journey in subject.subs:
            graph.add_edge(spot.graph.id or "", step.journey, depth=1)
    return graph


@rule(
    "W129",
    Severity.ERROR,
    "Too many steps with the sub-journeys put in place",
    why="Each call is carried out as a copy of the sub-journey; so many steps fit no memory.",
    mend=_FLATTEN,
)
def _too_large(subject: Subject) -> Iterator[Flaw]:
    graph = _calls(subject)
    if not nx.is_directed_acyclic_graph(graph):
        return
    sizes: dict[str, int] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        own = len(subject.subs[name][1].spots) if name else len(subject.graphs[0].spots)
        sizes[name] = own + sum(sizes[called] for _, called in graph.out_edges(name))
    if sizes[""] > MAX_PLACES:
        yield Flaw(f"With its sub-journeys in place the journey has {sizes['']:,} steps.")


@rule(
    "W125",
    Severity.ERROR,
    "Outcome is not declared",
    why="The calling journey has no way on for customers who end the sub-journey so.",
    mend="Declare the outcome with the sub-journey, or choose one that is declared.",
)
def _outcome_undeclared(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(Exit):
        if spot.graph.id is None:
            continue
        declared = [one.id for one in subject.subs[spot.graph.id][0].outcomes]
        if step.outcome not in declared:
            what = f"{spot.said} ends with {quoted(step.outcome)}, which is not declared."
            mend = f"Declare {quoted(step.outcome)}, or choose one of {listed(declared, 10)}."
            yield Flaw(what, spot, "outcome", mend)


@rule(
    "W126",
    Severity.WARNING,
    "Outcome that never comes",
    why="No exit of the sub-journey ends so, and the way on from it is never taken.",
    mend="Add an exit with this outcome to the sub-journey, or remove the outcome.",
)
def _outcome_unused(subject: Subject) -> Iterator[Flaw]:
    for sub, view in subject.subs.values():
        ends = {spot.step.outcome for spot in view.spots if isinstance(spot.step, Exit)}
        for outcome in sub.outcomes:
            if outcome.id not in ends:
                what = f"No exit of {quoted(sub.name)} has the outcome {quoted(outcome.id)}."
                yield Flaw(what, field=f"journey/sub_journeys/{sub.id}/outcomes/{outcome.id}")


@rule(
    "W127",
    Severity.ERROR,
    "Inputs do not fit the sub-journey",
    why="The sub-journey would work with values that are missing or of another type.",
    mend="Give each input once: from an attribute of its type, or as a fixed value of its type.",
)
def _inputs_do_not_fit(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(SubJourney):
        called = subject.called(step)
        if called is not None:
            for name, problem in _input_problems(spot, step, called[0]):
                yield Flaw(f"{spot.said}: {problem}", spot, name)


def _input_problems(
    spot: Spot, step: SubJourney, called: SubJourneyDefinition
) -> Iterator[tuple[str, str]]:
    wanted = {one.id: one for one in called.inputs}
    for name in dict.fromkeys((*step.inputs, *step.constants)):
        if name not in wanted:
            yield name, f"{quoted(called.name)} has no input {quoted(name)}."
    for name, one in wanted.items():
        sources = (name in step.inputs) + (name in step.constants)
        if sources != 1:
            times = "not given" if sources == 0 else "given twice"
            yield name, f"the input {quoted(name)} is {times}."
        elif (given := _type_given(spot, step, name)) and not fits(given, one):
            yield name, f"the input {quoted(name)} is a {one.type}, but is given a {given}."


def _type_given(spot: Spot, step: SubJourney, name: str) -> ValueType | None:
    if name in step.constants:
        return kind_of(step.constants[name])
    attribute = spot.graph.attributes.get(step.inputs[name])
    return attribute.type if attribute else None


def fits(given: ValueType, wanted: Input) -> bool:
    """Whether a value of this type may be handed over as this input."""
    texts = {ValueType.TEXT, ValueType.CHOICE}
    return given is wanted.type or (given in texts and wanted.type in texts)


@rule(
    "W128",
    Severity.HINT,
    "Sub-journey is never called",
    why="What no step calls does nothing.",
    mend="Call it by a sub-journey step, or remove it.",
)
def _never_called(subject: Subject) -> Iterator[Flaw]:
    called = {step.journey for _, step in subject.of(SubJourney)}
    for sub, _ in subject.subs.values():
        if sub.id not in called:
            what = f"No step calls the sub-journey {quoted(sub.name)}."
            yield Flaw(what, field=f"journey/sub_journeys/{sub.id}")
