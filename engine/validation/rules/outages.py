"""W521 to W524: outages hit something that exists, and happen as they say."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Outage
from engine.steps.ai_agent import AIAgent
from engine.steps.data import SystemAction
from engine.validation.finding import Severity, listed, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Subject

_MAY_FAIL = AIAgent | SystemAction
"""Steps that fail while they are down."""


def _outages(subject: Subject) -> Iterator[tuple[Outage, str, str]]:
    """Each outage with its name and its place."""
    for number, outage in enumerate(subject.assumptions.outages):
        place = f"assumptions/outages/{number}"
        yield outage, f"The outage {quoted(outage.name or outage.id)}", place


@rule(
    "W521",
    Severity.ERROR,
    "Outage of something that does not exist",
    why="What it is meant for would go on undisturbed.",
    mend="Name steps and teams of the journey, or remove the name.",
)
def _outage_of_nothing(subject: Subject) -> Iterator[Flaw]:
    steps = {spot.step.id for spot in subject.spots}
    teams = {team.id for team in subject.journey.teams}
    for outage, said, place in _outages(subject):
        for kind, names, known in (("step", outage.steps, steps), ("team", outage.teams, teams)):
            for name in names:
                if name not in known:
                    what = f"{said} hits the {kind} {quoted(name)}, which does not exist."
                    yield Flaw(what, field=f"{place}/{kind}s")


@rule(
    "W522",
    Severity.WARNING,
    "Outage without effect",
    why="It changes nothing in a simulation.",
    mend="Name AI agents, system actions or teams, let people be missing, and let it last.",
)
def _outage_without_effect(subject: Subject) -> Iterator[Flaw]:
    safe = {spot.step.id for spot in subject.spots if not isinstance(spot.step, _MAY_FAIL)}
    for outage, said, place in _outages(subject):
        if not outage.steps and not outage.teams:
            yield Flaw(f"{said} hits neither a step nor a team.", field=place)
        spared = [name for name in outage.steps if name in safe]
        if spared:
            what = f"{said} names {listed(spared)}: only AI agents and system actions fail."
            yield Flaw(what, field=f"{place}/steps")
        if outage.teams and not outage.missing:
            yield Flaw(f"{said} leaves everybody of its teams at work.", field=f"{place}/missing")
        lasts = outage.duration.expected() if outage.duration else outage.lasts
        if not lasts:
            field = f"{place}/duration" if outage.duration else f"{place}/lasts"
            yield Flaw(f"{said} lasts no time at all.", field=field)


@rule(
    "W523",
    Severity.WARNING,
    "Outage with a setting that is not used",
    why="It looks as if it counted, but another setting takes its place.",
    mend="Remove what is not used, or the setting that takes its place.",
)
def _unused_setting(subject: Subject) -> Iterator[Flaw]:
    for outage, said, place in _outages(subject):
        for name, instead in (("day", "every"), ("starts_at", "every"), ("lasts", "duration")):
            is_set = getattr(outage, name) != Outage.model_fields[name].default
            if is_set and getattr(outage, instead) is not None:
                what = f"{said} does not use {quoted(name)}, because {quoted(instead)} is given."
                yield Flaw(what, field=f"{place}/{name}")


@rule(
    "W524",
    Severity.ERROR,
    "Outage that recurs all the time",
    why="It would happen without end within a moment, so that a simulation could not go on.",
    mend="Let at least a second pass on average from the start of one to the start of the next.",
)
def _no_time_between(subject: Subject) -> Iterator[Flaw]:
    for outage, said, place in _outages(subject):
        if outage.every is not None:
            lasts = outage.duration.expected() if outage.duration else outage.lasts
            if outage.every.expected() + lasts < 1:
                yield Flaw(f"{said} recurs more than once a second.", field=f"{place}/every")
