"""Mends of W125 to W127: what sub-journeys give back, and what they are given."""

from __future__ import annotations

from collections.abc import Iterator

from engine.conditions import kind_of
from engine.document import Document
from engine.edit_kinds import Edit, Several, in_turn
from engine.edit_places import links_of
from engine.edits import add_step, connect, replace_step
from engine.element_edits import element, put_named, with_fields
from engine.errors import EditError
from engine.journey import Graph, Input, Journey, Outcome, SubJourneyDefinition
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import (
    begun,
    change_step,
    graph_id,
    nearest,
    remove_links,
    target,
)
from engine.mends.trouble import Trouble
from engine.profile import Value, ValueType
from engine.short_english import name_of
from engine.steps.control import SubJourney
from engine.steps.finish import Exit
from engine.validation.finding import quoted
from engine.validation.rules.calls import fits

_SUBS = "journey.sub_journeys"
_MOST = 3
_NOTHING: dict[ValueType, Value] = {
    ValueType.BOOLEAN: False,
    ValueType.NUMBER: 0.0,
    ValueType.TEXT: "",
    ValueType.CHOICE: "",
}
"""What an input is given to begin with, where no attribute is the obvious one."""


# ---- outcomes


def _callers(journey: Journey, sub: str) -> Iterator[tuple[Graph, str]]:
    for graph in journey.graphs():
        yield from ((graph, step.id) for step in graph.steps if step.calls() == sub)


@mends_of("W125")
def _undeclared(trouble: Trouble) -> Iterator[Offer]:
    step = trouble.step_as(Exit)
    sub = trouble.journey.sub_journey(trouble.view.id or "")
    if sub is None:
        return
    declared = [one.id for one in sub.outcomes]
    for name in dict.fromkeys([*nearest(step.outcome, declared), *declared[:_MOST]]):
        label = f"End with {quoted(name_of(sub.outcomes, name))} instead"
        yield offer(label, change_step, with_fields(step, outcome=name))
    yield offer(f"Declare {quoted(step.outcome)}", _declared, sub, step.outcome)


def _declared(document: Document, sub: SubJourneyDefinition, outcome: str) -> Edit:
    """With the way on from it for those who call the sub-journey."""
    outcomes = [*sub.outcomes, Outcome(id=outcome)]
    ways = [
        (name, target(graph, name, *(one.id for one in sub.outcomes)))
        for graph, name in _callers(document.journey, sub.id)
    ]

    def led_on(now: Document) -> Edit:
        edits: list[Edit] = []
        for name, to in ways:
            edits.append(connect(now, name, outcome, to))
            now = edits[-1].apply(now)[0]
        return Several("", tuple(edits))

    new = with_fields(sub, outcomes=outcomes)
    return in_turn("Declare", document, lambda now: put_named(now, _SUBS, new), led_on)


@mends_of("W126")
def _unused_outcome(trouble: Trouble) -> Iterator[Offer]:
    name, outcome = trouble.part(2), trouble.part(4)
    sub = element(trouble.document, _SUBS, name, SubJourneyDefinition)
    said = quoted(name_of(sub.outcomes, outcome))
    if len(sub.outcomes) > 1:
        yield offer(f"Remove the outcome {said}", _without_outcome, sub, outcome)
    yield offer(f"Add an exit step for {said}", with_exit, sub, outcome)


def with_exit(document: Document, sub: SubJourneyDefinition, outcome: str | None) -> Edit:
    """Add an exit step to a sub-journey: with this outcome, or one that it declares."""
    fields: dict[str, object] = {}
    if outcome is not None:
        fields = {"outcome": outcome, "name": name_of(sub.outcomes, outcome).capitalize()}
    return add_step(document, begun(document, "exit", sub, **fields), None, sub.id)


def _without_outcome(document: Document, sub: SubJourneyDefinition, outcome: str) -> Edit:
    """With the links from the exits of that name of those who call the sub-journey."""
    numbers: dict[str | None, list[int]] = {}
    for graph, name in _callers(document.journey, sub.id):
        numbers.setdefault(graph_id(graph), []).extend(links_of(graph, name, outcome))
    unlinked = [remove_links(document, graph, found) for graph, found in numbers.items()]

    def undeclared(now: Document) -> Edit:
        here = element(now, _SUBS, sub.id, SubJourneyDefinition)
        left = [one for one in here.outcomes if one.id != outcome]
        return put_named(now, _SUBS, with_fields(here, outcomes=left))

    return in_turn(
        "Remove outcome", document, lambda _: Several("Unlink", tuple(unlinked)), undeclared
    )


# ---- inputs


@mends_of("W127")
def _inputs(trouble: Trouble) -> Iterator[Offer]:
    step, name = trouble.step_as(SubJourney), trouble.field
    called = trouble.journey.sub_journey(step.journey)
    if called is None:
        raise EditError("the sub-journey is gone", mend="choose another.")
    wanted = next((one for one in called.inputs if one.id == name), None)
    said, bare = quoted(name), _without(step, name)
    if wanted is None:
        yield offer(f"Leave {said} out", replace_step, bare)
        return
    for attribute in _fitting(trouble, wanted):
        label = f"Take {said} from {quoted(attribute)}"
        given = with_fields(bare, inputs={**bare.inputs, name: attribute})
        yield offer(label, replace_step, given)
    value = step.constants.get(name)
    kept = value is not None and fits(kind_of(value) or ValueType.TEXT, wanted)
    fixed = value if kept else _NOTHING[wanted.type]
    label = f"Give {said} the value it has" if kept else f"Give {said} a fixed value"
    yield offer(label, replace_step, with_fields(bare, constants={**bare.constants, name: fixed}))


def _without(step: SubJourney, name: str) -> SubJourney:
    inputs = {key: value for key, value in step.inputs.items() if key != name}
    constants = {key: value for key, value in step.constants.items() if key != name}
    return with_fields(step, inputs=inputs, constants=constants)


def _fitting(trouble: Trouble, wanted: Input) -> list[str]:
    """The attribute of the same name, or else the only one of that type."""
    known = trouble.spot.graph.attributes
    fitting = [one.id for one in known.values() if fits(one.type, wanted)]
    same = [one for one in fitting if one == wanted.id]
    own = [one for one in fitting if one in {a.id for a in trouble.journey.attributes}]
    return same or (own if len(own) == 1 else [])


def with_input(trouble: Trouble, step: SubJourney, one: Input) -> SubJourney:
    """The step when it gives this input too: from an attribute, or as a fixed value."""
    names = _fitting(trouble, one)
    if names:
        return with_fields(step, inputs={**step.inputs, one.id: names[0]})
    return with_fields(step, constants={**step.constants, one.id: _NOTHING[one.type]})
