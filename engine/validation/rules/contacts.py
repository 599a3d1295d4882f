"""W531 to W534: later contacts come in at entries, and questions have answers."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Choices
from engine.profile import ValueType
from engine.steps.ai_agent import AIAgent
from engine.steps.base import Step
from engine.steps.people import HumanAgent, HumanAgentAssumptions
from engine.validation.finding import Severity, listed, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Subject


@rule(
    "W531",
    Severity.ERROR,
    "Later contact at what is no entry",
    why="Customers can only come in again where the journey begins.",
    mend="Name an entry of the journey; for a redial, leave it out to come in as before.",
)
def _later_elsewhere(subject: Subject) -> Iterator[Flaw]:
    entries = [spot.step.id for spot in subject.graphs[0].starts()]
    for spot in subject.spots:
        for field, entry in subject.assumed(spot.step).later_entries():
            if entry not in entries:
                what = f"Customers of {spot.said} come in again at {quoted(entry)}: no entry."
                mend = f"Name one of {listed(entries, 12)}." if entries else ""
                yield Flaw(what, spot, field, mend)


@rule(
    "W532",
    Severity.WARNING,
    "Question without an answer",
    why="In a simulation it stays unknown however often it is asked, so it is asked each time.",
    mend="Say in the assumptions how it is distributed in the population.",
)
def _no_answer(subject: Subject) -> Iterator[Flaw]:
    intents = {step.intent_attribute for _, step in subject.of(AIAgent)}
    population = subject.assumptions.population
    for spot in subject.spots:
        for name in _asked(spot.step):
            attribute = spot.graph.attributes.get(name)
            if attribute is None or attribute.type in {ValueType.BOOLEAN, ValueType.TEXT}:
                continue
            if name not in intents and name not in population:
                yield Flaw(f"{spot.said} asks for {quoted(name)}: nobody knows it.", spot, "asks")


def _asked(step: Step) -> list[str]:
    return step.asks if isinstance(step, HumanAgent | AIAgent) else []


@rule(
    "W533",
    Severity.ERROR,
    "Need that the population does not tell",
    why="What a customer truly wants is read from the population: one of several choices.",
    mend="Give the attribute a mix of choices in the population, or leave the need out.",
)
def _need_of_nobody(subject: Subject) -> Iterator[Flaw]:
    need = subject.assumptions.need
    if need is not None and not isinstance(subject.assumptions.population.get(need), Choices):
        what = f"The need is {quoted(need)}, of which the population has no choices."
        yield Flaw(what, field="assumptions/need")


@rule(
    "W534",
    Severity.WARNING,
    "Handle time for a need that nobody has",
    why="It would never be used.",
    mend="Name an intent of an AI agent, or a value of the need in the population.",
)
def _handle_time_of_nobody(subject: Subject) -> Iterator[Flaw]:
    known = needs(subject)
    for spot in subject.spots:
        assumed = subject.assumed(spot.step)
        if isinstance(assumed, HumanAgentAssumptions):
            for name in assumed.handle_time_by_need:
                if name not in known:
                    what = f"{spot.said} has a handle time for {quoted(name)}: nobody wants that."
                    yield Flaw(what, spot, "handle_time_by_need")


def needs(subject: Subject) -> set[str]:
    """What customers may want: intents of AI agents, and values of the population's need."""
    mix = subject.assumptions.population.get(subject.assumptions.need or "")
    found = set(mix.weights) if isinstance(mix, Choices) else set()
    return found | {one.id for _, step in subject.of(AIAgent) for one in step.intents}
