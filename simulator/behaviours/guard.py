"""Policy in simulated time: consent, hours, identification, caps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.calendar import open_test, until_time_of_day
from engine.plan import PlannedStep
from engine.steps.decide import by_weight
from engine.steps.guard import (
    BusinessHours,
    Consent,
    ConsentAssumptions,
    ContactCap,
    ContactCapAssumptions,
    Identify,
    IdentifyAssumptions,
)
from simulator.asking import told
from simulator.behaviours import behaviour

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter, Leave
    from simulator.world import World


@behaviour(Consent)
def consent(planned: PlannedStep, world: World) -> Enter:
    """One draw a customer, purpose and channel: gates for the same consent agree."""
    step, assumed = planned.designed(Consent), planned.assumed(ConsentAssumptions)
    granted, refused = world.out(planned, "granted"), world.out(planned, "refused")
    draw = world.draws.of_customer(f"consent/{step.purpose}/{step.channel or 'any'}")
    share = assumed.granted
    return lambda contact: granted(contact) if draw(contact) < share else refused(contact)


@behaviour(BusinessHours)
def business_hours(planned: PlannedStep, world: World) -> Enter:
    """The clock says it."""
    step = planned.designed(BusinessHours)
    is_open = open_test(step.hours)
    opened, closed = world.out(planned, "open"), world.out(planned, "closed")
    return lambda contact: opened(contact) if is_open(contact.time) else closed(contact)


@behaviour(Identify)
def identify(planned: PlannedStep, world: World) -> Enter:
    """Takes a while and works for most."""
    step, assumed = planned.designed(Identify), planned.assumed(IdentifyAssumptions)
    verified, failed = world.out(planned, "verified"), world.out(planned, "failed")
    works = world.draws.chance(planned, "verified", assumed.verified)
    duration = world.draws.value(planned, "duration", assumed.duration)
    attribute = planned.attribute(step.attribute) if step.attribute else None
    lookup, name = world.knowledge.lookup(planned), step.attribute

    def enter(contact: Contact) -> int:
        if step.recognises and name and lookup(contact)(name) is True:
            return verified(contact)
        success, seconds = works(contact), duration(contact)
        if attribute:
            contact.values[attribute] = success
            told(contact, attribute, seconds, planned, world)
        contact.time += seconds
        return (verified if success else failed)(contact)

    return enter


def _capped(planned: PlannedStep, world: World, allowed: Leave) -> Leave:
    """`allowed`, for those whom we contacted less often than the cap within the window."""
    step, assumed = planned.designed(ContactCap), planned.assumed(ContactCapAssumptions)
    if step.max_contacts is None:
        return allowed
    capped, most = world.out(planned, "capped"), step.max_contacts
    before = by_weight({int(count): weight for count, weight in assumed.earlier.items()})
    draw = world.draws.of_customer("earlier_contacts")

    def leave(contact: Contact) -> int:
        since = contact.time - step.window
        # Of another contact that is ahead of this one, only what has happened by now.
        touches = contact.past.touches if contact.past else ()
        recent = sum(since < time <= contact.time for time in touches)
        # Those before the journey are forgotten once the window has passed over its start.
        earlier = before(draw(contact)) if contact.start > since else 0
        return allowed(contact) if recent + earlier < most else capped(contact)

    return leave


@behaviour(ContactCap)
def contact_cap(planned: PlannedStep, world: World) -> Enter:
    """Quiet hours hold contacts or send them another way."""
    step = planned.designed(ContactCap)
    allowed = _capped(planned, world, world.out(planned, "allowed"))
    if step.quiet_from is None or step.quiet_to is None:
        return allowed
    is_quiet, quiet_to = step.quiet_test(), step.quiet_to
    quiet_way = world.out(planned, "quiet") if step.when_quiet == "skip" else None

    def enter(contact: Contact) -> int:
        if not is_quiet(contact.time):
            return allowed(contact)
        if quiet_way is not None:
            return quiet_way(contact)
        contact.time += until_time_of_day(quiet_to, contact.time)
        return allowed(contact)

    return enter
