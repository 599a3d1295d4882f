"""W411 to W413: levels of skills that exist, and several contacts at once where they may be."""

from __future__ import annotations

from collections.abc import Iterator

from engine.steps.people import HumanAgent
from engine.validation.finding import Severity, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Subject


@rule(
    "W411",
    Severity.ERROR,
    "Level for a skill that the team lacks",
    why="A level says how good a team is at one of its skills; here it would be ignored.",
    mend="Give the team the skill, or remove the level.",
)
def _level_of_no_skill(subject: Subject) -> Iterator[Flaw]:
    for team in subject.journey.teams:
        for skill in team.levels:
            if skill not in team.skills:
                name = quoted(team.name or team.id)
                what = f"The team {name} has a level for {quoted(skill)}, but not the skill."
                yield Flaw(what, field=f"journey/teams/{team.id}/levels")


def _concurrent_teams(subject: Subject) -> set[str]:
    """Teams asked by steps at which an agent may have several contacts at once."""
    return {
        team.id
        for _, step in subject.of(HumanAgent)
        if step.concurrent
        for team in subject.able(step.skills, step.teams)
    }


@rule(
    "W412",
    Severity.WARNING,
    "Room for several contacts that no step uses",
    why="Agents take several contacts at once only at steps that allow it.",
    mend="Allow several at once at the step (concurrent), or remove the concurrency.",
)
def _unused_concurrency(subject: Subject) -> Iterator[Flaw]:
    asked = _concurrent_teams(subject)
    for name, staffing in subject.assumptions.staffing.items():
        if len(staffing.concurrency) > 1 and name not in asked:
            what = f"The team {quoted(name)} may have several contacts at once, but nowhere does."
            yield Flaw(what, field=f"assumptions/staffing/{name}/concurrency")


@rule(
    "W413",
    Severity.HINT,
    "Several contacts at once, but no team that has room",
    why="Without concurrency in the staffing, an agent still serves one customer at a time.",
    mend="Say in a team's staffing how fast contacts go on when there are two or more.",
)
def _no_room(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(HumanAgent):
        staffing = [
            subject.assumptions.staffing[team.id]
            for team in subject.able(step.skills, step.teams)
            if team.id in subject.assumptions.staffing
        ]
        if step.concurrent and staffing and all(len(one.concurrency) == 1 for one in staffing):
            what = f"{spot.said} allows several contacts at once, but its teams take one."
            yield Flaw(what, spot, "concurrent")
