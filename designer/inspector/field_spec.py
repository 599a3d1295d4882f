"""What a model says of one of its fields: type, bounds, unit, help. Nothing here is about Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from engine.conditions import Condition, Literal_
from engine.model import IDENTIFIER_PATTERN, TAGS, Identifier
from engine.value_english import MEASURED

_IDENTIFIER_HELP: Final = get_args(Identifier)[1].description
_UNITLESS: Final = frozenset({("Numbers", "of"), ("Demand", "spacing")})
"""Distributions that are of plain numbers: elsewhere they are of seconds."""
_INHERITING: Final = MEASURED | {"of", "parts"}
"""Fields of a distribution that are in the unit of what it is the distribution of."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One field, or one element of a list or mapping.

    kind: its type without notes, and without None; optional tells whether it may be None.
    above: the bound that a number must be greater than; low and high are allowed themselves.
    """

    name: str
    kind: Any
    owner: type[BaseModel] | None = None
    optional: bool = False
    default: Any = PydanticUndefined
    unit: str = ""
    low: float | None = None
    high: float | None = None
    above: float | None = None
    shortest: int = 0
    longest: int | None = None
    pattern: str = ""
    help: str = ""

    @property
    def is_identifier(self) -> bool:
        """Whether an id stands here: the element's own, or that of something it refers to."""
        return self.kind is str and self.pattern == IDENTIFIER_PATTERN

    @property
    def origin(self) -> Any:
        """`list`, `dict`, `Literal`, a union, or None for a plain type."""
        return get_origin(self.kind)

    @property
    def model(self) -> type[BaseModel] | None:
        """The model that stands here, if it is one model."""
        return self.kind if is_model(self.kind) else None

    @property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The models of which one stands here, told apart by a tag; empty if it is no such field.

        Conditions are such models too, but they have an editor of their own.
        """
        if self.origin not in {Union, UnionType}:
            return ()
        options = get_args(self.kind)
        return options if all(is_model(one) for one in options) else ()

    @property
    def is_condition(self) -> bool:
        """Whether a condition stands here."""
        return bool(self.models) and set(self.models) == set(_CONDITIONS)

    @property
    def is_value(self) -> bool:
        """Whether a value of an attribute stands here: a yes or no, a number, a text."""
        return self.origin in {Union, UnionType} and set(_plain(self.kind)) == _VALUES

    @property
    def choices(self) -> tuple[Any, ...]:
        """The members of an enumeration; empty if it is none."""
        if self.origin is Literal:
            return get_args(self.kind)
        is_enum = isinstance(self.kind, type) and issubclass(self.kind, Enum)
        return tuple(self.kind) if is_enum else ()

    @property
    def element(self) -> Spec:
        """What stands in the list, or what a key of the mapping leads to."""
        inner = _spec(self.name, get_args(self.kind)[-1], [])
        is_inheriting = self.unit and self.name in _INHERITING
        return replace(inner, owner=self.owner, unit=self.unit if is_inheriting else inner.unit)

    @property
    def key(self) -> Spec:
        """What the keys of the mapping are."""
        return replace(_spec(self.name, get_args(self.kind)[0], []), owner=self.owner)


def is_model(kind: Any) -> bool:
    """Whether this type is a pydantic model."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@cache
def specs(model: type[BaseModel], unit: str = "") -> dict[str, Spec]:
    """The fields of a model in their order, without the tag that says which model it is.

    unit: what the numbers of a distribution are in.
    """
    found = {}
    for name, field in model.model_fields.items():
        if name in TAGS and get_origin(field.annotation) is Literal and not field.is_required():
            continue
        spec = _spec(name, field.annotation, [field])
        if (model.__name__, name) in _UNITLESS:
            spec = replace(spec, unit="")
        elif unit and name in _INHERITING:
            spec = replace(spec, unit=unit)
        found[name] = replace(
            spec, owner=model, default=field.get_default(call_default_factory=True)
        )
    return found


def _spec(name: str, annotation: Any, notes: list[Any]) -> Spec:
    kind, optional, more = _bare(annotation)
    facts: dict[str, Any] = {}
    for note in _flat([*more, *notes]):
        facts.update(_facts(note))
    return Spec(name, kind, optional=optional, **facts)


def _bare(annotation: Any) -> tuple[Any, bool, list[Any]]:
    """A type without None and what is noted about it; whether it may be None; the notes."""
    optional, notes = False, []
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            notes += more
        elif origin in {Union, UnionType} and NoneType in get_args(annotation):
            rest = tuple(one for one in get_args(annotation) if one is not NoneType)
            annotation, optional = Union[rest], True  # noqa: UP007 - made while the program runs
        else:
            return annotation, optional, notes


def _flat(notes: list[Any]) -> Iterator[Any]:
    for note in notes:
        if isinstance(note, FieldInfo):
            yield from _flat(list(note.metadata))
        yield note


def _facts(note: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    names = {
        "ge": "low",
        "le": "high",
        "gt": "above",
        "min_length": "shortest",
        "max_length": "longest",
        "pattern": "pattern",
    }
    if isinstance(note, FieldInfo):
        if note.description and note.description != _IDENTIFIER_HELP:
            facts["help"] = note.description
        extra = note.json_schema_extra
        if isinstance(extra, dict) and "unit" in extra:
            facts["unit"] = str(extra["unit"])
        return facts
    return {
        fact: found
        for key, fact in names.items()
        if (found := getattr(note, key, None)) is not None
    }


def _plain(kind: Any) -> list[Any]:
    return [_bare(one)[0] for one in get_args(kind)]


_VALUES: Final = set(_plain(Literal_))
_CONDITIONS: Final = get_args(get_args(Condition)[0])
