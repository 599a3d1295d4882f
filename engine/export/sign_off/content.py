"""The whole document, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.document import Document, content_hash
from engine.export.sign_off import assumed
from engine.export.sign_off.blocks import (
    Block,
    Heading,
    Paragraph,
    Table,
    Text,
    Tone,
    facts,
    listed,
)
from engine.export.sign_off.steps import Steps
from engine.export.sign_off.words import Words, capital, channel_in_words
from engine.journey import Journey
from engine.outline.flow import outline
from engine.profile import Attribute, ValueType
from engine.short_english import counted, name_of, time_in_english
from engine.validation.subject import Subject

_SIGNATURES = 4
_TYPES = {
    ValueType.BOOLEAN: "yes or no",
    ValueType.NUMBER: "number",
    ValueType.TEXT: "text",
    ValueType.CHOICE: "choice",
}


def content(document: Document) -> tuple[Block, ...]:
    """What those who sign must have read."""
    journey, words = document.journey, Words(document)
    steps = Steps(Subject(document), outline(journey), words)
    return (
        *_front(document),
        *_frame(journey),
        Heading(2, "Steps"),
        Paragraph("In the order of the flow; what an exit leads to has its number.", Tone.QUIET),
        *steps.of(None),
        *_sub_journeys(journey, steps),
        *assumed.targets(document),
        *assumed.scenarios(document),
        *assumed.assumptions(document, words),
    )


def _front(document: Document) -> Iterator[Block]:
    journey = document.journey
    yield Heading(1, journey.name)
    yield from facts(
        ("Id", journey.id),
        ("Content hash", f"SHA-256 {content_hash(document)}"),
        ("Steps", f"{sum(1 for _ in journey.all_steps()):,}"),
        ("Longest time in it", time_in_english(journey.limit)),
    )
    yield Paragraph(
        "The hash is that of all but the positions on the canvas: whoever changes anything "
        "else has another hash, and needs other signatures.",
        Tone.QUIET,
    )
    yield Heading(2, "Purpose")
    yield Paragraph(journey.note or "Nothing is written down about its purpose.")
    yield Heading(2, "Signatures")
    blank = ("",) * 4
    columns = ("Name", "Role", "Date", "Signature")
    yield Table(columns, (blank,) * _SIGNATURES, (28, 24, 18, 30), is_form=True)


def _frame(journey: Journey) -> Iterator[Block]:
    """What the steps refer to."""
    channels = [capital(channel_in_words(one)) for one in journey.channels]
    yield Heading(2, "Channels")
    yield Paragraph(", ".join(channels) or "No channels are named.")
    yield from _section(
        "Purposes",
        {"Purpose": 27, "Legal basis": 19, "Kept for": 14, "Note": 40},
        [
            (
                one.name or one.id,
                one.legal_basis.replace("_", " "),
                "not said" if one.retention_days is None else counted(one.retention_days, "day"),
                one.note,
            )
            for one in journey.purposes
        ],
    )
    heads = {"Attribute": 19, "Type": 21, "Personal": 10, "Sensitive": 10, "Known from": 11}
    attributes = [_attribute(one, journey) for one in journey.attributes]
    yield from _section(
        "What is known of customers", {**heads, "Purpose": 15, "Note": 24}, attributes
    )
    stages = [(one.name, one.note) for one in journey.stages]
    yield from _section("Stages", {"Stage": 1, "Note": 3}, stages)
    personas = [(one.name, one.note) for one in journey.personas]
    yield from _section("Personas", {"Persona": 1, "Note": 3}, personas)
    teams = [
        (one.name or one.id, ", ".join(name_of(journey.skills, skill) for skill in one.skills))
        for one in journey.teams
    ]
    yield from _section("Teams", {"Team": 1, "Skills": 3}, teams)


def _section(
    title: str, heads: Mapping[str, int], rows: Sequence[tuple[Text, ...]]
) -> Iterator[Block]:
    if rows:
        yield Heading(2, title)
        yield from listed(heads, rows)


def _attribute(one: Attribute, journey: Journey) -> tuple[Text, ...]:
    return (
        one.name or one.id,
        f"one of {', '.join(one.choices)}" if one.choices else _TYPES[one.type],
        "yes" if one.personal else "no",
        "yes" if one.sensitive else "no",
        "before" if one.given else "a step",
        name_of(journey.purposes, one.purpose) if one.purpose else "",
        one.note,
    )


def _sub_journeys(journey: Journey, steps: Steps) -> Iterator[Block]:
    for sub in journey.sub_journeys:
        yield Heading(2, f"Sub-journey: {sub.name}")
        if sub.note:
            yield Paragraph(sub.note)
        inputs = [f"{one.id.replace('_', ' ')} ({_TYPES[one.type]})" for one in sub.inputs]
        outcomes = [one.name or one.id.replace("_", " ") for one in sub.outcomes]
        yield from facts(("Inputs", ", ".join(inputs)), ("Outcomes", ", ".join(outcomes)))
        yield from steps.of(sub.id)
