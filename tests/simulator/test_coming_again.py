"""When customers come again, keep their place, and hang up."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calendar import DAY, OpenSpan, next_opening, open_test
from simulator.records import Fate, Mark
from tests.simulator.build import Plain, exits_taken, human, journey, simulated

NINE_TO_FIVE = [{"days": ["tuesday", "thursday"], "opens": "09:00", "closes": "17:00"}]


def constant(value: float) -> Plain:
    return {"kind": "constant", "value": value}


@pytest.mark.parametrize("habit", ["recontact", "redial"])
def test_who_comes_again_may_keep_to_hours(habit: str) -> None:
    again = {"probability": 1, "delay": constant(3600), "max_contacts": 2, "hours": NINE_TO_FIVE}
    assumed = {"recontact": {"resolution": 0}, "redial": {"patience": constant(0)}}[habit]
    agent, ways, numbers = human(**{**assumed, habit: again})
    agents = 1000 if habit == "recontact" else 0
    document = journey(
        [agent],
        {"call.arrived": "agent", **ways},
        {"steps": {"agent": numbers}, "staffing": {"team": {"agents": [agents]}}},
    )
    contacts = simulated(document).contacts
    second = contacts.column("number") == 2
    starts = contacts.column("start")[second]
    assert second.sum() > 1900
    is_open = open_test([OpenSpan.model_validate(one) for one in spans()])
    assert all(map(is_open, starts.tolist()))
    # Spread over the day, not all at the moment of opening.
    assert np.ptp(starts % DAY) > 7 * 3600


def spans() -> list[Plain]:
    from engine.calendar import Weekday  # noqa: PLC0415

    return [{**one, "days": [Weekday(day) for day in one["days"]]} for one in NINE_TO_FIVE]


def test_the_next_opening_is_in_this_week_or_the_next() -> None:
    opening = next_opening([OpenSpan.model_validate(one) for one in spans()])
    hour = 3600.0
    assert opening(0.0) == (DAY + 9 * hour, DAY + 17 * hour)
    assert opening(DAY + 18 * hour) == (3 * DAY + 9 * hour, 3 * DAY + 17 * hour)
    assert opening(4 * DAY) == (8 * DAY + 9 * hour, 8 * DAY + 17 * hour)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_callback_keeps_the_place_of_who_would_have_waited(keeps: bool) -> None:
    """The first caller is served, the second takes a callback, the third waits."""
    agent, ways, numbers = human(handle_time=constant(500), callback_acceptance=1)
    agent["callback_offer"] = {"queue_length": 0}
    waits = {**agent, "id": "line", "name": "Line"}
    del waits["callback_offer"]
    document = journey(
        [
            {
                "id": "who",
                "type": "condition",
                "name": "Who",
                "branches": [
                    {
                        "id": "third",
                        "name": "Third",
                        "when": {"op": "eq", "attribute": "third", "value": True},
                    }
                ],
            },
            agent,
            waits,
            {"id": "thanks", "type": "announcement", "name": "We will call you"},
            {
                "id": "back",
                "type": "callback",
                "name": "Call back",
                "skills": ["help"],
                "keep_place": keeps,
            },
            {"id": "other", "type": "inbound_contact", "name": "Another line"},
        ],
        {
            "call.arrived": "who",
            "other.arrived": "who",
            "who.third": "line",
            "who.otherwise": "agent",
            **ways,
            "agent.callback": "thanks",
            "thanks.played": "back",
            "back.reached": "end",
            "back.not_reached": None,
            "line.resolved": "end",
            "line.unresolved": None,
            "line.abandoned": None,
        },
        {
            "demand": [
                {"id": "two", "entry": "call", "per_day": 2.5, "interval": 250.0}
                | {"spacing": constant(100)},
                {"id": "one", "entry": "other", "per_day": 1.5, "interval": 375.0}
                | {"spacing": constant(250), "attributes": {"third": True}},
            ],
            "staffing": {"team": {"agents": [1]}},
            "steps": {
                "agent": numbers,
                "line": numbers,
                "thanks": {"duration": constant(60)},
                "back": {"reached": 1, "handle_time": constant(10)},
            },
        },
        attributes=[{"id": "third", "type": "boolean"}],
    )
    queue = simulated(document).queue
    served = queue.column("fate") == Fate.ANSWERED
    starts = (queue.column("joined") + queue.column("waited"))[served]
    customers = queue.column("customer")[served]
    order = customers[np.argsort(starts)].tolist()
    # By arrival: at 100 s, at 200 s and, on the other line, at 250 s; the callback begins at 260.
    assert order == ([0, 1, 2] if keeps else [0, 2, 1])


@pytest.mark.parametrize(("kind", "busy"), [("wait", False), ("announcement", True)])
def test_a_line_is_free_when_nobody_stays_on_it(kind: str, busy: bool) -> None:
    """One line, a contact of three hours: on the line for all of it, or only for a moment."""
    step = {
        "wait": {"id": "later", "type": "wait", "name": "Later", "duration": 10_800},
        "announcement": {"id": "later", "type": "announcement", "name": "Later"},
    }[kind]
    way = {"wait": "later.done", "announcement": "later.played"}[kind]
    document = journey(
        [step, {"id": "in", "type": "inbound_contact", "name": "In", "lines": 1}],
        {
            "call.arrived": None,
            "in.arrived": "later",
            "in.blocked": None,
            way: "end",
        },
        {
            "demand": [{"id": "calls", "entry": "in", "per_day": 24, "spacing": constant(3600)}],
            "steps": {} if kind == "wait" else {"later": {"duration": constant(10_800)}},
        },
    )
    blocked = exits_taken(document, simulated(document))["in.blocked"]
    assert (blocked > 10) is busy
    assert busy or blocked == 0


def test_who_would_come_again_after_the_run_is_not_in_it() -> None:
    """Nor again and again after that, as far as nobody would ever see."""
    later = {"entry": "call", "probability": 1, "delay": constant(3 * DAY)}
    closed = dict.fromkeys(["bot.escalate", "bot.failed", "bot.abandoned"])
    document = journey(
        [{"id": "bot", "type": "ai_agent", "name": "Bot"}],
        {"call.arrived": "bot", "bot.resolved": "end", **closed},
        {"steps": {"bot": {"containment": 1}, "end": {"next": [later]}}},
        limit=DAY,
    )
    contacts = simulated(document).contacts
    assert contacts.column("number").max() == 1
    assert not (contacts.column("marks") & Mark.UNFINISHED).any()
