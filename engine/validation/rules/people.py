"""W401 to W407: work for people finds a team, and queues let customers out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.assumptions import Break, Staffing
from engine.calendar import DAY, seconds_of
from engine.journey import Team
from engine.profile import Channel
from engine.skill_level import WORST_LEVEL
from engine.steps.people import Callback, Case, HumanAgent, HumanAgentAssumptions
from engine.validation.facts import OPEN
from engine.validation.finding import Severity, listed, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.rules.links import is_of_queue, unlinked
from engine.validation.staffing import covers_week, has_people, spans
from engine.validation.subject import Spot, Subject

LONG_WAIT: Final = 180.0
"""Seconds from which on a wait in a queue is long."""
_LIVE = frozenset({Channel.VOICE, Channel.CHAT})

Work = HumanAgent | Callback | Case


def _work(subject: Subject) -> Iterator[tuple[Spot, Work]]:
    for spot in subject.spots:
        if isinstance(spot.step, HumanAgent | Callback | Case):
            yield spot, spot.step


def staffed(subject: Subject, step: Work) -> list[Team]:
    """The teams that can serve the step and have people."""
    staffing = subject.assumptions.staffing
    able = subject.able(step.skills, step.teams)
    return [team for team in able if has_people(staffing.get(team.id))]


def _team_names(teams: list[Team]) -> str:
    return listed([team.name or team.id for team in teams])


@rule(
    "W401",
    Severity.ERROR,
    "No team can do this",
    why="The step needs skills that none of the teams it may ask has.",
    mend="Give a team these skills, ask another team, or ask for fewer skills.",
)
def _no_team(subject: Subject) -> Iterator[Flaw]:
    for spot, step in _work(subject):
        level = step.level if isinstance(step, HumanAgent) else WORST_LEVEL
        if not subject.able(step.skills, step.teams, level):
            skills = f" with {listed(step.skills)}" if step.skills else ""
            among = f" among {listed(step.teams)}" if step.teams else ""
            good = f" at level {level} or better" if level < WORST_LEVEL else ""
            yield Flaw(f"{spot.said} finds no team{skills}{among}{good}.", spot, "teams")


@rule(
    "W402",
    Severity.ERROR,
    "Work without a staffed team",
    why="Nobody works in the teams that could do this, so customers would wait in vain.",
    mend="Give one of these teams a staffing with people in the assumptions.",
)
def _no_staffed_team(subject: Subject) -> Iterator[Flaw]:
    for spot, step in _work(subject):
        able = subject.able(step.skills, step.teams)
        if able and not staffed(subject, step):
            what = f"{spot.said} is without a staffed team: nobody works in {_team_names(able)}."
            yield Flaw(what, spot, "teams")


@rule(
    "W403",
    Severity.ERROR,
    "Way out of the queue leads nowhere",
    why="Customers who give up, wait too long, or find the queue full or closed would be lost.",
    mend="Link the exit to what happens then, or close it if the contact ends there.",
)
def _queue_exit_unlinked(subject: Subject) -> Iterator[Flaw]:
    for spot, exit_name in unlinked(subject):
        if is_of_queue(spot, exit_name):
            what = f"{spot.said} leaves open what happens after {quoted(exit_name)}."
            mend = f"Link {quoted(exit_name)} to a step, or close it if the contact ends there."
            yield Flaw(what, spot, exit_name, mend)


@rule(
    "W404",
    Severity.WARNING,
    "Queue entered without asking whether anybody works",
    why="Outside working hours customers would wait for people who are not there.",
    mend="Put business hours before it, or give the step hours of its own.",
)
def _hours_unchecked(subject: Subject) -> Iterator[Flaw]:
    facts = subject.facts
    for spot, step in subject.of(HumanAgent):
        if step.hours is not None or not facts.is_reached(spot) or facts.are_certain(OPEN, spot):
            continue
        teams = staffed(subject, step)
        if teams and not _around_the_clock(subject, teams):
            what = f"{spot.said} may be entered when nobody of {_team_names(teams)} works."
            yield Flaw(what, spot, "hours")


def _around_the_clock(subject: Subject, teams: list[Team]) -> bool:
    staffing = subject.assumptions.staffing
    return covers_week([span for team in teams for span in spans(staffing[team.id])])


@rule(
    "W405",
    Severity.HINT,
    "No callback offered where waits may be long",
    why="Customers who may be called back rather than wait give up less often.",
    mend="Offer a callback when the expected wait is long, or let nobody wait so long.",
)
def _no_callback_offer(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(HumanAgent):
        reason = _why_long(step, subject.assumed(step))
        if reason and step.callback_offer is None and subject.channels.at(spot) & _LIVE:
            what = f"{spot.said} offers no callback, but {reason}."
            yield Flaw(what, spot, "callback_offer")


def _why_long(step: HumanAgent, assumed: object) -> str:
    """What says that customers may wait long; empty if nothing does."""
    if step.max_wait is not None:
        too_long = step.max_wait > LONG_WAIT
        return f"customers may wait {step.max_wait:,.15g} s" if too_long else ""
    patience = assumed.patience if isinstance(assumed, HumanAgentAssumptions) else None
    if patience is None:
        return "customers wait for as long as it takes"
    mean = patience.expected()
    return f"their mean patience is {mean:,.0f} s" if mean > LONG_WAIT else ""


@rule(
    "W406",
    Severity.ERROR,
    "Staffing for a team that does not exist",
    why="These people would never be asked to work.",
    mend="Add the team to the journey, or remove its staffing.",
)
def _staffing_of_nobody(subject: Subject) -> Iterator[Flaw]:
    teams = {team.id for team in subject.journey.teams}
    for name in subject.assumptions.staffing:
        if name not in teams:
            what = f"There is staffing for the team {quoted(name)}, which does not exist."
            yield Flaw(what, field=f"assumptions/staffing/{name}")


@rule(
    "W407",
    Severity.WARNING,
    "Break when nobody works",
    why="Nobody is away who would else be there, so the break changes nothing.",
    mend="Let it begin while people of the team are scheduled, and let somebody be away.",
)
def _break_of_nobody(subject: Subject) -> Iterator[Flaw]:
    for name, staffing in subject.assumptions.staffing.items():
        for number, one in enumerate(staffing.breaks):
            if not one.share or not _anybody_works(staffing, one):
                what = (
                    f"In the break of {quoted(name)} at {one.starts_at} nobody is away from work."
                )
                yield Flaw(what, field=f"assumptions/staffing/{name}/breaks/{number}")


def _anybody_works(staffing: Staffing, one: Break) -> bool:
    """Whether somebody is scheduled at some time of the break."""
    opening, begins = seconds_of(staffing.starts_at), seconds_of(one.starts_at)
    begins += DAY if begins < opening else 0.0
    return any(
        agents and start < begins + one.lasts and start + staffing.interval > begins
        for number, agents in enumerate(staffing.agents)
        for start in [opening + number * staffing.interval]
    )
