"""Teams that quick fixes give people and skills, and when these people are there."""

from __future__ import annotations

from collections.abc import Iterable

from engine.assumptions import Staffing
from engine.calendar import DAY, WEEK, OpenSpan, Weekday
from engine.document import Document
from engine.edit_kinds import Edit, Keys, Several, Splice, in_turn
from engine.element_edits import element, put_named, with_fields
from engine.journey import Skill, Team
from engine.short_english import words
from engine.validation.staffing import Span, has_people, spans

TEAMS = "journey.teams"
SKILLS = "journey.skills"
STAFFING = "assumptions.staffing"
PEOPLE = 5
"""So many people a team gets to begin with."""


def with_people(document: Document, team: str) -> Edit:
    """Let people work in a team; one that has some is left as it is."""
    old = document.assumptions.staffing.get(team)
    if has_people(old):
        return Several("Staff team", ())
    new = Staffing(agents=[PEOPLE])
    if old is not None:
        agents = old.agents if any(old.agents) else [PEOPLE] * len(old.agents)
        all_gone = (name for name in ("shrinkage", "absence") if getattr(old, name) == 1)
        new = with_fields(old, agents=agents, **dict.fromkeys(all_gone, 0.0))
    return Keys("Staff team", STAFFING, {team: new})


def with_skills(document: Document, team: str, skills: Iterable[str], level: int) -> Edit:
    """Let a team have these skills, at this level or better; and let the journey know them."""
    old, skills = element(document, TEAMS, team, Team), list(skills)
    levels = {**old.levels, **{one: level for one in skills if old.levels.get(one, 1) > level}}
    all_skills = list(dict.fromkeys([*old.skills, *skills]))
    known = {one.id for one in document.journey.skills}
    new = tuple(Skill(id=one, name=titled(one)) for one in skills if one not in known)
    return in_turn(
        "Give skills",
        document,
        lambda now: put_named(now, TEAMS, with_fields(old, skills=all_skills, levels=levels)),
        lambda now: Splice("Add skills", SKILLS, len(now.journey.skills), 0, new),
    )


def titled(name: str) -> str:
    """An id as a name for people: home_loans is “Home loans”."""
    said = words(name)
    return said[:1].upper() + said[1:]


def working_hours(staffing: Iterable[Staffing]) -> list[OpenSpan]:
    """When at least one person of any of these is scheduled, in whole minutes."""
    marks = [span for one in staffing for span in spans(one)]
    found: dict[tuple[int, int], list[Weekday]] = {}
    for day in Weekday:
        for span in _of_day(marks, day.number * DAY):
            found.setdefault(span, []).append(day)
    return [
        OpenSpan(days=days, opens=_clock(opens), closes=_clock(closes))
        for (opens, closes), days in found.items()
    ]


def _of_day(marks: list[Span], start: float) -> list[tuple[int, int]]:
    """The minutes of a day from which and to which somebody works, without overlaps."""
    # What runs over the end of the week goes on at its beginning.
    shifts = [mark for a, b in marks for mark in ((a, b), (a - WEEK, b - WEEK))]
    inside = [(max(a - start, 0.0), min(b - start, DAY)) for a, b in shifts]
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted((-int(-a // 60), int(b // 60)) for a, b in inside if b > a):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        elif closes > opens:
            merged.append((opens, closes))
    return merged


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
