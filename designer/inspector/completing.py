"""A model with some fields changed, where fields may depend on each other.

Of a wait's duration and time of day only one may be given: who gives the other one means it
instead. So if a change does not fit, it is tried whether it does once one or two other fields
have their defaults again. Lists stay: they are too much work to be given up unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

from engine.form_errors import first_problem

_MOST_RESET = 2


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why there is no such model.

    together: each field is right by itself, and only together they are not.
    """

    message: str
    together: bool


def completed(model: BaseModel, changes: Mapping[str, Any]) -> BaseModel | Misfit:
    """The model with these changes, and what depends on them reset where that alone helps."""
    problem = _tried(model, changes)
    if not isinstance(problem, Misfit) or not problem.together:
        return problem
    for more in _resets(model, changes):
        found = _tried(model, {**changes, **more})
        if not isinstance(found, Misfit):
            return found
    return problem


def _tried(model: BaseModel, changes: Mapping[str, Any]) -> BaseModel | Misfit:
    values = {name: getattr(model, name) for name in type(model).model_fields}
    try:
        return type(model).model_validate({**values, **changes}, strict=True)
    except ValidationError as error:
        is_together = all(not one["loc"] for one in error.errors(include_url=False))
        what = first_problem(error, {}).what
        return Misfit(f"{what[:1].upper()}{what[1:]}.", is_together)


def _resets(model: BaseModel, changes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    defaults = {
        name: field.get_default(call_default_factory=True)
        for name, field in type(model).model_fields.items()
        if name not in changes and not field.is_required()
    }
    names = [
        name
        for name, default in defaults.items()
        if default is not PydanticUndefined
        and getattr(model, name) != default
        and not isinstance(default, (list, dict))
    ]
    for count in range(1, _MOST_RESET + 1):
        for some in combinations(names, count):
            yield {name: defaults[name] for name in some}
