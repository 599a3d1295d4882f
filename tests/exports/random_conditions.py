"""Conditions and customers at random, the same ones every time, awkward in every way."""

from __future__ import annotations

from functools import cache
from random import Random

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
    Not,
    evaluate,
    with_atoms,
)
from engine.profile import Value

Customer = dict[str, Value | None]

TEXTS = [
    "", "a", "A", "ab", "gold", "1", "0", "true", "null", "None", "$", "${x}", "$.tier", "$$",
    "{}", "a}b", "it's", "''", '"', '"x"', "\\", "\\\\", "\\n", "a\nb", "\t", "*", "a*b", "\\*",
    "?", "[a]", ".", "<b>", "&amp;", "]]>", "--", "//", "`", "%20", "ß", "ẞ", "é", "e\u0301", "Ж",
    "日本", "🚀", "🚀a", "\u2028", "\u00a0", "a b", " a", "#{x}", "=x", "nan", "__proto__",
]  # fmt: skip
NUMBERS = [
    0.0, -0.0, 1.0, -1.0, 2.0, 17.0, 18.0, 0.1, 0.30000000000000004, 0.3, 1e15, -1e15, 1e-7, 5e-324,
    123456789.125, 999999999999999.0,
]  # fmt: skip
NAMES = ["tier", "age", "vip", "anything", "absent", "who", "value_of", "length", "hold"]
"""Attributes of a text, a number, a boolean, of any type, of none; and names that mean something
elsewhere."""
PLANNED = {"who": "call__who"}


class _Chance:
    def __init__(self, random: Random) -> None:
        self._random = random

    def customer(self) -> Customer:
        def unless_missing(value: Value, into: str) -> Customer:
            is_there = self._random.random()
            return {} if is_there < 0.2 else {into: None if is_there < 0.35 else value}

        return {
            **unless_missing(self._text(), "tier"),
            **unless_missing(self._number(), "age"),
            **unless_missing(self._random.random() < 0.5, "vip"),
            **unless_missing(self._value(), "anything"),
            **unless_missing(self._text(), "call__who"),
            **unless_missing(self._value(), "value_of"),
            **unless_missing(self._number(), "length"),
            **unless_missing(self._text(), "hold"),
        }

    def condition(self, deep: int = 3) -> Condition:
        if deep and self._random.random() < 0.4:
            parts = [self.condition(deep - 1) for _ in range(self._random.randint(1, 3))]
            kind = self._random.choice([All, AnyOf, Not])
            return Not(of=parts[0]) if kind is Not else kind(of=parts)
        return self._atom()

    def _atom(self) -> Condition:
        name, chosen = self._random.choice(NAMES), self._random.random()
        if chosen < 0.6:
            order = self._random.choice(["eq", "eq", "ne", "ne", "lt", "le", "gt", "ge"])
            return Compare(op=order, attribute=name, value=self._fitting(name))
        if chosen < 0.7:
            few = range(self._random.randint(1, 5))
            return Among(attribute=name, values=[self._fitting(name) for _ in few])
        if chosen < 0.8:
            return Between(attribute=name, low=self._number(), high=self._number())
        if chosen < 0.9:
            return Contains(attribute=name, value=self._text() or "b")
        return Known(attribute=name)

    def _fitting(self, name: str) -> Value:
        """A value of the attribute's type, mostly."""
        if self._random.random() < 0.2:
            return self._value()
        if name in {"tier", "who", "hold"}:
            return self._text()
        if name in {"age", "length"}:
            return self._number()
        return self._random.random() < 0.5 if name == "vip" else self._value()

    def _value(self) -> Value:
        return self._random.choice([self._text(), self._number(), self._random.random() < 0.5])

    def _text(self) -> str:
        # Few texts are common, so that equal ones meet often.
        joined = self._random.choice(TEXTS) + self._random.choice(TEXTS)
        return self._random.choice([self._random.choice(TEXTS[:8]), joined, *TEXTS])

    def _number(self) -> float:
        return self._random.choice([*NUMBERS, float(self._random.randint(-3, 90))])


@cache
def conditions(number: int = 500) -> tuple[Condition, ...]:
    """So many conditions; every operator is among them."""
    chance = _Chance(Random("conditions"))
    return tuple(with_atoms(chance.condition(), _as_planned) for _ in range(number))


def _as_planned(atom: Atom) -> Condition:
    """An input of a sub-journey is called so only in a plan."""
    return atom.model_copy(update={"attribute": PLANNED.get(atom.attribute, atom.attribute)})


@cache
def customers(number: int = 10) -> tuple[Customer, ...]:
    """So many customers."""
    chance = _Chance(Random("customers"))
    return tuple(chance.customer() for _ in range(number))


def expected() -> list[list[bool]]:
    """For each condition, whether it holds for each customer."""
    return [[evaluate(one, customer) for customer in customers()] for one in conditions()]
