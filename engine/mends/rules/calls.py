"""Mends of W121 to W124 and W128: entries, and sub-journeys that exist and are called."""

from __future__ import annotations

from collections.abc import Iterator

from engine.conditions import kind_of
from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.edits import add_step, connect, replace_step
from engine.element_edits import element, put_named, with_fields
from engine.fresh_ids import fresh_id
from engine.journey import Input, Outcome, SubJourneyDefinition
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import (
    add_beside,
    begun,
    connect_all,
    graph_id,
    lead_loose_exits,
    remove_links,
    take_out,
    target,
)
from engine.mends.rules.handing_over import with_exit, with_input
from engine.mends.trouble import Trouble
from engine.profile import Channel, ValueType
from engine.short_english import words
from engine.steps.control import SubJourney
from engine.steps.finish import Exit
from engine.sub_journey_edits import remove_sub_journey
from engine.validation.finding import quoted

_SUBS = "journey.sub_journeys"
_MOST = 3


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
        yield offer(f"Add an exit step to {quoted(called.name)}", with_exit, called, None)


def _calling(
    document: Document, trouble: Trouble, step: SubJourney, sub: SubJourneyDefinition
) -> Edit:
    graph, outcomes = trouble.graph, {one.id for one in sub.outcomes}
    links = list(enumerate(graph.links))
    old = [n for n, one in links if one.from_ == step.id and one.exit not in outcomes]
    to = target(graph, step.id, *(graph.links[n].exit for n in old))
    new = with_fields(step, journey=sub.id, inputs={}, constants={})
    for one in sub.inputs:
        new = with_input(trouble, new, one)
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


@mends_of("W128")
def _never_called(trouble: Trouble) -> Iterator[Offer]:
    name = trouble.part(2)
    sub = element(trouble.document, _SUBS, name, SubJourneyDefinition)
    yield offer(f"Remove {quoted(sub.name)}", remove_sub_journey, name)
