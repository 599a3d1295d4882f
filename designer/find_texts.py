"""Every text and number of a document, with where it stands: what can be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from designer.search_words import folded
from engine.condition_english import in_english
from engine.conditions import Condition
from engine.document import Document
from engine.profile import Attribute
from engine.steps.base import Step
from engine.value_english import number_in_english, words

_CONDITIONS = tuple(get_args(get_args(Condition)[0]))
_FIRST = ("name", "title", "type", "id", "note")
"""These come before the other fields."""
_LABELS = {"named": "scenarios"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One text.

    step: the step that it is about; field: the place in the step, else in the document.
    where: the names of what it stands in, from the outside in. own, around: to be searched;
    what is only around it does not make it a hit.
    """

    step: Step | None
    field: str
    text: str
    where: str
    own: str
    around: str
    is_name: bool = False


class Texts:
    """The entries of a document; what has not changed is not read again."""

    def __init__(self) -> None:
        self._of_step: dict[int, tuple[Step, object, list[Entry]]] = {}
        self._names: Mapping[str, str] = {}

    def entries(self, document: Document) -> list[Entry]:
        """All entries, steps first, in the order of the document."""
        names = _names(document)
        if names != self._names:
            self._names = names
            self._of_step.clear()
        assumed = document.assumptions.steps
        found: list[Entry] = []
        kept = {}
        for graph in document.journey.graphs():
            home = "" if graph is document.journey else str(getattr(graph, "name", ""))
            for step in graph.steps:
                numbers = assumed.get(step.id)
                known = self._of_step.get(id(step))
                if known is None or known[1] is not numbers:
                    reader = _Reader(names, document.journey.known_attributes())
                    known = (step, numbers, list(reader.of_step(step, numbers, home)))
                kept[id(step)] = known
                found += known[2]
        self._of_step = kept
        found += _Reader(names, document.journey.known_attributes()).of_document(document)
        return found


def _names(document: Document) -> dict[str, str]:
    """What the ids of teams, attributes and the like stand for."""
    journey = document.journey
    lists: tuple[Iterable[Any], ...] = (
        journey.attributes,
        journey.purposes,
        journey.skills,
        journey.teams,
        journey.stages,
        journey.sub_journeys,
    )
    return {one.id: one.name for items in lists for one in items if one.name}


class _Reader:
    """Walks through models."""

    def __init__(self, names: Mapping[str, str], attributes: Mapping[str, Attribute]) -> None:
        self._names, self._attributes = names, attributes
        self._step: Step | None = None

    def of_step(self, step: Step, numbers: object, home: str) -> Iterator[Entry]:
        """Name, type and id, then all that is set, then what is assumed."""
        self._step = step
        outer = (home, step.name) if home else (step.name,)
        yield self._entry("name", step.name, (home,) if home else (), "", is_name=True)
        yield self._entry("name", type(step).title, outer, words("type"))
        yield from self._fields(step, "", outer, skip=frozenset({"name", "type"}))
        if isinstance(numbers, BaseModel):
            yield from self._fields(numbers, "", outer)

    def of_document(self, document: Document) -> Iterator[Entry]:
        """What is no step: the journey itself, assumptions, scenarios, what lies on the canvas."""
        self._step = None
        graphs = frozenset({"steps", "links"})
        yield from self._fields(document.journey, "journey/", (), skip=graphs)
        yield from self._fields(document.assumptions, "assumptions/", (), skip=frozenset({"steps"}))
        yield from self._fields(document.scenarios, "scenarios/", ())
        for kind, items in (("frames", document.layout.frames), ("notes", document.layout.notes)):
            for item in items:
                text = getattr(item, "title", None) or getattr(item, "text", "")
                if text:
                    yield self._entry(f"layout/{kind}/{item.id}", text, (words(kind),), "")

    def _fields(
        self,
        model: BaseModel,
        path: str,
        outer: tuple[str, ...],
        skip: frozenset[str] = frozenset(),
    ) -> Iterator[Entry]:
        fields = type(model).model_fields
        order = sorted(fields, key=lambda name: _FIRST.index(name) if name in _FIRST else 99)
        for name in order:
            if name not in skip:
                unit = _unit(fields[name])
                value = getattr(model, name)
                label = _LABELS.get(name) or words(name)
                yield from self._value(value, path + name, (*outer, label), unit)

    def _value(self, value: Any, path: str, outer: tuple[str, ...], unit: str) -> Iterator[Entry]:
        if isinstance(value, _CONDITIONS):
            yield self._text(path, in_english(value, self._attributes), outer)
        elif isinstance(value, BaseModel):
            skip = frozenset({"steps", "links"}) if hasattr(value, "outcomes") else frozenset()
            yield from self._fields(value, f"{path}/", outer, skip)
        elif isinstance(value, dict):
            for key, item in value.items():
                named = self._names.get(str(key), str(key))
                yield from self._value(item, f"{path}/{key}", (*outer, named), unit)
        elif isinstance(value, list):
            yield from self._list(value, path, outer, unit)
        elif outer[-1] == "id":
            yield self._text(path, str(value), outer)
        elif (text := self._said(value, unit)) is not None:
            yield self._text(path, text, outer)

    def _list(
        self, items: list[Any], path: str, outer: tuple[str, ...], unit: str
    ) -> Iterator[Entry]:
        """What has fields stands for itself; values, such as hours of a day, make one text."""
        plain = [self._said(item, unit) for item in items if not isinstance(item, BaseModel)]
        text = ", ".join(said for said in plain if said is not None)
        if text:
            yield self._text(path, text, outer)
        for number, item in enumerate(items):
            if isinstance(item, BaseModel):
                name = getattr(item, "id", None)
                said = getattr(item, "name", "") or name or f"{number + 1}"
                yield from self._value(item, f"{path}/{name or number}", (*outer, said), unit)

    def _said(self, value: Any, unit: str) -> str | None:
        if isinstance(value, bool):
            return "yes" if value else None
        if isinstance(value, (int, float)):
            plain, said = f"{value:.10g}", number_in_english(value, unit)
            return said if plain in said else f"{said} ({plain})"
        if isinstance(value, Enum):
            return str(value.value)
        if not isinstance(value, str) or not value:
            return None
        name = self._names.get(value)
        return f"{name} ({value})" if name and name != value else value

    def _text(self, path: str, text: str, outer: tuple[str, ...]) -> Entry:
        return self._entry(path, text, outer[:-1], outer[-1])

    def _entry(
        self, path: str, text: str, outer: tuple[str, ...], label: str, *, is_name: bool = False
    ) -> Entry:
        where = " › ".join(part for part in (*outer, label) if part)
        own = folded(f"{label}\n{text}")
        return Entry(self._step, path, text, where, own, folded(where), is_name)


def _unit(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""
