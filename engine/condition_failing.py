"""Why a condition did not hold for a customer: the first that failed, with the value there was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from engine.condition_english import attribute_in_english, in_english, value_said
from engine.conditions import (
    All,
    Among,
    AnyOf,
    Atom,
    Between,
    Compare,
    Condition,
    Contains,
    Known,
    Lookup,
    Not,
    compiled,
)
from engine.profile import Attribute, Value

_NOT = {
    "lt": "not less than",
    "le": "not at most",
    "gt": "not more than",
    "ge": "not at least",
}


def why_not(condition: Condition, lookup: Lookup, attributes: Mapping[str, Attribute]) -> str:
    """Such as: tier is “silver”, not “gold”. Only for a condition that does not hold.

    Of several that must all hold the first that fails; of several of which one would do, all.
    """
    match condition:
        case All():
            failed = next(part for part in condition.of if not compiled(part)(lookup))
            return why_not(failed, lookup, attributes)
        case AnyOf():
            return " and ".join(why_not(part, lookup, attributes) for part in condition.of)
        case Not():
            return f"{in_english(condition.of, attributes)}, which must not be"
        case _:
            name = attribute_in_english(condition.attribute, attributes)
            return f"{name} {_failed(condition, lookup(condition.attribute))}"


def _failed(atom: Atom, value: Value | None) -> str:
    if value is None:
        return "is not known"
    said = f"is {value_said(value)}"
    match atom:
        case Known():
            return f"{said}, and known"
        case Compare(op="ne"):
            return said
        case Compare(op="eq"):
            plain = isinstance(value, bool) and isinstance(atom.value, bool)
            return said if plain else f"{said}, not {value_said(atom.value)}"
        case Compare():
            return f"{said}, {_NOT[atom.op]} {value_said(atom.value)}"
        case Among():
            return f"{said}, not one of {', '.join(map(value_said, atom.values))}"
        case Between():
            return f"{said}, not between {value_said(atom.low)} and {value_said(atom.high)}"
        case Contains():
            return f"{said}, which does not contain {value_said(atom.value)}"
        case _:
            assert_never(atom)
