"""Mends of W121 to W128: entries, and sub-journeys that are called with what they need."""

from __future__ import annotations

from collections.abc import Iterator

from engine.conditions import kind_of
from engine.document import Document
from engine.edit_kinds import Edit, Several, in_turn
from engine.edit_places import links_of
from engine.edits import add_step, connect, replace_step
from engine.element_edits import element, put_named, with_fields
from engine.errors import EditError
from engine.fresh_ids import fresh_id
from engine.journey import Graph, Input, Journey, Outcome, SubJourneyDefinition
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import (
    add_beside,
    begun,
    change_step,
    connect_all,
    graph_id,
    lead_loose_exits,
    nearest,
    remove_links,
    take_out,
    target,
)
from engine.mends.trouble import Trouble
from engine.profile import Channel, Value, ValueType
from engine.short_english import name_of, words
from engine.steps.control import SubJourney
from engine.steps.finish import Exit
from engine.sub_journey_edits import remove_sub_journey
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


@mends_of("W121")
def _no_entry(_: Trouble) -> Iterator[Offer]:
    yield offer("Add an inbound contact", _with_entry)


def _with_entry(document: Document) -> Edit:
    """It leads to the step that nothing leads to yet, and in an empty journey to an end."""
    journey = document.journey
    if not journey.steps:
        entry, end = (begun(document, kind, journey) for kind in ("inbound_contact", "exit"))
        return in_turn(
            "Add entry",
            document,
            lambda now: add_step(now, entry, (0, 0)),
            lambda now: add_beside(now, entry.id, end),
            lambda now: connect(now, entry.id, "arrived", end.id),
        )
    led_to = {link.to for link in journey.links}
    first = next((step for step in journey.steps if step.id not in led_to), journey.steps[0])
    usual = [Channel.VOICE, *journey.channels, *Channel]
    fitting = [one for one in usual if one in type(first).channels]
    entry = begun(document, "inbound_contact", journey, channel=fitting[0])
    return in_turn(
        "Add entry",
        document,
        lambda now: add_step(now, entry),
        lambda now: connect_all(now, [(entry.id, one) for one in entry.exits(journey)], first.id),
    )


@mends_of("W122", "W124")
def _not_here(trouble: Trouble) -> Iterator[Offer]:
    if len(trouble.view.spots) > 1:
        yield offer(f"Remove {trouble.spot.said}", take_out, trouble.name)


@mends_of("W123")
def _nothing_to_call(trouble: Trouble) -> Iterator[Offer]:
    step, journey = trouble.step_as(SubJourney), trouble.journey
    own = journey.sub_journey(trouble.view.id or "")
    usable = [one for one in journey.sub_journeys if one.steps and not journey.leads_to(one, own)]
    for sub in usable[:_MOST]:
        yield offer(f"Call {quoted(sub.name)} instead", _calling, trouble, step, sub)
    called = journey.sub_journey(step.journey)
    if called is None:
        yield offer(f"Add the sub-journey {quoted(step.journey)}", _with_sub, trouble, step)
    else:
        yield offer(f"Add an exit step to {quoted(called.name)}", _with_exit, called, None)


def _calling(
    document: Document, trouble: Trouble, step: SubJourney, sub: SubJourneyDefinition
) -> Edit:
    graph, outcomes = trouble.graph, {one.id for one in sub.outcomes}
    links = list(enumerate(graph.links))
    old = [n for n, one in links if one.from_ == step.id and one.exit not in outcomes]
    to = target(graph, step.id, *(graph.links[n].exit for n in old))
    new = with_fields(step, journey=sub.id, inputs={}, constants={})
    for one in sub.inputs:
        new = _given(trouble, new, one)
    edit = in_turn(
        "Call another",
        document,
        lambda now: replace_step(now, new),
        lambda now: remove_links(now, graph_id(graph), old),
        lambda now: lead_loose_exits(now, step.id, to),
    )
    return guarded(document, edit, "W104", "W124")


def _with_sub(document: Document, trouble: Trouble, step: SubJourney) -> Edit:
    """A sub-journey that takes and gives just what the step and its links expect."""
    exits = dict.fromkeys(link.exit for link in trouble.graph.links if link.from_ == step.id)
    end = Exit(id=fresh_id(document, "end"), name="End", outcome=next(iter(exits), "done"))
    attributes = trouble.spot.graph.attributes
    types = {
        name: attributes[one].type if one in attributes else ValueType.TEXT
        for name, one in step.inputs.items()
    }
    types |= {name: kind_of(value) or ValueType.TEXT for name, value in step.constants.items()}
    sub = SubJourneyDefinition(
        id=step.journey,
        name=words(step.journey).capitalize(),
        inputs=[Input(id=name, type=kind) for name, kind in types.items()],
        outcomes=[Outcome(id=one) for one in exits or ("done",)],
        steps=[end],
    )
    return in_turn(
        "Add sub-journey",
        document,
        lambda now: put_named(now, _SUBS, sub),
        lambda now: lead_loose_exits(now, step.id, target(trouble.graph, step.id)),
    )


def _with_exit(document: Document, sub: SubJourneyDefinition, outcome: str | None) -> Edit:
    fields: dict[str, object] = {}
    if outcome is not None:
        fields = {"outcome": outcome, "name": name_of(sub.outcomes, outcome).capitalize()}
    return add_step(document, begun(document, "exit", sub, **fields), None, sub.id)


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
    yield offer(f"Add an exit step for {said}", _with_exit, sub, outcome)


def _without_outcome(document: Document, sub: SubJourneyDefinition, outcome: str) -> Edit:
    new = with_fields(sub, outcomes=[one for one in sub.outcomes if one.id != outcome])
    edits = [
        remove_links(document, graph_id(graph), numbers)
        for graph in document.journey.graphs()
        for numbers in [
            [n for one, name in _callers(document.journey, sub.id) if one is graph
             for n in links_of(graph, name, outcome)]
        ]
        if numbers
    ]  # fmt: skip
    removed = Several("", tuple(edits))
    return in_turn(
        "Remove outcome",
        document,
        lambda _: removed,
        lambda now: put_named(now, _SUBS, with_fields(_sub(now, sub.id), outcomes=new.outcomes)),
    )


def _sub(document: Document, name: str) -> SubJourneyDefinition:
    return element(document, _SUBS, name, SubJourneyDefinition)


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


def _given(trouble: Trouble, step: SubJourney, one: Input) -> SubJourney:
    names = _fitting(trouble, one)
    if names:
        return with_fields(step, inputs={**step.inputs, one.id: names[0]})
    return with_fields(step, constants={**step.constants, one.id: _NOTHING[one.type]})


@mends_of("W128")
def _never_called(trouble: Trouble) -> Iterator[Offer]:
    name = trouble.part(2)
    sub = element(trouble.document, _SUBS, name, SubJourneyDefinition)
    yield offer(f"Remove {quoted(sub.name)}", remove_sub_journey, name)
