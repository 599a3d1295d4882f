"""Conditions in the Unified Expression Language (JUEL), for Camunda 7.

Every attribute must be set, to null if it is not known: an unknown name is an error there.
"""

from __future__ import annotations

from typing import Final

from engine.conditions import All, Among, AnyOf, Between, Compare, Condition, Contains, Known, Not
from engine.export.numbers import plain_number
from engine.profile import Value

_SIGNS: Final = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_ESCAPES: Final = {"'": "\\'", "\\": "\\\\"}


def juel_value(value: Value | None) -> str:
    """The value as a literal."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return "'" + "".join(_ESCAPES.get(one, one) for one in value) + "'"
        case _:
            # Whole numbers and others compare as what is wider of the two.
            return plain_number(value)


def juel_condition(condition: Condition) -> str:
    """`condition` as an expression that is true or false, without the braces around it."""
    match condition:
        case All():
            return _joined(" && ", condition.of)
        case AnyOf():
            return _joined(" || ", condition.of)
        case Not():
            return f"!({juel_condition(condition.of)})"
        case Known():
            return f"{condition.attribute} != null"
        case Compare():
            return _guarded(condition.attribute, _SIGNS[condition.op], condition.value)
        case Among():
            name = condition.attribute
            tests = " || ".join(f"{name} == {juel_value(value)}" for value in condition.values)
            return f"({name} != null && ({tests}))"
        case Between():
            name = condition.attribute
            within = f"{name} >= {plain_number(condition.low)} && {name} <= "
            return f"({name} != null && {within}{plain_number(condition.high)})"
        case Contains():
            name = condition.attribute
            return f"({name} != null && {name}.contains({juel_value(condition.value)}))"


def _joined(word: str, parts: list[Condition]) -> str:
    return "(" + word.join(juel_condition(part) for part in parts) + ")"


def _guarded(name: str, sign: str, value: Value) -> str:
    return f"({name} != null && {name} {sign} {juel_value(value)})"
