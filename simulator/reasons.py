"""Why a customer took this way and not another, in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.calendar import open_test
from engine.condition_english import in_english
from engine.conditions import compiled
from engine.plan import Plan
from engine.steps.ai_agent import AIAgent
from engine.steps.decide import ConditionStep, NextBestAction, Split
from engine.steps.entry import OutboundAudience
from engine.steps.guard import BusinessHours, Consent, ContactCap, Identify
from engine.steps.people import Callback, Case, HumanAgent
from simulator.records import Mark
from simulator.watching import Sight


def reason(plan: Plan, sight: Sight) -> str:
    """The reason for the exit that was taken; empty where there is nothing to say."""
    for kind, say in _REASONS.items():
        if isinstance(sight.planned.step, kind):
            return say(plan, sight, sight.planned.step)
    return ""


def _by_condition(plan: Plan, sight: Sight, step: Any) -> str:
    attributes = plan.journey.known_attributes()
    lookup = sight.planned.lookup(sight.values.get)
    failed = []
    for name, condition in step.conditions():
        sentence = in_english(condition, attributes)
        if not compiled(condition)(lookup):
            failed.append(f"not {name}, because not: {sentence}")
        elif name in {sight.exit, "who"}:
            return "; ".join([*failed, f"because {sentence}"])
    return "; ".join(failed)


def _by_score(plan: Plan, sight: Sight, step: NextBestAction) -> str:
    if step.policy == "first_eligible":
        return _by_condition(plan, sight, step)
    lookup = sight.planned.lookup(sight.values.get)
    scores = [f"{name} {score:,.6g}" for name, score in step.scores(lookup).items()]
    out = [one.id for one in step.candidates if one.id not in step.scores(lookup)]
    said = [f"scores: {', '.join(scores)}"] if scores else []
    return "; ".join([*said, *(f"not eligible: {name}" for name in out)])


def _by_chance(_plan: Plan, sight: Sight, step: Split) -> str:
    weights = step.weights()
    share = weights.get(sight.exit, 0.0) / (sum(weights.values()) or 1.0)
    return f"by chance, as {share * 100:.4g} % of customers"


def _by_consent(_plan: Plan, sight: Sight, step: Consent) -> str:
    channel = f" on {step.channel.value}" if step.channel else ""
    word = "there is" if sight.exit == "granted" else "there is no"
    return f"{word} consent to {step.purpose}{channel}"


def _by_clock(_plan: Plan, sight: Sight, step: BusinessHours) -> str:
    return "it is open" if open_test(step.hours)(sight.left) else "it is closed at that time"


def _by_cap(_plan: Plan, sight: Sight, step: ContactCap) -> str:
    match sight.exit:
        case "capped":
            return f"contacted {step.max_contacts} times or more within the window"
        case "quiet":
            return f"quiet hours from {step.quiet_from} to {step.quiet_to}"
        case _:
            return "held until the quiet hours were over" if sight.left > sight.entered else ""


def _by_talk(_plan: Plan, sight: Sight, step: AIAgent) -> str:
    if not step.intents or sight.need is None:
        return ""
    understood = not sight.marks & Mark.MISRECOGNISED
    falsely = sight.exit == "resolved" and not understood
    said = "understood" if understood else "not understood"
    return f"wants “{sight.need}”, {said}" + (": left as if resolved" if falsely else "")


def _by_identity(_plan: Plan, sight: Sight, step: Identify) -> str:
    known = step.recognises and sight.exit == "verified" and sight.left == sight.entered
    return "recognised from before" if known else ""


def _by_people(_plan: Plan, sight: Sight, _step: Any) -> str:
    match sight.exit:
        case "closed":
            return "the queue is closed at that time"
        case "full":
            return "too many wait already"
        case "callback":
            return "takes a callback instead of waiting"
        case "late":
            return "done after the promised time"
        case _:
            return ""


_REASONS: dict[type, Callable[[Plan, Sight, Any], str]] = {
    ConditionStep: _by_condition,
    OutboundAudience: _by_condition,
    NextBestAction: _by_score,
    Split: _by_chance,
    Consent: _by_consent,
    BusinessHours: _by_clock,
    ContactCap: _by_cap,
    AIAgent: _by_talk,
    Identify: _by_identity,
    HumanAgent: _by_people,
    Callback: _by_people,
    Case: _by_people,
}
