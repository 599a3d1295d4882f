"""Conditions as ECMAScript 5 expressions, which are true or false and nothing else.

Attributes are properties of one object; a property that is missing is as one that is null.
"""

from __future__ import annotations

import json
import re
from typing import Final, assert_never

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
from engine.model import to_plain
from engine.profile import Value, ValueType

_QUOTED: Final = {'\\"': '"', "'": "\\'"}
_ORDERS: Final = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def literal(value: Value | None) -> str:
    """A value as ECMAScript writes it, in ASCII; texts in single quotes, as XML has double ones."""
    plain = json.dumps(to_plain(value), allow_nan=False)
    if not isinstance(value, str):
        return plain
    inside = re.sub(r"\\.|'", lambda found: _QUOTED.get(found[0], found[0]), plain[1:-1])
    return f"'{inside}'"


def ecmascript(condition: Condition, attributes: str = "attributes") -> str:
    """`condition` about the properties of the object called `attributes`."""
    match condition:
        case All():
            return _joined(" && ", condition.of, attributes)
        case AnyOf():
            return _joined(" || ", condition.of, attributes)
        case Not():
            return f"!({ecmascript(condition.of, attributes)})"
        case Known():
            return f"{attributes}.{condition.attribute} != null"
        case Compare():
            return _compared(condition, f"{attributes}.{condition.attribute}")
        case Among():
            name = f"{attributes}.{condition.attribute}"
            return " || ".join(f"{name} === {literal(one)}" for one in condition.values)
        case Between():
            name = f"{attributes}.{condition.attribute}"
            low, high = literal(condition.low), literal(condition.high)
            return f"{_is(name, 'number')} && {name} >= {low} && {name} <= {high}"
        case Contains():
            name = f"{attributes}.{condition.attribute}"
            part = literal(condition.value)
            return f"{_is(name, 'string')} && {name}.indexOf({part}) !== -1"
        case _:
            assert_never(condition)


def _joined(operator: str, parts: list[Condition], attributes: str) -> str:
    if len(parts) == 1:
        return ecmascript(parts[0], attributes)
    return operator.join(f"({ecmascript(one, attributes)})" for one in parts)


def _compared(condition: Compare, name: str) -> str:
    value = literal(condition.value)
    kind = kind_of(condition.value)
    if condition.op == "eq":
        return f"{name} === {value}"
    if condition.op == "ne":
        types = {ValueType.BOOLEAN: "boolean", ValueType.NUMBER: "number"}
        return f"{_is(name, types.get(kind, 'string') if kind else 'string')} && {name} !== {value}"
    if kind is not ValueType.NUMBER:
        return "false"
    return f"{_is(name, 'number')} && {name} {_ORDERS[condition.op]} {value}"


def _is(name: str, kind: str) -> str:
    return f"typeof {name} === '{kind}'"
