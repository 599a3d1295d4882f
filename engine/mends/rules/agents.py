"""Mends of W411 to W413: levels of skills that exist, and several contacts at once."""

from __future__ import annotations

from collections.abc import Iterator

from engine.document import Document
from engine.edit_kinds import Edit, SetField, Several
from engine.edits import replace_step
from engine.element_edits import element, put_named, with_fields
from engine.journey import Team
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.teams import STAFFING, TEAMS, with_skills
from engine.mends.trouble import Trouble
from engine.skill_level import WORST_LEVEL
from engine.steps.people import HumanAgent
from engine.validation.finding import quoted

_SECOND_AT_70 = [1.0, 0.7]
"""How fast each of two contacts goes on that one agent has in hand at once, to begin with."""


@mends_of("W411")
def _level_of_no_skill(trouble: Trouble) -> Iterator[Offer]:
    team = element(trouble.document, TEAMS, trouble.part(2), Team)
    meant = [one for one in team.levels if one not in team.skills]
    for skill in (one for one in meant if quoted(one) in trouble.finding.what):
        label = f"Give the team the skill {quoted(skill)}"
        yield offer(label, with_skills, team.id, [skill], WORST_LEVEL)
        levels = {key: value for key, value in team.levels.items() if key != skill}
        label = f"Remove the level for {quoted(skill)}"
        yield offer(label, put_named, TEAMS, with_fields(team, levels=levels))


@mends_of("W412")
def _unused(trouble: Trouble) -> Iterator[Offer]:
    name = trouble.part(2)
    yield offer("Let agents take one contact at a time", _speeds, [name], [1.0])
    for _, step in trouble.subject.of(HumanAgent):
        if any(team.id == name for team in trouble.subject.able(step.skills, step.teams)):
            label = f"Allow several at once at {quoted(step.name)}"
            yield offer(label, replace_step, with_fields(step, concurrent=True))


@mends_of("W413")
def _no_room(trouble: Trouble) -> Iterator[Offer]:
    step = trouble.step_as(HumanAgent)
    able = trouble.subject.able(step.skills, step.teams)
    staffing = trouble.document.assumptions.staffing
    teams = [team.id for team in able if team.id in staffing]
    label = "Let agents take two at once, each at 70 % of the speed"
    yield offer(label, _speeds, teams, _SECOND_AT_70)
    label = "Let agents take one contact at a time"
    yield offer(label, replace_step, with_fields(step, concurrent=False))


def _speeds(_: Document, teams: list[str], speeds: list[float]) -> Edit:
    at = [f"{STAFFING}.{team}.concurrency" for team in teams]
    return Several("Change speeds", tuple(SetField("Change speeds", one, speeds) for one in at))
