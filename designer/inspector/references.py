"""Which fields name something else of the document, and what there is to be named.

This is the one place that says it: the models know only that an id stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec
from designer.inspector.surroundings import Surroundings
from engine.assumptions import Choices
from engine.journey import Skill, Stage, SubJourneyDefinition, Team
from engine.profile import RESERVED_NAMES, Attribute, Purpose, ValueType
from engine.steps.control import SubJourney
from engine.steps.talk import Survey

Named = tuple[str, str]
"""An id and what it is called."""
Listing = Callable[[Surroundings, Any], list[Named]]
"""What there is, for a field of this model."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A kind of thing that fields name.

    new: what the entry is called that makes a new one; empty if none can be made in passing.
    place: the list that a new one is added to; make: a new one of this id and name.
    """

    listed: Listing
    new: object = ""
    place: str = ""
    make: Callable[[str, str], BaseModel] | None = None


def _named(items: Iterable[Any]) -> list[Named]:
    return [(one.id, getattr(one, "name", "") or one.id) for one in items]


def _attributes(readable: bool) -> Listing:
    return lambda around, _: _named(around.attributes(readable=readable).values())


def _new_attribute(name: str, title: str) -> Attribute:
    return Attribute(id=name, name=title, type=ValueType.TEXT, given=False)


def _outcomes(around: Surroundings, _owner: Any) -> list[Named]:
    sub = around.journey.sub_journey(around.graph) if around.graph is not None else None
    return _named(sub.outcomes) if sub else []


def _entries(around: Surroundings, _owner: Any) -> list[Named]:
    return _named(one for one in around.journey.steps if one.starts_contact)


_ADD_ATTRIBUTE: Final = QT_TRANSLATE_NOOP("Inspector", "New attribute")
_ADD_PURPOSE: Final = QT_TRANSLATE_NOOP("Inspector", "New purpose")
_READ: Final = Reference(
    _attributes(readable=True), _ADD_ATTRIBUTE, "journey.attributes", _new_attribute
)
_WRITTEN: Final = Reference(
    _attributes(readable=False), _ADD_ATTRIBUTE, "journey.attributes", _new_attribute
)
_SKILLS: Final = Reference(
    lambda around, _: _named(around.journey.skills),
    QT_TRANSLATE_NOOP("Inspector", "New skill"),
    "journey.skills",
    lambda name, title: Skill(id=name, name=title),
)
_TEAMS: Final = Reference(
    lambda around, _: _named(around.journey.teams),
    QT_TRANSLATE_NOOP("Inspector", "New team"),
    "journey.teams",
    lambda name, title: Team(id=name, name=title),
)
_FIELDS: Final[Mapping[str, Reference]] = {
    "skills": _SKILLS,
    "teams": _TEAMS,
    "purpose": Reference(
        lambda around, _: _named(around.journey.purposes),
        _ADD_PURPOSE,
        "journey.purposes",
        lambda name, title: Purpose(id=name, name=title),
    ),
    "stage": Reference(
        lambda around, _: _named(around.journey.stages),
        QT_TRANSLATE_NOOP("Inspector", "New stage"),
        "journey.stages",
        lambda name, title: Stage(id=name, name=title),
    ),
    "attribute": _WRITTEN,
    "intent_attribute": _WRITTEN,
    "need": _WRITTEN,
    "asks": _WRITTEN,
    "returns": _WRITTEN,
    "uses": _READ,
    "copy_of": _READ,
    "inputs": _READ,
    "entry": Reference(_entries),
    "journey": Reference(lambda around, _: _named(around.journey.sub_journeys)),
    "steps": Reference(lambda around, _: _named(around.journey.all_steps())),
    "outcome": Reference(_outcomes),
}


def reference_of(spec: Spec) -> Reference | None:
    """What the id at this field, or in this list, names; None if it is an id of its own."""
    if not spec.is_identifier:
        return None
    if spec.name == "attribute" and spec.owner is not None and _is_condition(spec.owner):
        return _READ
    return _FIELDS.get(spec.name)


def _is_condition(owner: type[BaseModel]) -> bool:
    return "op" in owner.model_fields


# ---- keys of mappings


def _own(field: str) -> Listing:
    """What the design of the shown step lists in its field of this name."""
    return lambda around, _: _named(getattr(around.step, field, ()))


def is_keyed_by_design(spec: Spec) -> bool:
    """Whether the keys of this mapping are ids that the step's own design lists."""
    return keys_of(spec) in _OWN


def _needs(around: Surroundings, _owner: Any) -> list[Named]:
    """What customers may truly want: intents of every step that has them, and the population's."""
    found = dict(
        named
        for step in around.journey.all_steps()
        for named in _named(getattr(step, "intents", ()))
    )
    assumptions = around.document.assumptions
    mix = assumptions.population.get(assumptions.need or "")
    wanted = mix.weights if isinstance(mix, Choices) else {}
    return list({**{one: one for one in wanted}, **found}.items())


def _scores(around: Surroundings, _owner: Any) -> list[Named]:
    step = around.step
    return [(str(one), str(one)) for one in step.scale()] if isinstance(step, Survey) else []


def _called(around: Surroundings) -> SubJourneyDefinition | None:
    step = around.step
    return around.journey.sub_journey(step.journey) if isinstance(step, SubJourney) else None


def _inputs(around: Surroundings, _owner: Any) -> list[Named]:
    called = _called(around)
    return [(one.id, one.id) for one in called.inputs] if called else []


def _levels(around: Surroundings, owner: Any) -> list[Named]:
    names = dict(_named(around.journey.skills))
    return [(one, names.get(one, one)) for one in getattr(owner, "skills", ())]


_OPTIONS, _INTENTS = _own("options"), _own("intents")
_OWN: Final = (_OPTIONS, _INTENTS)
_KEYS: Final[Mapping[str, Listing]] = {
    "MenuAssumptions.weights": _OPTIONS,
    "intents": _INTENTS,
    "handle_time_by_need": _needs,
    "scores": _scores,
    "inputs": _inputs,
    "constants": _inputs,
    "per_attribute": _attributes(readable=True),
    "attributes": _attributes(readable=False),
    "population": _attributes(readable=False),
    "staffing": lambda around, _: _named(around.journey.teams),
    "levels": _levels,
}


def keys_of(spec: Spec) -> Listing | None:
    """What the keys of this mapping name; None if they are free."""
    owner = spec.owner.__name__ if spec.owner else ""
    return _KEYS.get(f"{owner}.{spec.name}") or _KEYS.get(spec.name)


# ---- new ids


def new_id(name: str, taken: Iterable[str], otherwise: str = "one") -> str:
    """An id made from a name, that nothing else has."""
    used = set(taken) | RESERVED_NAMES
    plain = re.sub(r"_+", "_", re.sub(r"[^a-z0-9]+", "_", name.lower())).strip("_")
    plain = re.sub(r"^[0-9_]+", "", plain)[:34].strip("_") or otherwise
    number, candidate = 2, plain
    while candidate in used:
        candidate, number = f"{plain}_{number}", number + 1
    return candidate
