"""Conditions as Python expressions over a dictionary of attributes, for SpiffWorkflow."""

from __future__ import annotations

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
from engine.profile import Value, ValueType

_SIGNS: Final = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def python_value(value: Value | None) -> str:
    """The value as a Python literal."""
    return repr(value)


def python_attribute(name: str) -> str:
    """The attribute's value, None if it is not known."""
    return f"attributes.get({name!r})"


def python_condition(condition: Condition) -> str:
    """`condition` as a Python expression that is True or False."""
    match condition:
        case All():
            return _joined(" and ", condition.of)
        case AnyOf():
            return _joined(" or ", condition.of)
        case Not():
            return f"not ({python_condition(condition.of)})"
        case Known():
            return f"{python_attribute(condition.attribute)} is not None"
        case Compare():
            return _compared(condition)
        case Among():
            return _among(condition)
        case Between():
            read = python_attribute(condition.attribute)
            return f"({_is(read, 0.0)} and {condition.low!r} <= {read} <= {condition.high!r})"
        case Contains():
            read = python_attribute(condition.attribute)
            return f"({_is(read, '')} and {condition.value!r} in {read})"


def _joined(word: str, parts: list[Condition]) -> str:
    return "(" + word.join(python_condition(part) for part in parts) + ")"


def _is(read: str, like: Value) -> str:
    """Whether the attribute is of the type of `like`; in Python True is a number, too."""
    match kind_of(like):
        case ValueType.BOOLEAN:
            return f"isinstance({read}, bool)"
        case ValueType.NUMBER:
            return f"isinstance({read}, (int, float)) and not isinstance({read}, bool)"
        case _:
            return f"isinstance({read}, str)"


def _compared(condition: Compare) -> str:
    read, value = python_attribute(condition.attribute), condition.value
    if condition.op not in {"eq", "ne"} and kind_of(value) is not ValueType.NUMBER:
        return "False"
    compared = f"{read} {_SIGNS[condition.op]} {python_value(value)}"
    # A text equals nothing but a text; whatever else must be asked for its type first.
    is_plain = condition.op == "eq" and isinstance(value, str)
    return compared if is_plain else f"({_is(read, value)} and {compared})"


def _among(condition: Among) -> str:
    read = python_attribute(condition.attribute)
    by_kind: dict[ValueType | None, list[Value]] = {}
    for value in condition.values:
        by_kind.setdefault(kind_of(value), []).append(value)
    parts = (
        f"({_is(read, values[0])} and {read} in [{', '.join(map(python_value, values))}])"
        for values in by_kind.values()
    )
    return "(" + " or ".join(parts) + ")"
