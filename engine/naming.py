"""Who names whom: every id in a document that refers to something, told by the models.

A field whose type says {"names": "team"} holds ids of teams; so whatever has to know what a
step refers to, or give something another id, asks the models and lists no types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

NewIds = Mapping[str, Mapping[str, str]]
"""For each kind of thing, such as step or team, the new id of each that gets one."""

_Any = TypeVar("_Any")
_Change = Callable[[str, str], str]
_Walk = Callable[[Any, _Change], Any]
"""A copy of a value in which each id is what the change makes of it, given what it names;
the value itself if none is changed."""


def names_in(value: object) -> list[tuple[str, str]]:
    """What models, or what is within a list of them, refer to: kind and id, in order, once."""
    found: dict[tuple[str, str], None] = {}

    def note(kind: str, name: str) -> str:
        found[kind, name] = None
        return name

    _walk(value, note)
    return list(found)


def renamed(value: _Any, new: NewIds) -> _Any:
    """A copy of `value` that refers to things by their new ids; what has none keeps its own.

    Ids of things themselves, where they are declared, stay as they are.
    """

    def change(kind: str, name: str) -> str:
        return new.get(kind, {}).get(name, name)

    return cast("_Any", _walk(value, change))


def _walk(value: Any, change: _Change) -> Any:
    if isinstance(value, BaseModel):
        return _model(value, change)
    return _list(value, change, _walk) if isinstance(value, list) else value


def _model(value: BaseModel, change: _Change) -> BaseModel:
    update = {}
    for name, walk in _fields(type(value)):
        old = getattr(value, name)
        if old is not None and (new := walk(old, change)) is not old:
            update[name] = new
    return value.model_copy(update=update) if update else value


def _list(value: list[Any], change: _Change, walk: _Walk) -> list[Any]:
    new = [walk(one, change) for one in value]
    return value if all(one is old for one, old in zip(new, value, strict=True)) else new


def _mapping(value: dict[str, Any], change: _Change, kind: str, walk: _Walk) -> dict[str, Any]:
    new = {
        (change(kind, key) if kind else key): walk(content, change)
        for key, content in value.items()
    }
    is_same = all(new.get(key) is content for key, content in value.items())
    return value if is_same and len(new) == len(value) else new


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, _Walk], ...]:
    """The fields of a model that may hold ids of others, each with how to walk through it."""
    walks = (
        (name, _for_type(field.annotation, [field])) for name, field in model.model_fields.items()
    )
    return tuple((name, walk) for name, walk in walks if walk is not None)


def _for_type(annotation: Any, notes: Iterable[Any] = ()) -> _Walk | None:
    """How to walk through values of this type; None if they refer to nothing."""
    annotation, kind = _bare(annotation, notes)
    if kind:
        return lambda value, change: change(kind, value)
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is list:
            inner = _for_type(arguments[0])
            return None if inner is None else (lambda value, change: _list(value, change, inner))
        case origin if origin is dict:
            _, key = _bare(arguments[0], ())
            within = _for_type(arguments[1])
            if not key and within is None:
                return None
            walk = within or (lambda value, _: value)
            return lambda value, change: _mapping(value, change, key, walk)
        case origin if origin in {Union, UnionType}:
            return _walk if any(_for_type(one) for one in arguments) else None
    return _walk if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _bare(annotation: Any, notes: Iterable[Any]) -> tuple[Any, str]:
    """A type without what is noted about it, nor whether it may be null; and what it names."""
    pending = list(notes)
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            pending += more
        elif get_origin(annotation) in {Union, UnionType}:
            rest = [one for one in get_args(annotation) if one is not type(None)]
            if len(rest) != 1:
                break
            annotation = rest[0]
        else:
            break
    extras = (note.json_schema_extra for note in pending if isinstance(note, FieldInfo))
    kinds = (
        str(extra["names"]) for extra in extras if isinstance(extra, dict) and "names" in extra
    )
    return annotation, next(kinds, "")


def ids_named(value: object, kind: str) -> Iterator[str]:
    """The ids of things of one kind that `value` refers to."""
    return (name for what, name in names_in(value) if what == kind)
