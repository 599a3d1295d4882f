"""Conditions as sentences."""

from __future__ import annotations

import pytest

from engine.condition_english import in_english
from engine.conditions import All, Among, AnyOf, Between, Compare, Condition, Contains, Known, Not
from engine.profile import Attribute, ValueType

ATTRIBUTES = {
    "age": Attribute(id="age", name="Age", type=ValueType.NUMBER),
    "plan": Attribute(id="plan", name="Plan", type=ValueType.TEXT),
    "vip": Attribute(id="vip", name="VIP customer", type=ValueType.BOOLEAN),
    "last_bill": Attribute(id="last_bill", type=ValueType.NUMBER),
}
ADULT = Compare(op="ge", attribute="age", value=18)
GOLD = Compare(op="eq", attribute="plan", value="gold")
VIP = Compare(op="eq", attribute="vip", value=True)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (ADULT, "age is at least 18"),
        (GOLD, "plan is “gold”"),
        (Compare(op="ne", attribute="plan", value="gold"), "plan is not “gold”"),
        (Compare(op="lt", attribute="last_bill", value=1234567.5),
         "last bill is less than 1,234,567.5"),
        (Compare(op="le", attribute="age", value=-1), "age is at most -1"),
        (Compare(op="gt", attribute="waited", value=60), "waited is more than 60"),
        (VIP, "VIP customer is true"),
        (Compare(op="ne", attribute="vip", value=True), "VIP customer is false"),
        (Compare(op="eq", attribute="vip", value=False), "VIP customer is false"),
        (Compare(op="ne", attribute="vip", value=False), "VIP customer is true"),
        (Among(attribute="plan", values=["gold", 1, True]), "plan is one of “gold”, 1, true"),
        (Between(attribute="age", low=18, high=25.5), "age is between 18 and 25.5"),
        (Contains(attribute="plan", value="old"), "plan contains “old”"),
        (Known(attribute="nobody_knows_it"), "nobody knows it is known"),
        (Not(of=VIP), "not (VIP customer is true)"),
        (All(of=[ADULT, GOLD]), "age is at least 18 and plan is “gold”"),
        (AnyOf(of=[ADULT, GOLD]), "age is at least 18 or plan is “gold”"),
        (All(of=[AnyOf(of=[ADULT, VIP]), GOLD]),
         "(age is at least 18 or VIP customer is true) and plan is “gold”"),
        (AnyOf(of=[All(of=[ADULT, VIP]), GOLD]),
         "(age is at least 18 and VIP customer is true) or plan is “gold”"),
        (All(of=[AnyOf(of=[ADULT])]), "age is at least 18"),
        (All(of=[AnyOf(of=[ADULT]), GOLD]), "age is at least 18 and plan is “gold”"),
        (All(of=[All(of=[AnyOf(of=[ADULT, VIP])]), GOLD]),
         "(age is at least 18 or VIP customer is true) and plan is “gold”"),
        (Not(of=All(of=[ADULT, GOLD])), "not (age is at least 18 and plan is “gold”)"),
    ],
    ids=str,
)  # fmt: skip
def test_sentence(condition: Condition, sentence: str) -> None:
    assert in_english(condition, ATTRIBUTES) == sentence
