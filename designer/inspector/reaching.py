"""How far a way of names leads into a model: to find the tab on which a field stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel


def reach(value: Any, way: Sequence[str]) -> int:
    """How many of the names lead on from here.

    The first of them may also be the id of an element of one of the model's lists: a branch
    is often named without the list that it is in.
    """
    if not way:
        return 0
    found, inner = _step(value, way[0])
    if found:
        return 1 + reach(inner, way[1:])
    return 0


def starts(model: BaseModel, names: Sequence[str], way: Sequence[str]) -> int:
    """How far the way leads into the fields of these names."""
    if not way:
        return 0
    if way[0] in names:
        return 1 + reach(getattr(model, way[0]), way[1:])
    return max((reach(getattr(model, name), way) for name in names), default=0)


def _step(value: Any, name: str) -> tuple[bool, Any]:
    if isinstance(value, BaseModel):
        return name in type(value).model_fields, getattr(value, name, None)
    if isinstance(value, dict):
        return name in value, value.get(name)
    if isinstance(value, list):
        named = [one for one in value if getattr(one, "id", None) == name]
        is_number = name.isdecimal() and len(name) < 9 and int(name) < len(value)
        if is_number and not named:
            named = [value[int(name)]]
        return bool(named), named[0] if named else None
    return False, None
