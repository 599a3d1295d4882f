"""A change of a journey leaves all other draws alone; ties do not depend on its order."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.document import document_from_plain
from engine.plan import PlannedStep, make_plan
from simulator.contact import Contact
from simulator.draws import Draws
from simulator.replication import replicate
from simulator.world import World

Plain = dict[str, Any]
Log = dict[tuple[Any, ...], float]


def exponential(mean: float) -> Plain:
    return {"kind": "exponential", "mean": mean}


def constant(value: float) -> Plain:
    return {"kind": "constant", "value": value}


def busy_day() -> Plain:
    """A bot, two queues for one team, after-call work, redials, recontacts, a loop."""
    people = {
        "handle_time": {"kind": "lognormal", "mean": 300, "cv": 1.1},
        "after_call_work": exponential(60),
        "after_call_share": 0.5,
        "patience": exponential(120),
        "resolution": 0.8,
        "redial": {"probability": 0.5, "delay": exponential(600), "max_contacts": 4},
        "recontact": {"probability": 0.5, "delay": exponential(3600), "max_contacts": 4},
    }
    return {
        "format": "wayline/journey",
        "version": 1,
        "journey": {
            "id": "busy",
            "name": "Busy",
            "channels": ["voice"],
            "teams": [{"id": "team"}],
            "steps": [
                {"id": "call", "type": "inbound_contact", "name": "Call"},
                {"id": "again", "type": "retry_loop", "name": "Again", "max": 2},
                {"id": "bot", "type": "ai_agent", "name": "Bot"},
                {
                    "id": "kind",
                    "type": "split",
                    "name": "Kind",
                    "variants": [
                        {"id": "simple", "name": "Simple", "weight": 2},
                        {"id": "hard", "name": "Hard", "weight": 1},
                    ],
                },
                {"id": "simple", "type": "human_agent", "name": "Simple"},
                {"id": "hard", "type": "human_agent", "name": "Hard", "priority": 2},
            ],
            "links": [
                link("call", "arrived", "bot"),
                link("bot", "resolved", None),
                link("bot", "failed", "again"),
                link("bot", "abandoned", None),
                link("bot", "escalate", "kind"),
                link("again", "again", "bot"),
                link("again", "done", "kind"),
                link("kind", "simple", "simple"),
                link("kind", "hard", "hard"),
                *(
                    link(step, name, None)
                    for step in ("simple", "hard")
                    for name in ("resolved", "unresolved", "abandoned")
                ),
            ],
        },
        "assumptions": {
            "demand": [{"id": "calls", "entry": "call", "per_day": 2000, "day_variation": 30}],
            "staffing": {"team": {"agents": [7]}},
            "steps": {
                "bot": {"containment": 0.3, "fails": 0.2, "abandons": 0.05},
                "simple": people,
                "hard": people,
            },
        },
    }


def link(start: str, name: str, end: str | None) -> Plain:
    return {"from": start, "exit": name, "to": end}


def logged(plain: Plain, monkeypatch: pytest.MonkeyPatch) -> Log:
    """Every draw of one replication: by step, purpose, customer, contact and round.

    A customer is known by the key of their draws, since indexes shift with the demand.
    """
    log: Log = {}
    uniform, of_customer = Draws.uniform, Draws.of_customer

    def logging_uniform(
        draws: Draws, planned: PlannedStep, purpose: str
    ) -> Callable[[Contact], float]:
        draw = uniform(draws, planned, purpose)

        def draw_and_log(contact: Contact) -> float:
            value = draw(contact)
            rounds = contact.rounds.get(planned.index, 0)
            customer = int(draws.keys[contact.customer])
            log[planned.id, purpose, customer, contact.number, rounds] = value
            return value

        return draw_and_log

    def logging_of_customer(draws: Draws, purpose: str) -> Callable[[Contact], float]:
        draw = of_customer(draws, purpose)

        def draw_and_log(contact: Contact) -> float:
            value = draw(contact)
            log[purpose, int(draws.keys[contact.customer])] = value
            return value

        return draw_and_log

    with monkeypatch.context() as patch:
        patch.setattr(Draws, "uniform", logging_uniform)
        # Without blocks of draws at hand, each draw is asked for by `uniform`.
        patch.setattr("simulator.streams._RARE", 1 << 60)
        patch.setattr(Draws, "of_customer", logging_of_customer)
        # Recording visits also means that nobody walks in crowds, past this log.
        replicate(make_plan(document_from_plain(plain)), 5, 0, record_visits=True)
    return log


def arrival_times(plain: Plain) -> dict[int, float]:
    world = World(make_plan(document_from_plain(plain)), 5, 0)
    return dict(zip(world.arrivals.keys.tolist(), world.arrivals.times.tolist(), strict=True))


def one_agent_more(plain: Plain) -> None:
    plain["assumptions"]["staffing"]["team"]["agents"] = [8]


def a_step_more(plain: Plain) -> None:
    """Asked first, and placed first in the document."""
    plain["journey"]["steps"].insert(0, {"id": "ask", "type": "survey", "name": "Ask"})
    plain["journey"]["links"][0] = link("call", "arrived", "ask")
    plain["journey"]["links"] += [link("ask", name, "bot") for name in ("answered", "no_answer")]


def a_demand_more(plain: Plain) -> None:
    """Named so that it comes first in the document and in the alphabet."""
    plain["assumptions"]["demand"].insert(0, {"id": "a_first", "entry": "call", "per_day": 300})


def another_distribution(plain: Plain) -> None:
    plain["assumptions"]["steps"]["bot"]["duration"] = exponential(200)


def steps_in_another_order(plain: Plain) -> None:
    plain["journey"]["steps"].reverse()
    plain["journey"]["links"].reverse()


CHANGES = [
    one_agent_more,
    a_step_more,
    a_demand_more,
    another_distribution,
    steps_in_another_order,
]


@pytest.mark.parametrize("change", CHANGES)
def test_other_draws_stay(change: Callable[[Plain], None], monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = busy_day(), busy_day()
    change(after)
    old, new = logged(before, monkeypatch), logged(after, monkeypatch)
    common = old.keys() & new.keys()
    assert {key for key in common if old[key] != new[key]} == set()
    # Not for want of draws: all but a few are drawn in both, and some later contacts too.
    assert len(common) > 0.8 * len(old) > 8000
    assert sum(key[3] > 1 for key in common if len(key) == 5) > 500
    assert sum(key[4] > 0 for key in common if len(key) == 5) > 100
    times = arrival_times(after)
    assert all(times[key] == time for key, time in arrival_times(before).items())


def test_log_sees_a_changed_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another id is another purpose, and so are other draws: the comparison can fail."""
    before, after = busy_day(), busy_day()
    after["assumptions"]["demand"][0]["id"] = "other"
    old, new = logged(before, monkeypatch), logged(after, monkeypatch)
    assert not old.keys() & new.keys()


def test_same_draws_for_no_two_purposes(monkeypatch: pytest.MonkeyPatch) -> None:
    log = logged(busy_day(), monkeypatch)
    assert len(set(log.values())) == len(log)


# ---- simultaneous events


def whole_minutes() -> Plain:
    """Everything takes whole minutes, so many things happen at the same time."""
    step = {
        "handle_time": {"kind": "empirical", "values": [60, 120, 180, 240, 300]},
        "after_call_work": {"kind": "empirical", "values": [0, 60, 120]},
        "patience": {"kind": "empirical", "values": [60, 120, 180, 600]},
        "resolution": 0.7,
        "redial": {
            "probability": 0.6,
            "delay": {"kind": "empirical", "values": [60, 300, 600]},
            "max_contacts": 5,
        },
        "recontact": {
            "probability": 0.6,
            "delay": {"kind": "empirical", "values": [0, 60, 600]},
            "max_contacts": 5,
        },
    }
    names, steps = ["one", "two"], ["one", "two", "three"]
    return {
        "format": "wayline/journey",
        "version": 1,
        "journey": {
            "id": "minutes",
            "name": "Minutes",
            "channels": ["voice"],
            "teams": [{"id": "team"}],
            "steps": [
                *(
                    {"id": f"call_{name}", "type": "inbound_contact", "name": name}
                    for name in names
                ),
                {
                    "id": "kind",
                    "type": "split",
                    "name": "Kind",
                    "variants": [
                        {"id": "early", "name": "Early", "weight": 1},
                        {"id": "late", "name": "Late", "weight": 1},
                    ],
                },
                {"id": "greeting", "type": "announcement", "name": "Greeting"},
                *({"id": name, "type": "human_agent", "name": name} for name in steps),
            ],
            "links": [
                link("call_one", "arrived", "kind"),
                link("kind", "early", "one"),
                link("kind", "late", "three"),
                link("call_two", "arrived", "greeting"),
                link("greeting", "played", "two"),
                *(
                    link(name, end, None)
                    for name in steps
                    for end in ("resolved", "unresolved", "abandoned")
                ),
            ],
        },
        "assumptions": {
            "period": {"days": 2},
            "demand": [
                {
                    "id": f"{name}_{number}",
                    "entry": f"call_{name}",
                    "per_day": 1440,
                    "spacing": {"kind": "empirical", "values": [0, 1, 2]},
                }
                for name in names
                for number in range(2)
            ],
            "staffing": {"team": {"agents": [13, 11], "interval": 1800}},
            "steps": {
                "greeting": {"duration": constant(60)},
                **dict.fromkeys(steps, step),
            },
        },
    }


def histories(plain: Plain) -> dict[int, list[tuple[float, ...]]]:
    """For each customer, by key, all visits to queues in their order."""
    plan = make_plan(document_from_plain(plain))
    keys = World(plan, 3, 0).arrivals.keys
    queue = replicate(plan, 3, 0).queue
    names = ("customer", "number", "joined", "waited", "talk", "wrap", "fate")
    rows = np.column_stack([queue.column(name) for name in names])
    found: dict[int, list[tuple[float, ...]]] = {}
    for row in sorted(map(tuple, rows.tolist())):
        found.setdefault(int(keys[int(row[0])]), []).append(row[1:])
    return found


def reversed_demand(plain: Plain) -> None:
    plain["assumptions"]["demand"].reverse()


def demand_shuffled(plain: Plain) -> None:
    demand = plain["assumptions"]["demand"]
    plain["assumptions"]["demand"] = [demand[index] for index in (2, 0, 3, 1)]


def customers_elsewhere(plain: Plain) -> None:
    """Customers who have nothing to do with the others; they only shift all numbers."""
    plain["journey"]["steps"].insert(
        0, {"id": "elsewhere", "type": "inbound_contact", "name": "Elsewhere"}
    )
    plain["journey"]["links"].append(link("elsewhere", "arrived", None))
    plain["assumptions"]["demand"].insert(
        0, {"id": "elsewhere", "entry": "elsewhere", "per_day": 1000, "spacing": constant(1)}
    )


@pytest.mark.parametrize(
    "change",
    [steps_in_another_order, reversed_demand, demand_shuffled, customers_elsewhere],
)
def test_ties_do_not_depend_on_the_order_in_the_document(
    change: Callable[[Plain], None],
) -> None:
    before = whole_minutes()
    after = copy.deepcopy(before)
    change(after)
    old, new = histories(before), histories(after)
    assert len(old) > 5000
    assert {key for key, rows in old.items() if new[key] != rows} == set()


@pytest.mark.parametrize("together", [1, 7, 100_000])
def test_ties_do_not_depend_on_the_size_of_crowds(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = histories(whole_minutes())
    monkeypatch.setattr("simulator.replication._TOGETHER", together)
    assert histories(whole_minutes()) == expected


def test_whole_minutes_have_many_ties() -> None:
    rows = [row for visits in histories(whole_minutes()).values() for row in visits]
    moments = [row[1] for row in rows]
    assert len(set(moments)) < len(moments) / 3
