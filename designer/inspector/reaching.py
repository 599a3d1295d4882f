"""How far a way of names leads into a model: to find the tab on which a field stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from designer.inspector.parts import Part
from designer.inspector.shown import ASSUMPTIONS, DESIGN, MAP
from engine.document import Document


def asked(step: str | None, field: str | None) -> tuple[list[int], list[str]]:
    """The tabs on which a field may stand, and the way to it; without a step it is a place."""
    way = [part for part in (field or "").split("/") if part]
    if step is None and way and way[0] in {"journey", "assumptions"}:
        is_design = way[0] == "journey"
        return ([DESIGN, MAP] if is_design else [ASSUMPTIONS]), way[1:]
    return [DESIGN, ASSUMPTIONS, MAP], way


def reach_of(document: Document, parts: Sequence[Part], tab: int, way: Sequence[str]) -> int:
    """How far the way leads on a tab; less than nothing if there is no such tab."""
    part = parts[tab] if tab < len(parts) else None
    model = part.read(document) if part is not None else None
    return starts(model, part.names, way) if part is not None and model is not None else -1


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
    values = [getattr(model, name) for name in names]
    return max((max(reach(one, way), int(names_it(one, way[0]))) for one in values), default=0)


def names_it(value: Any, name: str) -> bool:
    """Whether a field names this: an attribute that it keeps something in, one of its skills."""
    return value == name or (isinstance(value, list) and name in value)


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
