"""Mends of W503 and W504: names that are referred to exist, and those that exist serve."""

from __future__ import annotations

from collections.abc import Iterator

from engine.document import Document
from engine.edit_kinds import ABSENT, Edit, Keys, SetField, in_turn
from engine.edits import put_attribute, replace_step
from engine.element_edits import element, put_named, remove_named, with_fields
from engine.errors import EditError
from engine.journey import Skill, Stage, Team
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import nearest
from engine.mends.teams import SKILLS, STAFFING, TEAMS, titled, with_people
from engine.mends.trouble import Trouble
from engine.naming import names_in, renamed
from engine.profile import Attribute, Channel, Purpose
from engine.steps.base import Step
from engine.validation.finding import quoted

_LISTS = {"stage": "stages", "purpose": "purposes", "skill": "skills", "team": "teams"}
_CHANNELS = "journey.channels"
_CONSENT = ("W311", "W313", "W314", "W316")
_STAFF = ("W401", "W402")

_Holder = Step | Attribute | Team


# ---- what does not exist


@mends_of("W503")
def _unknown(trouble: Trouble) -> Iterator[Offer]:
    holder, what = _holder(trouble), trouble.finding.what
    for kind, name in names_in(holder):
        if kind in _LISTS and f"the {kind} {quoted(name)}" in what:
            for other in nearest(name, (one.id for one in getattr(trouble.journey, _LISTS[kind]))):
                yield offer(f"Use {quoted(other)} instead", _using, holder, kind, name, other)
            yield from _adding(holder, kind, name)
    for channel in Channel:
        if f"the channel {quoted(channel.value)}" in what:
            label = f"Add {quoted(channel.value)} to the journey's channels"
            yield offer(label, _with_channel, channel)


def _holder(trouble: Trouble) -> _Holder:
    """What names it: the step, or an attribute or a team."""
    if trouble.finding.step is not None:
        return trouble.step
    if trouble.part(1) == "attributes":
        return element(trouble.document, "journey.attributes", trouble.part(2), Attribute)
    return element(trouble.document, TEAMS, trouble.part(2), Team)


def _using(document: Document, holder: _Holder, kind: str, name: str, other: str) -> Edit:
    edit = _exchanged(document, renamed(holder, {kind: {name: other}}))
    return guarded(document, edit, *_CONSENT, *_STAFF)


def _exchanged(document: Document, holder: _Holder) -> Edit:
    if isinstance(holder, Step):
        return replace_step(document, holder)
    if isinstance(holder, Attribute):
        return put_attribute(document, holder)
    return put_named(document, TEAMS, holder)


def _adding(holder: _Holder, kind: str, name: str) -> Iterator[Offer]:
    label, said = f"Add the {kind} {quoted(name)}", titled(name)
    match kind:
        case "stage":
            yield offer(label, put_named, "journey.stages", Stage(id=name, name=said))
        case "skill":
            yield offer(label, put_named, SKILLS, Skill(id=name, name=said))
        case "team":
            skills = getattr(holder, "skills", [])
            yield offer(label, _with_team, Team(id=name, name=said, skills=skills))
        case "purpose":
            yield offer(f"{label}, with consent", _with_purpose, Purpose(id=name, name=said))
            other = Purpose(id=name, name=said, legal_basis="legitimate_interest")
            yield offer(f"{label}, as a legitimate interest", _with_purpose, other)


def _with_team(document: Document, team: Team) -> Edit:
    """With people, or the work that the team may now be asked for would have nobody."""
    return in_turn(
        "Add team",
        document,
        lambda now: put_named(now, TEAMS, team),
        lambda now: with_people(now, team.id),
    )


def _with_purpose(document: Document, purpose: Purpose) -> Edit:
    edit = put_named(document, "journey.purposes", purpose)
    return guarded(document, edit, *_CONSENT)


def _with_channel(document: Document, channel: Channel) -> Edit:
    known = document.journey.channels
    return SetField("Add channel", _CHANNELS, [one for one in Channel if one in {*known, channel}])


# ---- what nothing uses


@mends_of("W504")
def _unused(trouble: Trouble) -> Iterator[Offer]:
    kind, name = trouble.part(1), trouble.part(2)
    label = f"Remove the {kind.removesuffix('s')} {quoted(name)}"
    match kind:
        case "channels":
            yield offer(label, _without_channel, name)
        case "skills":
            yield offer(label, _without_skill, name)
        case "teams":
            yield offer(label, _without_team, name)
        case "stages" | "purposes":
            yield offer(label, remove_named, f"journey.{kind}", name)


def _without_channel(document: Document, name: str) -> Edit:
    left = [one for one in document.journey.channels if one.value != name]
    return SetField("Remove channel", _CHANNELS, left)


def _without_skill(document: Document, name: str) -> Edit:
    """Teams lose it too: nobody asks for it."""
    teams = [
        with_fields(
            team,
            skills=[one for one in team.skills if one != name],
            levels={key: level for key, level in team.levels.items() if key != name},
        )
        for team in document.journey.teams
    ]
    return in_turn(
        "Remove skill",
        document,
        lambda _: SetField("Remove skill", TEAMS, teams),
        lambda now: remove_named(now, SKILLS, name),
    )


def _without_team(document: Document, name: str) -> Edit:
    """With its people, and with what would befall them."""
    if name not in {team.id for team in document.journey.teams}:
        raise EditError(f"there is no team “{name}”", mend="validate again.")
    outages = [
        with_fields(one, teams=[team for team in one.teams if team != name])
        for one in document.assumptions.outages
    ]
    staffing = {name: ABSENT} if name in document.assumptions.staffing else {}
    return in_turn(
        "Remove team",
        document,
        lambda now: remove_named(now, TEAMS, name),
        lambda _: Keys("Remove staffing", STAFFING, staffing),
        lambda _: SetField("Change outages", "assumptions.outages", outages),
    )
