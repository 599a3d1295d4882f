"""Coming in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.conditions import compiled
from engine.plan import PlannedStep
from engine.steps.entry import BusinessEvent, InboundContact, OutboundAudience
from simulator.behaviours import behaviour
from simulator.lines import Lines
from simulator.records import Fate

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


def _has_lines(step: InboundContact) -> bool:
    return step.lines is not None


@behaviour(InboundContact, shared=_has_lines)
def inbound_contact(planned: PlannedStep, world: World) -> Enter:
    """The customer is there, if there is a line left; the line is held to the contact's end."""
    limit = planned.designed(InboundContact).lines
    arrived = world.out(planned, "arrived")
    if limit is None:
        return arrived
    lines, blocked = Lines(limit), world.out(planned, "blocked")

    def enter(contact: Contact) -> int:
        if lines.seize(contact):
            return arrived(contact)
        world.note_refusal(planned, contact, Fate.FULL)
        return blocked(contact)

    return enter


@behaviour(BusinessEvent)
def business_event(planned: PlannedStep, world: World) -> Enter:
    """The event has happened."""
    return world.out(planned, "occurred")


@behaviour(OutboundAudience)
def outbound_audience(planned: PlannedStep, world: World) -> Enter:
    """The customer is in the audience or not."""
    step = planned.designed(OutboundAudience)
    selected = world.out(planned, "selected")
    if step.who is None:
        return selected
    not_selected = world.out(planned, "not_selected")
    belongs, lookup = compiled(step.who), world.knowledge.lookup(planned)

    def enter(contact: Contact) -> int:
        return selected(contact) if belongs(lookup(contact)) else not_selected(contact)

    return enter
