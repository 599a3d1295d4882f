"""What a change does, for the undo menu: which field, and which element of a list."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import specs
from designer.inspector.labels import label
from designer.inspector.writing.reading import say

_CHANGE = QT_TRANSLATE_NOOP("Inspector", "Change {field}")
_ADD = QT_TRANSLATE_NOOP("Inspector", "Add “{element}” to {field}")
_REMOVE = QT_TRANSLATE_NOOP("Inspector", "Remove “{element}” from {field}")
_ONE = QT_TRANSLATE_NOOP("Inspector", "Change “{element}” in {field}")
_OF = QT_TRANSLATE_NOOP("Inspector", "{field} of “{name}”")


def change_label(old: BaseModel, new: BaseModel, name: str = "") -> str:
    """What the change of the first field that differs does; `name`: of whom."""
    fields = type(new).model_fields
    field = next((one for one in fields if getattr(old, one) != getattr(new, one)), "")
    spec = specs(type(new)).get(field)
    title = label(spec) if spec is not None else field
    said = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    if name:
        said = say(_OF).format(field=said, name=name)
    verb, element = _element(getattr(old, field, None), getattr(new, field, None))
    return say(verb).format(field=said, element=element)


def _element(old: Any, new: Any) -> tuple[object, str]:
    """What was done to the elements of a list, if it was done to one."""
    before, after = _named(old), _named(new)
    added = [one for one in after if one not in before]
    removed = [one for one in before if one not in after]
    if len(added) == 1 and not removed:
        return _ADD, _name(after[added[0]])
    if len(removed) == 1 and not added:
        return _REMOVE, _name(before[removed[0]])
    changed = [one for one in after if one in before and after[one] != before[one]]
    if len(changed) == 1 and not added and not removed:
        return _ONE, _name(after[changed[0]])
    return _CHANGE, ""


def _named(value: Any) -> dict[str, BaseModel]:
    items = value if isinstance(value, list) else []
    return {one.id: one for one in items if isinstance(one, BaseModel) and hasattr(one, "id")}


def _name(element: Any) -> str:
    name = getattr(element, "name", "") or element.id
    return str(name)
