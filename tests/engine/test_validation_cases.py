"""What is said to be impossible never happens: tried out on random conditions and customers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conditions import evaluate
from engine.document import document_from_plain
from engine.profile import Value
from engine.steps.decide import ConditionStep
from engine.validation import validate
from engine.validation.cases import is_possible, surely_known
from tests.engine.test_validation_examples import Plain, attribute, condition

TYPES = [attribute("x"), attribute("y"), attribute("vip", "boolean"), attribute("town", "text")]
NUMBERS = st.sampled_from([-1.0, 0.0, 1.0, 1.0000000000000002, 2.5, 3.0, 1e15])
TEXTS = st.sampled_from(["", "a", "ab", "b", "ba", "abc", "\ue000"])
LITERALS = NUMBERS | TEXTS | st.booleans()
NAMES = st.sampled_from(["x", "y", "vip", "town"])


def atoms() -> st.SearchStrategy[Plain]:
    return st.one_of(
        st.fixed_dictionaries({
            "op": st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]),
            "attribute": NAMES,
            "value": LITERALS,
        }),
        st.fixed_dictionaries({
            "op": st.just("in"),
            "attribute": NAMES,
            "values": st.lists(LITERALS, min_size=1, max_size=3),
        }),
        st.fixed_dictionaries({
            "op": st.just("between"),
            "attribute": st.sampled_from(["x", "y"]),
            "low": NUMBERS,
            "high": NUMBERS,
        }),
        st.fixed_dictionaries({
            "op": st.just("contains"),
            "attribute": st.just("town"),
            "value": st.sampled_from(["a", "b", "ab", "\ue000"]),
        }),
        st.fixed_dictionaries({"op": st.just("known"), "attribute": NAMES}),
    )  # fmt: skip


def combined(inner: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda parts: {"op": "all", "of": parts}, several),
        st.builds(lambda parts: {"op": "any", "of": parts}, several),
        st.builds(lambda part: {"op": "not", "of": part}, inner),
    )


CONDITIONS = st.recursive(atoms(), combined, max_leaves=5)
PROFILES = st.fixed_dictionaries({
    "x": st.none() | NUMBERS | st.floats(-10, 10),
    "y": st.none() | NUMBERS | st.floats(-10, 10),
    "vip": st.none() | st.booleans(),
    "town": st.none() | TEXTS | st.text(alphabet="abc\ue000\ue001", max_size=5),
})  # fmt: skip


def condition_step(conditions: list[Plain]) -> tuple[Any, ConditionStep]:
    document = document_from_plain(condition(*conditions, attributes=TYPES))
    step = document.journey.steps[1]
    assert isinstance(step, ConditionStep)
    return document, step


@settings(deadline=None)
@given(st.lists(CONDITIONS, min_size=1, max_size=4), st.lists(PROFILES, min_size=1, max_size=20))
def test_branch_that_is_taken_is_never_reported(
    conditions: list[Plain], profiles: list[dict[str, Value | None]]
) -> None:
    document, step = condition_step(conditions)
    never = {f.field for f in validate(document) if f.code in {"W202", "W203"}}
    always = {f.field for f in validate(document) if f.code == "W204"}
    choose = step.chooser()
    for profile in profiles:
        assert choose(profile.get) not in never
        for branch in step.branches:
            assert evaluate(branch.when, profile) or branch.id not in always


@settings(deadline=None)
@given(st.lists(CONDITIONS, min_size=1, max_size=4), PROFILES)
def test_what_a_customer_shows_is_possible(
    conditions: list[Plain], profile: dict[str, Value | None]
) -> None:
    document, step = condition_step(conditions)
    whens = [branch.when for branch in step.branches]
    holds = [one for one in whens if evaluate(one, profile)]
    fails = [one for one in whens if not evaluate(one, profile)]
    assert is_possible(holds, fails, document.journey.known_attributes())
    fixed = {"vip": profile["vip"]} if profile["vip"] is not None else {}
    assert is_possible(holds, fails, document.journey.known_attributes(), fixed)
    # An attribute that nobody declared may hold anything.
    assert is_possible(holds, fails, {})


@settings(deadline=None)
@given(CONDITIONS, PROFILES)
def test_what_is_surely_known_is_known(one: Plain, profile: dict[str, Value | None]) -> None:
    when = condition_step([one])[1].branches[0].when
    if evaluate(when, profile):
        assert all(profile[name] is not None for name in surely_known(when))
