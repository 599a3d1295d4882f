"""One meaning of a condition: the same for one customer, for a whole population, and in logic."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from engine.condition_columns import evaluate_columns
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
    attributes_in,
    evaluate,
    kind_of,
    type_problem,
)
from engine.profile import Attribute, Value, ValueType

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)

texts = st.sampled_from(
    ["", "a", "A", "ab", "1", "0", "true", "True", "“x”", "it's", '"', "\\", "ß", "ẞ", "🚀", "é",
     "e\u0301", "a b", "None", "nan"]
)  # fmt: skip
numbers = st.sampled_from(
    [0.0, -0.0, 1.0, -1.0, 0.1, 0.30000000000000004, 2.0, 17, 18, 1e15, -1e15, 5e-324]
)
values = st.one_of(st.booleans(), numbers, texts)
# In a column of numbers, of texts, of anything, and in none.
names = st.sampled_from(["number", "text", "mixed", "absent"])

atoms = st.one_of(
    st.builds(
        Compare,
        op=st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]),
        attribute=names,
        value=values,
    ),
    st.builds(Among, attribute=names, values=st.lists(values, min_size=1, max_size=4)),
    st.builds(Between, attribute=names, low=numbers, high=numbers),
    st.builds(Contains, attribute=names, value=texts.filter(bool)),
    st.builds(Known, attribute=names),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(All, of=st.lists(inner, min_size=1, max_size=3)),
        st.builds(AnyOf, of=st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, of=inner),
    ),
    max_leaves=6,
)
profiles = st.fixed_dictionaries(
    {},
    optional={
        "number": st.one_of(st.none(), numbers),
        "text": st.one_of(st.none(), texts),
        "mixed": st.one_of(st.none(), values),
    },
)
COMPARISONS = [
    Compare(op="eq", attribute="a", value="x"),
    Compare(op="ne", attribute="a", value="x"),
    Compare(op="ne", attribute="a", value=1),
    Compare(op="ne", attribute="a", value=True),
    Compare(op="lt", attribute="a", value=1),
    Compare(op="le", attribute="a", value=1),
    Compare(op="gt", attribute="a", value=-1),
    Compare(op="ge", attribute="a", value=0),
    Among(attribute="a", values=["x", 1, True]),
    Between(attribute="a", low=-1e15, high=1e15),
    Contains(attribute="a", value="x"),
]


def column(content: list[Any]) -> Any:
    made = np.empty(len(content), object)
    made[:] = content
    return made


def columns_of(population: list[dict[str, Value | None]]) -> dict[str, Any]:
    number = [profile.get("number") for profile in population]
    return {
        "number": np.array([math.nan if v is None else v for v in number], np.float64),
        "text": column([profile.get("text") for profile in population]),
        "mixed": column([profile.get("mixed") for profile in population]),
    }


def meant(condition: Condition, profile: dict[str, Value | None]) -> bool:
    """What a condition means, written a second time and as directly as can be."""
    match condition:
        case All(of=parts):
            return not [part for part in parts if not meant(part, profile)]
        case AnyOf(of=parts):
            return bool([part for part in parts if meant(part, profile)])
        case Not(of=part):
            return not meant(part, profile)
        case Known():
            return profile.get(condition.attribute) is not None
    value = profile.get(condition.attribute)
    if value is None:
        return False
    match condition:
        case Contains():
            return isinstance(value, str) and value.find(condition.value) >= 0
        case Between():
            return type(value) in {int, float} and not (
                value < condition.low or value > condition.high
            )
        case Among():
            return any(meant_compare("eq", value, one) for one in condition.values)
        case Compare():
            return meant_compare(condition.op, value, condition.value)
    raise AssertionError(condition)


def meant_compare(operator: str, value: Any, wanted: Any) -> bool:
    numbers_both = {type(value), type(wanted)} <= {int, float}
    if not numbers_both and type(value) is not type(wanted):
        return False
    if operator in {"eq", "ne"}:
        return (value == wanted) == (operator == "eq")
    table = {"lt": (-1,), "le": (-1, 0), "gt": (1,), "ge": (0, 1)}
    return numbers_both and (value > wanted) - (value < wanted) in table[operator]


COUNTS: list[int] = []


@settings(max_examples=600)
@given(conditions, st.lists(profiles, min_size=6, max_size=20))
def check_agreement(condition: Condition, population: list[dict[str, Value | None]]) -> None:
    alone = [evaluate(condition, profile) for profile in population]
    together = evaluate_columns(condition, columns_of(population), len(population))
    assert together.dtype == np.bool_
    assert together.tolist() == alone
    assert alone == [meant(condition, profile) for profile in population]
    COUNTS.append(len(population))


def test_customers_and_populations_agree_with_what_is_meant() -> None:
    COUNTS.clear()
    check_agreement()
    assert sum(COUNTS) >= 4000


@settings(max_examples=200)
@given(conditions)
def test_a_condition_is_read_as_it_is_written(condition: Condition) -> None:
    again = CONDITION.validate_json(condition.model_dump_json())
    assert again == condition
    assert [*attributes_in(again)] == [*attributes_in(condition)]


@pytest.mark.parametrize("condition", COMPARISONS, ids=repr)
def test_missing_makes_every_comparison_false(condition: Condition) -> None:
    for profile in ({}, {"a": None}, {"b": "x"}):
        assert not evaluate(condition, profile)
    assert not evaluate_columns(condition, {}, 1)[0]
    assert not evaluate_columns(condition, {"a": column([None])}, 1)[0]
    assert not evaluate_columns(condition, {"a": np.array([math.nan])}, 1)[0]
    assert evaluate(Not(of=condition), {})


def test_known_is_the_only_test_for_missing() -> None:
    known = Known(attribute="a")
    for value in (False, True, 0, 0.0, "", "None"):
        assert evaluate(known, {"a": value})
    assert not evaluate(known, {"a": None})
    assert not evaluate(known, {})
    with pytest.raises(ValidationError):
        CONDITION.validate_python({"op": "eq", "attribute": "a", "value": None})


@pytest.mark.parametrize(
    ("wanted", "other"),
    [(1, True), (0, False), (True, 1), (False, 0), (1, "1"), ("1", 1), (True, "true"), ("", False),
     (0, ""), ("True", True), ("ß", "ẞ"), ("é", "e\u0301"), ("a", "A"), ("a", "a ")],
    ids=repr,
)  # fmt: skip
def test_nothing_is_turned_into_another_type(wanted: Value, other: Value) -> None:
    equal = Compare(op="eq", attribute="a", value=wanted)
    among = Among(attribute="a", values=[wanted])
    unequal = Compare(op="ne", attribute="a", value=wanted)
    # Unequal are values of one type; another type is no answer to the question.
    is_answer = kind_of(wanted) is kind_of(other)
    for condition, expected in (
        (equal, [True, False]),
        (among, [True, False]),
        (unequal, [False, is_answer]),
    ):
        assert [evaluate(condition, {"a": value}) for value in (wanted, other)] == expected
        both = {"a": column([wanted, other])}
        assert evaluate_columns(condition, both, 2).tolist() == expected


def test_order_is_for_numbers_alone() -> None:
    for operator in ("lt", "le", "gt", "ge"):
        for wanted in ("a", True, 0.5, -5):
            condition = CONDITION.validate_python(
                {"op": operator, "attribute": "a", "value": wanted}
            )
            for value in ("b", True, False, ""):
                assert not evaluate(condition, {"a": value})
    assert not evaluate(Between(attribute="a", low=0, high=1), {"a": True})
    assert not evaluate(Between(attribute="a", low=2, high=1), {"a": 1.5})
    assert evaluate(Between(attribute="a", low=1, high=1), {"a": 1})


@pytest.mark.parametrize(
    "raw",
    [
        {"op": "all", "of": []},
        {"op": "any", "of": []},
        {"op": "in", "attribute": "a", "values": []},
        {"op": "contains", "attribute": "a", "value": ""},
        {"op": "eq", "attribute": "a b", "value": 1},
        {"op": "eq", "attribute": "a__b", "value": 1},
        {"op": "eq", "attribute": "a"},
        {"op": "==", "attribute": "a", "value": 1},
        {"op": "lt", "attribute": "a", "value": math.inf},
        {"op": "not", "of": [{"op": "known", "attribute": "a"}]},
        {"attribute": "a", "value": 1},
        "a > 1",
    ],
)
def test_what_is_no_condition_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(raw)


@pytest.mark.parametrize(
    ("atom", "said"),
    [
        (Compare(op="eq", attribute="c", value="red"), None),
        (Compare(op="eq", attribute="c", value="blue"), "no choice"),
        (Among(attribute="c", values=["red", 1]), "is not"),
        (Compare(op="lt", attribute="c", value=1), "less or greater"),
        (Between(attribute="c", low=0, high=1), "lies between"),
        (Contains(attribute="c", value="e"), "contains another"),
        (Known(attribute="c"), None),
    ],
)
def test_conditions_that_never_fit_the_type_are_told(atom: Any, said: str | None) -> None:
    attribute = Attribute(id="c", type=ValueType.CHOICE, choices=["red", "green"])
    problem = type_problem(atom, attribute)
    assert (problem is None) if said is None else said in str(problem)
