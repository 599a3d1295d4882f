"""Scenarios change the document in named places, and leave it alone."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from engine.document import Document, document_to_bytes, parse_document
from engine.errors import DocumentError
from engine.scenarios import Change, Scenario, put, with_scenario


def with_changes(document: Document, *changes: tuple[str, Any]) -> Document:
    named = [Scenario(id="s", name="S", changes=[Change(at=at, to=to) for at, to in changes])]
    scenarios = document.scenarios.model_copy(update={"named": named})
    return with_scenario(document.model_copy(update={"scenarios": scenarios}), "s")


def test_changes_are_made_and_the_baseline_is_left_alone(
    document: Document, everything: bytes
) -> None:
    changed = with_scenario(document, "more_people")
    assert changed.assumptions.staffing["front"].agents == [7, 10, 11]
    assert changed.assumptions.demand[0].per_day == 3300
    agent = next(step for step in changed.journey.steps if step.id == "agent")
    assert getattr(agent, "callback_offer", 1) is None
    assert document_to_bytes(document) == everything
    assert with_scenario(document, "as_is") == document
    assert parse_document(document_to_bytes(changed)) == changed


def test_changes_are_made_one_after_another(document: Document) -> None:
    changed = with_changes(
        document,
        ("assumptions/staffing/third", {"agents": [1]}),
        ("assumptions/staffing/third/agents/0", 2),
        ("assumptions/steps/bot/intents/dispute/containment", 0.25),
        ("assumptions/population/balance/of/parts/1/weight", 5),
        ("journey/sub_journeys/check/steps/code/method", "SMS"),
        ("assumptions/steps/paper", {"work": {"kind": "constant", "value": 60}}),
    )
    assert changed.assumptions.staffing["third"].agents == [2]
    steps = changed.assumptions.steps
    assert getattr(steps["bot"], "intents", {})["dispute"].containment == 0.25
    assert getattr(steps["paper"], "work", None).expected() == 60
    assert getattr(changed.assumptions.population["balance"], "of", None).parts[1].weight == 5
    check = changed.journey.sub_journey("check")
    assert check is not None
    assert getattr(check.steps[0], "method", "") == "SMS"


def test_unknown_scenario_is_refused_with_the_known_ones(document: Document) -> None:
    with pytest.raises(DocumentError) as caught:
        with_scenario(document, "nothing")
    assert "nothing" in caught.value.what
    assert "more_people, as_is" in caught.value.mend


@pytest.mark.parametrize(
    ("at", "to", "said"),
    [
        ("layout/positions/call", [0, 0], "no place that a scenario may change"),
        ("scenarios/named/0/name", "x", "no place that a scenario may change"),
        ("format", "x", "no place that a scenario may change"),
        ("journey", {}, "no place that a scenario may change"),
        ("/journey/name", "x", "no place that a scenario may change"),
        ("assumptions/demand/9/per_day", 1, "there is no “9”"),
        ("assumptions/demand/-1/per_day", 1, "there is no “-1”"),
        ("assumptions/demand/nobody", 1, "there is no “nobody”"),
        ("assumptions/demand/calls/per_day/x", 1, "there is no “x”"),
        ("assumptions/demand/calls/per_day/x/y", 1, "there is no “x”"),
        ("assumptions/demand/calls/surprise", 1, "“surprise” is not known"),
        ("assumptions/demand/calls/per_day", -1, "-1 should be greater"),
        ("assumptions/demand/calls/per_day", "3", "should be a valid number"),
        ("assumptions/steps/nobody/redial", {}, "there is no step “nobody”"),
        ("journey/steps/0/type", "phone", "is none of"),
        ("journey/name", "\a", "U+0007"),
    ],
)
def test_change_that_does_not_fit_is_refused(
    document: Document, at: str, to: Any, said: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        with_changes(document, ("assumptions/period/days", 2), (at, to))
    assert said in caught.value.what
    assert "scenario “s”" in caught.value.where
    assert "\n  To mend it: " in str(caught.value)


def test_elements_are_named_by_id_before_number() -> None:
    plain: dict[str, Any] = {"journey": {"l": [{"id": "1", "v": 0}, {"id": "0", "v": 0}, {"v": 0}]}}
    for place, expected in (("1", [5, 0, 0]), ("0", [0, 5, 0]), ("2", [0, 0, 5])):
        changed = copy.deepcopy(plain)
        put(changed, f"journey/l/{place}/v", 5)
        assert [one["v"] for one in changed["journey"]["l"]] == expected
