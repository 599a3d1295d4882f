"""Places in a plain document: what stands there, and what its model says of it.

A place is a path of keys; an element of a list is named by its id, a link by its step and
exit (`welcome.played`), any element by its number from 0:
assumptions/steps/virtual_agent/intents/balance/containment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from engine.model import TAGS, to_plain
from engine.steps.catalog import step_types

ABSENT: Final = object()
"""Stands for the value of a place at which there is nothing, not even a default."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on the way.

    value: as plain JSON, the default where the document leaves it out, or ABSENT.
    kind: the type that its model declares; Any where none is known.
    unit: s, share, money, or nothing.
    low, high: bounds that the model sets, both allowed.
    is_field: whether it is a field of a model, not an element of a list or mapping.
    """

    key: str
    value: Any
    kind: Any
    unit: str = ""
    low: float | None = None
    high: float | None = None
    is_field: bool = False

    @property
    def whole(self) -> bool:
        """Whether the model wants a whole number here."""
        return self.kind is int


def walk(plain: dict[str, Any], place: str) -> list[Spot]:
    """Every place on the way to `place`, itself the last. Never raises, whatever stands there."""
    from engine.document import Document  # noqa: PLC0415 - a cycle

    spots: list[Spot] = []
    spot = Spot("", plain, Document)
    for part in place.split("/"):
        is_step = [one.key for one in spots] == ["assumptions", "steps"]
        spot = assumed(plain, spot, part) if is_step else inside(spot, part)
        spots.append(spot)
    return spots


def fill(plain: dict[str, Any], place: str) -> None:
    """Write down whatever is left out on the way to `place` because it holds its default."""
    node: Any = plain
    for spot in walk(plain, place):
        if spot.value is ABSENT:
            return
        if isinstance(node, dict):
            node.setdefault(spot.key, spot.value)
        node = spot.value


def position(items: list[Any], part: str) -> int | None:
    """The number of the element of `items` that `part` names; None if there is none."""
    for number, item in enumerate(items):
        if isinstance(item, dict) and part in {_text(item, "id"), _link_name(item)}:
            return number
    if part.isdecimal() and len(part) < 10 and int(part) < len(items):
        return int(part)
    return None


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None


def _link_name(item: dict[str, Any]) -> str | None:
    start, exit_name = _text(item, "from"), _text(item, "exit")
    return f"{start}.{exit_name}" if start and exit_name else None


def assumed(plain: dict[str, Any], spot: Spot, step: str) -> Spot:
    """The assumptions of a step, inside those of all: its type says which model they follow."""
    value = spot.value.get(step, {}) if isinstance(spot.value, dict) else ABSENT
    model = _assumptions_model(plain, step)
    return Spot(step, value if model else ABSENT, model or Any)


def _assumptions_model(plain: dict[str, Any], step: str) -> Any:
    found = find_step(plain, step)
    cls = step_types().get(str(found.get("type"))) if found else None
    return cls.assumptions if cls else None


def find_step(plain: dict[str, Any], name: str) -> dict[str, Any] | None:
    """The step with the id `name`, be it in a sub-journey, as it stands in the document."""
    journey = plain.get("journey")
    if not isinstance(journey, dict):
        return None
    subs = journey.get("sub_journeys")
    for graph in (journey, *(subs if isinstance(subs, list) else ())):
        steps = graph.get("steps") if isinstance(graph, dict) else None
        for step in steps if isinstance(steps, list) else ():
            if isinstance(step, dict) and step.get("id") == name:
                return step
    return None


def inside(spot: Spot, part: str) -> Spot:
    """The place `part` in what stands at `spot`."""
    model = model_of(spot.kind, spot.value)
    if model is not None:
        return _field(model, spot.value, part)
    value = _element(spot.value, part)
    arguments = get_args(spot.kind)
    if get_origin(spot.kind) in {list, dict} and arguments:
        kind, notes = _bare(arguments[-1])
        return Spot(part, value, kind, *_facts(notes))
    return Spot(part, value, Any)


def _field(model: type[BaseModel], value: Any, part: str) -> Spot:
    found = next(
        (one for name, one in model.model_fields.items() if part == (one.alias or name)), None
    )
    if found is None:
        return Spot(part, _element(value, part), Any)
    content = _element(value, part)
    if content is ABSENT and isinstance(value, dict) and found.default is not PydanticUndefined:
        content = to_plain(found.default)
    kind, notes = _bare(found.annotation)
    return Spot(part, content, kind, *_facts([found, *notes]), is_field=True)


def _element(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part, ABSENT)
    if isinstance(value, list):
        number = position(value, part)
        return ABSENT if number is None else value[number]
    return ABSENT


def model_of(kind: Any, value: Any) -> type[BaseModel] | None:
    """The model that `value` follows; of several, the one that its tag names."""
    options = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    models = [one for one in options if isinstance(one, type) and issubclass(one, BaseModel)]
    if len(models) == 1:
        return models[0]
    tags = [(tag, value[tag]) for tag in TAGS if tag in value] if isinstance(value, dict) else []
    for model in models:
        for tag, named in tags:
            own = model.model_fields.get(tag)
            if own is not None and named in get_args(own.annotation):
                return model
    return None


def _bare(annotation: Any) -> tuple[Any, list[Any]]:
    """A type without what is noted about it, nor whether it may be null; and those notes."""
    notes: list[Any] = []
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            notes += more
        elif origin in {Union, UnionType}:
            rest = [one for one in get_args(annotation) if one is not NoneType]
            if len(rest) != 1:
                return annotation, notes
            annotation = rest[0]
        else:
            return annotation, notes


def _facts(notes: Iterable[Any]) -> tuple[str, float | None, float | None]:
    """Unit, lowest and highest value."""
    unit, low, high = "", None, None
    pending = list(notes)
    while pending:
        note = pending.pop()
        if isinstance(note, FieldInfo):
            pending += note.metadata
            extra = note.json_schema_extra
            unit = unit or (str(extra.get("unit", "")) if isinstance(extra, dict) else "")
        low = getattr(note, "ge", low)
        high = getattr(note, "le", high)
    return unit, low, high
