"""Mends of W401 to W407: work finds a team with people, and queues let customers out."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Break, Staffing
from engine.calendar import OpenSpan
from engine.document import Document
from engine.edit_kinds import ABSENT, Edit, Keys, SetField, in_turn
from engine.edits import connect
from engine.element_edits import put_named, with_fields
from engine.errors import EditError
from engine.journey import Team
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import (
    add_beside,
    begun,
    change_step,
    nearest,
    only_end,
    put_before,
    target,
    way_on,
)
from engine.mends.teams import (
    PEOPLE,
    STAFFING,
    TEAMS,
    titled,
    with_people,
    with_skills,
    working_hours,
)
from engine.mends.trouble import Trouble
from engine.short_english import time_in_english
from engine.skill_level import WORST_LEVEL
from engine.steps.people import Callback, CallbackOffer, Case, HumanAgent
from engine.validation.finding import quoted
from engine.validation.rules.people import LONG_WAIT, staffed

_MOST = 3


def _work(trouble: Trouble) -> HumanAgent | Callback | Case:
    step = trouble.step
    if isinstance(step, HumanAgent | Callback | Case):
        return step
    raise EditError("this is no longer work for a team", mend="validate again.")


def _team_said(team: Team) -> str:
    return quoted(team.name or team.id)


@mends_of("W401")
def _no_team(trouble: Trouble) -> Iterator[Offer]:
    step, teams = _work(trouble), trouble.journey.teams
    level = step.level if isinstance(step, HumanAgent) else WORST_LEVEL
    asked = [team for team in teams if team.id in step.teams] if step.teams else teams
    for team in asked[:_MOST]:
        lacking = [one for one in step.skills if one not in team.skills]
        said = " and ".join(map(quoted, lacking or step.skills))
        skills = "skill" if len(lacking or step.skills) == 1 else "skills"
        label = f"Give {_team_said(team)} the {skills} {said}"
        yield offer(label, _able, team.id, step.skills, level)
    name = next((one for one in step.teams if one not in {t.id for t in teams}), "team")
    if not asked and all(one.id != name for one in teams):
        yield offer(f"Add a team of {PEOPLE} people", _new_team, name, step.skills)


def _able(document: Document, team: str, skills: list[str], level: int) -> Edit:
    return in_turn(
        "Give skills",
        document,
        lambda now: with_skills(now, team, skills, level),
        lambda now: with_people(now, team),
    )


def _new_team(document: Document, name: str, skills: list[str]) -> Edit:
    return in_turn(
        "Add team",
        document,
        lambda now: put_named(now, TEAMS, Team(id=name, name=titled(name))),
        lambda now: _able(now, name, skills, WORST_LEVEL),
    )


@mends_of("W402")
def _nobody_works(trouble: Trouble) -> Iterator[Offer]:
    step = _work(trouble)
    for team in trouble.subject.able(step.skills, step.teams)[:_MOST]:
        yield offer(f"Let {PEOPLE} people work in {_team_said(team)}", with_people, team.id)


# ---- hours and long waits


@mends_of("W404")
def _hours(trouble: Trouble) -> Iterator[Offer]:
    step = trouble.step_as(HumanAgent)
    assumed = trouble.document.assumptions.staffing
    hours = working_hours(assumed[team.id] for team in staffed(trouble.subject, step))
    if hours:
        yield offer("Ask for the team's hours before", _asked_before, trouble, hours)
        to = target(trouble.graph, step.id, "closed", "abandoned")
        label = "Open the queue in the team's hours only"
        yield offer(label, change_step, with_fields(step, hours=hours), to)


def _asked_before(document: Document, trouble: Trouble, hours: list[OpenSpan]) -> Edit:
    ask = begun(document, "business_hours", trouble.graph, hours=hours)
    return put_before(document, trouble.name, ask, only_end(trouble.graph))


@mends_of("W405")
def _long_wait(trouble: Trouble) -> Iterator[Offer]:
    step = trouble.step_as(HumanAgent)
    offered = with_fields(step, callback_offer=CallbackOffer())
    for other in trouble.graph.steps:
        if isinstance(other, Callback):
            label = f"Offer a callback by {quoted(other.name)}"
            yield offer(label, change_step, offered, other.id)
    if staffed(trouble.subject, step):
        yield offer("Offer a callback, and add the step for it", _called_back, trouble, offered)
    to = target(trouble.graph, step.id, "timed_out", "abandoned")
    label = f"Let nobody wait longer than {time_in_english(LONG_WAIT)}"
    yield offer(label, change_step, with_fields(step, max_wait=LONG_WAIT), to)


def _called_back(document: Document, trouble: Trouble, offered: HumanAgent) -> Edit:
    """Who is reached goes where the served go, who is not where those go who gave up."""
    graph = trouble.graph
    fields = {"skills": offered.skills, "teams": offered.teams}
    call = begun(document, "callback", graph, **fields)
    reached, lost = (way_on(graph, offered.id, one) for one in ("resolved", "abandoned"))
    return in_turn(
        "Offer callback",
        document,
        lambda now: add_beside(now, offered.id, call),
        lambda now: connect(now, call.id, "reached", reached),
        lambda now: connect(now, call.id, "not_reached", lost),
        lambda now: change_step(now, offered, call.id),
    )


# ---- staffing


@mends_of("W406")
def _staff_of_nobody(trouble: Trouble) -> Iterator[Offer]:
    name, staffing = trouble.part(2), trouble.document.assumptions.staffing
    free = {team.id: team for team in trouble.journey.teams if team.id not in staffing}
    for other in nearest(name, free):
        yield offer(f"Let them work in {_team_said(free[other])}", _moved_to, name, other)
    yield offer(f"Add the team {quoted(name)}", put_named, TEAMS, Team(id=name, name=titled(name)))
    yield offer(f"Remove the staffing of {quoted(name)}", _without, name)


def _moved_to(document: Document, name: str, other: str) -> Edit:
    staffing = document.assumptions.staffing[name]
    return Keys("Move staffing", STAFFING, {name: ABSENT, other: staffing})


def _without(_: Document, name: str) -> Edit:
    return Keys("Remove staffing", STAFFING, {name: ABSENT})


@mends_of("W407")
def _idle_break(trouble: Trouble) -> Iterator[Offer]:
    name, number = trouble.part(2), trouble.part(4)
    staffing: Staffing | None = trouble.document.assumptions.staffing.get(name)
    if staffing is not None and number.isdecimal():
        breaks = [one for n, one in enumerate(staffing.breaks) if n != int(number)]
        yield offer("Remove the break", _with_breaks, name, breaks)


def _with_breaks(_: Document, team: str, breaks: list[Break]) -> Edit:
    return SetField("Remove break", f"{STAFFING}.{team}.breaks", breaks)
