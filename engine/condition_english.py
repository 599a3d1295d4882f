"""Conditions as sentences a person would say."""

from __future__ import annotations

from collections.abc import Mapping
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
)
from engine.profile import SIGNALS, Attribute, Value

_VERBS = {
    "eq": "is",
    "ne": "is not",
    "lt": "is less than",
    "le": "is at most",
    "gt": "is more than",
    "ge": "is at least",
}


def in_english(condition: Condition, attributes: Mapping[str, Attribute]) -> str:
    """`condition` as an English clause, with the attributes' own names."""
    match condition:
        case All():
            return _joined(condition.of, " and ", attributes)
        case AnyOf():
            return _joined(condition.of, " or ", attributes)
        case Not():
            return f"not ({in_english(condition.of, attributes)})"
        case Compare():
            return f"{attribute_in_english(condition.attribute, attributes)} {_compared(condition)}"
        case Among():
            values = ", ".join(value_said(value) for value in condition.values)
            return f"{attribute_in_english(condition.attribute, attributes)} is one of {values}"
        case Between():
            bounds = f"{value_said(condition.low)} and {value_said(condition.high)}"
            return f"{attribute_in_english(condition.attribute, attributes)} is between {bounds}"
        case Contains():
            label = attribute_in_english(condition.attribute, attributes)
            return f"{label} contains {value_said(condition.value)}"
        case Known():
            return f"{attribute_in_english(condition.attribute, attributes)} is known"
        case _:
            assert_never(condition)


def _joined(parts: list[Condition], word: str, attributes: Mapping[str, Attribute]) -> str:
    inner = [_bare(part) for part in parts]
    several = len(inner) > 1
    return word.join(
        f"({in_english(part, attributes)})"
        if several and isinstance(part, (All, AnyOf))
        else in_english(part, attributes)
        for part in inner
    )


def _bare(condition: Condition) -> Condition:
    """What a group of one holds, and the condition itself otherwise."""
    while isinstance(condition, (All, AnyOf)) and len(condition.of) == 1:
        condition = condition.of[0]
    return condition


def attribute_in_english(name: str, attributes: Mapping[str, Attribute]) -> str:
    """An attribute's name as it stands within a sentence, its id as words if it has none."""
    attribute = attributes.get(name) or SIGNALS.get(name)
    label = attribute.name if attribute and attribute.name else name.replace("_", " ")
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _compared(condition: Compare) -> str:
    if isinstance(condition.value, bool) and condition.op in {"eq", "ne"}:
        return "is true" if condition.value is (condition.op == "eq") else "is false"
    return f"{_VERBS[condition.op]} {value_said(condition.value)}"


def value_said(value: Value) -> str:
    """A value as it stands in a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:,.15g}" if isinstance(value, (int, float)) else f"“{value}”"
