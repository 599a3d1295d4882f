"""The line on a step's card, and what its exits are called."""

from __future__ import annotations

from typing import Any

import pytest

from engine.document import Document, document_from_plain, read_document
from engine.new_document import new_document
from engine.new_step import new_step
from engine.shipped import sample_names, sample_path
from engine.short_english import (
    counted,
    enumerated,
    hours_in_english,
    shortened,
    time_in_english,
)
from engine.steps.base import LONGEST_SUMMARY
from engine.steps.catalog import step_types
from engine.steps.guard import BusinessHours
from tests.engine.test_edits import step
from tests.engine.test_validation_examples import after_entry, branches, choices, compare
from tests.engine.test_validation_examples import step as plain_step

EXPECTED = {
    "call": "voice",
    "audience": "sms · balance is more than 0",
    "missed": "on appointment.missed",
    "say": "“Hello “you” and welcome ☺”",
    "choose": "2 options",
    "bot": "AI agent · 2 intents",
    "text_message": "sms · Payment reminders",
    "ask": "CES from 1 to 7",
    "which": "by plan and 5 more",
    "half": "A 29 % · B 71 %",
    "offer": "first that fits of 2 actions",
    "agent": "queue · 2 teams",
    "ring_back": "calls back · Front office",
    "paper": "within 2 days · back",
    "pause": "for 1 day",
    "until_nine": "until 09:00",
    "as_said": "as long as delay says",
    "paid": "invoice.paid · up to 7 days",
    "may_we": "asks for Payment reminders · sms",
    "open_now": "open Mon, Sat 07:30–24:00 and more",
    "who": "by voice",
    "cap": "3 in 14 days · quiet 21:00–08:00",
    "look_up": "Billing · get balance",
    "note_it": "sets chosen and 4 more",
    "again": "up to 2 more rounds",
    "verify": "Check a customer",
    "won": "goal · worth 12.5",
    "over": "outcome · helped",
    "mailbox": "message of up to 90 s",
}


def test_what_each_type_says(document: Document) -> None:
    said = {one.id: one.summary(document.journey) for one in document.journey.steps}
    assert said == EXPECTED
    assert {one.kind for one in document.journey.steps} == set(step_types())


@pytest.mark.parametrize("name", sample_names())
def test_every_step_of_the_samples_has_a_short_summary(name: str) -> None:
    journey = read_document(sample_path(name)).journey
    said = [one.summary(journey) for one in journey.all_steps()]
    assert all(0 < len(one) <= LONGEST_SUMMARY == 60 for one in said)
    assert sum(len(one) <= 32 for one in said) > 0.8 * len(said)
    assert max(map(len, said)) <= 44


@pytest.mark.parametrize("kind", step_types())
def test_new_steps_say_something(kind: str) -> None:
    journey = new_document("New").journey
    assert new_step(new_document("New"), kind).summary(journey)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (plain_step("s", "inbound_contact", channel="chat", lines=2), "chat · 2 lines"),
        (plain_step("s", "inbound_contact", lines=1), "voice · 1 line"),
        (plain_step("s", "outbound_audience"), "email · everybody"),
        (plain_step("s", "outbound_audience", purpose="late_fees"), "email · for late fees"),
        (plain_step("s", "message", template="t-1"), "email · t-1"),
        (plain_step("s", "message", channel="push"), "push"),
        (plain_step("s", "announcement", text=" \n "), "announcement"),
        (plain_step("s", "announcement", text="x" * 90), f"“{'x' * 29}…”"),
        (plain_step("s", "ai_agent"), "AI agent"),
        (plain_step("s", "ai_agent", goal="Sell"), "AI agent · Sell"),
        (plain_step("s", "condition", branches=branches(compare("waited", "gt", 180))),
         "waited is more than 180"),
        (plain_step("s", "split", variants=choices("a", "b", weight=0)), "2 ways"),
        (plain_step("s", "next_best_action", candidates=choices("a")), "best of 1 action"),
        (plain_step("s", "human_agent", skills=["a", "b", "c"]), "queue · 3 skills"),
        (plain_step("s", "human_agent", skills=["home_loans"]), "queue · home loans"),
        (plain_step("s", "case"), "within 1 day · any team"),
        (plain_step("s", "wait_for_event", event="paid"), "paid"),
        (plain_step("s", "consent", purpose="ads"), "for ads"),
        (plain_step("s", "identify"), "verifies who it is"),
        (plain_step("s", "contact_cap"), "no cap"),
        (plain_step("s", "system_action", system="CRM"), "CRM"),
        (plain_step("s", "set_attributes", set=[{"attribute": "x", "add": -1}]), "x − 1"),
        (plain_step("s", "set_attributes", set=[{"attribute": "x", "forget": True}]), "forgets x"),
        (plain_step("s", "set_attributes", set=[{"attribute": "x", "value": "a"}]), "x = “a”"),
        (plain_step("s", "set_attributes", set=[{"attribute": "x", "copy_of": "y"}]), "x = y"),
        (plain_step("s", "sub_journey", journey="no_such"), "no such"),
        (plain_step("s", "goal"), "goal"),
        (plain_step("s", "exit"), "outcome · resolved"),
        (plain_step("s", "exit", resolved=False), "outcome · not resolved"),
        (plain_step("s", "exit", outcome="gave_up"), "outcome · gave up"),
    ],
)  # fmt: skip
def test_what_a_step_says(one: dict[str, Any], expected: str) -> None:
    journey = document_from_plain(after_entry([one])).journey
    assert journey.steps[1].summary(journey) == expected


def test_names_of_any_length_and_shape_stay_on_the_card() -> None:
    name = "A very long\nname <b>of</b>\ta system \u202e\u2028" * 4
    one = plain_step("s", "system_action", system=name[:200], action="x" * 200)
    journey = document_from_plain(after_entry([one])).journey
    said = journey.steps[1].summary(journey)
    assert len(said) == 60
    assert said.isprintable()


def test_exits_are_called_by_the_names_of_what_they_stand_for(document: Document) -> None:
    def label(name: str, exit_name: str) -> str:
        return step(document, name).exit_label(exit_name, document.journey)

    assert label("ask", "no_answer") == "no answer"
    assert label("which", "good") == "Good customers"
    assert label("which", "otherwise") == "otherwise"
    assert label("choose", "other") == "Anything else"
    assert label("choose", "no_input") == "no input"
    assert label("half", "b") == "B"
    assert label("offer", "card") == "Card"
    assert label("offer", "none") == "no action"
    assert label("verify", "ok") == "Fine"
    assert label("verify", "not_ok") == "not ok"
    assert label("deeper", "finished") == "finished"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"), (0.5, "0.5 s"), (90, "90 s"), (180, "3 min"), (5400, "1.5 h"), (3600, "1 h"),
        (86_400, "1 day"), (129_600, "1.5 days"), (604_800, "7 days"), (100, "100 s"),
        (3_456_000.5, "3,456,000.5 s"),
    ],
)  # fmt: skip
def test_times_in_words(seconds: float, said: str) -> None:
    assert time_in_english(seconds) == said


def test_other_words() -> None:
    assert shortened("a  b\n c", 10) == "a b c"
    assert shortened("abcdef", 4) == "abc…"
    assert (counted(1, "branch"), counted(2000, "branch")) == ("1 branch", "2,000 branches")
    assert enumerated(["a"]) == "a"
    assert enumerated(["a", "b"]) == "a and b"
    assert enumerated(["a", "b", "c"], 3) == "a, b and c"
    assert enumerated(["a", "b", "c"]) == "a and 2 more"
    assert hours_in_english(BusinessHours(id="x", name="X").hours) == "Mon–Fri 09:00–17:00"
