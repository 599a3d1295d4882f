"""The few kinds of edit that all others are made of, each with its inverse.

Documents are frozen, so an edit copies only what lies on the way to the change. Taken back
one after another, edits leave a document that is saved as the very same bytes.

Places are paths of field names, keys and ids: `journey.steps`, `layout.positions`,
`journey.sub_journeys.triage.links`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Protocol

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from engine.document import Document
from engine.errors import DocumentError, EditError
from engine.form_errors import first_problem
from engine.strict_json import check_tree

ABSENT: Final = object()
"""Stands for the value of a key that a mapping does not have."""

_NOBODY: Final[frozenset[str]] = frozenset()


class Edit(Protocol):
    """A change of a document; `touched` holds the ids of the steps that look different after it."""

    @property
    def label(self) -> str:
        """What it does, for the undo menu."""

    @property
    def touched(self) -> frozenset[str]:
        """Ids of the steps that it changes, adds, removes or links."""

    def apply(self, document: Document) -> tuple[Document, Edit]:
        """The changed document, and the edit that takes the change back; EditError if it cannot."""


@dataclass(frozen=True, slots=True)
class Splice:
    """In the list at `at`, `removed` elements from `position` on give way to `inserted`."""

    label: str
    at: str
    position: int
    removed: int
    inserted: tuple[Any, ...]
    touched: frozenset[str] = _NOBODY

    def apply(self, document: Document) -> tuple[Document, Edit]:
        """Put the new elements in; the inverse puts the old ones back."""
        old, end = look(document, self.at), self.position + self.removed
        if not isinstance(old, list) or not 0 <= self.position <= end <= len(old):
            raise lost(self.at, f"element {self.position}")
        new = [*old[: self.position], *self.inserted, *old[end:]]
        if len(new) > len(old):
            _check_room(document, self.at, len(new))
        before = tuple(old[self.position : end])
        inverse = Splice(
            self.label, self.at, self.position, len(self.inserted), before, self.touched
        )
        return _put(document, self.at, new), inverse


@dataclass(frozen=True, slots=True)
class Keys:
    """In the mapping at `at`, each of `values` is set, or taken out if ABSENT.

    order: all keys afterwards, in their order; new ones come last if it is left out.
    """

    label: str
    at: str
    values: Mapping[str, Any]
    order: tuple[str, ...] | None = None
    touched: frozenset[str] = _NOBODY

    def apply(self, document: Document) -> tuple[Document, Edit]:
        """Set the keys; the inverse sets the old values in the old order."""
        old = look(document, self.at)
        if not isinstance(old, dict):
            raise lost(self.at, "mapping")
        new = {key: value for key, value in {**old, **self.values}.items() if value is not ABSENT}
        if self.order is not None:
            if new.keys() != set(self.order):
                raise lost(self.at, "key")
            new = {key: new[key] for key in self.order}
        before = {key: old.get(key, ABSENT) for key in self.values}
        inverse = Keys(self.label, self.at, before, tuple(old), self.touched)
        return _put(document, self.at, new), inverse


@dataclass(frozen=True, slots=True)
class SetField:
    """The field at `at` gets the value `to`.

    The value is checked by the field's own type. Fields that depend on each other are
    changed together, by replacing the element that they belong to.
    """

    label: str
    at: str
    to: Any
    touched: frozenset[str] = _NOBODY

    def apply(self, document: Document) -> tuple[Document, Edit]:
        """Set the field, if the value may stand there; the inverse sets the old value."""
        way, _, name = self.at.rpartition(".")
        model = look(document, way)
        if not isinstance(model, BaseModel) or name not in type(model).model_fields:
            raise lost(self.at, f"field “{name}”")
        old = getattr(model, name)
        try:
            check_tree([self.to])
            value = _field_type(type(model), name).validate_python(self.to)
        except DocumentError as error:
            raise EditError(error.what, where=self.at, mend=error.mend) from None
        except ValidationError as error:
            problem = first_problem(error, self.to, tuple(self.at.split(".")))
            raise EditError(problem.what, where=problem.where, mend=problem.mend) from None
        return _put(document, self.at, value), SetField(self.label, self.at, old, self.touched)


@dataclass(frozen=True, slots=True)
class Several:
    """Edits that are done, and taken back, as one."""

    label: str
    edits: tuple[Edit, ...]

    @property
    def touched(self) -> frozenset[str]:
        """The steps that any of them touches."""
        return _NOBODY.union(*(edit.touched for edit in self.edits))

    def apply(self, document: Document) -> tuple[Document, Edit]:
        """All in order; the inverse takes them back from the last to the first."""
        inverses: list[Edit] = []
        for edit in self.edits:
            document, inverse = edit.apply(document)
            inverses.append(inverse)
        return document, Several(self.label, tuple(reversed(inverses)))


def in_turn(label: str, document: Document, *steps: Callable[[Document], Edit]) -> Edit:
    """Edits of which each is made for the document as those before leave it, done as one."""
    edits: list[Edit] = []
    for step in steps:
        edit = step(document)
        document = edit.apply(document)[0]
        edits.append(edit)
    return Several(label, tuple(edits))


@cache
def _field_type(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    is_model = isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    config = None if is_model else ConfigDict(strict=True, allow_inf_nan=False)
    of_field: Any = Annotated[field.annotation, field]
    return TypeAdapter(of_field, config=config)


def look(node: Any, at: str) -> Any:
    """What stands at the place `at` of a document."""
    for part in at.split(".") if at else ():
        node = _child(node, part, at)
    return node


def _child(node: Any, part: str, at: str) -> Any:
    if isinstance(node, BaseModel) and part in type(node).model_fields:
        return getattr(node, part)
    if isinstance(node, dict) and part in node:
        return node[part]
    number = number_of(node, part) if isinstance(node, list) else None
    if number is None:
        raise lost(at, f"“{part}”")
    return node[number]


def _put(node: Any, at: str, value: Any) -> Any:
    """A copy of `node` in which `value` stands at the place `at`; all else is shared."""
    part, _, rest = at.partition(".")
    new = _put(_child(node, part, at), rest, value) if rest else value
    if isinstance(node, BaseModel):
        return node.model_copy(update={part: new})
    if isinstance(node, dict):
        return {**node, part: new}
    number = number_of(node, part)
    return [new if n == number else item for n, item in enumerate(node)]


def _check_room(document: Document, at: str, wanted: int) -> None:
    """Refuse what would make a list longer than its model allows, so that it can be saved."""
    way, _, name = at.rpartition(".")
    model = look(document, way)
    field = type(model).model_fields.get(name) if isinstance(model, BaseModel) else None
    notes = field.metadata if field is not None else ()
    most = next((most for note in notes if (most := getattr(note, "max_length", 0))), 0)
    if most and wanted > most:
        raise EditError(
            f"{wanted:,} {name.replace('_', ' ')} are more than the {most:,} that there may be",
            mend="remove some first.",
        )


def lost(at: str, what: str) -> EditError:
    """The error that there is no `what` at the place `at`."""
    return EditError(
        f"the document has no {what} at {at}", mend="it changed in the meantime: try again."
    )


def number_of(items: Any, name: str) -> int | None:
    """The number of the first of `items` that has the id `name`."""
    return next((n for n, item in enumerate(items) if getattr(item, "id", None) == name), None)
