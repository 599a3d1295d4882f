"""Conditions in jq, the expression language that every Serverless Workflow runtime knows.

jq never turns one type into another, and `null` is less than any number; so only orders, `ne` and
`contains` must look at the type first.
"""

from __future__ import annotations

import json
from typing import assert_never

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
from engine.profile import Value, ValueType

_OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_TYPES = {ValueType.BOOLEAN: "boolean", ValueType.NUMBER: "number", ValueType.TEXT: "string"}


def in_jq(condition: Condition, attributes: str) -> str:
    """A jq filter that is true or false; `attributes`: the filter that gives the attributes."""
    match condition:
        case All(of=parts):
            return f"({' and '.join(in_jq(part, attributes) for part in parts)})"
        case AnyOf(of=parts):
            return f"({' or '.join(in_jq(part, attributes) for part in parts)})"
        case Not(of=part):
            return f"({in_jq(part, attributes)} | not)"
        case Known():
            return _of(attributes, condition.attribute, ". != null")
        case Compare():
            return _of(attributes, condition.attribute, _compared(condition))
        case Among(values=values):
            equal = " or ".join(f". == {literal(value)}" for value in values)
            return _of(attributes, condition.attribute, equal)
        case Between(low=low, high=high):
            within = f'type == "number" and . >= {literal(low)} and . <= {literal(high)}'
            return _of(attributes, condition.attribute, within)
        case Contains(value=value):
            held = f'type == "string" and contains({literal(value)})'
            return _of(attributes, condition.attribute, held)
        case _:
            assert_never(condition)


def literal(value: Value | None) -> str:
    """A value as jq writes it; without a dollar, which would begin an expression."""
    return json.dumps(value, allow_nan=False).replace("$", "\\u0024")


def _of(attributes: str, name: str, test: str) -> str:
    return f'({attributes}["{name}"] | {test})'


def _compared(condition: Compare) -> str:
    operator, value = condition.op, condition.value
    kind = kind_of(value)
    if operator not in {"eq", "ne"} and kind is not ValueType.NUMBER:
        return "false"
    test = f". {_OPERATORS[operator]} {literal(value)}"
    if operator == "eq" or kind is None:
        return test
    return f'type == "{_TYPES[kind]}" and {test}'
