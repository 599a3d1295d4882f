"""Everything of a document that a scenario may change with one number or one choice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.calendar import TimeOfDay
from engine.change_english import link_in_english, place_in_english, unit_of
from engine.distributions import Exponential, Lognormal
from engine.document import Document, document_to_plain
from engine.experience import Coefficient
from engine.model import TAGS, to_plain
from engine.places import ABSENT, Spot, assumed, inside, model_of
from engine.steps.base import Step
from engine.value_english import words


class Kind(Enum):
    """What stands at a place, and so how it may be changed."""

    NUMBER = "number"
    NUMBERS = "numbers"
    YES_NO = "yes or no"
    CHOICE = "choice"
    SHAPE = "shape"
    """A distribution that is not said by its mean; it becomes one of some mean."""
    PART = "part"
    """Something that is there, or may be there, as a whole."""


@dataclass(frozen=True, slots=True)
class Changeable:
    """One place that a scenario may change.

    said: what it is called, such as “Adviser: mean of handle time”.
    value: as plain JSON, the default where the document leaves it out; None where nothing is set.
    low, high: bounds that the model sets; above: a bound that must be exceeded.
    plausible: the range that the document itself calls plausible.
    choices: what there is to choose from, with what it is called.
    template: what else a distribution has, besides its mean.
    can_go: whether it may be taken out, so that its default holds.
    """

    at: str
    said: str
    kind: Kind
    value: Any = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    above: float | None = None
    whole: bool = False
    plausible: tuple[float, float] | None = None
    choices: tuple[tuple[Any, str], ...] = ()
    template: Mapping[str, Any] | None = None
    can_go: bool = False


_SECTIONS: Final = (
    ("assumptions", "demand"),
    ("assumptions", "staffing"),
    ("assumptions", "steps"),
    ("journey", "steps"),
    ("journey", "links"),
    ("journey", "teams"),
    ("assumptions", "population"),
    ("assumptions", "outages"),
    ("assumptions", "period"),
    ("assumptions", "experience"),
    ("journey", "attributes"),
    ("journey", "sub_journeys"),
)
_SILENT: Final = frozenset({"id", "name", "note", "copy_of", *TAGS})
"""Fields that change no result; a tag is changed with what it belongs to."""
_MAP_ONLY: Final = frozenset(Step.model_fields)
_TIME: Final = get_args(TimeOfDay)[1].metadata[0].pattern
_HALF_HOURS: Final = tuple(f"{n // 2:02}:{n % 2 * 30:02}" for n in range(49))


def changeable(document: Document) -> Iterator[Changeable]:
    """All such places, what is changed most often first."""
    return _Places(document).all()


class _Places:
    """Goes through a plain document along its models."""

    def __init__(self, document: Document) -> None:
        self._plain = document_to_plain(document)
        journey = self._plain["journey"]
        self._graphs = (journey, *journey.get("sub_journeys", ()))
        self._steps = {one["id"]: one for graph in self._graphs for one in graph.get("steps", ())}
        self._around = {
            key: one
            for key, one in journey.items()
            if key not in {"steps", "links", "sub_journeys"}
        }

    def all(self) -> Iterator[Changeable]:
        root = Spot("", self._plain, Document)
        for section, field in _SECTIONS:
            first = inside(root, section)
            way = [first, inside(first, field)]
            match section, field:
                case "assumptions", "steps":
                    yield from self._assumptions(way)
                case "journey", "steps" | "links":
                    yield from self._graph(way, self._graphs[0])
                case "journey", "sub_journeys":
                    for graph in self._graphs[1:]:
                        sub = inside(way[-1], graph["id"])
                        for part in ("steps", "links"):
                            yield from self._graph([*way, sub, inside(sub, part)], graph)
                case _:
                    yield from self._below(way, self._only())

    def _only(self, *steps: str) -> dict[str, Any]:
        """A document that has no steps but these: enough to name what belongs to them."""
        found = [self._steps[one] for one in steps if one in self._steps]
        return {**self._plain, "journey": {**self._around, "steps": found}}

    def _assumptions(self, way: list[Spot]) -> Iterator[Changeable]:
        for name in self._steps:
            only = self._only(name)
            spot = assumed(only, way[-1], name)
            if spot.kind is not Any:
                yield from self._below([*way, spot], only)

    def _graph(self, way: list[Spot], graph: dict[str, Any]) -> Iterator[Changeable]:
        items = way[-1]
        for number, item in enumerate(items.value if isinstance(items.value, list) else ()):
            if items.key == "links":
                yield self._link(way, item, graph)
            else:
                spot = replace(inside(items, str(number)), key=item["id"])
                yield from self._below([*way, spot], self._only(item["id"]), _MAP_ONLY)

    def _link(self, way: list[Spot], link: dict[str, Any], graph: dict[str, Any]) -> Changeable:
        """Where an exit leads: to another step of its graph, or nowhere."""
        said = link_in_english(self._only(link["from"], link.get("to", "")), link)
        place = "/".join(spot.key for spot in way)
        choices = [(one["id"], one.get("name", one["id"])) for one in graph.get("steps", ())]
        return Changeable(
            f"{place}/{link['from']}.{link['exit']}/to",
            said or "",
            Kind.CHOICE,
            link.get("to"),
            choices=tuple(choices),
            can_go="to" in link,
        )

    def _below(
        self, way: list[Spot], plain: dict[str, Any], silent: frozenset[str] = frozenset()
    ) -> Iterator[Changeable]:
        """What is at the last of these spots, and below it."""
        spot = way[-1]
        model = model_of(spot.kind, spot.value)
        if model is not None and (isinstance(spot.value, dict) or spot.value is ABSENT):
            for key, field in _fields(model):
                inner = inside(spot, key)
                # A lognormal has either mean and CV, or μ and σ.
                is_other_pair = model is Lognormal and inner.value is None
                if key not in silent | _SILENT and not is_other_pair:
                    yield from self._field([*way, inner], plain, field)
        elif get_origin(spot.kind) in {list, dict}:
            for part in _parts(spot):
                inner = inside(spot, part)
                yield from self._element([*way, inner], plain)

    def _element(self, way: list[Spot], plain: dict[str, Any]) -> Iterator[Changeable]:
        spot = way[-1]
        leaf = _leaf(spot, None)
        if leaf is not None:
            yield self._made(leaf, way, plain)
            return
        named = isinstance(spot.value, dict) and "id" in spot.value
        if named and way[-2].key != "attributes":
            yield self._made(Changeable("", "", Kind.PART, can_go=True), way, plain)
        yield from self._below(way, plain)

    def _field(
        self, way: list[Spot], plain: dict[str, Any], field: FieldInfo
    ) -> Iterator[Changeable]:
        spot = way[-1]
        leaf = _leaf(spot, field)
        if leaf is not None:
            yield self._made(_with_range(leaf, way), way, plain)
            return
        model = model_of(spot.kind, spot.value)
        is_absent = spot.value is None or spot.value is ABSENT
        if model is None or not is_absent:
            if model is Lognormal and "mu" in spot.value:
                yield self._made(_by_mean(spot), way, plain)
            elif model is not None and field.default is None:
                part = Changeable("", "", Kind.PART, spot.value, can_go=True)
                yield self._made(part, way, plain)
            yield from self._below(way, plain)
            return
        # It is made by the first of its fields that is set, if that is enough.
        needed = [key for key, one in _fields(model) if one.is_required()]
        if len(needed) > 1:
            return
        if not needed:
            yield self._made(Changeable("", "", Kind.PART), way, plain)
        there = replace(spot, value={})
        for key, one in _fields(model):
            if key in needed or not needed:
                yield from self._field([*way[:-1], there, inside(there, key)], plain, one)

    def _made(self, leaf: Changeable, way: list[Spot], plain: dict[str, Any]) -> Changeable:
        at = "/".join(spot.key for spot in way)
        said = place_in_english(plain, way)
        unit = unit_of(way) or leaf.unit
        return replace(leaf, at=at, said=said, unit=unit)


def _parts(spot: Spot) -> Iterator[str]:
    """The keys of the elements of a list or mapping, as places name them."""
    if isinstance(spot.value, dict):
        yield from (key for key in spot.value if "/" not in key and key != "+")
    elif isinstance(spot.value, list) and any(isinstance(one, dict) for one in spot.value):
        for number, one in enumerate(spot.value):
            name = one.get("id") if isinstance(one, dict) else None
            yield name if isinstance(name, str) else str(number)


def _fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    return [(one.alias or name, one) for name, one in model.model_fields.items()]


def _leaf(spot: Spot, field: FieldInfo | None) -> Changeable | None:
    """What can be changed at this spot by one value; None if it goes on below, or cannot."""
    kind, value = spot.kind, None if spot.value is ABSENT else spot.value
    can_go = field is not None and not field.is_required() and spot.value is not ABSENT
    if get_origin(kind) in {Union, UnionType} and isinstance(value, bool | int | float):
        kind = type(value)  # a value of an attribute
    facts: dict[str, Any] = {"value": value, "low": spot.low, "high": spot.high, "unit": spot.unit}
    if kind is bool:
        return Changeable("", "", Kind.YES_NO, value, can_go=can_go)
    if kind in {int, float}:
        above = _note(field, "gt")
        return Changeable(
            "", "", Kind.NUMBER, whole=kind is int, above=above, can_go=can_go, **facts
        )
    if get_origin(kind) is list and get_args(kind) and _is_numbers(value):
        rule = inside(spot, "0")
        facts |= {"low": rule.low, "high": rule.high, "unit": rule.unit}
        return Changeable("", "", Kind.NUMBERS, whole=rule.whole, can_go=can_go, **facts)
    choices = _choices(kind, field)
    if choices:
        return Changeable("", "", Kind.CHOICE, value, choices=choices, can_go=can_go)
    if value is None and Exponential in get_args(kind):
        return Changeable(
            "", "", Kind.SHAPE, above=0.0, unit=spot.unit, template={"kind": "exponential"}
        )
    return None


def _by_mean(spot: Spot) -> Changeable:
    """A lognormal by its mean, as uncertain as it is."""
    shape = Lognormal.model_validate(spot.value)
    cv = round(math.sqrt(math.expm1(shape.log_parameters()[1] ** 2)), 4)
    template = {"kind": "lognormal", "cv": cv}
    mean = float(f"{shape.expected():.4g}")
    return Changeable("", "", Kind.SHAPE, mean, spot.unit, above=0.0, template=template)


def _is_numbers(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
    )


def _choices(kind: Any, field: FieldInfo | None) -> tuple[tuple[Any, str], ...]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple((to_plain(one), words(str(one.value))) for one in kind)
    if get_origin(kind) is Literal:
        return tuple((one, words(str(one))) for one in get_args(kind))
    if kind is str and _note(field, "pattern") == _TIME:
        return tuple((one, one) for one in _HALF_HOURS)
    return ()


def _note(field: FieldInfo | None, name: str) -> Any:
    """What is noted about a field, be it that it may be null too."""
    pending: list[Any] = [field]
    while pending:
        one = pending.pop()
        if isinstance(one, FieldInfo):
            pending += [*one.metadata, one.annotation]
        elif getattr(one, name, None) is not None:
            return getattr(one, name)
        elif get_origin(one) is not None:
            pending += [*getattr(one, "__metadata__", ()), *get_args(one)]
    return None


def _with_range(leaf: Changeable, way: Sequence[Spot]) -> Changeable:
    """The value of a coefficient has its plausible range beside it."""
    around = way[-2].value
    if way[-2].kind is not Coefficient or way[-1].key != "value" or not isinstance(around, dict):
        return leaf
    return replace(leaf, plausible=(float(around["low"]), float(around["high"])))
