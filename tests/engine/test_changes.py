"""Changes of scenarios: what they do, and the sentences that tell it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from engine.change_english import changes_in_english
from engine.document import (
    Document,
    document_from_plain,
    document_to_bytes,
    document_to_plain,
    parse_document,
    read_document,
)
from engine.errors import DocumentError
from engine.places import ABSENT, walk
from engine.scenarios import with_scenario
from engine.shipped import sample_path
from engine.staffing_english import staffing_in_english

Plain = dict[str, Any]


@pytest.fixture(scope="module")
def bank() -> Document:
    return read_document(sample_path("bankunited"))


def having(document: Document, *changes: Plain) -> Document:
    """`document` with one scenario, s, of these changes."""
    plain = document_to_plain(document)
    plain["scenarios"] = {"named": [{"id": "s", "name": "S", "changes": list(changes)}]}
    return document_from_plain(plain)


def changed(document: Document, *changes: Plain) -> Document:
    return with_scenario(having(document, *changes), "s")


def said(document: Document, *changes: Plain) -> list[str]:
    holding = having(document, *changes)
    with_scenario(holding, "s")
    return changes_in_english(holding, "s")


CAMPAIGN = {"id": "campaign", "name": "Campaign", "customers": 500, "lasts": 7200}
LUNCH = {"name": "Lunch", "starts_at": "12:00", "lasts": 2700}
CRASH = {
    "id": "crash",
    "name": "Crash",
    "steps": ["virtual_agent"],
    "every": {"kind": "exponential", "mean": 90_000},
    "duration": {"kind": "constant", "value": 600},
    "missing": 0.5,
}
AGENTS = "assumptions/staffing/advisers/agents"


# --- what changes do ------------------------------------------------------------------------------


def test_numbers_are_added_to(bank: Document) -> None:
    before = bank.assumptions.staffing["advisers"].agents
    fewer = changed(bank, {"at": AGENTS, "add": -2}).assumptions.staffing["advisers"].agents
    assert fewer == [count - 2 for count in before]
    one = changed(bank, {"at": f"{AGENTS}/4", "add": 2}).assumptions.staffing["advisers"].agents
    assert one == [*before[:4], before[4] + 2, *before[5:]]
    days = changed(bank, {"at": "assumptions/period/days", "add": 4})
    assert days.assumptions.period.days == 5


def test_whole_numbers_are_rounded_half_up_others_are_exact(bank: Document) -> None:
    plain: Plain = {"at": AGENTS, "to": [1, 3, 5, 45, 10]}
    half = changed(bank, plain, {"at": AGENTS, "times": 0.5}).assumptions
    assert half.staffing["advisers"].agents == [1, 2, 3, 23, 5]
    less = changed(bank, plain, {"at": AGENTS, "times": 0.7}).assumptions
    assert less.staffing["advisers"].agents == [1, 2, 4, 32, 7]
    more = changed(bank, {"at": "assumptions/steps/adviser/handle_time/mean", "times": 1.06})
    assert getattr(more.assumptions.steps["adviser"], "handle_time").mean == 351.92  # noqa: B009


def test_what_is_left_out_has_its_default(bank: Document) -> None:
    """Patience is left out in the sample; its parts are there all the same."""
    steps = changed(
        bank,
        {"at": "assumptions/steps/adviser/patience/mu", "add": 0.135},
        {"at": "assumptions/steps/adviser/recontact/max_contacts", "add": -3},
        {"at": "assumptions/steps/virtual_agent/intents/loan/containment", "add": 0.05},
    ).assumptions.steps
    adviser: Any = steps["adviser"]
    assert (adviser.patience.mu, adviser.patience.sigma) == (6, 1.948)
    assert adviser.recontact.max_contacts == 7
    agent: Any = steps["virtual_agent"]
    assert agent.intents["loan"].containment == 0.05


def test_keys_and_elements_are_removed_and_appended(bank: Document) -> None:
    after = changed(
        bank,
        {"at": "assumptions/steps/adviser/redial", "remove": True},
        {"at": "assumptions/demand/calls/day_variation", "remove": True},
        {"at": "journey/links/virtual_agent.failed", "remove": True},
        {"at": "journey/links/+", "to": {"from": "virtual_agent", "exit": "failed", "to": None}},
        {"at": "assumptions/staffing/advisers/days/+", "to": "saturday"},
        {"at": "journey/purposes/+", "to": {"id": "help", "name": "Help"}},
        {"at": "journey/links/hours.open/to", "to": "adviser"},
    )
    adviser: Any = after.assumptions.steps["adviser"]
    assert adviser.redial.probability == 0
    assert after.assumptions.demand[0].day_variation is None
    assert (after.journey.links[-1].from_, after.journey.links[-1].to) == ("virtual_agent", None)
    assert len(after.journey.links) == len(bank.journey.links)
    assert len(after.assumptions.staffing["advisers"].days) == 6
    assert [one.id for one in after.journey.purposes] == ["help"]
    assert after.journey.links[1].to == "adviser"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"at": AGENTS, "add": -8}, "7 would become -1, but must be at least 0"),
        ({"at": "assumptions/steps/adviser/resolution", "times": 2}, "must be at most 1"),
        ({"at": AGENTS, "add": 1, "to": 3}, "needs exactly one of to, add, times and remove"),
        ({"at": AGENTS}, "needs exactly one of to, add, times and remove"),
        ({"at": AGENTS, "remove": False}, "remove can only be true"),
        ({"at": AGENTS, "add": "2"}, "valid number"),
        ({"at": AGENTS, "times": -1}, "greater than or equal to 0"),
        ({"at": "journey/name", "add": 1}, "neither a number nor a list of numbers"),
        ({"at": "journey/nothing", "times": 1}, "neither a number nor a list of numbers"),
        ({"at": "assumptions/staffing/nobody/agents", "add": 1}, "neither a number nor"),
        ({"at": "journey/steps/adviser/can_transfer", "add": 1}, "neither a number nor"),
        ({"at": "layout/positions/call", "add": 1}, "no place that a scenario may change"),
        ({"at": "journey/links/99", "remove": True}, "there is no “99”"),
        ({"at": "journey/links/call.nowhere", "remove": True}, "there is no “call.nowhere”"),
        ({"at": "journey/name", "remove": True}, "“name” is missing"),
        ({"at": "journey/name/+", "to": "x"}, "there is no “+”"),
        ({"at": "journey/steps/adviser", "surprise": 1}, "needs exactly one of"),
    ],
)
def test_what_does_not_fit_is_refused(bank: Document, change: Plain, what: str) -> None:
    with pytest.raises(DocumentError) as caught:
        changed(bank, change)
    assert what in caught.value.what
    assert caught.value.mend


def test_changes_are_read_back_as_they_were(bank: Document) -> None:
    holding = having(
        bank,
        {"at": AGENTS, "add": -2},
        {"at": AGENTS, "times": 1.5},
        {"at": "assumptions/steps/adviser/patience", "to": None},
        {"at": "assumptions/steps/adviser/redial", "remove": True},
    )
    data = document_to_bytes(holding)
    assert parse_document(data) == holding
    assert json.loads(data)["scenarios"]["named"][0]["changes"] == [
        {"at": AGENTS, "add": -2},
        {"at": AGENTS, "times": 1.5},
        {"at": "assumptions/steps/adviser/patience", "to": None},
        {"at": "assumptions/steps/adviser/redial", "remove": True},
    ]


def test_a_later_change_leaves_an_earlier_one_as_it_is(bank: Document) -> None:
    news = {"id": "news", "times": 2}
    holding = having(
        bank,
        {"at": "assumptions/demand/calls/surges", "to": [news]},
        {"at": "assumptions/demand/calls/surges/news/times", "times": 2},
    )
    before = document_to_bytes(holding)
    for _ in range(2):
        assert with_scenario(holding, "s").assumptions.demand[0].surges[0].times == 4
    assert document_to_bytes(holding) == before


# --- as sentences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"at": "assumptions/steps/virtual_agent/intents/card/containment", "to": 0.15},
            "Virtual agent: containment of “Cards” is 15 % instead of 0 %",
        ),
        (
            {"at": f"{AGENTS}/4", "add": 2},
            "Advisers: 2 more agents from 09:00 to 09:30 (27 instead of 25)",
        ),
        (
            {"at": AGENTS, "add": -2},
            "Advisers: 2 fewer agents at all times (5 to 26 instead of 7 to 28)",
        ),
        (
            {"at": "assumptions/demand/calls/per_day", "times": 1.1},
            "Calls of a weekday: customers a day are 3,300 instead of 3,000",
        ),
        (
            {
                "at": "assumptions/steps/adviser/handle_time",
                "to": {"kind": "lognormal", "mean": 399, "cv": 1.15},
            },
            (
                "Adviser: handle time is lognormal, mean 399 s, CV 1.15"
                " instead of lognormal, mean 332 s, CV 1.15"
            ),
        ),
        (
            {"at": "assumptions/steps/adviser/handle_time/mean", "times": 1.06},
            "Adviser: mean of handle time is 351.92 s instead of 332 s",
        ),
        (
            {"at": "assumptions/steps/adviser/patience", "to": None},
            "Adviser: patience is no longer set (before: lognormal, μ 5.865, σ 1.948)",
        ),
        (
            {"at": "journey/steps/adviser/max_wait", "to": 120},
            "Adviser: max wait is 120 s (not set before)",
        ),
        (
            {"at": "journey/links/hours.open/to", "to": "adviser"},
            "“Open?” leads by “open” to “Adviser” instead of “Virtual agent”",
        ),
        (
            {"at": "journey/links/2/to", "to": None},
            "“Open?” ends by “closed” instead of leading to “Closed”",
        ),
        (
            {"at": "journey/links/virtual_agent.failed", "remove": True},
            "no longer: “Virtual agent” leads by “failed” to “Adviser”",
        ),
        (
            {"at": "assumptions/demand/+", "to": {"id": "more", "entry": "call", "per_day": 50}},
            "Demand: id “more”; entry “call”; customers a day 50 is added",
        ),
        (
            {"at": "assumptions/demand/calls/surges/+", "to": CAMPAIGN},
            "Calls of a weekday: surges: “Campaign” is added (extra customers 500; length 7,200 s)",
        ),
        (
            {"at": "assumptions/staffing/advisers/breaks/+", "to": LUNCH},
            "Advisers: breaks: “Lunch” is added (start “12:00”; length 2,700 s)",
        ),
        (
            {"at": "assumptions/staffing/advisers/absence", "to": 0.05},
            "Advisers: absence is 5 % instead of 0 %",
        ),
        (
            {"at": "assumptions/outages/+", "to": CRASH},
            (
                "Outages: “Crash” is added (steps “virtual_agent”; time until the next"
                " exponential, mean 90,000 s; duration always 600 s; share missing 50 %)"
            ),
        ),
    ],
)
def test_sentences(bank: Document, change: Plain, sentence: str) -> None:
    assert said(bank, change) == [sentence]


def test_the_golden_scenarios(document: Document) -> None:
    assert changes_in_english(document, "as_is") == []
    sentences = changes_in_english(document, "more_people")
    assert len(sentences) == 4
    assert all("instead of" in one or "no longer set" in one for one in sentences)


def test_parts_of_what_was_added_are_changed_by_name(bank: Document) -> None:
    _, *sentences = said(
        bank,
        {"at": "assumptions/outages/+", "to": CRASH},
        {"at": "assumptions/outages/crash/every/mean", "times": 2},
        {"at": "assumptions/outages/crash/pauses", "to": True},
        {"at": "assumptions/staffing/advisers/breaks", "to": [LUNCH]},
        {"at": "assumptions/staffing/advisers/breaks/0/share", "to": 0.5},
        {"at": "assumptions/demand/calls/surges", "to": [CAMPAIGN]},
        {"at": "assumptions/demand/calls/surges/campaign/half_life", "to": 600},
    )
    assert sentences == [
        "Crash: mean of time until the next is 180,000 s instead of 90,000 s",
        "Crash: standstill of work is yes instead of no",
        "Advisers: breaks are “Lunch” instead of none",
        "Advisers: share of “Lunch” is 50 % instead of 100 %",
        "Calls of a weekday: surges are “Campaign” instead of none",
        "Calls of a weekday: half-life of “Campaign” is 600 s (not set before)",
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ([1, 2, 3, 4], "as many agents as before"),
        ([2, 3, 3, 4], "1 more agent from 22:00 to 24:00 (2 to 3 instead of 1 to 2)"),
        ([1, 2, 1, 2], ("2 fewer agents from 00:00 the next day to 02:00 the next day"
                       " (1 to 2 instead of 3 to 4)")),
        ([2, 2, 4, 4], ("1 more agent from 22:00 to 23:00 (2 instead of 1), 1 more agent"
                       " from 00:00 the next day to 01:00 the next day (4 instead of 3)")),
        ([2, 5, 4, 9], ("other numbers of agents in 4 of 4 intervals, 20 hours a day in all"
                       " instead of 10")),
        ([1, 2, 3], None),
        ("x", None),
    ],
)  # fmt: skip
def test_schedules_in_words(new: Any, sentence: str | None) -> None:
    assert staffing_in_english([1, 2, 3, 4], new, "22:00", 3600) == sentence


# --- nothing that is accepted cannot be told ------------------------------------------------------

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, 0.5, 1e15, -1, "", "x", "call", "a b", "09:00", "monday", [], {},
    [1, 2], ["voice"], {"a": {}}, {"kind": "constant", "value": 3}, {"kind": "gamma"},
    {"kind": "mixture", "parts": [{"weight": 1, "of": {"kind": "exponential", "mean": 9}}]},
    {"op": "known", "attribute": "channel"}, {"op": "eq"}, {"agents": [3]}, {"name": 3},
    {"from": "call", "exit": "arrived", "to": None}, {"kind": 3}, [{"id": "x"}], 7.25,
    {"id": "x", "name": "X"},
)  # fmt: skip


def places_in(value: Any, way: str) -> Iterator[str]:
    """Every place in a plain value, elements by id or number, and the place behind each list."""
    if way:
        yield way
    pairs: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        yield f"{way}/+"
        for number, one in enumerate(value):
            has_id = isinstance(one, dict) and "id" in one
            pairs.append((one["id"] if has_id else str(number), one))
    for key, content in pairs:
        yield from places_in(content, f"{way}/{key}" if way else key)


def random_change(chance: random.Random, places: list[str]) -> Plain:
    at = chance.choice(places)
    if chance.random() < 0.1:
        at += chance.choice(("/+", "/0", "/surprise", "/name", "/value"))
    match chance.randrange(6):
        case 0:
            return {"at": at, "add": chance.choice((-2, 1, 0.25, 0))}
        case 1:
            return {"at": at, "times": chance.choice((0, 0.9, 1, 2, 1.06))}
        case 2:
            return {"at": at, "remove": True}
        case _:
            return {"at": at, "to": chance.choice(VALUES)}


def test_whatever_is_accepted_is_told(document: Document, bank: Document) -> None:
    chance, accepted = random.Random(17), 0
    for original in (document, bank):
        plain = document_to_plain(original)
        plain["assumptions"]["steps"] |= {
            step.id: type(step).assumptions().model_dump(mode="json")
            for step in original.journey.all_steps()
            if step.id not in plain["assumptions"]["steps"]
        }
        places = [
            f"{section}/{place}"
            for section in ("journey", "assumptions")
            for place in places_in(plain[section], "")
        ]
        # Numbers, names and links fit more often than whole steps do.
        for _ in range(3000):
            changes = [random_change(chance, places) for _ in range(chance.choice((1, 1, 1, 2)))]
            holding = having(original, *changes)
            try:
                with_scenario(holding, "s")
            except DocumentError:
                continue
            accepted += 1
            sentences = changes_in_english(holding, "s")
            assert len(sentences) == len(changes)
            assert all(one and len(one) < 2000 and one.isprintable() for one in sentences)
    assert accepted > 500


def test_any_place_can_be_walked(document: Document) -> None:
    plain = document_to_plain(document)
    for place in ("x", "journey/x/y/z", "assumptions/steps/nobody/a", "//", "journey/steps/0/0/0"):
        assert walk(plain, place)[-1].value is ABSENT
    broken: Plain = {"journey": {"steps": 3, "sub_journeys": [4]}, "assumptions": {"steps": []}}
    assert walk(broken, "assumptions/steps/a/b")[-1].value is ABSENT
