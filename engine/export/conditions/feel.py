"""Conditions as FEEL (Friendly Enough Expression Language, OMG DMN), for Camunda 8.

FEEL has three-valued logic, and a gateway whose condition is null stops with an incident, so the
type of what is compared is asked first: what is missing has none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.conditions import (
    All,
    Among,
    AnyOf,
    Between,
    Compare,
    Condition,
    Contains,
    Known,
    Not,
    kind_of,
)
from engine.export.numbers import plain_number
from engine.profile import Value, ValueType

_SIGNS: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Read = Callable[[str], str]
"""From an attribute's name to the expression that reads it."""


def feel_value(value: Value | None) -> str:
    """The value as a FEEL literal."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(_ESCAPES.get(one, one) for one in value) + '"'
        case _:
            return plain_number(value)


def feel_condition(condition: Condition, read: Read = str) -> str:
    """`condition` as a FEEL expression that is true or false, never null."""
    match condition:
        case All():
            return _joined(" and ", condition.of, read)
        case AnyOf():
            return _joined(" or ", condition.of, read)
        case Not():
            return f"not({feel_condition(condition.of, read)})"
        case Known():
            return f"{read(condition.attribute)} != null"
        case Compare():
            return _compared(condition, read(condition.attribute))
        case Among():
            name = read(condition.attribute)
            return "(" + " or ".join(_same(name, "=", one) for one in condition.values) + ")"
        case Between():
            name, low, high = read(condition.attribute), condition.low, condition.high
            within = f"{name} >= {plain_number(low)} and {name} <= {plain_number(high)}"
            return f"({name} instance of number and {within})"
        case Contains():
            name = read(condition.attribute)
            found = f"contains({name}, {feel_value(condition.value)})"
            return f"({name} instance of string and {found})"


def _joined(word: str, parts: list[Condition], read: Read) -> str:
    return "(" + word.join(feel_condition(part, read) for part in parts) + ")"


def _compared(condition: Compare, name: str) -> str:
    if condition.op not in {"eq", "ne"} and kind_of(condition.value) is not ValueType.NUMBER:
        return "false"
    return _same(name, _SIGNS[condition.op], condition.value)


def _same(name: str, sign: str, value: Value) -> str:
    """A comparison that is only made with values of the same type: others would give null."""
    kind = {ValueType.BOOLEAN: "boolean", ValueType.NUMBER: "number"}.get(
        kind_of(value) or ValueType.TEXT, "string"
    )
    return f"({name} instance of {kind} and {name} {sign} {feel_value(value)})"
