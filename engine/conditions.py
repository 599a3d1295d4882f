"""Typed conditions: data, never text that is evaluated.

A missing value makes every comparison false, `ne` included; `known` is the only test
for it. Types are never turned into one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Literal, assert_never

from pydantic import Field

from engine.model import AttributeId, Model
from engine.profile import Attribute, Value, ValueType

Text = Annotated[str, Field(max_length=500)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
Literal_ = bool | Number | Text


class Compare(Model):
    """An attribute against a value: equal, not equal, less, at most, greater, at least."""

    op: Literal["eq", "ne", "lt", "le", "gt", "ge"]
    attribute: AttributeId
    value: Literal_


class Among(Model):
    """An attribute's value is one of a list."""

    op: Literal["in"] = "in"
    attribute: AttributeId
    values: Annotated[list[Literal_], Field(min_length=1, max_length=1000)]


class Between(Model):
    """A number within bounds, both included."""

    op: Literal["between"] = "between"
    attribute: AttributeId
    low: Number
    high: Number


class Contains(Model):
    """A text that holds another text, upper and lower case told apart."""

    op: Literal["contains"] = "contains"
    attribute: AttributeId
    value: Annotated[str, Field(min_length=1, max_length=500)]


class Known(Model):
    """The attribute has a value."""

    op: Literal["known"] = "known"
    attribute: AttributeId


Atom = Compare | Among | Between | Contains | Known
"""A condition that is no combination of others."""


class All(Model):
    """Every part is true."""

    op: Literal["all"] = "all"
    of: Annotated[list[Condition], Field(min_length=1, max_length=100)]


class AnyOf(Model):
    """At least one part is true."""

    op: Literal["any"] = "any"
    of: Annotated[list[Condition], Field(min_length=1, max_length=100)]


class Not(Model):
    """The part is false."""

    op: Literal["not"] = "not"
    of: Condition


Condition = Annotated[
    Atom | All | AnyOf | Not,
    Field(discriminator="op"),
]
for _recursive in (All, AnyOf, Not):
    _recursive.model_rebuild()

Lookup = Callable[[str], Value | None]
Test = Callable[[Lookup], bool]


def attributes_in(condition: Condition) -> Iterator[str]:
    """Every attribute that `condition` reads, in order, with repeats."""
    for atom in atoms_in(condition):
        yield atom.attribute


def atoms_in(condition: Condition) -> Iterator[Atom]:
    """Every comparison in `condition`, in order."""
    match condition:
        case All() | AnyOf():
            for part in condition.of:
                yield from atoms_in(part)
        case Not():
            yield from atoms_in(condition.of)
        case _:
            yield condition


def with_atoms(
    condition: Condition,
    change: Callable[[Compare | Among | Between | Contains | Known], Condition],
) -> Condition:
    """`condition` with every comparison in it put through `change`."""
    match condition:
        case All() | AnyOf():
            parts = [with_atoms(part, change) for part in condition.of]
            return condition.model_copy(update={"of": parts})
        case Not():
            return Not(of=with_atoms(condition.of, change))
        case _:
            return change(condition)


def evaluate(condition: Condition, profile: Mapping[str, Value | None]) -> bool:
    """Whether `condition` holds for one customer's `profile`."""
    return compiled(condition)(profile.get)


def compiled(condition: Condition) -> Test:
    """A function that tells whether `condition` holds, given a way to look up attributes."""
    match condition:
        case All():
            return _all([compiled(part) for part in condition.of])
        case AnyOf():
            return _any([compiled(part) for part in condition.of])
        case Not():
            inner = compiled(condition.of)
            return lambda lookup: not inner(lookup)
        case Known():
            name = condition.attribute
            return lambda lookup: lookup(name) is not None
        case Compare():
            return _compare(condition)
        case Among():
            return _among(condition.attribute, condition.values)
        case Between():
            return _between(condition.attribute, condition.low, condition.high)
        case Contains():
            return _contains(condition.attribute, condition.value)
        case _:
            assert_never(condition)


def _all(parts: list[Test]) -> Test:
    return lambda lookup: all(part(lookup) for part in parts)


def _any(parts: list[Test]) -> Test:
    return lambda lookup: any(part(lookup) for part in parts)


def kind_of(value: object) -> ValueType | None:
    """The type a stored value has, without any conversion; None for a missing one."""
    if isinstance(value, bool):
        return ValueType.BOOLEAN
    if isinstance(value, (int, float)):
        return ValueType.NUMBER
    return ValueType.TEXT if isinstance(value, str) else None


def _compare(condition: Compare) -> Test:
    name, operator, wanted = condition.attribute, condition.op, condition.value
    kind = kind_of(wanted)
    if operator in {"eq", "ne"}:
        equal = operator == "eq"

        def same(lookup: Lookup) -> bool:
            value = lookup(name)
            return kind_of(value) is kind and (value == wanted) is equal

        return same
    if kind is not ValueType.NUMBER or isinstance(wanted, str):
        return lambda _: False
    return _ordered(name, operator, wanted)


def _ordered(name: str, operator: str, bound: float) -> Test:
    orders: dict[str, Callable[[float], bool]] = {
        "lt": lambda value: value < bound,
        "le": lambda value: value <= bound,
        "gt": lambda value: value > bound,
        "ge": lambda value: value >= bound,
    }
    holds = orders[operator]

    def ordered(lookup: Lookup) -> bool:
        value = lookup(name)
        return isinstance(value, (int, float)) and not isinstance(value, bool) and holds(value)

    return ordered


def _among(name: str, values: list[Value]) -> Test:
    wanted = {(kind_of(value), value) for value in values}

    def among(lookup: Lookup) -> bool:
        value = lookup(name)
        return (kind_of(value), value) in wanted

    return among


def _between(name: str, low: float, high: float) -> Test:
    def between(lookup: Lookup) -> bool:
        value = lookup(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        return low <= value <= high

    return between


def _contains(name: str, part: str) -> Test:
    def contains(lookup: Lookup) -> bool:
        value = lookup(name)
        return isinstance(value, str) and part in value

    return contains


def type_problem(atom: Atom, attribute: Attribute) -> str | None:
    """Why `atom` can never fit the type of `attribute`, or None if it fits."""
    match atom:
        case Known():
            return None
        case Between():
            return _needs(attribute, ValueType.NUMBER, "only a number lies between two others")
        case Contains():
            return _needs(attribute, ValueType.TEXT, "only a text contains another")
        case Compare() if atom.op not in {"eq", "ne"}:
            problem = _needs(attribute, ValueType.NUMBER, "only numbers are less or greater")
            return problem or _value_problem(attribute, [atom.value])
        case Compare():
            return _value_problem(attribute, [atom.value])
        case Among():
            return _value_problem(attribute, atom.values)


def _needs(attribute: Attribute, needed: ValueType, why: str) -> str | None:
    return None if attribute.type is needed else f"“{attribute.id}” is a {attribute.type}; {why}"


def _value_problem(attribute: Attribute, values: list[Value]) -> str | None:
    is_choice = attribute.type is ValueType.CHOICE
    wanted = ValueType.TEXT if is_choice else attribute.type
    for value in values:
        if kind_of(value) is not wanted:
            return f"“{attribute.id}” is a {attribute.type}, and {_shown(value)} is not"
        if is_choice and value not in attribute.choices:
            return f"“{attribute.id}” has no choice {_shown(value)}"
    return None


def _shown(value: Value) -> str:
    """A value as it stands in the document, not as Python writes it."""
    if isinstance(value, str):
        return f"“{value}”"
    return str(value).lower() if isinstance(value, bool) else f"{value:.15g}"
