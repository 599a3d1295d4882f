"""Conditions as Python expressions over a dictionary of attributes, for SpiffWorkflow."""

from __future__ import annotations

from typing import Final

from engine.conditions import All, Among, AnyOf, Between, Compare, Condition, Contains, Known, Not
from engine.profile import Value

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
            listed = ", ".join(map(python_value, condition.values))
            return f"{python_attribute(condition.attribute)} in [{listed}]"
        case Between():
            read = python_attribute(condition.attribute)
            return f"({read} is not None and {condition.low!r} <= {read} <= {condition.high!r})"
        case Contains():
            read = python_attribute(condition.attribute)
            return f"({read} is not None and {condition.value!r} in {read})"


def _joined(word: str, parts: list[Condition]) -> str:
    return "(" + word.join(python_condition(part) for part in parts) + ")"


def _compared(condition: Compare) -> str:
    read, sign = python_attribute(condition.attribute), _SIGNS[condition.op]
    compared = f"{read} {sign} {python_value(condition.value)}"
    # Nothing equals what is missing, but everything differs from it.
    return compared if condition.op == "eq" else f"({read} is not None and {compared})"
