"""Mends of W311 to W316: purposes, and consent asked for before data are used."""

from __future__ import annotations

from collections.abc import Iterator

from engine.document import Document
from engine.edit_kinds import Edit, Several, in_turn
from engine.edits import put_attribute, replace_step
from engine.element_edits import element, put_named, with_fields
from engine.errors import EditError
from engine.fresh_ids import unused_id
from engine.graph_edits import insert_on_link
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import begun, lead_loose_exits, only_end, put_before
from engine.mends.trouble import Trouble
from engine.profile import Attribute, Channel, Purpose
from engine.steps.base import Step
from engine.steps.entry import OutboundAudience
from engine.validation.facts import consented
from engine.validation.finding import quoted
from engine.validation.rules.consent import needs_consent, uses
from engine.validation.subject import Subject

_PURPOSES = "journey.purposes"
_MOST = 3


@mends_of("W311", "W313", "W314")
def _without_consent(trouble: Trouble) -> Iterator[Offer]:
    step, attribute = trouble.step, trouble.subject.attributes.get(trouble.field)
    # A field called “purpose” is the step's own; else it is the attribute that is used.
    is_of_step = trouble.finding.code != "W311" or attribute is None
    used = step.purpose_used() if is_of_step or attribute is None else attribute.purpose
    purpose = needs_consent(trouble.subject, used)
    if purpose is not None:
        label = f"Put a consent step for {_said(purpose)} before it"
        yield offer(label, _gated, step, purpose.id, step.contact_channel())


def _said(purpose: Purpose) -> str:
    return quoted(purpose.name or purpose.id)


def _gated(document: Document, step: Step, purpose: str, channel: Channel | None) -> Edit:
    """Whoever refuses goes to the end, if there is just one, or is let go."""
    if type(step).starts_contact:
        raise EditError("nothing comes before an entry", mend="ask for consent elsewhere.")
    view = next(view for view in Subject(document).graphs if step.id in view.by_id)
    gate = begun(document, "consent", view.graph, purpose=purpose, channel=channel)
    return put_before(document, step.id, gate, only_end(view.graph))


# ---- purposes


@mends_of("W312")
def _data_without_purpose(trouble: Trouble) -> Iterator[Offer]:
    name = trouble.field
    for purpose in _purposes(trouble):
        asking = ", and ask for consent before" if purpose.legal_basis == "consent" else ""
        label = f"Give {quoted(name)} the purpose {_said(purpose)}{asking}"
        yield offer(label, _with_purpose, name, purpose)


def _purposes(trouble: Trouble) -> list[Purpose]:
    """Those that need no consent first; if there are none, one that is new and needs it."""
    known = trouble.journey.purposes
    new = Purpose(id=unused_id({one.id for one in known}, "service"), name="Service")
    return sorted(known, key=lambda one: one.legal_basis == "consent")[:_MOST] or [new]


def _with_purpose(document: Document, name: str, purpose: Purpose) -> Edit:
    attribute = element(document, "journey.attributes", name, Attribute)
    return in_turn(
        "Give purpose",
        document,
        lambda now: put_named(now, _PURPOSES, purpose),
        lambda now: put_attribute(now, with_fields(attribute, purpose=purpose.id)),
        lambda now: _gated_everywhere(now, name, purpose),
    )


def _gated_everywhere(document: Document, name: str, purpose: Purpose) -> Edit:
    """A gate before each step that uses the attribute and has none before it yet."""
    edits: list[Edit] = []
    while purpose.legal_basis == "consent":
        subject = Subject(document)
        spots = (spot for spot in subject.spots if name in uses(spot))
        reached = (spot for spot in spots if subject.facts.is_reached(spot))
        fact = consented(purpose.id, None)
        ungated = (spot for spot in reached if not subject.facts.are_certain(fact, spot))
        spot = next(ungated, None)
        if spot is None:
            break
        edits.append(_gated(document, spot.step, purpose.id, None))
        document = edits[-1].apply(document)[0]
    return Several("Ask for consent", tuple(edits))


@mends_of("W315")
def _message_without_purpose(trouble: Trouble) -> Iterator[Offer]:
    step, facts = trouble.step, trouble.subject.facts
    for purpose in _purposes(trouble):
        channel, label = step.contact_channel(), f"Give it the purpose {_said(purpose)}"
        is_free = purpose.legal_basis != "consent"
        if is_free or facts.are_certain(consented(purpose.id, channel), trouble.spot):
            yield offer(label, _for_purpose, step, purpose)
        elif not type(step).starts_contact:
            yield offer(f"{label}, and ask for consent", _for_purpose, step, purpose, gated=True)


def _for_purpose(document: Document, step: Step, purpose: Purpose, *, gated: bool = False) -> Edit:
    new = with_fields(step, purpose=purpose.id)

    def gate(now: Document) -> Edit:
        if not gated:
            return Several("No consent", ())
        return _gated(now, new, purpose.id, new.contact_channel())

    return in_turn(
        "Give purpose",
        document,
        lambda now: put_named(now, _PURPOSES, purpose),
        lambda now: replace_step(now, new),
        gate,
    )


@mends_of("W316")
def _audience(trouble: Trouble) -> Iterator[Offer]:
    for entry in trouble.entries:
        purpose = needs_consent(trouble.subject, entry.purpose_used())
        is_meant = quoted(entry.name) in trouble.finding.what
        if purpose is not None and isinstance(entry, OutboundAudience) and is_meant:
            label = f"Put a consent step for {_said(purpose)} after {quoted(entry.name)}"
            yield offer(label, _gated_after, entry, purpose.id)


def _gated_after(document: Document, entry: Step, purpose: str) -> Edit:
    """On every way that begins at the entry."""
    ways = (one for one in document.journey.links if one.from_ == entry.id and one.to)
    edits: list[Edit] = []
    for exit_name in dict.fromkeys(way.exit for way in ways):
        edits.append(_gated_way(document, entry, exit_name, purpose))
        document = edits[-1].apply(document)[0]
    return Several("Ask for consent", tuple(edits))


def _gated_way(document: Document, entry: Step, exit_name: str, purpose: str) -> Edit:
    journey = document.journey
    channel = entry.contact_channel()
    gate = begun(document, "consent", journey, purpose=purpose, channel=channel)
    return in_turn(
        "Ask for consent",
        document,
        lambda now: insert_on_link(now, entry.id, exit_name, gate),
        lambda now: lead_loose_exits(now, gate.id, only_end(journey)),
    )
