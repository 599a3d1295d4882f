"""Who serves whom: levels of skill, the longest idle, several contacts at once, learning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Document, document_from_plain
from engine.plan import make_plan
from simulator.records import Fate, Records
from simulator.replication import replicate
from tests.simulator.build import DAY, Plain, exits_taken


def constant(value: float) -> Plain:
    return {"kind": "constant", "value": value}


def centre(
    steps: dict[str, Plain],
    teams: list[Plain],
    staffing: dict[str, Plain],
    gaps: dict[str, float],
    assumed: Plain,
) -> Document:
    """A queue with an entry of its own for each of `steps`; `gaps` are seconds between calls."""
    names = list(steps)
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": {
                "id": "centre",
                "name": "Centre",
                "skills": [{"id": "sales"}, {"id": "support"}],
                "teams": teams,
                "steps": [
                    *(
                        {"id": f"call_{one}", "type": "inbound_contact", "name": one}
                        for one in steps
                    ),
                    *(
                        {"id": one, "type": "human_agent", "name": one, **design}
                        for one, design in steps.items()
                    ),
                ],
                "links": [
                    *({"from": f"call_{one}", "exit": "arrived", "to": one} for one in names),
                    *(
                        {"from": one, "exit": end, "to": None}
                        for one in names
                        for end in ("resolved", "unresolved", "abandoned")
                    ),
                ],
            },
            "assumptions": {
                "demand": [
                    {
                        "id": f"from_{one}",
                        "entry": f"call_{one}",
                        "per_day": DAY / gap,
                        "spacing": constant(gap),
                    }
                    for one, gap in gaps.items()
                ],
                "staffing": staffing,
                "steps": {one: {"patience": None, **assumed} for one in names},
            },
        }
    )


def run(document: Document) -> Records:
    return replicate(make_plan(document), 1, 0)


def by_team(records: Records, step: int | None = None) -> list[int]:
    """How many visits each team answered."""
    team = records.queue.column("team")
    if step is not None:
        team = team[records.queue.column("step") == step]
    return [int(np.count_nonzero(team == number)) for number in range(len(records.staffing))]


EXPERTS = {"id": "experts", "skills": ["sales"]}
HELPERS = {"id": "helpers", "skills": ["sales"], "levels": {"sales": 4}}
ONE = {"agents": [1]}


def two_levels(gap: float, **design: Any) -> Document:
    """One of each level; a contact lasts 100 s."""
    return centre(
        {"sell": {"skills": ["sales"], **design}},
        [HELPERS, EXPERTS],
        {"helpers": ONE, "experts": ONE},
        {"sell": gap},
        {"handle_time": constant(100)},
    )


def test_the_best_level_is_asked_first() -> None:
    assert by_team(run(two_levels(101)))[0] == 0
    # Every second caller finds the expert busy.
    helpers, experts = by_team(run(two_levels(60)))
    assert helpers == pytest.approx(experts, abs=1)


def test_worse_levels_are_asked_only_after_a_while() -> None:
    only = run(two_levels(150, level=3))
    assert by_team(only)[0] == 0
    busy = run(two_levels(90, level=3, overflow=[{"after": 30, "level": 9}]))
    helpers, experts = by_team(busy)
    assert helpers > 20
    waits = busy.queue.column("waited")[busy.queue.column("team") == 0]
    assert waits.min() == pytest.approx(30)
    assert experts > helpers


def test_agents_may_prefer_what_they_are_best_at() -> None:
    """Sales is overloaded alone; who is asked for support waits until nobody wants sales."""
    team = {"id": "team", "skills": ["sales", "support"], "levels": {"support": 2}}
    waits = {}
    for takes in ("longest_waiting", "best_level"):
        document = centre(
            {"sell": {"skills": ["sales"]}, "help": {"skills": ["support"]}},
            [{**team, "takes": takes}],
            {"team": {"agents": [1]}},
            {"sell": 101, "help": 997},
            {"handle_time": constant(95)},
        )
        queue = run(document).queue
        by_step = [queue.column("waited")[queue.column("step") == number] for number in (2, 3)]
        waits[takes] = [float(one.mean()) for one in by_step]
    assert waits["best_level"][0] < waits["longest_waiting"][0]
    assert waits["best_level"][1] > 2 * waits["longest_waiting"][1]


@pytest.mark.parametrize("different", [{}, {"newcomers": {"share": 0}}])
def test_the_longest_idle_agent_is_asked(different: Plain) -> None:
    """With 50 s of work every 60 s, one team would do it all; by idleness they take turns."""
    numbers = {}
    for choice in ("in_order", "longest_idle"):
        document = centre(
            {"sell": {"skills": ["sales"], "agent_choice": choice}},
            [EXPERTS, {"id": "others", "skills": ["sales"]}],
            {"experts": {**ONE, **different}, "others": {"agents": [2], **different}},
            {"sell": 60},
            {"handle_time": constant(50)},
        )
        numbers[choice] = by_team(run(document))
    assert numbers["in_order"][1] == 0
    # Three people in turn, two of them in the second team.
    assert numbers["longest_idle"][1] == pytest.approx(2 * numbers["longest_idle"][0], abs=2)


def test_people_who_do_not_differ_may_be_told_apart() -> None:
    """A team of individuals who are all alike does exactly what a number of agents does."""
    histories = []
    for different in ({}, {"newcomers": {"share": 0.5, "extra": 0}}):
        document = centre(
            {"sell": {"skills": ["sales"]}, "help": {"skills": ["support"], "priority": 3}},
            [{"id": "team", "skills": ["sales", "support"]}],
            {"team": {"agents": [3, 1, 0, 2], "interval": 21_600, **different}},
            {"sell": 61, "help": 83},
            {"handle_time": {"kind": "exponential", "mean": 80}, "after_call_work": constant(9)},
        )
        queue = run(document).queue
        names = ("customer", "joined", "waited", "talk", "wrap", "fate")
        histories.append(np.column_stack([queue.column(name) for name in names]))
    assert len(histories[0]) > 2000
    assert np.array_equal(*histories)


# ---- several contacts at once


def chat(gap: float, speeds: list[float], agents: int = 1, **assumed: Any) -> Document:
    return centre(
        {"chat": {"skills": ["sales"], "concurrent": True}},
        [EXPERTS],
        {"experts": {"agents": [agents], "concurrency": speeds}},
        {"chat": gap},
        {"handle_time": constant(100), **assumed},
    )


def test_two_chats_slow_each_other_down() -> None:
    """By hand: 40 s alone, then both at half speed: the first ends at 160, the second at 200."""
    document = chat(40, [1, 0.5])
    plain = document.model_copy(
        update={
            "assumptions": document.assumptions.model_copy(
                update={
                    "demand": [
                        document.assumptions.demand[0].model_copy(
                            update={"per_day": 2.4, "interval": 96.0}
                        )
                    ]
                }
            )
        }
    )
    records = run(plain)
    joined, talk = records.queue.column("joined"), records.queue.column("talk")
    assert joined.tolist() == pytest.approx([40, 80])
    assert talk.tolist() == pytest.approx([160, 160])
    assert records.spells.column("start").tolist() == pytest.approx([40])
    assert records.spells.column("seconds").tolist() == pytest.approx([200])


def test_no_more_at_once_than_the_staffing_says() -> None:
    records = run(chat(30, [1, 0.6, 0.4], agents=2))
    starts = records.queue.column("joined") + records.queue.column("waited")
    ends = starts + records.queue.column("talk")
    times = np.concatenate([starts, ends])
    changes = np.repeat([1, -1], len(starts))
    # At equal times, ends first.
    at_once = np.cumsum(changes[np.lexsort((changes, np.round(times, 6)))])
    assert at_once.max() == 6
    assert (records.queue.column("waited") > 0).any()


def test_a_voice_call_takes_the_whole_agent() -> None:
    """Calls and chats for one person: a chat never joins a call, a call never joins chats."""
    document = centre(
        {"call": {"skills": ["support"]}, "chat": {"skills": ["sales"], "concurrent": True}},
        [{"id": "team", "skills": ["sales", "support"]}],
        {"team": {"agents": [1], "concurrency": [1, 0.8]}},
        {"call": 907, "chat": 211},
        {"handle_time": constant(120), "after_call_work": constant(10)},
    )
    queue = run(document).queue
    start = queue.column("joined") + queue.column("waited")
    end = start + queue.column("talk") + queue.column("wrap")
    calls = queue.column("step") == 2
    assert calls.sum() > 50
    for begin, over in zip(start[calls], end[calls], strict=True):
        overlapping = (start[~calls] < over - 1e-6) & (end[~calls] > begin + 1e-6)
        assert not overlapping.any()


def test_busy_time_counts_an_agent_once() -> None:
    records = run(chat(90, [1, 0.6]))
    spells = records.spells.column("seconds").sum()
    talked = records.queue.column("talk").sum()
    assert talked > 1.2 * spells
    assert spells <= DAY + records.queue.column("talk").max()


def test_the_last_chat_is_recorded_though_nobody_waits_for_its_wrap_up() -> None:
    document = chat(3600, [1, 0.5], after_call_work=constant(50))
    records = run(document)
    assert len(records.queue) == len(records.contacts) == 23
    assert records.queue.column("talk") == pytest.approx(100)
    assert records.queue.column("wrap")[:-1] == pytest.approx(50)


def test_a_chat_for_which_a_case_is_left_counts_as_work() -> None:
    """One person leaves a case whenever a chat comes; all of both is somebody's work."""
    document = centre(
        {
            "case": {"skills": ["support"], "interruptible": True, "priority": 9},
            "chat": {"skills": ["sales"], "concurrent": True, "priority": 1},
        },
        [{"id": "team", "skills": ["sales", "support"]}],
        {"team": {"agents": [1], "concurrency": [1, 1]}},
        {"case": 3000, "chat": 700},
        {"handle_time": constant(500)},
    )
    records = run(document)
    queue, spells = records.queue, records.spells
    assert spells.column("seconds").sum() == pytest.approx(queue.column("talk").sum())


def test_a_chat_that_was_left_goes_on_with_somebody_who_has_nothing_else() -> None:
    """It is left by one of a team who do one thing at a time, and taken up by one who shares."""
    document = centre(
        {
            "chat": {"skills": ["sales"], "concurrent": True, "interruptible": True, "priority": 9},
            "call": {"skills": ["support"], "priority": 1},
        },
        [
            {"id": "callers", "skills": ["sales", "support"]},
            {"id": "writers", "skills": ["sales"]},
        ],
        {"callers": {"agents": [1]}, "writers": {"agents": [1], "concurrency": [1, 1]}},
        {"chat": 290, "call": 1100},
        {"handle_time": constant(400)},
    )
    records = run(document)
    team, start = records.spells.column("team"), records.spells.column("start")
    end = start + records.spells.column("seconds")
    assert np.count_nonzero(team == 1) > 50
    for number in (0, 1):
        order = np.argsort(start[team == number], kind="stable")
        starts, ends = start[team == number][order], end[team == number][order]
        assert (starts[1:] >= ends[:-1] - 1e-6).all()


def test_least_loaded_first() -> None:
    """Two agents with room for two each: the second chat goes to the other agent."""
    records = run(chat(70, [1, 0.5], agents=2))
    # 100 s of work every 70 s for two: nobody ever needs to have two at once.
    assert records.queue.column("talk") == pytest.approx(100)


# ---- paces


def test_newcomers_learn_with_every_contact() -> None:
    document = centre(
        {"sell": {"skills": ["sales"]}},
        [EXPERTS],
        {"experts": {**ONE, "newcomers": {"share": 1, "extra": 0.5, "learning": 1}}},
        {"sell": 300},
        {"handle_time": constant(100)},
    )
    talk = run(document).queue.column("talk")
    expected = 100 * (1 + 0.5 / np.arange(1, len(talk) + 1))
    assert len(talk) > 200
    assert talk == pytest.approx(expected)


def test_half_of_a_team_are_newcomers() -> None:
    document = centre(
        {"sell": {"skills": ["sales"], "agent_choice": "longest_idle"}},
        [EXPERTS],
        {"experts": {"agents": [4], "newcomers": {"share": 0.5, "extra": 1, "learning": 0}}},
        {"sell": 300},
        {"handle_time": constant(100)},
    )
    talk = run(document).queue.column("talk")
    assert np.count_nonzero(talk == 200) == pytest.approx(len(talk) / 2, abs=1)


def test_a_slower_team_takes_longer() -> None:
    document = centre(
        {"sell": {"skills": ["sales"]}},
        [EXPERTS],
        {"experts": {**ONE, "handle_time_factor": 1.25}},
        {"sell": 300},
        {"handle_time": constant(100), "after_call_work": constant(20)},
    )
    records = run(document)
    assert records.queue.column("talk") == pytest.approx(125)
    assert records.queue.column("wrap") == pytest.approx(25)


def test_everybody_is_served_in_the_end() -> None:
    document = chat(33, [1, 0.6, 0.4], agents=2, patience={"kind": "exponential", "mean": 60})
    records = run(document)
    taken = exits_taken(document, records)
    fates = records.queue.column("fate")
    assert taken["call_chat.arrived"] == len(records.contacts) == len(fates)
    assert taken["chat.resolved"] == np.count_nonzero(fates == Fate.ANSWERED)
    assert taken["chat.abandoned"] == np.count_nonzero(fates == Fate.ABANDONED) > 50
    assert records.under_way == 0
