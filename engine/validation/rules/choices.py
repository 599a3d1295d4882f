"""W211 to W215: the ways of a step tell apart, and their weights say who takes which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from engine.steps.ai_agent import AIAgent, AIAgentAssumptions
from engine.steps.base import Step, StepAssumptions
from engine.steps.decide import ConditionStep, NextBestAction, Split
from engine.steps.talk import Menu, MenuAssumptions
from engine.validation.finding import Severity, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Subject

_FIXED: Mapping[type[Step], frozenset[str]] = {
    ConditionStep: frozenset({"otherwise"}),
    NextBestAction: frozenset({"none"}),
    Menu: frozenset({"no_input", "no_match"}),
}


def own_choices(step: Step) -> list[str]:
    """The ids that a step gives to its own branches, variants, options, actions or intents."""
    match step:
        case ConditionStep():
            return [one.id for one in step.branches]
        case Split():
            return [one.id for one in step.variants]
        case NextBestAction():
            return [one.id for one in step.candidates]
        case Menu():
            return [one.id for one in step.options]
        case AIAgent():
            return [one.id for one in step.intents]
        case _:
            return []


@rule(
    "W211",
    Severity.ERROR,
    "Two choices of one step with the same id",
    why="A link or a number that names the id could mean either.",
    mend="Give one of them another id.",
)
def _double_choice(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for name, count in Counter(own_choices(spot.step)).items():
            if count > 1:
                yield Flaw(f"{spot.said} has {count} choices {quoted(name)}.", spot, name)


@rule(
    "W212",
    Severity.ERROR,
    "Choice named like an exit that the step has anyway",
    why="The exit of that name already means something else.",
    mend="Give the choice another id.",
)
def _choice_like_exit(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        taken = _FIXED.get(type(spot.step), frozenset())
        for name in dict.fromkeys(own_choices(spot.step)):
            if name in taken:
                what = f"{spot.said} has an exit {quoted(name)} anyway, and a choice so called."
                yield Flaw(what, spot, name)


@rule(
    "W213",
    Severity.ERROR,
    "All weights are zero",
    why="Nothing says which way customers go.",
    mend="Give at least one of the choices a weight above zero.",
)
def _no_weight(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        weights = _weights(spot.step, subject.assumed(spot.step))
        for place, values in weights.items():
            if values and not any(values.values()):
                yield Flaw(f"In {spot.said} all {quoted(place)} are zero.", spot, place)


def _weights(step: Step, assumed: StepAssumptions) -> dict[str, dict[str, float]]:
    """Each table of weights in a step and its assumptions, by the field it stands in."""
    if isinstance(step, Split):
        return {"variants": step.weights()}
    if isinstance(step, Menu) and isinstance(assumed, MenuAssumptions):
        known = {one.id for one in step.options}
        return {"weights": {k: v for k, v in assumed.weights.items() if k in known}}
    if isinstance(step, AIAgent) and isinstance(assumed, AIAgentAssumptions):
        given = assumed.intents
        return {"share": {i.id: given[i.id].share if i.id in given else 1.0 for i in step.intents}}
    return {}


@rule(
    "W214",
    Severity.HINT,
    "Split that divides nobody",
    why="All customers go one way, so the step does nothing.",
    mend="Give a second variant a weight above zero, or remove the split.",
)
def _one_way_split(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(Split):
        taken = [variant.id for variant in step.variants if variant.weight > 0]
        if len(taken) == 1:
            what = f"{spot.said} sends everybody to {quoted(taken[0])}."
            yield Flaw(what, spot, taken[0])


@rule(
    "W215",
    Severity.ERROR,
    "Shares that add up to more than everybody",
    why="More than 100 % of the customers cannot leave a step.",
    mend="Lower the shares so that they add up to at most 1.",
)
def _too_much_share(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(Menu):
        assumed = subject.assumed(step)
        if isinstance(assumed, MenuAssumptions):
            total = assumed.no_input + assumed.no_match
            if total > 1 + 1e-9:
                what = f"In {spot.said} no_input and no_match add up to {total:.15g}."
                yield Flaw(what, spot, "no_input")
