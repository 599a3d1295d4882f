"""W311 to W316: personal data and messages only with the consent that they need."""

from __future__ import annotations

from collections.abc import Iterator

from engine.conditions import attributes_in
from engine.profile import Purpose
from engine.steps.base import Group
from engine.steps.entry import OutboundAudience
from engine.steps.people import Case
from engine.validation.facts import consented, granted
from engine.validation.finding import Severity, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject, known_as

_LAW = "The customer must have agreed to it before; without consent it may be unlawful."


def needs_consent(subject: Subject, purpose: str | None) -> Purpose | None:
    """The purpose, if consent is what makes it lawful."""
    found = subject.purposes.get(purpose) if purpose else None
    return found if found and found.legal_basis == "consent" else None


def _said(purpose: Purpose) -> str:
    return quoted(purpose.name or purpose.id)


def _gate(purpose: Purpose) -> str:
    return (
        f"Put a consent step for {_said(purpose)} before it, so that every way here comes "
        "from its exit “granted”."
    )


def uses(spot: Spot) -> list[str]:
    """The journey's attributes that a step looks at, each once."""
    names = [name for _, one in spot.conditions for name in attributes_in(one)]
    return [name for name in dict.fromkeys((*names, *spot.reads)) if spot.graph.owns(name)]


@rule(
    "W311",
    Severity.ERROR,
    "Personal data used without consent",
    why=_LAW,
    mend="Put a consent step before it, and come from its exit “granted” only.",
)
def _data_without_consent(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name in uses(spot):
            attribute = subject.attributes.get(name)
            if attribute is None or not (attribute.personal or attribute.sensitive):
                continue
            purpose = needs_consent(subject, attribute.purpose)
            if purpose and _is_ungated(subject, spot, purpose):
                what = (
                    f"{spot.said} uses {known_as(subject.attributes, name)} without consent "
                    f"to {_said(purpose)}."
                )
                yield Flaw(what, spot, name, _gate(purpose))


def _is_ungated(subject: Subject, spot: Spot, purpose: Purpose) -> bool:
    facts = subject.facts
    return facts.is_reached(spot) and not facts.are_certain(consented(purpose.id, None), spot)


@rule(
    "W312",
    Severity.WARNING,
    "Sensitive data without a purpose",
    why="Nothing says why the data may be used, so no consent to it can be checked.",
    mend="Give the attribute a purpose, and ask for consent before it is used.",
)
def _sensitive_without_purpose(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name in uses(spot):
            attribute = subject.attributes.get(name)
            if attribute and attribute.sensitive and attribute.purpose is None:
                said = known_as(subject.attributes, name)
                what = f"{spot.said} uses {said}, sensitive data without a purpose."
                yield Flaw(what, spot, name)


@rule(
    "W313",
    Severity.ERROR,
    "Message without consent",
    why=_LAW,
    mend="Put a consent step for its purpose and channel before it.",
)
def _message_without_consent(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        channel = spot.step.contact_channel()
        purpose = needs_consent(subject, spot.step.purpose_used())
        if channel is None or purpose is None or type(spot.step).starts_contact:
            continue
        facts = subject.facts
        if facts.is_reached(spot) and not facts.are_certain(consented(purpose.id, channel), spot):
            what = f"{spot.said} is sent by {channel} without consent to {_said(purpose)}."
            yield Flaw(what, spot, "purpose", _gate(purpose))


@rule(
    "W314",
    Severity.ERROR,
    "Data used for a purpose without consent",
    why=_LAW,
    mend="Put a consent step for this purpose before it.",
)
def _purpose_without_consent(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        purpose = needs_consent(subject, spot.step.purpose_used())
        if purpose is None or spot.step.contact_channel() is not None:
            continue
        if _is_ungated(subject, spot, purpose):
            what = f"{spot.said} uses the customer's data for {_said(purpose)} without consent."
            yield Flaw(what, spot, "purpose", _gate(purpose))


@rule(
    "W315",
    Severity.WARNING,
    "Message without a purpose",
    why="Nothing says why customers are contacted, so no consent to it can be checked.",
    mend="Give it a purpose.",
)
def _message_without_purpose(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        step = spot.step
        # Whoever names a channel and may have a purpose turns to customers.
        may_have_one = step.contact_channel() and "purpose" in type(step).model_fields
        if may_have_one and step.purpose_used() is None:
            yield Flaw(f"{spot.said} contacts customers without a purpose.", spot, "purpose")


@rule(
    "W316",
    Severity.ERROR,
    "Audience contacted without consent",
    why=_LAW,
    mend="Put a consent step for the audience's purpose before customers are talked to.",
)
def _audience_without_consent(subject: Subject) -> Iterator[Flaw]:
    flow = subject.flow
    for entry in flow.entries:
        step = flow.spots[entry].step
        if isinstance(step, OutboundAudience):
            purpose = needs_consent(subject, step.purpose)
            met = _met_first(subject, entry, step) if purpose else None
            if met is not None and purpose is not None:
                what = (
                    f"Customers of {flow.spots[entry].said} come to {met.said} without consent "
                    f"to {_said(purpose)}."
                )
                yield Flaw(what, met, mend=_gate(purpose))


def _met_first(subject: Subject, entry: int, step: OutboundAudience) -> Spot | None:
    """A step that talks to this audience's customers before they gave consent, or None.

    Steps with a purpose of their own answer for themselves.
    """
    flow, gate = subject.flow, consented(step.purpose or "", step.channel)
    todo, seen = [entry], {entry}
    while todo:
        spot = flow.spots[place := todo.pop()]
        if place != entry and _talks(spot):
            return spot
        for exit_name, target in flow.ways[place]:
            if target not in seen and gate not in granted(spot, exit_name):
                seen.add(target)
                todo.append(target)
    return None


def _talks(spot: Spot) -> bool:
    talks = type(spot.step).group in {Group.TALK, Group.PEOPLE}
    return talks and not isinstance(spot.step, Case) and spot.step.purpose_used() is None
