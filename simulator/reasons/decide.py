"""Why at conditions, audiences, best actions, splits and loops."""

from __future__ import annotations

from typing import Any

from engine.condition_english import in_english
from engine.condition_failing import why_not as why_false
from engine.conditions import Condition, Lookup, compiled
from engine.steps.control import RetryLoop
from engine.steps.decide import ConditionStep, NextBestAction, Split
from engine.steps.entry import OutboundAudience
from simulator.reasons.chances import number, unless_in_part
from simulator.reasons.registry import Seen, because, why_not


def _lookup(seen: Seen) -> Lookup:
    return seen.sight.planned.lookup(seen.sight.values.get)


def _failing(seen: Seen, condition: Condition) -> str:
    """Why it does not hold; empty if it does."""
    lookup = _lookup(seen)
    if compiled(condition)(lookup):
        return ""
    return why_false(condition, lookup, seen.plan.journey.known_attributes())


@because(ConditionStep, OutboundAudience)
def _by_condition(seen: Seen, step: Any) -> str:
    attributes, lookup = seen.plan.journey.known_attributes(), _lookup(seen)
    failed = []
    for name, condition in step.conditions():
        sentence = in_english(condition, attributes)
        if not compiled(condition)(lookup):
            failed.append(f"not {name}, because not: {sentence}")
        elif name in {seen.exit, "who"}:
            return "; ".join([*failed, f"because {sentence}"])
    return "; ".join(failed)


@why_not(ConditionStep)
def _not_this_branch(seen: Seen, step: ConditionStep, name: str) -> str:
    conditions = dict(step.conditions())
    failing = _failing(seen, conditions[name]) if name in conditions else ""
    if failing:
        return failing
    holds = in_english(conditions[seen.exit], seen.plan.journey.known_attributes())
    return f"{seen.label(seen.exit)} comes before: {holds}"


@why_not(OutboundAudience)
def _not_in_audience(seen: Seen, step: OutboundAudience, _name: str) -> str:
    if step.who is None:
        return ""
    holds = in_english(step.who, seen.plan.journey.known_attributes())
    return _failing(seen, step.who) or f"they belong to the audience: {holds}"


@because(NextBestAction)
def _by_score(seen: Seen, step: NextBestAction) -> str:
    if step.policy == "first_eligible":
        return _by_condition(seen, step)
    scores = step.scores(_lookup(seen))
    said = ", ".join(f"{name} {score:,.6g}" for name, score in scores.items())
    out = [one.id for one in step.candidates if one.id not in scores]
    return "; ".join([*([f"scores: {said}"] if said else []), *(f"not eligible: {x}" for x in out)])


@why_not(NextBestAction)
def _not_this_action(seen: Seen, step: NextBestAction, name: str) -> str:
    taken = seen.label(seen.exit)
    if name == "none":
        return f"there is an action to offer: {taken}"
    failing = _failing(seen, dict(step.conditions())[name]) if _has_condition(step, name) else ""
    if failing:
        return f"not eligible: {failing}"
    if step.policy == "first_eligible":
        return f"{taken} comes before, and the customer is eligible for it"
    scores = step.scores(_lookup(seen))
    own, best = scores[name], scores[seen.exit]
    if own == best:
        return f"its score is {own:,.6g} too, but {taken} comes before"
    return f"its score is {own:,.6g}, less than {best:,.6g} of {taken}"


def _has_condition(step: NextBestAction, name: str) -> bool:
    return name in dict(step.conditions())


@because(Split)
def _by_chance(seen: Seen, step: Split) -> str:
    weights = step.weights()
    share = weights.get(seen.exit, 0.0) / (sum(weights.values()) or 1.0)
    drawn = f" ({number(seen.sight.drawn['variant'])} was drawn)" if share < 1 else ""
    return f"by chance, as {share * 100:.4g} % of customers{drawn}"


@why_not(Split)
def _not_this_variant(seen: Seen, step: Split, name: str) -> str:
    return unless_in_part(seen.sight.drawn["variant"], step.weights(), name)


@because(RetryLoop)
def _by_rounds(seen: Seen, step: RetryLoop) -> str:
    rounds = seen.sight.rounds
    return f"round {rounds + 1} of {step.max}" if seen.exit == "again" else _used_up(step)


@why_not(RetryLoop)
def _not_this_way(seen: Seen, step: RetryLoop, name: str) -> str:
    if name == "again":
        return _used_up(step)
    left = step.max - seen.sight.rounds
    return f"{left} of {step.max} round{'s' if step.max != 1 else ''} {_are(left)} left"


def _are(number_of: int) -> str:
    return "is" if number_of == 1 else "are"


def _used_up(step: RetryLoop) -> str:
    return f"all {step.max} rounds are used up" if step.max > 1 else "the only round is used up"
