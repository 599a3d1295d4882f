"""What is known is seen, what is not is asked, and what was told before is told again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Document, document_from_plain, document_to_plain
from engine.plan import make_plan
from simulator.needs import needs
from simulator.records import Mark, Records
from simulator.replication import replicate
from tests.simulator.build import Plain, exits_taken

ASK = 30.0


def constant(value: float) -> Plain:
    return {"kind": "constant", "value": value}


def helpline(
    agent: Plain | None = None,
    bot: Plain | None = None,
    attributes: list[Plain] | None = None,
    assumed: Plain | None = None,
    **more: Any,
) -> Document:
    """A bot that understands 80 % and an adviser who must know the intent and the account."""
    intents = [{"id": "balance", "name": "Balance"}, {"id": "loan", "name": "Loan"}]
    steps = [
        {"id": "call", "type": "inbound_contact", "name": "Call"},
        {"id": "portal", "type": "inbound_contact", "name": "Portal", "channel": "portal"},
        {
            "id": "bot",
            "type": "ai_agent",
            "name": "Bot",
            "intents": intents,
            "intent_attribute": "intent",
            **(bot or {}),
        },
        {
            "id": "adviser",
            "type": "human_agent",
            "name": "Adviser",
            "asks": ["intent", "account"],
            **(agent or {}),
        },
        {"id": "done", "type": "exit", "name": "Done"},
    ]
    closed = [
        ("bot", "resolved"),
        ("bot", "abandoned"),
        ("adviser", "unresolved"),
        ("adviser", "abandoned"),
    ]
    ways = [
        ("call", "arrived", "bot"),
        ("portal", "arrived", "adviser"),
        ("bot", "escalate", "adviser"),
        ("bot", "failed", "adviser"),
        ("adviser", "resolved", "done"),
        *((step, name, None) for step, name in closed),
    ]
    numbers: Plain = {
        "bot": {
            "intents": {
                "balance": {"share": 3, "recognition": 0.8},
                "loan": {"share": 1, "recognition": 0.8},
            },
            "duration": constant(60),
        },
        "adviser": {
            "handle_time": constant(100),
            "patience": None,
            "ask_time": constant(ASK),
        },
    }
    for step, own in (assumed or {}).items():
        numbers.setdefault(step, {}).update(own)
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": {
                "id": "helpline",
                "name": "Helpline",
                "teams": [{"id": "team"}],
                "attributes": attributes
                or [
                    {"id": "intent", "type": "text", "given": False},
                    {"id": "account", "type": "text", "given": False},
                ],
                "steps": steps,
                "links": [{"from": start, "exit": name, "to": end} for start, name, end in ways],
            },
            "assumptions": {
                "demand": [{"id": "calls", "entry": "call", "per_day": 1000}],
                "staffing": {"team": {"agents": [1000]}},
                "steps": numbers,
                **more,
            },
        }
    )


def run(document: Document) -> Records:
    return replicate(make_plan(document), 1, 0)


def column(records: Records, name: str) -> np.ndarray[Any, Any]:
    """A column of the contacts, in the order of customers and their contacts."""
    contacts = records.contacts
    order = np.lexsort((contacts.column("number"), contacts.column("customer")))
    found: np.ndarray[Any, Any] = contacts.column(name)[order]
    return found


def test_only_what_is_not_known_is_asked() -> None:
    records = run(helpline())
    talk = records.queue.column("talk")
    # The account always; the intent only of those whom the bot did not understand.
    assert set(talk.tolist()) == {100 + ASK, 100 + 2 * ASK}
    misread = (records.contacts.column("marks") & Mark.MISRECOGNISED).astype(bool)
    assert np.count_nonzero(talk == 100 + 2 * ASK) == misread.sum() > 100
    # They had told the bot what they want; the account they tell for the first time.
    assert records.contacts.column("asked_again").sum() == misread.sum()
    assert records.contacts.column("asked_seconds").sum() == pytest.approx(ASK * misread.sum())


def test_without_context_everything_is_asked_again() -> None:
    records = run(helpline({"sees_context": False}))
    assert records.queue.column("talk") == pytest.approx(100 + 2 * ASK)
    assert records.contacts.column("asked_again") == pytest.approx(1)


def test_what_the_bot_asked_the_adviser_knows() -> None:
    records = run(helpline(bot={"asks": ["account"]}, assumed={"bot": {"ask_time": constant(9)}}))
    assert set(records.queue.column("talk").tolist()) == {100.0, 100 + ASK}
    waits = records.queue.column("joined") - records.contacts.column("start").min()
    assert waits.min() == pytest.approx(69)


def test_what_a_profile_says_is_not_asked() -> None:
    known = [
        {"id": "intent", "type": "text", "given": False},
        {"id": "account", "type": "text", "given": True},
    ]
    population = {"account": {"kind": "choices", "weights": {"a1": 1}, "missing": 0.25}}
    records = run(helpline(attributes=known, population=population))
    asked = records.queue.column("talk") >= 100 + 2 * ASK
    assert 0 < asked.mean() < 0.1  # not understood, and not in the profile


@pytest.mark.parametrize(
    ("carried", "again"), [("everywhere", 0.0), ("same_channel", 1.0), ("nowhere", 1.0)]
)
def test_context_is_carried_to_another_channel_or_asked_again(carried: str, again: float) -> None:
    attributes = [
        {"id": one, "type": "text", "given": False, "carried": carried}
        for one in ("intent", "account")
    ]
    follow_up = {"entry": "portal", "delay": constant(3600), "new_issue": False}
    document = helpline(attributes=attributes, assumed={"done": {"next": [follow_up]}})
    document = with_one_follow_up(document)
    records = run(document)
    second = column(records, "number") == 2
    assert second.sum() > 900
    assert column(records, "asked_again")[second].mean() == 2 * again
    assert column(records, "marks")[second].tolist() == pytest.approx(
        column(records, "marks")[second] | Mark.SWITCHED
    )
    assert set(column(records, "issue").tolist()) == {1}


def with_one_follow_up(document: Document) -> Document:
    """Those who came by the portal do not come again: they end at an exit of their own."""
    plain = document_to_plain(document)
    steps, links = plain["journey"]["steps"], plain["journey"]["links"]
    adviser = next(one for one in steps if one["id"] == "adviser")
    steps.append({**adviser, "id": "web_adviser"})
    for link in links:
        if link["from"] == "portal":
            link["to"] = "web_adviser"
    links += [
        {"from": "web_adviser", "exit": name, "to": None}
        for name in ("resolved", "unresolved", "abandoned")
    ]
    numbers = plain["assumptions"]["steps"]
    numbers["web_adviser"] = numbers["adviser"]
    return document_from_plain(plain)


def test_what_one_channel_knows_it_knows_again() -> None:
    """Call, portal, call: what was told in the first call is known in the second."""
    attributes = [
        {"id": one, "type": "text", "given": False, "carried": "same_channel"}
        for one in ("intent", "account")
    ]
    plain_ways = {
        "done": {"next": [{"entry": "portal", "delay": constant(60), "new_issue": False}]},
    }
    document = with_one_follow_up(helpline(attributes=attributes, assumed=plain_ways))
    plain = document_to_plain(document)
    steps, links = plain["journey"]["steps"], plain["journey"]["links"]
    steps += [
        {"id": "second_call", "type": "inbound_contact", "name": "Second call"},
        {**next(one for one in steps if one["id"] == "adviser"), "id": "last"},
        {"id": "seen", "type": "exit", "name": "Seen"},
    ]
    next(one for one in links if one["from"] == "web_adviser" and one["exit"] == "resolved")[
        "to"
    ] = "seen"
    links += [
        {"from": "second_call", "exit": "arrived", "to": "last"},
        *(
            {"from": "last", "exit": name, "to": None}
            for name in ("resolved", "unresolved", "abandoned")
        ),
    ]
    numbers = plain["assumptions"]["steps"]
    numbers["last"] = numbers["adviser"]
    numbers["seen"] = {
        "next": [{"entry": "second_call", "delay": constant(60), "new_issue": False}]
    }
    records = run(document_from_plain(plain))
    again = column(records, "asked_again")
    number = column(records, "number")
    assert again[number == 2].mean() == 2
    assert again[number == 3].max() == 0


def test_who_is_recognised_need_not_identify_again() -> None:
    times = {}
    for recognises in (True, False):
        document = document_from_plain(
            {
                "format": "wayline/journey",
                "version": 1,
                "journey": {
                    "id": "who",
                    "name": "Who",
                    "attributes": [{"id": "verified", "type": "boolean", "given": False}],
                    "steps": [
                        {"id": "call", "type": "inbound_contact", "name": "Call"},
                        *(
                            {
                                "id": one,
                                "type": "identify",
                                "name": one,
                                "attribute": "verified",
                                "recognises": recognises,
                            }
                            for one in ("first", "second")
                        ),
                    ],
                    "links": [
                        {"from": "call", "exit": "arrived", "to": "first"},
                        {"from": "first", "exit": "verified", "to": "second"},
                        *(
                            {"from": one, "exit": name, "to": None}
                            for one, name in (
                                ("first", "failed"),
                                ("second", "verified"),
                                ("second", "failed"),
                            )
                        ),
                    ],
                },
                "assumptions": {
                    "demand": [{"id": "calls", "entry": "call", "per_day": 200}],
                    "steps": {one: {"duration": constant(20)} for one in ("first", "second")},
                },
            }
        )
        records = run(document)
        times[recognises] = records.contacts.column("end") - records.contacts.column("start")
        verified = exits_taken(document, records)["first.verified"]
        again = records.contacts.column("asked_again").sum()
        assert again == (0 if recognises else verified)
    assert times[True].max() == pytest.approx(20)
    assert times[False].max() == pytest.approx(40)


# ---- needs


def test_handle_time_follows_the_need_whether_it_was_understood_or_not() -> None:
    by_need = {"loan": constant(400)}
    document = helpline({"asks": []}, assumed={"adviser": {"handle_time_by_need": by_need}})
    plan = make_plan(document)
    records = replicate(plan, 1, 0)
    loan = needs(plan)["loan"]
    queue = records.queue
    need = dict(
        zip(
            records.contacts.column("customer").tolist(),
            records.contacts.column("need").tolist(),
            strict=True,
        )
    )
    wants_loan = np.array([need[one] == loan for one in queue.column("customer").tolist()])
    assert 0.2 < wants_loan.mean() < 0.3
    assert (queue.column("talk")[wants_loan] == 400).all()
    assert (queue.column("talk")[~wants_loan] == 100).all()


def test_a_need_of_the_population_is_what_the_bot_recognises() -> None:
    """Half want a loan; a fifth of all want something the bot has never heard of."""
    weights = {"loan": 5, "balance": 3, "poetry": 2}
    document = helpline(
        attributes=[
            {"id": "intent", "type": "text", "given": False},
            {"id": "account", "type": "text", "given": False},
            {"id": "wants", "type": "text", "given": False},
        ],
        population={"wants": {"kind": "choices", "weights": weights}},
        need="wants",
    )
    plan = make_plan(document)
    records = replicate(plan, 1, 0)
    index = needs(plan)
    need = records.contacts.column("need")
    assert np.mean(need == index["loan"]) == pytest.approx(0.5, abs=0.06)
    poetry = need == index["poetry"]
    misread = (records.contacts.column("marks") & Mark.MISRECOGNISED).astype(bool)
    assert misread[poetry].all()
    assert misread[~poetry].mean() == pytest.approx(0.2, abs=0.06)


def test_the_need_stays_within_an_issue_and_is_new_in_the_next() -> None:
    again = {"probability": 1, "delay": constant(60), "max_contacts": 2}
    redialling = helpline(assumed={"adviser": {"resolution": 0, "recontact": again}})
    needs_of = column(run(redialling), "need").reshape(-1, 2)
    assert (needs_of[:, 0] == needs_of[:, 1]).all()
    later = [{"entry": "call", "probability": 0.5, "delay": constant(60)}]
    records = run(helpline(assumed={"done": {"next": later}}))
    issue, number, need = (column(records, name) for name in ("issue", "number", "need"))
    assert (issue == number).all()
    assert issue.max() > 4
    customer = column(records, "customer")
    same = customer[1:] == customer[:-1]
    changed = need[1:][same] != need[:-1][same]
    # Two draws of 3 to 1 differ with probability 2 · 3/4 · 1/4.
    assert changed.mean() == pytest.approx(0.375, abs=0.06)


def test_contacts_arranged_at_the_same_time_have_numbers_of_their_own() -> None:
    later = [
        {"entry": entry, "probability": 0.4, "delay": constant(60)} for entry in ("call", "portal")
    ]
    records = run(helpline(assumed={"done": {"next": later}}))
    # All of them are about something new.
    assert (column(records, "issue") == column(records, "number")).all()
    pairs = set(
        zip(column(records, "customer").tolist(), column(records, "number").tolist(), strict=True)
    )
    assert len(pairs) == len(records.contacts) > 1500


def test_falsely_contained_customers_call_again() -> None:
    document = helpline(
        assumed={
            "bot": {
                "contained_if_misrecognised": 1,
                "recontact": {"probability": 1, "delay": constant(600), "max_contacts": 2},
                "abandons": 0.1,
                "redial": {
                    "probability": 1,
                    "delay": constant(60),
                    "max_contacts": 2,
                    "entry": "portal",
                },
            }
        }
    )
    records = run(document)
    marks, number = column(records, "marks"), column(records, "number")
    falsely = (marks & Mark.FALSELY_CONTAINED).astype(bool) & (number == 1)
    first = number == 1
    gone = first & ~falsely & ((marks & Mark.OFFERED) == 0) & ((marks & Mark.RESOLVED) == 0)
    assert falsely.sum() > 100
    assert gone.sum() > 50
    assert (number == 2).sum() == falsely.sum() + gone.sum()
    plan = make_plan(document)
    portal = plan.entries["portal"]
    assert np.count_nonzero(column(records, "entry") == portal) == gone.sum()
