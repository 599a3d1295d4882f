"""Scenarios: named lists of changes, and the targets that a journey must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, JsonValue

from engine.errors import DocumentError
from engine.model import Identifier, Model, Name, Note
from engine.strict_json import check_tree

if TYPE_CHECKING:
    from engine.document import Document


class Change(Model):
    """One value of the document is another: `at` names its place, `to` the new value.

    A place is a path of keys; an element of a list is named by its id or its number
    from 0: assumptions/steps/virtual_agent/intents/balance/containment.
    """

    at: Annotated[str, Field(min_length=1, max_length=300)]
    to: JsonValue


class Scenario(Model):
    """The baseline with some changes."""

    id: Identifier
    name: Name
    note: Note = ""
    changes: Annotated[list[Change], Field(max_length=1000)] = []


class Target(Model):
    """A bound that a KPI must keep, in the KPI's own unit."""

    kpi: Identifier
    at_least: float | None = None
    at_most: float | None = None


class Scenarios(Model):
    """The document's scenarios and targets."""

    named: Annotated[list[Scenario], Field(max_length=500)] = []
    targets: Annotated[list[Target], Field(max_length=500)] = []


def with_scenario(document: Document, name: str) -> Document:
    """`document` as it is in the scenario `name`.

    Raises DocumentError if there is no such scenario or a change does not fit.
    """
    from engine.document import document_from_plain, document_to_plain  # noqa: PLC0415 - a cycle

    scenario = next((one for one in document.scenarios.named if one.id == name), None)
    if scenario is None:
        known = ", ".join(one.id for one in document.scenarios.named) or "none"
        raise DocumentError(
            f"there is no scenario “{name}”", mend=f"name one of the document's: {known}."
        )
    plain = document_to_plain(document)
    for number, change in enumerate(scenario.changes, 1):
        try:
            put(plain, change.at, change.to)
        except DocumentError as error:
            raise error.at(f"scenario “{name}”, change {number}") from None
    try:
        check_tree(plain)
        return document_from_plain(plain)
    except DocumentError as error:
        raise error.at(f"after the changes of scenario “{name}”") from None


def put(plain: Any, place: str, value: Any) -> None:
    """Set the value at `place` in the plain document; objects on the way are made as needed."""
    *way, last = place.split("/")
    if not way or way[0] not in {"journey", "assumptions"}:
        raise DocumentError(
            f"“{place}” is no place that a scenario may change",
            mend="begin with journey/ or assumptions/.",
        )
    node = plain
    for part in way:
        node = _inside(node, part, place)
    if isinstance(node, dict):
        node[last] = value
    elif isinstance(node, list):
        node[_position(node, last, place)] = value
    else:
        raise _no_such(place, last)


def _inside(node: Any, part: str, place: str) -> Any:
    if isinstance(node, dict):
        return node.setdefault(part, {})
    if isinstance(node, list):
        return node[_position(node, part, place)]
    raise _no_such(place, part)


def _position(items: list[Any], part: str, place: str) -> int:
    for number, item in enumerate(items):
        if isinstance(item, dict) and item.get("id") == part:
            return number
    if part.isdecimal() and int(part) < len(items):
        return int(part)
    raise _no_such(place, part)


def _no_such(place: str, part: str) -> DocumentError:
    return DocumentError(
        f"“{place}” leads nowhere: there is no “{part}”",
        mend="name keys, and elements of lists by their id or number.",
    )
