"""Scenarios: named lists of changes, and the targets that a journey must keep."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Discriminator, Field, JsonValue, Tag

from engine.errors import DocumentError
from engine.model import Identifier, Model, Name, Note
from engine.places import ABSENT, Spot, fill, position, walk
from engine.strict_json import check_tree

if TYPE_CHECKING:
    from engine.document import Document

Place = Annotated[str, Field(min_length=1, max_length=300)]

APPEND: Final = "+"
"""As the last part of a place: behind the last element of the list."""


class Change(Model):
    """One value of the document is another: `at` names its place, `to` the new value.

    A place is a path of keys; an element of a list is named by its id or its number
    from 0, a link also by its step and exit (`welcome.played`):
    assumptions/steps/virtual_agent/intents/balance/containment. A place that ends in /+
    is behind the last element of a list.
    """

    at: Place
    to: JsonValue

    def make(self, plain: dict[str, Any]) -> None:
        """Change the plain document; DocumentError if that does not fit."""
        # A later change may go into it, and must leave this one as it is.
        put(plain, self.at, copy.deepcopy(self.to))


class Addition(Model):
    """The number at a place, or every number of the list there, becomes `add` more."""

    at: Place
    add: Annotated[float, Field(ge=-1e15, le=1e15)]

    def make(self, plain: dict[str, Any]) -> None:
        """Change the plain document; DocumentError if that does not fit."""
        amount = Decimal(repr(self.add))
        _calculate(plain, self.at, lambda number: number + amount)


class Multiplication(Model):
    """The number at a place, or every number of the list there, is multiplied by `times`.

    Where the model wants a whole number, the result is rounded, halves up.
    """

    at: Place
    times: Annotated[float, Field(ge=0, le=1e6)]

    def make(self, plain: dict[str, Any]) -> None:
        """Change the plain document; DocumentError if that does not fit."""
        factor = Decimal(repr(self.times))
        _calculate(plain, self.at, lambda number: number * factor)


def _only_true(value: Any) -> Any:
    if value is not True:
        raise ValueError("remove can only be true; leave the change out to keep what is there")
    return value


class Removal(Model):
    """A key, which then has its default, or an element of a list is taken out."""

    at: Place
    remove: Annotated[Literal[True], BeforeValidator(_only_true)]

    def make(self, plain: dict[str, Any]) -> None:
        """Change the plain document; DocumentError if that does not fit."""
        _take_out(plain, self.at)


# The tags must not be keys: messages leave out what is no key of the document.
_TAGS: Final = {"to": "setting", "add": "addition", "times": "multiplication", "remove": "removal"}


def _which(value: Any) -> str | None:
    """The kind of a change: which one of the keys it has."""
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    found = [tag for key, tag in _TAGS.items() if key in keys]
    return found[0] if len(found) == 1 else None


AnyChange = Annotated[
    Annotated[Change, Tag("setting")]
    | Annotated[Addition, Tag("addition")]
    | Annotated[Multiplication, Tag("multiplication")]
    | Annotated[Removal, Tag("removal")],
    Discriminator(
        _which,
        custom_error_type="not_one_change",
        custom_error_message="needs exactly one of to, add, times and remove",
    ),
]


class Scenario(Model):
    """The baseline with some changes."""

    id: Identifier
    name: Name
    note: Note = ""
    changes: Annotated[list[AnyChange], Field(max_length=1000)] = []


class Target(Model):
    """A bound that a KPI must keep, in the KPI's own unit: seconds, shares from 0 to 1."""

    kpi: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    at_least: float | None = None
    at_most: float | None = None


class Scenarios(Model):
    """The document's scenarios and targets."""

    named: Annotated[list[Scenario], Field(max_length=500)] = []
    targets: Annotated[list[Target], Field(max_length=500)] = []


def find_scenario(document: Document, name: str) -> Scenario:
    """The scenario with the id `name`; DocumentError that names the others if there is none."""
    for scenario in document.scenarios.named:
        if scenario.id == name:
            return scenario
    known = ", ".join(one.id for one in document.scenarios.named) or "none"
    raise DocumentError(
        f"there is no scenario “{name}”", mend=f"name one of the document's: {known}."
    )


def with_scenario(document: Document, name: str) -> Document:
    """`document` as it is in the scenario `name`.

    Raises DocumentError if there is no such scenario or a change does not fit.
    """
    from engine.document import document_from_plain, document_to_plain  # noqa: PLC0415 - a cycle

    scenario = find_scenario(document, name)
    plain = document_to_plain(document)
    for number in range(len(scenario.changes)):
        make_change(plain, scenario, number)
    try:
        check_tree(plain)
        return document_from_plain(plain)
    except DocumentError as error:
        raise error.at(f"after the changes of scenario “{name}”") from None


def with_changes(document: Document, changes: Sequence[AnyChange]) -> Document:
    """`document` with these changes; DocumentError if one does not fit."""
    from engine.document import document_from_plain, document_to_plain  # noqa: PLC0415 - a cycle

    plain = document_to_plain(document)
    for change in changes:
        change.make(plain)
    check_tree(plain)
    return document_from_plain(plain)


def make_change(plain: dict[str, Any], scenario: Scenario, number: int) -> None:
    """Make one change of `scenario` in the plain document; DocumentError names which."""
    try:
        scenario.changes[number].make(plain)
    except DocumentError as error:
        raise error.at(f"scenario “{scenario.id}”, change {number + 1}") from None


def put(plain: Any, place: str, value: Any) -> None:
    """Set the value at `place` in the plain document; objects on the way are made as needed."""
    *way, last = _parts(place)
    if last == APPEND:
        fill(plain, "/".join(way))
    node = _reached(plain, way, place)
    if isinstance(node, dict):
        node[last] = value
    elif isinstance(node, list) and last == APPEND:
        node.append(value)
    elif isinstance(node, list):
        node[_position(node, last, place)] = value
    else:
        raise _no_such(place, last)


def _take_out(plain: dict[str, Any], place: str) -> None:
    *way, last = _parts(place)
    spot = walk(plain, place)[-1]
    if spot.value is ABSENT:
        raise _no_such(place, last)
    fill(plain, "/".join(way))
    node = _reached(plain, way, place)
    if isinstance(node, dict):
        node.pop(last, None)
    else:
        del node[_position(node, last, place)]


def _calculate(plain: dict[str, Any], place: str, result: Callable[[Decimal], Decimal]) -> None:
    """Put the result of each number at `place` in its stead.

    In decimals, so that 45 times 0.7 is 31.5 as people reckon, and not a little less.
    """
    _parts(place)
    spot = walk(plain, place)[-1]
    several = isinstance(spot.value, list)
    numbers = spot.value if several else [spot.value]
    if not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in numbers):
        raise DocumentError(
            f"at “{place}” there is neither a number nor a list of numbers",
            mend="name a number, such as …/handle_time/mean, or set the value by “to”.",
        )
    rule = walk(plain, f"{place}/0")[-1] if several else spot
    new = [_fitting(rule, one, result(Decimal(repr(one)))) for one in numbers]
    fill(plain, place)
    put(plain, place, new if several else new[0])


def _fitting(spot: Spot, old: float, new: Decimal) -> float:
    value = int(new.to_integral_value(ROUND_HALF_UP)) if spot.whole else float(new)
    too_low = spot.low is not None and value < spot.low
    if too_low or (spot.high is not None and value > spot.high):
        bound = f"at least {spot.low:g}" if too_low else f"at most {spot.high:g}"
        raise DocumentError(
            f"{old:g} would become {value:g}, but must be {bound}",
            mend="change it by less, or set the values by “to”.",
        )
    return value


def _parts(place: str) -> list[str]:
    parts = place.split("/")
    if len(parts) < 2 or parts[0] not in {"journey", "assumptions"}:
        raise DocumentError(
            f"“{place}” is no place that a scenario may change",
            mend="begin with journey/ or assumptions/.",
        )
    return parts


def _reached(plain: Any, way: list[str], place: str) -> Any:
    node = plain
    for part in way:
        if isinstance(node, dict):
            node = node.setdefault(part, {})
        elif isinstance(node, list):
            node = node[_position(node, part, place)]
        else:
            raise _no_such(place, part)
    return node


def _position(items: list[Any], part: str, place: str) -> int:
    number = position(items, part)
    if number is None:
        raise _no_such(place, part)
    return number


def _no_such(place: str, part: str) -> DocumentError:
    return DocumentError(
        f"“{place}” leads nowhere: there is no “{part}”",
        mend="name keys, and elements of lists by their id or number.",
    )
