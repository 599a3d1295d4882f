"""Validation as a whole: order, text, never raising, and work that grows with the journey."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import document_from_plain
from engine.errors import DocumentError
from engine.plan import make_plan
from engine.validation import Finding, Severity, has_errors, rules_by_code, validate
from engine.validation.finding import listed, quoted
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Subject
from tests.engine.test_validation_examples import (
    AGE,
    EXAMPLES,
    MARKETING,
    Plain,
    after_entry,
    attribute,
    branches,
    choices,
    codes,
    compare,
    found,
    links,
    plain,
    step,
)


def block(number: int) -> tuple[list[Plain], list[Plain]]:
    """Twenty steps of many types, each of whose exits leads on; from “nNs0” to the next block."""
    name = f"n{number}"
    kinds: list[tuple[str, Plain]] = [
        ("business_hours", {}),
        ("menu", {"options": choices("a", "b"), "attribute": "choice"}),
        ("ai_agent", {"intents": choices("pay", "ask"), "intent_attribute": "intent"}),
        ("condition", {"branches": branches(compare("x", "gt", 5), compare("x", "gt", 1))}),
        ("split", {"variants": choices("a", "b", weight=1)}),
        ("consent", {"purpose": "marketing"}),
        ("condition", {"branches": branches(compare("age", "ge", 18))}),
        ("message", {"channel": "email", "purpose": "marketing"}),
        ("set_attributes", {"set": [{"attribute": "note", "value": "seen"}]}),
        ("condition", {"branches": branches(compare("note", "eq", "seen"))}),
        ("human_agent", {"skills": ["english"], "max_wait": 60, "capacity": 5}),
        ("case", {"skills": ["english"]}),
        ("wait", {"duration": 60}),
        ("wait_for_event", {"event": "paid", "timeout": 60}),
        ("system_action", {"system": "CRM", "uses": ["x"], "timeout": 5}),
        ("identify", {}),
        ("contact_cap", {"max_contacts": 3}),
        ("sub_journey", {"journey": "sub", "inputs": {"amount": "x"}}),
        ("goal", {}),
        ("retry_loop", {}),
    ]
    steps = [step(f"{name}s{n}", kind, **fields) for n, (kind, fields) in enumerate(kinds)]
    return steps, [_way(steps, n, name_) for n in range(len(steps)) for name_ in _exits(steps[n])]


def _exits(one: Plain) -> tuple[str, ...]:
    if one["type"] == "sub_journey":
        return ("done",)
    journey = document_from_plain({"journey": {"id": "j", "name": "J", "steps": [one]}}).journey
    return journey.steps[0].exits(journey)


def _way(steps: list[Plain], number: int, exit_name: str) -> Plain:
    away = exit_name in {"closed", "refused"}
    last = number == len(steps) - 1
    to = steps[number + 1]["id"] if not last else "next"
    to = steps[0]["id"] if exit_name == "again" else to
    return {"from": steps[number]["id"], "exit": exit_name, "to": None if away else to}


def big(blocks: int) -> Plain:
    """A mixed journey of 20 steps a block in which nothing is wrong."""
    steps, ways = [step("in", "inbound_contact")], links("in.arrived>n0s0")
    for number in range(blocks):
        following = f"n{number + 1}s0" if number < blocks - 1 else "end"
        more, onward = block(number)
        steps += more
        ways += [{**way, "to": following} if way["to"] == "next" else way for way in onward]
    example = plain([*steps, step("end", "exit")])
    example["journey"] |= {
        "links": ways,
        "attributes": [
            attribute("x"),
            AGE,
            attribute("note", "text", given=False),
            attribute("choice", "text", given=False),
            attribute("intent", "text", given=False),
        ],
        "purposes": [MARKETING],
        "skills": [{"id": "english"}],
        "teams": [{"id": "desk", "skills": ["english"]}],
        "sub_journeys": [
            {
                "id": "sub",
                "name": "Sub",
                "inputs": [{"id": "amount", "type": "number"}],
                "outcomes": [{"id": "done"}],
                "steps": [step("pause", "wait", attribute="amount"), step("back", "exit")],
                "links": links("pause.done>back"),
            }
        ],
    }
    example["assumptions"] |= {"staffing": {"desk": {"agents": [3]}}}
    return example


BIG = big(1)


def chain(length: int) -> Plain:
    names = [f"s{n}" for n in range(length)]
    ways = [f"{a}.reached>{b}" for a, b in zip(names, [*names[1:], "end"], strict=True)]
    return after_entry([step(name, "goal") for name in names], *ways)


def test_sound_journey_has_no_findings() -> None:
    assert found(BIG) == []
    assert found(big(5)) == []


def test_worst_comes_first_then_the_order_of_steps() -> None:
    kinds = {"error": 0, "warning": 1, "hint": 2}
    example = copy.deepcopy(BIG)
    example["journey"]["links"] = example["journey"]["links"][::2]
    example["assumptions"]["demand"] = []
    order = {one["id"]: n for n, one in enumerate(example["journey"]["steps"])}
    keys = [(kinds[f.severity], order.get(f.step or "", -1)) for f in found(example)]
    assert len(set(keys)) > 10
    assert keys == sorted(keys)
    assert found(example) == found(example)


def test_has_errors_only_for_errors() -> None:
    finding = Finding("W1", Severity.WARNING, "What.", "Why.", "Mend.")
    assert not has_errors([finding])
    assert has_errors([finding, Finding("W2", Severity.ERROR, "What.", "Why.", "Mend.")])


def test_finding_as_text_and_as_json() -> None:
    finding = Finding("W9", Severity.HINT, "What.", "Why.", "Mend.", "call", "resolved", "sub")
    assert finding.line() == "hint W9: What. (sub-journey sub, step call, resolved)"
    assert finding.text().splitlines() == [
        "hint W9: What.",
        "  Where: sub-journey sub, step call, resolved",
        "  Why it matters: Why.",
        "  To mend it: Mend.",
    ]
    again = json.loads(json.dumps(finding.to_plain()))
    assert again.pop("where") == finding.where
    assert Finding(**{**again, "severity": Severity(again["severity"])}) == finding


def test_names_are_shown_as_plain_text_on_one_line() -> None:
    assert quoted("a\x1b[31m\nb") == "“a [31m b”"
    assert len(quoted("x" * 500)) < 100
    assert listed(["a", "b", "c"], 2) == "“a”, “b” and 1 more"
    example = plain([{**step("in", "inbound_contact"), "name": "<b>\r\nA"}])
    assert "“<b> A”" in found(example)[0].what


def test_every_rule_explains_itself() -> None:
    titles = Counter(one.title for one in rules_by_code().values())
    assert set(titles.values()) == {1}
    for code, one in rules_by_code().items():
        assert code == one.code
        assert all(part in one.explanation() for part in (code, one.title, one.why, one.mend))
        assert one.why.endswith(".")
        assert one.mend.endswith(".")


def test_code_cannot_be_used_twice() -> None:
    with pytest.raises(ValueError, match="W101 is taken"):
        rule("W101", Severity.HINT, "Title", why="Why.", mend="Mend.")(lambda _: iter([Flaw("")]))


def test_empty_document_has_findings_and_does_not_raise() -> None:
    assert codes({"journey": {"id": "j", "name": "J"}}) == {"W121"}


def test_long_chain_is_no_trouble() -> None:
    assert found(chain(19_990)) == []


def diamonds(number: int) -> Plain:
    """Splits whose two ways meet again; on one of them an attribute is written."""
    steps, ways = [], []
    for n in range(number):
        steps += [
            step(f"d{n}", "split", variants=choices("a", "b", weight=1)),
            step(f"w{n}", "set_attributes", set=[{"attribute": f"x{n}", "value": 1}]),
            step(f"p{n}", "goal"),
            step(f"q{n}", "goal"),
        ]
        after = f"d{n + 1}" if n < number - 1 else "end"
        ways += [f"d{n}.a>w{n}", f"w{n}.done>{after}"]
        ways += [f"d{n}.b>p{n}", f"p{n}.reached>q{n}", f"q{n}.reached>{after}"]
    attributes = [attribute(f"x{n}", given=False) for n in range(number)]
    return after_entry(steps, *ways, attributes=attributes)


def test_every_way_is_looked_at_once_where_nothing_leads_back() -> None:
    flow = Subject(document_from_plain(diamonds(200))).flow
    asked: Counter[tuple[str, str]] = Counter()

    def after(spot: Any, exit_name: str, before: int) -> int:
        asked[spot.step.id, exit_name] += 1
        return before + 1

    flow.forward(lambda _: 0, after, min)
    assert set(asked.values()) == {1}
    assert len(asked) == sum(len(exits) for exits in flow.ways)


def _containers(node: Any) -> list[Any]:
    """Every object and list in plain JSON values."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return ([node] if inner else []) + [deep for part in inner for deep in _containers(part)]


def mutated(example: Plain, chance: random.Random) -> Plain:
    """The document with something removed, doubled or replaced by a value from elsewhere."""
    example = copy.deepcopy(example)
    places = _containers(example)
    place = chance.choice(places)
    key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
    other = chance.choice(places)
    values = list(other.values()) if isinstance(other, dict) else other
    what = chance.randrange(4)
    if what == 0:
        del place[key]
    elif what == 1 and isinstance(place, list):
        place.append(copy.deepcopy(place[key]))
    else:
        place[key] = copy.deepcopy(chance.choice([None, 0, *values]))
    return example


def often_mutated(chance: random.Random) -> Plain:
    """A mutation of a mutation of an example, as far as each can still be read."""
    example = chance.choice([BIG, *(one for pair in EXAMPLES.values() for one in pair)])
    if len(json.dumps(example)) > 30_000:
        return BIG
    for _ in range(chance.randrange(1, 12)):
        changed = mutated(example, chance)
        try:
            document_from_plain(changed)
        except DocumentError:
            continue
        example = changed
    return example


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_validation_never_raises_and_without_errors_there_is_a_plan(seed: int) -> None:
    document = document_from_plain(often_mutated(random.Random(seed)))
    findings = validate(document)
    assert findings == validate(document)
    if not has_errors(findings):
        assert make_plan(document).steps
