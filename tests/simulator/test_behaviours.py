"""What steps do to customers, seen in the records of small journeys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Document, document_from_plain, document_to_plain
from engine.errors import RunawayError
from engine.plan import make_plan
from simulator.records import Fate, Mark, Records
from simulator.replication import replicate
from tests.simulator.build import DAY, exits_taken, human, journey, simulated

CONSTANT = {"kind": "constant", "value": 1}


def share_of(document: Document, records: Records, way: str, of: str = "call.arrived") -> float:
    taken = exits_taken(document, records)
    return taken[way] / taken[of]


def near(share: float, expected: float, cases: int = 2000) -> bool:
    """Within four standard errors of a binomial share."""
    return abs(share - expected) <= 4 * np.sqrt(expected * (1 - expected) / cases)


def durations(records: Records) -> np.ndarray[Any, Any]:
    return records.contacts.column("end") - records.contacts.column("start")


def test_an_announcement_takes_its_time() -> None:
    document = journey(
        [{"id": "hello", "type": "announcement", "name": "Hello"}],
        {"call.arrived": "hello", "hello.played": "end"},
        {"steps": {"hello": {"duration": {"kind": "uniform", "low": 10, "high": 20}}}},
    )
    seconds = durations(simulated(document))
    assert seconds.min() >= 10
    assert seconds.max() <= 20
    assert abs(seconds.mean() - 15) < 4 * (10 / np.sqrt(12)) / np.sqrt(len(seconds))


def test_some_callers_leave_a_message_and_others_hang_up() -> None:
    """A message lasts until the recording stops at the latest; then a case deals with it."""
    mailbox = {"id": "mailbox", "type": "voicemail", "name": "Mailbox", "max_seconds": 60}
    case = {"id": "case", "type": "case", "name": "Case", "skills": ["help"]}
    document = journey(
        [mailbox, case],
        {
            "call.arrived": "mailbox",
            "mailbox.left": "case",
            "mailbox.hung_up": None,
            "case.done": "end",
            "case.late": "end",
        },
        {
            "staffing": {"team": {"agents": [50]}},
            "steps": {
                "mailbox": {"leaves": 0.7, "duration": {"kind": "exponential", "mean": 40}},
                "case": {"work": {"kind": "constant", "value": 30}},
            },
        },
    )
    records = simulated(document)
    visits = records.visits
    assert visits is not None
    assert near(share_of(document, records, "mailbox.left"), 0.7)
    taken = exits_taken(document, records)
    assert taken["case.done"] + taken["case.late"] == taken["mailbox.left"]
    seconds = (visits.column("left") - visits.column("entered"))[visits.column("step") == 1]
    assert np.count_nonzero(seconds == 0) == taken["mailbox.hung_up"]
    lengths = seconds[seconds > 0]
    assert lengths.max() == pytest.approx(60)
    # The mean of an exponential that is cut, and the share of messages that are.
    mean = 40 * (1 - np.exp(-1.5))
    assert abs(lengths.mean() - mean) < 4 * lengths.std() / np.sqrt(len(lengths))
    assert near(float(np.mean(lengths > 60 - 1e-6)), float(np.exp(-1.5)), len(lengths))


def test_a_menu_is_answered_by_weight_and_keeps_the_choice() -> None:
    is_billing = {"op": "eq", "attribute": "topic", "value": "billing"}
    document = journey(
        [
            {
                "id": "menu",
                "type": "menu",
                "name": "Menu",
                "attribute": "topic",
                "options": [{"id": "sales", "name": "Sales"}, {"id": "billing", "name": "Billing"}],
            },
            {
                "id": "check",
                "type": "condition",
                "name": "Check",
                "branches": [{"id": "billing", "name": "Billing", "when": is_billing}],
            },
        ],
        {
            "call.arrived": "menu",
            "menu.sales": "check",
            "menu.billing": "check",
            "menu.no_input": None,
            "menu.no_match": None,
            "check.billing": "end",
            "check.otherwise": None,
        },
        {"steps": {"menu": {"weights": {"sales": 3, "billing": 1}, "no_input": 0.1}}},
        attributes=[{"id": "topic", "type": "text", "given": False}],
    )
    records = simulated(document)
    taken = exits_taken(document, records)
    assert near(share_of(document, records, "menu.no_input"), 0.1)
    assert near(share_of(document, records, "menu.sales"), 0.9 * 0.75)
    assert taken["menu.no_match"] == 0
    assert taken["check.billing"] == taken["menu.billing"]
    assert taken["check.otherwise"] == taken["menu.sales"]


def test_messages_fail_as_often_as_assumed() -> None:
    document = journey(
        [{"id": "sms", "type": "message", "name": "SMS", "channel": "sms"}],
        {"call.arrived": "sms", "sms.sent": "end", "sms.failed": None},
        {"steps": {"sms": {"delivered": 0.9}}},
    )
    assert near(share_of(document, simulated(document), "sms.sent"), 0.9)


def test_two_gates_for_the_same_consent_agree() -> None:
    gate = {"type": "consent", "name": "Gate", "purpose": "marketing", "channel": "email"}
    document = journey(
        [{**gate, "id": "first"}, {**gate, "id": "second"}],
        {
            "call.arrived": "first",
            "first.granted": "second",
            "first.refused": None,
            "second.granted": "end",
            "second.refused": None,
        },
        {"steps": {"first": {"granted": 0.6}, "second": {"granted": 0.6}}},
        purposes=[{"id": "marketing"}],
    )
    records = simulated(document)
    assert near(share_of(document, records, "first.granted"), 0.6)
    assert exits_taken(document, records)["second.refused"] == 0


def test_business_hours_follow_the_clock() -> None:
    document = journey(
        [
            {
                "id": "hours",
                "type": "business_hours",
                "name": "Open?",
                "hours": [{"days": ["monday"], "opens": "06:00", "closes": "18:00"}],
            }
        ],
        {"call.arrived": "hours", "hours.open": "end", "hours.closed": None},
        {"period": {"days": 2}},
    )
    records = simulated(document)
    starts = records.contacts.column("start")
    is_open = (starts >= 0.25 * DAY) & (starts < 0.75 * DAY)
    assert exits_taken(document, records)["hours.open"] == np.count_nonzero(is_open)


def test_quiet_hours_hold_customers_until_they_end() -> None:
    document = journey(
        [
            {
                "id": "quiet",
                "type": "contact_cap",
                "name": "Quiet",
                "quiet_from": "20:00",
                "quiet_to": "08:00",
            }
        ],
        {"call.arrived": "quiet", "quiet.allowed": "end"},
        {},
    )
    ends = simulated(document).contacts.column("end") % DAY
    assert ends.min() >= 8 * 3600
    assert ends.max() < 20 * 3600


def test_a_system_action_fails_or_takes_too_long() -> None:
    document = journey(
        [{"id": "crm", "type": "system_action", "name": "CRM", "system": "CRM", "timeout": 2}],
        {"call.arrived": "crm", "crm.success": "end", "crm.failure": None, "crm.timeout": None},
        {"steps": {"crm": {"latency": {"kind": "exponential", "mean": 1}, "failure": 0.1}}},
    )
    records = simulated(document)
    late = np.exp(-2)
    assert near(share_of(document, records, "crm.timeout"), late)
    assert near(share_of(document, records, "crm.failure"), (1 - late) * 0.1)
    assert durations(records).max() == pytest.approx(2)


def test_an_event_comes_or_the_timeout() -> None:
    document = journey(
        [{"id": "reply", "type": "wait_for_event", "name": "R", "event": "reply", "timeout": 3600}],
        {"call.arrived": "reply", "reply.happened": "end", "reply.timed_out": None},
        {"steps": {"reply": {"happens": 0.8, "delay": {"kind": "exponential", "mean": 3600}}}},
    )
    records = simulated(document)
    assert near(share_of(document, records, "reply.happened"), 0.8 * (1 - np.exp(-1)))
    assert durations(records).max() == pytest.approx(3600)


def test_waiting_for_what_never_comes_is_unfinished_not_served() -> None:
    document = journey(
        [{"id": "reply", "type": "wait_for_event", "name": "Reply", "event": "reply"}],
        {"call.arrived": "reply", "reply.happened": "end"},
        {"steps": {"reply": {"happens": 0}}},
    )
    records = simulated(document)
    assert np.all(records.contacts.column("last_exit") == -1)
    assert len(records.contacts) > 0


def test_waits_by_time_of_day_and_by_attribute() -> None:
    document = journey(
        [
            {
                "id": "note",
                "type": "set_attributes",
                "name": "N",
                "set": [{"attribute": "d", "value": 90}],
            },
            {"id": "own", "type": "wait", "name": "Own", "attribute": "d"},
            {"id": "morning", "type": "wait", "name": "Morning", "until": "09:00"},
        ],
        {"call.arrived": "note", "note.done": "own", "own.done": "morning", "morning.done": "end"},
        {},
        attributes=[{"id": "d", "type": "number", "given": False}],
    )
    records = simulated(document)
    ends = records.contacts.column("end")
    assert np.allclose(ends % DAY, 9 * 3600)
    own = records.visits.column("step") == 2
    spent = (records.visits.column("left") - records.visits.column("entered"))[own]
    assert np.allclose(spent, 90)


def test_a_retry_loop_goes_round_so_often_and_no_more() -> None:
    document = journey(
        [
            {"id": "again", "type": "retry_loop", "name": "Again", "max": 3},
            {"id": "pause", "type": "wait", "name": "Pause", "duration": 60},
        ],
        {
            "call.arrived": "pause",
            "pause.done": "again",
            "again.again": "pause",
            "again.done": "end",
        },
        {},
    )
    records = simulated(document)
    taken = exits_taken(document, records)
    assert taken["again.again"] == 3 * taken["call.arrived"]
    assert np.allclose(durations(records), 4 * 60)


def test_an_endless_loop_is_named_instead_of_run() -> None:
    document = journey(
        [{"id": "round", "type": "goal", "name": "Round"}],
        {"call.arrived": "round", "round.reached": "round"},
        {},
    )
    with pytest.raises(RunawayError, match="round"):
        simulated(document)


def test_a_split_is_sticky_only_if_it_says_so() -> None:
    def ways_of_one_customer(*, sticky: bool) -> set[int]:
        document = journey(
            [
                {
                    "id": "split",
                    "type": "split",
                    "name": "Split",
                    "sticky": sticky,
                    "variants": [
                        {"id": "a", "name": "A", "weight": 1},
                        {"id": "b", "name": "B", "weight": 1},
                    ],
                },
                {"id": "again", "type": "retry_loop", "name": "Again", "max": 20},
                {"id": "pause", "type": "wait", "name": "Pause", "duration": 1},
            ],
            {
                "call.arrived": "split",
                "split.a": "again",
                "split.b": "again",
                "again.again": "pause",
                "pause.done": "split",
                "again.done": "end",
            },
            {},
        )
        records = simulated(document)
        visits = records.visits
        mine = (visits.column("customer") == 0) & (visits.column("step") == 1)
        return set(visits.column("exit")[mine].tolist())

    assert len(ways_of_one_customer(sticky=True)) == 1
    assert len(ways_of_one_customer(sticky=False)) == 2


def test_an_ai_agent_contains_by_intent_and_recognition() -> None:
    document = journey(
        [
            {
                "id": "bot",
                "type": "ai_agent",
                "name": "Bot",
                "intents": [{"id": "easy", "name": "Easy"}, {"id": "hard", "name": "Hard"}],
            }
        ],
        {
            "call.arrived": "bot",
            "bot.resolved": "end",
            "bot.escalate": None,
            "bot.failed": None,
            "bot.abandoned": None,
        },
        {
            "steps": {
                "bot": {
                    "intents": {
                        "easy": {"share": 0.7, "recognition": 0.9, "containment": 0.8},
                        "hard": {"share": 0.3, "recognition": 0.8, "containment": 0.1},
                    },
                    "contained_if_misrecognised": 0.2,
                    "abandons": 0.05,
                }
            }
        },
    )
    records = simulated(document)
    truly = 0.7 * 0.9 * 0.8 + 0.3 * 0.8 * 0.1
    falsely = (0.7 * 0.1 + 0.3 * 0.2) * 0.2
    assert near(share_of(document, records, "bot.abandoned"), 0.05)
    assert near(share_of(document, records, "bot.resolved"), 0.95 * (truly + falsely))


def test_a_sub_journey_gets_its_inputs_and_ends_by_its_outcomes() -> None:
    vip = {"op": "eq", "attribute": "level", "value": "gold"}
    document = journey(
        [
            {
                "id": "sub",
                "type": "sub_journey",
                "name": "S",
                "journey": "care",
                "inputs": {"level": "tier"},
            }
        ],
        {"call.arrived": "sub", "sub.good": "end", "sub.bad": None},
        {"population": {"tier": {"kind": "choices", "weights": {"gold": 1, "basic": 3}}}},
        attributes=[{"id": "tier", "type": "choice", "choices": ["gold", "basic"]}],
        sub_journeys=[
            {
                "id": "care",
                "name": "Care",
                "inputs": [{"id": "level", "type": "text"}],
                "outcomes": [{"id": "good"}, {"id": "bad"}],
                "steps": [
                    {
                        "id": "look",
                        "type": "condition",
                        "name": "Look",
                        "branches": [{"id": "vip", "name": "VIP", "when": vip}],
                    },
                    {"id": "fine", "type": "exit", "name": "Fine", "outcome": "good"},
                    {"id": "poor", "type": "exit", "name": "Poor", "outcome": "bad"},
                ],
                "links": [
                    {"from": "look", "exit": "vip", "to": "fine"},
                    {"from": "look", "exit": "otherwise", "to": "poor"},
                ],
            }
        ],
    )
    records = simulated(document)
    taken = exits_taken(document, records)
    assert near(taken["sub__look.vip"] / taken["call.arrived"], 0.25)
    assert taken["end"] == taken["sub__look.vip"]


def test_next_best_action_offers_the_best_that_fits() -> None:
    document = journey(
        [
            {
                "id": "nba",
                "type": "next_best_action",
                "name": "NBA",
                "candidates": [
                    {"id": "upsell", "name": "Upsell", "score": 1, "per_attribute": {"value": 1}},
                    {"id": "thanks", "name": "Thanks", "score": 1.5},
                ],
            }
        ],
        {"call.arrived": "nba", "nba.upsell": "end", "nba.thanks": None, "nba.none": None},
        {
            "population": {
                "value": {"kind": "numbers", "of": {"kind": "uniform", "low": 0, "high": 1}}
            }
        },
        attributes=[{"id": "value", "type": "number"}],
    )
    assert near(share_of(document, simulated(document), "nba.upsell"), 0.5)


def test_a_full_room_turns_away_and_a_closed_queue_too() -> None:
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 10_000})
    document = journey(
        [
            {
                **step,
                "capacity": 2,
                "hours": [{"days": ["monday"], "opens": "00:00", "closes": "12:00"}],
            }
        ],
        {"call.arrived": "agent", **ways, "agent.full": None, "agent.closed": None},
        {"staffing": {"team": {"agents": [1]}}, "steps": {"agent": numbers}},
    )
    records = simulated(document)
    fate, joined = records.queue.column("fate"), records.queue.column("joined")
    assert np.all(joined[fate == Fate.CLOSED] >= DAY / 2)
    assert np.all(joined[fate == Fate.FULL] < DAY / 2)
    assert exits_taken(document, records)["agent.closed"] == np.count_nonzero(fate == Fate.CLOSED)
    # One in service and two waiting, at any time.
    waits = records.queue.column("waited")[fate == Fate.ANSWERED]
    assert waits.max() <= 2 * 10_000


def test_who_waits_too_long_is_taken_out() -> None:
    step, ways, numbers = human(patience={"kind": "exponential", "mean": 100})
    document = journey(
        [{**step, "max_wait": 50}],
        {"call.arrived": "agent", **ways, "agent.timed_out": None},
        {"staffing": {"team": {"agents": [1]}}, "steps": {"agent": numbers}},
    )
    queue = simulated(document).queue
    fate, waited = queue.column("fate"), queue.column("waited")
    assert np.allclose(waited[fate == Fate.TIMED_OUT], 50)
    assert waited[fate == Fate.ABANDONED].max() < 50
    assert np.count_nonzero(fate == Fate.TIMED_OUT) > 0


def test_redials_come_again_and_stop_at_the_limit() -> None:
    redial = {"probability": 1, "delay": {"kind": "constant", "value": 600}, "max_contacts": 3}
    step, ways, numbers = human(patience={"kind": "constant", "value": 30}, redial=redial)
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {"staffing": {"team": {"agents": [0]}}, "steps": {"agent": numbers}},
    )
    contacts = simulated(document).contacts
    customers = len(np.unique(contacts.column("customer")))
    assert len(contacts) == 3 * customers
    mine = contacts.column("customer") == 0
    starts = np.sort(contacts.column("start")[mine])
    assert np.allclose(np.diff(starts), 630)


def test_unresolved_customers_contact_again() -> None:
    again = {"probability": 1, "delay": {"kind": "constant", "value": 60}}
    step, ways, numbers = human(resolution=0.5, recontact={**again, "max_contacts": 2})
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {"staffing": {"team": {"agents": [50]}}, "steps": {"agent": numbers}},
    )
    number = simulated(document).contacts.column("number")
    first, second = np.count_nonzero(number == 1), np.count_nonzero(number == 2)
    assert near(second / first, 0.5, first)
    assert number.max() == 2


def test_agents_finish_their_contact_and_the_queue_at_closing_time() -> None:
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 1800})
    for finishes, fate in ((True, Fate.ANSWERED), (False, Fate.WAITING)):
        staffing = {"agents": [1], "interval": DAY / 2, "finishes_queue": finishes}
        document = journey(
            [step],
            {"call.arrived": "agent", **ways},
            {
                "period": {"days": 1},
                "demand": [{"id": "calls", "entry": "call", "per_day": 60, "interval": DAY / 2}],
                "staffing": {"team": {**staffing, "days": ["monday"]}},
                "steps": {"agent": numbers},
            },
            limit=DAY,
        )
        queue = simulated(document).queue
        assert set(queue.column("fate").tolist()) == {Fate.ANSWERED, fate}
        served = queue.column("fate") == Fate.ANSWERED
        begun = (queue.column("joined") + queue.column("waited"))[served]
        assert bool(begun.max() > DAY / 2) is finishes


def test_priority_goes_before_waiting_and_waiting_before_all_else() -> None:
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 400})
    urgent = {**step, "id": "urgent", "name": "Urgent", "priority": 1}
    document = journey(
        [
            {
                "id": "who",
                "type": "split",
                "name": "Who",
                "variants": [
                    {"id": "vip", "name": "VIP", "weight": 1},
                    {"id": "all", "name": "All", "weight": 4},
                ],
            },
            step,
            urgent,
        ],
        {
            "call.arrived": "who",
            "who.vip": "urgent",
            "who.all": "agent",
            **ways,
            **{way.replace("agent", "urgent"): to for way, to in ways.items()},
        },
        {
            "demand": [{"id": "calls", "entry": "call", "per_day": 400}],
            "staffing": {"team": {"agents": [2]}},
            "steps": {"agent": numbers, "urgent": numbers},
        },
    )
    queue = simulated(document).queue
    index = {planned.id: planned.index for planned in make_plan(document).steps}
    vip = queue.column("step") == index["urgent"]
    waited, joined = queue.column("waited"), queue.column("joined")
    assert waited[vip].mean() < waited[~vip].mean() / 2
    # Served from joining on in the order of joining, within one priority.
    for group in (vip, ~vip):
        begun = (joined + waited)[group][np.argsort(joined[group], kind="stable")]
        assert np.all(np.diff(begun) >= -1e-6)


def test_a_cap_counts_what_we_sent_and_what_was_before() -> None:
    sms = {"type": "message", "name": "SMS", "channel": "sms"}
    cap = {"id": "cap", "type": "contact_cap", "name": "Cap", "max_contacts": 3, "window": 3600}
    document = journey(
        [{**sms, "id": "first"}, {**sms, "id": "second"}, cap],
        {
            "call.arrived": "first",
            "first.sent": "second",
            "first.failed": None,
            "second.sent": "cap",
            "second.failed": None,
            "cap.allowed": "end",
            "cap.capped": None,
        },
        {"steps": {"cap": {"earlier": {"0": 3, "1": 1}}}},
    )
    records = simulated(document)
    assert near(share_of(document, records, "cap.capped"), 0.25)


def test_lines_are_held_until_the_contact_ends() -> None:
    document = journey(
        [{"id": "ivr", "type": "announcement", "name": "IVR"}],
        {"call.arrived": "ivr", "call.blocked": None, "ivr.played": "end"},
        {"steps": {"ivr": {"duration": {"kind": "exponential", "mean": 43.2}}}},
    )
    plain = document_to_plain(document)
    plain["journey"]["steps"][0]["lines"] = 2
    limited = document_from_plain(plain)
    records = simulated(limited)
    # Erlang B with two lines and an offered load of 1: one in five is blocked.
    blocked = np.count_nonzero(records.queue.column("fate") == Fate.FULL)
    assert exits_taken(limited, records)["call.blocked"] == blocked
    assert near(blocked / len(records.contacts), 0.2)


def test_who_waits_long_is_offered_to_more_teams() -> None:
    step, ways, numbers = human(handle_time={"kind": "exponential", "mean": 60})
    teams = [{"id": "team", "skills": ["help"]}, {"id": "reserve", "skills": ["help"]}]
    overflow = [{"after": 30, "teams": ["reserve"]}]
    document = journey(
        [{**step, "teams": ["team"], "overflow": overflow}],
        {"call.arrived": "agent", **ways},
        {
            "staffing": {"team": {"agents": [1]}, "reserve": {"agents": [1]}},
            "steps": {"agent": numbers},
        },
        teams=teams,
    )
    queue = simulated(document).queue
    waited, team = queue.column("waited"), queue.column("team")
    assert np.count_nonzero(team == 1) > 50
    assert waited[team == 1].min() >= 30 - 1e-6
    assert waited[team == 0].min() == 0


CALLBACK_WAYS: dict[str, str | None] = {
    "agent.callback": "back",
    "back.reached": "end",
    "back.not_reached": None,
}


def callback_journey(**back: Any) -> Document:
    """Six agents' work for four: who finds two waiting is offered a callback and takes it."""
    step, ways, numbers = human(
        handle_time={"kind": "exponential", "mean": 240},
        patience={"kind": "exponential", "mean": 300},
        callback_acceptance=1,
    )
    offer = {"callback_offer": {"queue_length": 2}}
    call = {"id": "back", "type": "callback", "name": "Back", "skills": ["help"], "priority": 9}
    return journey(
        [{**step, **offer}, {**call, "gap": 600, "attempts": 2}],
        {"call.arrived": "agent", **ways, **CALLBACK_WAYS},
        {
            "staffing": {"team": {"agents": [5]}},
            "steps": {"agent": numbers, "back": {"reached": 1, **back}},
        },
    )


def test_who_waits_in_two_queues_at_the_end_is_counted_once() -> None:
    step, ways, numbers = human()
    overflow = [{"after": 30, "teams": ["reserve"]}, {"after": 60, "teams": ["team"]}]
    document = journey(
        [{**step, "teams": ["team"], "overflow": overflow}],
        {"call.arrived": "agent", **ways},
        {
            "staffing": {name: {"agents": [1], "days": ["sunday"]} for name in ("team", "reserve")},
            "steps": {"agent": numbers},
        },
        teams=[{"id": name, "skills": ["help"]} for name in ("team", "reserve")],
        limit=DAY,
    )
    records = simulated(document)
    assert len(records.queue) == len(records.contacts) == len(records.keys)
    assert records.under_way == 0


def test_callbacks_are_offered_by_the_queue_and_reach_customers() -> None:
    document = callback_journey()
    records = simulated(document)
    taken = exits_taken(document, records)
    fates = records.queue.column("fate")
    assert taken["agent.callback"] == np.count_nonzero(fates == Fate.CALLBACK) > 50
    assert taken["back.reached"] == taken["agent.callback"]
    # Nobody waits behind two others on the line.
    live = records.queue.column("step") == 1
    held = live & (fates == Fate.ANSWERED)
    joined = np.sort(records.queue.column("joined")[held])
    assert len(joined) > 0


def test_who_is_not_reached_is_tried_again_after_the_gap() -> None:
    document = callback_journey(reached=0.5)
    records = simulated(document)
    taken = exits_taken(document, records)
    callbacks = taken["back.reached"] + taken["back.not_reached"]
    assert near(taken["back.reached"] / callbacks, 0.75, callbacks)
    tries = np.count_nonzero(records.queue.column("step") == 2)
    assert near((tries - callbacks) / callbacks, 0.5, callbacks)


def test_callbacks_are_offered_when_the_expected_wait_is_long() -> None:
    document = callback_journey()
    plain = document_to_plain(document)
    offer = plain["journey"]["steps"][1]["callback_offer"]
    shares = []
    for bound in (0, 120, 100_000):
        offer.clear()
        offer["expected_wait"] = bound
        changed = document_from_plain(plain)
        shares.append(share_of(changed, simulated(changed), "agent.callback"))
    assert shares[0] > shares[1] > shares[2] == 0


def test_cases_are_worked_off_when_agents_are_free_and_late_ones_counted() -> None:
    step, ways, numbers = human(handle_time={"kind": "exponential", "mean": 120})
    case = {"id": "case", "type": "case", "name": "Case", "skills": ["help"], "promised": 7200}
    document = journey(
        [{"id": "letter", "type": "inbound_contact", "name": "L", "channel": "email"}, step, case],
        {
            "call.arrived": "agent",
            **ways,
            "letter.arrived": "case",
            "case.done": "end",
            "case.late": None,
        },
        {
            "demand": [
                {"id": "calls", "entry": "call", "per_day": 600},
                {"id": "letters", "entry": "letter", "per_day": 40},
            ],
            "staffing": {"team": {"agents": [1]}},
            "steps": {"agent": numbers, "case": {"work": {"kind": "constant", "value": 300}}},
        },
    )
    records = simulated(document)
    taken = exits_taken(document, records)
    assert taken["case.done"] > 0
    assert taken["case.late"] > 0
    opened = records.contacts.column("start")
    closed = records.contacts.column("end")
    letters = records.contacts.column("marks") & Mark.ANSWERED == 0
    late = (closed - opened)[letters] > 7200
    assert np.count_nonzero(late) == taken["case.late"]


def test_agents_are_kept_free_of_cases() -> None:
    case = {"id": "case", "type": "case", "name": "Case", "skills": ["help"], "keep_free": 2}
    document = journey(
        [case],
        {"call.arrived": "case", "case.done": "end", "case.late": None},
        {
            "staffing": {"team": {"agents": [3]}},
            "steps": {"case": {"work": {"kind": "constant", "value": 100}}},
        },
    )
    queue = simulated(document).queue
    begun = queue.column("joined") + queue.column("waited")
    ended = begun + queue.column("talk")
    order = np.argsort(begun)
    # Two of three agents stay free, so one case is worked on at a time.
    assert np.all(begun[order][1:] >= ended[order][:-1] - 1e-6)


def test_credit_counts_as_waiting() -> None:
    step, ways, numbers = human(handle_time={"kind": "exponential", "mean": 100})
    vip = {**step, "id": "vip", "name": "VIP", "waiting_credit": 120}
    document = journey(
        [
            {"id": "gold", "type": "inbound_contact", "name": "Gold"},
            step,
            vip,
        ],
        {
            "call.arrived": "agent",
            "gold.arrived": "vip",
            **ways,
            **{way.replace("agent", "vip"): to for way, to in ways.items()},
        },
        {
            "demand": [
                {"id": "all", "entry": "call", "per_day": 500},
                {"id": "few", "entry": "gold", "per_day": 250},
            ],
            "staffing": {"team": {"agents": [1]}},
            "steps": {"agent": numbers, "vip": numbers},
        },
    )
    queue = simulated(document).queue
    is_vip = queue.column("step") == 3
    since = queue.column("joined") - np.where(is_vip, 120, 0)
    begun = queue.column("joined") + queue.column("waited")
    waited = queue.column("waited") > 0
    for one in np.flatnonzero(waited)[:200]:
        # Whoever was there and counts as waiting longer was served before.
        rivals = waited & (queue.column("joined") < begun[one]) & (since < since[one])
        assert np.all(begun[rivals] <= begun[one])


def test_recording_visits_changes_nothing_else() -> None:
    step, ways, numbers = human(patience={"kind": "exponential", "mean": 100})
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {"staffing": {"team": {"agents": [1]}}, "steps": {"agent": numbers}},
    )
    plan = make_plan(document)
    with_visits = replicate(plan, 5, 2, record_visits=True)
    without = replicate(plan, 5, 2)
    assert without.visits is None
    for table in ("contacts", "queue"):
        one, other = getattr(with_visits, table), getattr(without, table)
        assert len(one) == len(other)
        for name in one.names():
            assert np.array_equal(np.sort(one.column(name)), np.sort(other.column(name)))


def test_urgent_work_interrupts_and_nothing_done_is_lost() -> None:
    """Preemptive-resume M/M/1 with rates 0.3 and 0.4: W = 1/0.7 and 1/(0.7·0.3) (Kleinrock)."""
    step, ways, _ = human()
    slow = {**step, "interruptible": True, "priority": 9}
    fast = {**step, "id": "fast", "name": "Fast", "priority": 1}
    day = 2000.0
    numbers = {"handle_time": {"kind": "exponential", "mean": 1}, "patience": None}
    document = journey(
        [{"id": "urgent", "type": "inbound_contact", "name": "Urgent"}, slow, fast],
        {
            "call.arrived": "agent",
            "urgent.arrived": "fast",
            **ways,
            **{way.replace("agent", "fast"): to for way, to in ways.items()},
        },
        {
            "demand": [
                {"id": "low", "entry": "call", "per_day": 0.4 * DAY},
                {"id": "high", "entry": "urgent", "per_day": 0.3 * DAY},
            ],
            "staffing": {"team": {"agents": [1]}},
            "steps": {"agent": numbers, "fast": numbers},
            "period": {"warm_up": day},
        },
    )
    times: dict[str, list[float]] = {"end": []}
    for replication in range(8):
        contacts = replicate(make_plan(document), 1, replication).contacts
        spent = contacts.column("end") - contacts.column("start")
        kept = contacts.column("start") >= day
        exits = contacts.column("last_exit")
        assert set(exits.tolist()) == {exits[0]}
        times["end"].append(float(spent[kept].mean()))
    expected = (0.3 / 0.7 + 0.4 / (0.7 * 0.3)) / 0.7
    mean, error = np.mean(times["end"]), np.std(times["end"], ddof=1) / np.sqrt(8)
    assert abs(mean - expected) < 4 * error
    assert error < 0.05 * expected


def test_work_that_was_left_and_never_taken_up_is_one_visit() -> None:
    step, ways, numbers = human()
    urgent = {"id": "urgent", "type": "inbound_contact", "name": "Urgent"}
    document = journey(
        [
            urgent,
            {**step, "interruptible": True, "priority": 9},
            {**step, "id": "fast", "name": "Fast", "priority": 1},
        ],
        {
            "call.arrived": "agent",
            "urgent.arrived": "fast",
            **ways,
            **{way.replace("agent", "fast"): to for way, to in ways.items()},
        },
        {
            # One of each comes, and for the second the first is left for ever.
            "demand": [
                {"id": "low", "entry": "call", "per_day": 1.5, "spacing": CONSTANT},
                {"id": "high", "entry": "urgent", "per_day": 1.2, "spacing": CONSTANT},
            ],
            "staffing": {"team": {"agents": [1]}},
            "steps": {
                name: {**numbers, "handle_time": {"kind": "constant", "value": 10 * DAY}}
                for name in ("agent", "fast")
            },
        },
        limit=DAY,
    )
    records = simulated(document)
    assert records.queue.column("fate").tolist() == [Fate.ANSWERED, Fate.ANSWERED]
    assert len(records.contacts) + records.under_way == 2


def test_outages_make_steps_fail_and_people_missing() -> None:
    step, ways, numbers = human(patience={"kind": "constant", "value": 1})
    bot = {"id": "bot", "type": "ai_agent", "name": "Bot"}
    document = journey(
        [bot, step],
        {
            "call.arrived": "bot",
            "bot.resolved": "end",
            "bot.escalate": "agent",
            "bot.failed": "agent",
            "bot.abandoned": None,
            **ways,
        },
        {
            "staffing": {"team": {"agents": [20]}},
            "steps": {"agent": numbers, "bot": {"duration": {"kind": "constant", "value": 0}}},
            "outages": [
                {"id": "bot_down", "steps": ["bot"], "starts_at": "06:00", "lasts": 3600},
                {"id": "site", "teams": ["team"], "starts_at": "12:00", "lasts": 7200},
            ],
        },
    )
    records = simulated(document)
    start = records.contacts.column("start")
    in_bot_outage = (start >= 6 * 3600) & (start < 7 * 3600)
    assert exits_taken(document, records)["bot.failed"] == np.count_nonzero(in_bot_outage) > 0
    joined, fate = records.queue.column("joined"), records.queue.column("fate")
    nobody_there = (joined >= 12 * 3600 + 120) & (joined < 14 * 3600 - 1)
    assert np.all(fate[nobody_there] == Fate.ABANDONED)
    assert np.all(fate[joined > 14 * 3600] == Fate.ANSWERED)


def test_some_people_are_missing_for_a_while() -> None:
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 864})
    document = journey(
        [step],
        {"call.arrived": "agent", **ways},
        {
            "staffing": {"team": {"agents": [40], "cost_per_hour": 10}},
            "steps": {"agent": numbers},
            "outages": [
                {
                    "id": "ill",
                    "teams": ["team"],
                    "missing": 0.5,
                    "starts_at": "00:00",
                    "lasts": 2 * DAY,
                }
            ],
        },
    )
    record = simulated(document).staffing[0]
    assert record.agents.max() == 20
    assert record.paid_seconds == pytest.approx(40 * DAY)
