"""Why at consent, opening hours, identification, caps, and at lines that are limited."""

from __future__ import annotations

from engine.short_english import hours_in_english, name_of, time_in_english
from engine.steps.entry import InboundContact
from engine.steps.guard import BusinessHours, Consent, ContactCap, Identify
from simulator.reasons.chances import because_drawn, unless_drawn
from simulator.reasons.registry import Seen, because, why_not


@because(Consent)
def _by_consent(seen: Seen, step: Consent) -> str:
    channel = f" on {step.channel.value}" if step.channel else ""
    word = "there is" if seen.exit == "granted" else "there is no"
    return f"{word} consent to {_purpose(seen, step)}{channel}"


def _purpose(seen: Seen, step: Consent) -> str:
    return name_of(seen.plan.journey.purposes, step.purpose)


@why_not(Consent)
def _not_consented(seen: Seen, step: Consent, name: str) -> str:
    drawn, share = seen.sight.drawn["granted"], seen.assumed.granted
    said = unless_drawn(drawn, share, happens=name == "granted")
    return f"{_by_consent(seen, step)}: {said}"


@because(BusinessHours)
def _by_clock(seen: Seen, _step: BusinessHours) -> str:
    return "it is open" if seen.exit == "open" else "it is closed at that time"


@why_not(BusinessHours)
def _not_then(seen: Seen, step: BusinessHours, _name: str) -> str:
    return f"{_by_clock(seen, step)}; the hours are {hours_in_english(step.hours)}"


@because(Identify)
def _by_identity(seen: Seen, step: Identify) -> str:
    if _was_recognised(seen, step):
        return "recognised from before"
    return because_drawn(seen.sight.drawn["verified"], seen.assumed.verified)


def _was_recognised(seen: Seen, step: Identify) -> bool:
    here = seen.sight.left == seen.sight.entered
    return step.recognises and seen.exit == "verified" and here


@why_not(Identify)
def _not_identified(seen: Seen, step: Identify, name: str) -> str:
    if _was_recognised(seen, step):
        return "the customer is recognised from before, and need not prove it"
    return unless_drawn(
        seen.sight.drawn["verified"], seen.assumed.verified, happens=name == "verified"
    )


@because(ContactCap)
def _by_cap(seen: Seen, step: ContactCap) -> str:
    match seen.exit:
        case "capped":
            return f"contacted {step.max_contacts} times or more within the window"
        case "quiet":
            return f"quiet hours from {step.quiet_from} to {step.quiet_to}"
        case _:
            held = seen.sight.left > seen.sight.entered
            return "held until the quiet hours were over" if held else ""


@why_not(ContactCap)
def _not_capped(seen: Seen, step: ContactCap, name: str) -> str:
    if name == "capped" and seen.exit == "quiet":
        return "the quiet hours come first"
    if name == "capped":
        within = time_in_english(step.window)
        return f"contacted less than {step.max_contacts} times within {within}"
    if name == "quiet":
        return f"it is not between {step.quiet_from} and {step.quiet_to}"
    return _by_cap(seen, step)


@because(InboundContact)
def _by_lines(seen: Seen, step: InboundContact) -> str:
    return f"all {step.lines} lines are busy" if seen.exit == "blocked" else ""


@why_not(InboundContact)
def _not_blocked(seen: Seen, step: InboundContact, name: str) -> str:
    return f"one of {step.lines} lines is free" if name == "blocked" else _by_lines(seen, step)
