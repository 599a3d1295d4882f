"""Edits of one element of a list, by its id: a team, a frame, a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.document import Document
from engine.edit_kinds import Edit, Splice, look, lost, number_of
from engine.errors import DocumentError, EditError
from engine.form_errors import first_problem
from engine.strict_json import check_tree

_Model = TypeVar("_Model", bound=BaseModel)


def put_named(document: Document, at: str, item: BaseModel, label: str = "") -> Edit:
    """Put `item` in the place of the one with its id in the list at `at`, or add it there."""
    items, name = look(document, at), getattr(item, "id", "")
    number = number_of(items, name)
    if number is None:
        return Splice(label or f"Add {_kind(at)} “{name}”", at, len(items), 0, (item,))
    return Splice(label or f"Change {_kind(at)} “{name}”", at, number, 1, (item,))


def remove_named(document: Document, at: str, name: str, label: str = "") -> Edit:
    """Remove the element with the id `name` from the list at `at`."""
    items = look(document, at)
    number = number_of(items, name)
    if number is None:
        raise lost(at, f"“{name}”")
    return Splice(label or f"Remove {_kind(at)} “{name}”", at, number, 1, ())


def element(document: Document, at: str, name: str, kind: type[_Model]) -> _Model:
    """The element with the id `name` of the list at `at`, where elements are of this kind."""
    found = next((one for one in look(document, at) if getattr(one, "id", None) == name), None)
    if not isinstance(found, kind):
        raise lost(at, f"“{name}”")
    return found


def with_fields(item: _Model, **fields: Any) -> _Model:
    """`item` with other values in these fields, checked; EditError if they may not stand there."""
    return checked(type(item), {**dict(item), **fields})


def checked(kind: type[_Model], fields: Mapping[str, Any]) -> _Model:
    """A model of this kind; EditError if one of its fields may not have that value."""
    try:
        check_tree(dict(fields))
        return kind.model_validate(dict(fields))
    except DocumentError as error:
        raise EditError(error.what, mend=error.mend) from None
    except ValidationError as error:
        problem = first_problem(error, dict(fields))
        raise EditError(problem.what, where=problem.where, mend=problem.mend) from None


def _kind(at: str) -> str:
    """What the list at `at` holds: team, sub journey, frame."""
    return at.rpartition(".")[2].removesuffix("s").replace("_", " ")
