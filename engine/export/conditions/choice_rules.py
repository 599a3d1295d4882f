"""Conditions as rules of the Amazon States Language's Choice.

Each comparison is guarded: the attribute is there, is not null, and has the type that it is
compared with. `IsNull: false` is never used, because not all interpreters understand it.
"""

from __future__ import annotations

from typing import Any, Final, assert_never

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

Rule = dict[str, Any]

_ORDERS: Final = {
    "lt": "NumericLessThan",
    "le": "NumericLessThanEquals",
    "gt": "NumericGreaterThan",
    "ge": "NumericGreaterThanEquals",
}
_TYPES: Final = {
    ValueType.BOOLEAN: ("IsBoolean", "BooleanEquals"),
    ValueType.NUMBER: ("IsNumeric", "NumericEquals"),
    ValueType.TEXT: ("IsString", "StringEquals"),
}


def choice_rule(condition: Condition, attributes: str = "$.attributes") -> Rule:
    """`condition` about the fields of the object at the path `attributes`."""
    match condition:
        case All():
            return {"And": [choice_rule(one, attributes) for one in condition.of]}
        case AnyOf():
            return {"Or": [choice_rule(one, attributes) for one in condition.of]}
        case Not():
            return {"Not": choice_rule(condition.of, attributes)}
        case _:
            return _atom(condition, f"{attributes}.{condition.attribute}")


def _atom(condition: Compare | Among | Between | Contains | Known, path: str) -> Rule:
    match condition:
        case Known():
            return {"And": _is_there(path)}
        case Compare():
            return _compared(condition, path)
        case Among():
            return {
                "And": [*_is_there(path), {"Or": [_equal(path, one) for one in condition.values]}]
            }
        case Between():
            low, high = to_plain(condition.low), to_plain(condition.high)
            bounds = [
                {"Variable": path, "NumericGreaterThanEquals": low},
                {"Variable": path, "NumericLessThanEquals": high},
            ]
            return {"And": [*_is_there(path), {"Variable": path, "IsNumeric": True}, *bounds]}
        case Contains():
            matches = {"Variable": path, "StringMatches": f"*{_escaped(condition.value)}*"}
            return {"And": [*_is_there(path), {"Variable": path, "IsString": True}, matches]}
        case _:
            assert_never(condition)


def _is_there(path: str) -> list[Rule]:
    return [{"Variable": path, "IsPresent": True}, {"Not": {"Variable": path, "IsNull": True}}]


def _compared(condition: Compare, path: str) -> Rule:
    value = condition.value
    if condition.op == "eq":
        return {"And": [*_is_there(path), _equal(path, value)]}
    if condition.op == "ne":
        is_type, equals = _typed(value)
        differs = {"Not": {"Variable": path, equals: to_plain(value)}}
        return {"And": [*_is_there(path), {"Variable": path, is_type: True}, differs]}
    if kind_of(value) is not ValueType.NUMBER:
        never = {"Variable": path, "IsPresent": True}
        return {"And": [never, {"Not": never}]}
    compared = {"Variable": path, _ORDERS[condition.op]: to_plain(value)}
    return {"And": [*_is_there(path), {"Variable": path, "IsNumeric": True}, compared]}


def _equal(path: str, value: Value) -> Rule:
    is_type, equals = _typed(value)
    return {"And": [{"Variable": path, is_type: True}, {"Variable": path, equals: to_plain(value)}]}


def _typed(value: Value) -> tuple[str, str]:
    kind = kind_of(value)
    return _TYPES[kind if kind is not None else ValueType.TEXT]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*")
