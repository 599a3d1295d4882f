"""Places in a document, such as assumptions/demand/calls/per_day: do they exist?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from engine.document import Document

_NOWHERE = object()


class Places:
    """Looks up places in one document; a field that holds its default exists as well."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_id: dict[int, Mapping[str, Any]] = {}
        self._defaults = {
            step.id: type(step).assumptions() for step in document.journey.all_steps()
        }

    def exists(self, place: str) -> bool:
        """Whether there is something at `place`."""
        node: Any = self._document
        way = place.split("/")
        if way[:2] == ["assumptions", "steps"] and len(way) > 2:
            # A step that has no assumptions of its own has those of its type.
            default = self._defaults.get(way[2], _NOWHERE)
            node = self._document.assumptions.steps.get(way[2], default)
            way = way[3:]
        for part in way:
            node = self._inside(node, part)
        return node is not _NOWHERE

    def _inside(self, node: Any, part: str) -> Any:
        if isinstance(node, BaseModel):
            return _field(node, part)
        if isinstance(node, dict):
            return node.get(part, _NOWHERE)
        if isinstance(node, list):
            return self._element(node, part)
        return _NOWHERE

    def _element(self, items: list[Any], part: str) -> Any:
        """An element of a list by its id, or by its number from 0."""
        index = self._by_id.get(id(items))
        if index is None:
            index = {str(getattr(item, "id", number)): item for number, item in enumerate(items)}
            self._by_id[id(items)] = index
        if part in index:
            return index[part]
        is_number = part.isascii() and part.isdecimal() and len(part) < 9
        return items[int(part)] if is_number and int(part) < len(items) else _NOWHERE


def _field(model: BaseModel, part: str) -> Any:
    for name, field in type(model).model_fields.items():
        if part == (field.alias or name):
            return getattr(model, name)
    return _NOWHERE
