"""Mends of W521 to W524: outages hit something that exists, and happen as they say."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Outage
from engine.distributions import Exponential
from engine.document import Document
from engine.edit_kinds import Edit, Splice
from engine.element_edits import with_fields
from engine.errors import EditError
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import nearest
from engine.mends.trouble import Trouble
from engine.steps.ai_agent import AIAgent
from engine.steps.data import SystemAction
from engine.validation.finding import quoted

_OUTAGES = "assumptions.outages"
_DAY = 86_400.0
_HOUR = 3600.0


def _outage(trouble: Trouble) -> Outage:
    """Found by its number: outages of the same id are told apart."""
    number, outages = trouble.part(2), trouble.document.assumptions.outages
    if not number.isdecimal() or int(number) >= len(outages):
        raise EditError("the outage is gone", mend="validate again.")
    return outages[int(number)]


def _changed(_: Document, trouble: Trouble, fields: dict[str, object]) -> Edit:
    new = with_fields(_outage(trouble), **fields)
    return Splice("Change outage", _OUTAGES, int(trouble.part(2)), 1, (new,))


def _removed(_: Document, trouble: Trouble) -> Edit:
    return Splice("Remove outage", _OUTAGES, int(trouble.part(2)), 1, ())


@mends_of("W521")
def _of_nothing(trouble: Trouble) -> Iterator[Offer]:
    outage, field = _outage(trouble), trouble.part(3)
    named = outage.steps if field == "steps" else outage.teams
    things = trouble.journey.all_steps() if field == "steps" else trouble.journey.teams
    known = [one.id for one in things]
    missing = [one for one in named if one not in known]
    for name in (one for one in missing if quoted(one) in trouble.finding.what):
        for other in nearest(name, (one for one in known if one not in named)):
            new = [other if one == name else one for one in named]
            yield offer(f"Use {quoted(other)} instead", _changed, trouble, {field: new})
        left = [one for one in named if one != name]
        yield offer(f"Remove {quoted(name)} from the outage", _changed, trouble, {field: left})


@mends_of("W522")
def _without_effect(trouble: Trouble) -> Iterator[Offer]:
    outage = _outage(trouble)
    match trouble.part(3):
        case "steps":
            may_fail = AIAgent | SystemAction
            steps = {one.id: one for one in trouble.journey.all_steps()}
            hit = [
                one
                for one in outage.steps
                if isinstance(steps.get(one), may_fail) or one not in steps
            ]
            yield offer("Leave out what cannot fail", _changed, trouble, {"steps": hit})
        case "missing":
            yield offer("Let everybody be missing", _changed, trouble, {"missing": 1.0})
        case "lasts" | "duration":
            yield offer(
                "Let it last an hour", _changed, trouble, {"lasts": _HOUR, "duration": None}
            )
    yield offer("Remove the outage", _removed, trouble)


@mends_of("W523")
def _unused(trouble: Trouble) -> Iterator[Offer]:
    name = trouble.part(3)
    default = Outage.model_fields[name].default if name in Outage.model_fields else None
    label = f"Remove {quoted(name)}"
    yield offer(label, _changed, trouble, {name: default})


@mends_of("W524")
def _all_the_time(trouble: Trouble) -> Iterator[Offer]:
    label = "Let a day pass between two of them"
    yield offer(label, _changed, trouble, {"every": Exponential(mean=_DAY)})
