"""Why this way and not another: what is said fits what was drawn, seen and known."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from engine.document import Document, document_from_plain, document_to_plain, read_document
from engine.plan import make_plan
from engine.shipped import sample_names, sample_path
from simulator.cli import main
from simulator.trace import Event, story
from tests.simulator.build import journey


def first_at(document: Document, step: str, customer: int = 3) -> Event:
    events = story(make_plan(document), 1, 0, customer)
    return next(event for event in events if event.step == step)


def with_step(step: dict[str, Any], exits: list[str]) -> Document:
    ways = {"call.arrived": step["id"]} | {f"{step['id']}.{name}": "end" for name in exits}
    return journey([step], ways, {})


@pytest.mark.parametrize("sample", sample_names())
def test_every_exit_that_was_not_taken_is_explained(sample: str) -> None:
    plan = make_plan(read_document(sample_path(sample)))
    for customer in range(0, 60, 12):
        for event in story(plan, 1, 0, customer):
            planned = next(one for one in plan.steps if one.id == event.step)
            assert set(event.others) == set(planned.exits) - {event.exit}
            assert all(event.others.values())
            said = " ".join([event.reason, *event.others.values()])
            for drawn, needed in re.findall(r"([\d.e-]+) was drawn, below ([\d.e-]+)", said):
                assert float(drawn) <= float(needed)
            for drawn, low, high in re.findall(
                r"([\d.e-]+) was drawn, and it would take ([\d.e-]+) to ([\d.e-]+)", said
            ):
                assert not float(low) < float(drawn) < float(high)


GOLD = {"op": "eq", "attribute": "tier", "value": "gold"}
OLD = {"op": "all", "of": [GOLD, {"op": "ge", "attribute": "years", "value": 10}]}
NEW = {"op": "between", "attribute": "years", "low": 0, "high": 20}


def decision(tier: str) -> Event:
    branches = [
        {"id": name, "name": name.title(), "when": when}
        for name, when in (("loyal", OLD), ("new", NEW), ("gold", GOLD))
    ]
    document = journey(
        [{"id": "who", "type": "condition", "name": "Who", "branches": branches}],
        {"call.arrived": "who"}
        | {f"who.{name}": "end" for name in ("loyal", "new", "gold", "otherwise")},
        {
            "population": {
                "tier": {"kind": "choices", "weights": {tier: 1}},
                "years": {"kind": "numbers", "of": {"kind": "constant", "value": 4}},
            }
        },
        attributes=[
            {"id": "tier", "name": "Tier", "type": "choice", "choices": ["gold", "silver"]},
            {"id": "years", "name": "Years with us", "type": "number"},
        ],
    )
    return first_at(document, "who")


def test_the_first_condition_that_failed_is_named_with_the_value() -> None:
    silver = decision("silver")
    assert silver.exit == "new"
    assert silver.others["loyal"] == "tier is “silver”, not “gold”"
    assert silver.others["otherwise"] == "“New” comes before: years with us is between 0 and 20"
    gold = decision("gold")
    assert gold.others["loyal"] == "years with us is 4, not at least 10"
    assert gold.others["gold"].startswith("“New” comes before")


def test_chance_says_what_was_drawn() -> None:
    variants = [{"id": name, "name": name.upper(), "weight": 1} for name in "ab"]
    step = {"id": "half", "type": "split", "name": "Half", "variants": variants}
    event = first_at(with_step(step, ["a", "b"]), "half")
    drawn = float(re.findall(r"([\d.]+) was drawn", event.reason)[0])
    assert (event.exit == "a") == (drawn < 0.5)
    [(other, why)] = event.others.items()
    assert why.endswith("0.5 to 1" if other == "b" else "0 to 0.5")


def test_a_queue_says_what_would_have_had_to_be_otherwise() -> None:
    bank = document_to_plain(read_document(sample_path("bankunited")))
    bank["assumptions"]["staffing"]["advisers"]["agents"] = [6] * 28
    bank["journey"]["steps"] = [
        one | {"callback_offer": {"expected_wait": 100000}, "capacity": 30}
        if one["id"] == "adviser"
        else one
        for one in bank["journey"]["steps"]
    ]
    bank["journey"]["links"] += [
        {"from": "adviser", "exit": name, "to": "gave_up"} for name in ("callback", "full")
    ]
    plan = make_plan(document_from_plain(bank))
    events = [e for n in range(400, 440, 4) for e in story(plan, 1, 0, n) if e.step == "adviser"]
    assert {event.exit for event in events} >= {"abandoned"}
    for event in events:
        for name, why in event.others.items():
            if name == "callback" and event.exit == "abandoned":
                assert "the expected wait was" in why
                assert "not more than" in why
            if name == "full" and event.exit == "abandoned":
                assert why == f"{event.ahead} waited already, and 30 may wait"


def test_the_command_answers_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["trace", "bankunited", "--outcome", "abandoned"]
    assert main([*words, "--why-not", "adviser.resolved"]) == 0
    assert "nobody was free by then" in capsys.readouterr().out
    assert main([*words, "--why-not", "adviser.nonsense"]) == 2
    assert "name one of: abandoned, resolved" in capsys.readouterr().err
    assert main([*words, "--why-not", "nowhere.x"]) == 2


def test_one_setting_changes_this_customers_path(capsys: pytest.CaptureFixture[str]) -> None:
    place = "assumptions/staffing/advisers/agents"
    words = ["trace", "bankunited", "--outcome", "abandoned", "--against", "baseline"]
    assert main([*words, "--change", f"{place}*=2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    other = document_to_plain(read_document(sample_path("bankunited")))
    staffing = other["assumptions"]["staffing"]["advisers"]
    staffing["agents"] = [2 * one for one in staffing["agents"]]
    alone = story(make_plan(document_from_plain(other)), 1, 0, told["customer"])
    assert [(e["step"], e["exit"], e["time"], e["waited"]) for e in told["events"]] == [
        (e.step, e.exit, e.time, e.waited) for e in alone
    ]
    before = story(make_plan(read_document(sample_path("bankunited"))), 1, 0, told["customer"])
    assert [e["step"] for e in told["against"]] == [e.step for e in before]
    at = told["first_difference"]["at"]
    assert told["events"][at]["exit"] == "resolved"
    assert told["against"][at]["exit"] == "abandoned"
    assert "instead of “abandoned”" in told["first_difference"]["said"]
    assert main([*words, "--change", f"{place}*=1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["first_difference"] is None


def test_the_same_customer_is_found_though_others_come_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["trace", "bankunited", "--customer", "700", "--against", "baseline", "--json"]
    assert main([*words, "--change", "assumptions/demand/calls/per_day*=1.5"]) == 0
    told = json.loads(capsys.readouterr().out)
    intents = [
        next(e["learned"]["intent"] for e in events if "intent" in e["learned"])
        for events in (told["events"], told["against"])
    ]
    assert intents[0] == intents[1]
    assert told["events"][0]["time"] < told["against"][0]["time"]


@pytest.mark.parametrize("change", ["nonsense", "assumptions/nowhere/x=1", "a+=1", "=3", "a/b*=x"])
def test_a_change_that_does_not_fit_is_told(
    change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "bankunited", "--change", change]) == 2
    assert "To mend it" in capsys.readouterr().err
