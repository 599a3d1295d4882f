"""Conditions as FEEL (Friendly Enough Expression Language, OMG DMN), for Camunda 8.

FEEL has three-valued logic, and a gateway whose condition is null stops with an incident, so what
may be missing is tested first: `null and …` is then never asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.conditions import All, Among, AnyOf, Between, Compare, Condition, Contains, Known, Not
from engine.export.numbers import plain_number
from engine.profile import Value

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
            tests = " or ".join(f"{name} = {feel_value(value)}" for value in condition.values)
            return f"({name} != null and ({tests}))"
        case Between():
            name, low, high = read(condition.attribute), condition.low, condition.high
            within = f"{name} >= {plain_number(low)} and {name} <= {plain_number(high)}"
            return f"({name} != null and {within})"
        case Contains():
            name = read(condition.attribute)
            return f"({name} != null and contains({name}, {feel_value(condition.value)}))"


def _joined(word: str, parts: list[Condition], read: Read) -> str:
    return "(" + word.join(feel_condition(part, read) for part in parts) + ")"


def _compared(condition: Compare, name: str) -> str:
    compared = f"{name} {_SIGNS[condition.op]} {feel_value(condition.value)}"
    return f"({name} != null and {compared})"
