"""What a new element starts with: something that its model allows, and that is easy to change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

from designer.inspector.field_spec import Spec, specs
from designer.inspector.references import new_id, reference_of
from designer.inspector.surroundings import Surroundings
from engine.conditions import Known
from engine.distributions import Exponential

_SIZE: Final = 60.0
_ONES: Final = ("weight", "cv", "shape", "share", "agents")
_NUMBERS: Final = {"per_day": 100.0, **dict.fromkeys(_ONES, 1.0)}
_SHAPE: Final[Mapping[str, float]] = {"mean": 1.0, "value": 1.0, "scale": 1.0, "mode": 1.0}
_TRIES: Final[tuple[Mapping[str, Any], ...]] = (
    {},
    {"value": True},
    {"times": 2.0},
    {"duration": _SIZE},
    {"mean": _SIZE, "cv": 1.0},
)
"""For models that need one of several optional fields: which to try, the first that will do."""


def blank(model: type[BaseModel], around: Surroundings, **given: Any) -> BaseModel:
    """A new element of this model; ValidationError if none can be made from what there is."""
    values = dict(given)
    for name, spec in specs(model).items():
        if name not in values and spec.default is PydanticUndefined:
            values[name] = value_for(spec, around)
    last: ValidationError | None = None
    for more in _TRIES:
        if not more.keys() <= model.model_fields.keys():
            continue
        try:
            return model.model_validate({**more, **values}, strict=True)
        except ValidationError as error:
            last = error
    if last is None:  # pragma: no cover - the first try fits every model
        raise AssertionError
    raise last


def value_for(spec: Spec, around: Surroundings) -> Any:
    """A value that may stand at this field."""
    if spec.is_condition:
        return Known(attribute=next(iter(around.attributes()), "channel"))
    if spec.models:
        return _of_many(spec, around)
    if spec.model is not None:
        return blank(spec.model, around)
    if spec.origin is list:
        return _list(spec, around)
    if spec.origin is dict:
        return {"first": value_for(spec.element, around)} if spec.shortest else {}
    if spec.choices:
        return spec.choices[0]
    return _simple(spec, around)


def _list(spec: Spec, around: Surroundings) -> list[Any]:
    """As few as may be; points of a curve spread over what they may be, so that they rise."""
    model, count = spec.element.model, spec.shortest
    if model is None or count < 2:
        return [value_for(spec.element, around)] * count
    shares = [number / (count - 1) for number in range(count)]
    return [blank(model, around, **_spread(model, share)) for share in shares]


def _spread(model: type[BaseModel], share: float) -> dict[str, Any]:
    return {
        name: spec.low + share * (spec.high - spec.low)
        for name, spec in specs(model).items()
        if spec.kind is float and spec.low is not None and spec.high is not None
    }


def _of_many(spec: Spec, around: Surroundings) -> Any:
    if Exponential in spec.models:
        return Exponential(mean=_SIZE)
    return blank(spec.models[0], around)


def _simple(spec: Spec, around: Surroundings) -> Any:
    if spec.kind is bool or spec.is_value:
        return False
    if spec.kind in {int, float}:
        return _number(spec)
    reference = reference_of(spec)
    if reference is not None:
        listed = reference.listed(around, None)
        return listed[0][0] if listed else "none"
    if spec.is_identifier:
        return "first"
    if "24:00" in spec.pattern:
        return "09:00"
    return "New" if spec.shortest else ""


def _number(spec: Spec) -> float:
    value = _NUMBERS.get(spec.name, _SIZE if spec.unit == "s" else 0.0)
    value = max(value, spec.low if spec.low is not None else value)
    if spec.above is not None and value <= spec.above:
        value = spec.above + 1
    value = min(value, spec.high if spec.high is not None else value)
    return int(value) if spec.kind is int else value


def named(model: type[BaseModel], around: Surroundings, title: str, taken: list[str]) -> BaseModel:
    """A new element with an id of its own, called by this title where it has a name."""
    given: dict[str, Any] = {}
    if "id" in model.model_fields:
        given["id"] = new_id(title, taken, model.__name__.lower())
    if "name" in model.model_fields:
        given["name"] = title
    return blank(model, around, **given)


def converted(old: BaseModel | None, model: type[BaseModel], around: Surroundings) -> BaseModel:
    """A value of this model that is as near as can be to one of another model."""
    given: dict[str, Any] = {}
    expected = old.expected() if old is not None and hasattr(old, "expected") else None
    for name in model.model_fields:
        if name == "parts" and old is not None:
            given[name] = [{"weight": 1.0, "of": old}]
        elif name == "values" and expected is not None:
            given[name] = [expected]
        elif expected is not None and name in _SHAPE:
            given[name] = expected or 1.0
        elif expected is not None and name in {"low", "high"}:
            given[name] = expected * (0.5 if name == "low" else 1.5)
        elif name in {"cv", "shape"}:
            given[name] = 1.0
        elif old is not None and name in type(old).model_fields and name not in {"kind", "op"}:
            given[name] = getattr(old, name)
    try:
        return blank(model, around, **given)
    except ValidationError:
        return blank(model, around)
