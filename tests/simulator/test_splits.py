"""KPIs by channel, segment, intent, team and interval: every contact is in one group."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine.document import Document, document_from_plain, document_to_plain
from engine.errors import DocumentError
from engine.plan import make_plan
from simulator.counted_time import DailyInterval, Span
from simulator.experiment import Results, Settings, run
from simulator.histories import Histories
from simulator.kpis import KPIS
from simulator.measured import Measured, Part, Thresholds
from simulator.records import Mark, contacts_table
from simulator.replication import replicate
from simulator.splits import Split, groups, parts
from tests.simulator.build import journey, simulated

Plain = dict[str, Any]
HOUR = 3600.0

CHANNEL, INTENT, TEAM = Split("channel"), Split("intent"), Split("team")
LEVEL, HALF_HOURS = Split("segment", "level"), Split("interval")
CAMPAIGN = Split("segment", "campaign")
SPLITS = (CHANNEL, INTENT, TEAM, LEVEL, CAMPAIGN, HALF_HOURS)


def two_channels(days: int = 2, warm_up: float = 0.0) -> Document:
    """Calls and chats; an AI agent, then one of two teams; people redial and come again."""
    redial = {"probability": 0.7, "delay": {"kind": "exponential", "mean": 1800}}
    patient = {"kind": "exponential", "mean": 120}
    talk = {"kind": "exponential", "mean": 400}
    numbers = {
        "handle_time": talk,
        "patience": patient,
        "redial": redial,
        "resolution": 0.7,
        "recontact": redial,
    }
    steps = [
        {"id": "chat", "type": "inbound_contact", "name": "Chat", "channel": "chat"},
        {
            "id": "bot",
            "type": "ai_agent",
            "name": "Bot",
            "intents": [{"id": "pay", "name": "Pay"}, {"id": "move", "name": "Move"}],
        },
        {"id": "who", "type": "condition", "name": "Who", "branches": [_branch()]},
        {"id": "first", "type": "human_agent", "name": "First", "teams": ["ones"]},
        {"id": "second", "type": "human_agent", "name": "Second", "teams": ["twos"]},
    ]
    ways = {
        "call.arrived": "bot",
        "chat.arrived": "who",
        "bot.resolved": "end",
        "bot.escalate": "who",
        "bot.failed": "who",
        "bot.abandoned": "end",
        "who.gold": "first",
        "who.otherwise": "second",
        **{f"{step}.{name}": None for step in ("first", "second") for name in _WAYS},
    }
    shift = {"starts_at": "08:00", "interval": 10 * HOUR, "shrinkage": 0.2}
    day = {"starts_at": "08:00", "interval": 10 * HOUR}
    return journey(
        steps,
        ways,
        {
            "period": {"days": days, "warm_up": warm_up},
            "demand": [
                {"id": "calls", "entry": "call", "per_day": 500, **day},
                {
                    "id": "chats",
                    "entry": "chat",
                    "per_day": 200,
                    "attributes": {"campaign": True, "level": "gold"},
                    **day,
                },
            ],
            "population": {
                "level": {"kind": "choices", "weights": {"gold": 1, "plain": 3}, "missing": 0.1},
                "age": {"kind": "numbers", "of": {"kind": "uniform", "low": 18, "high": 80}},
            },
            "staffing": {"ones": {"agents": [5], **shift}, "twos": {"agents": [4], **shift}},
            "steps": {
                "first": numbers,
                "second": numbers,
                "bot": {"intents": {"pay": {"containment": 0.4}, "move": {"containment": 0.1}}},
            },
        },
        teams=[{"id": "ones"}, {"id": "twos"}],
        attributes=[
            {"id": "level", "type": "choice", "choices": ["gold", "plain"]},
            {"id": "age", "type": "number"},
            {"id": "campaign", "type": "boolean"},
        ],
    )


_WAYS = ("resolved", "unresolved", "abandoned")


def _branch() -> Plain:
    when = {"op": "eq", "attribute": "level", "value": "gold"}
    return {"id": "gold", "name": "Gold", "when": when}


@pytest.fixture(scope="module", params=[0.0, 9 * HOUR], ids=["whole", "with warm-up"])
def results(request: pytest.FixtureRequest) -> Results:
    document = two_channels(warm_up=request.param)
    return run(document, Settings(seed=3, replications=2, by=SPLITS))


def adds_up(kpi: str) -> bool:
    """Percentiles are no sums."""
    return not kpi.startswith("wait_p")


@pytest.mark.parametrize("split", SPLITS, ids=lambda split: split.name)
def test_groups_add_up_to_the_total(results: Results, split: Split) -> None:
    """Numerators do; denominators too, unless they are 1 or the length of the time."""
    for outcome in results.outcomes:
        found = outcome.parts[split.name]
        names = [name for name, kpi in KPIS.items() if split.by in kpi.by and adds_up(name)]
        if split.by == "team":
            # Of what nobody answered no team knows.
            assert "abandoned" not in names
        for name in names:
            tops, bottoms = zip(*(kpis[name] for kpis in found.values()), strict=True)
            top, bottom = outcome.kpis[name]
            assert math.fsum(tops) == pytest.approx(top, abs=1e-6), name
            if set(bottoms) == {1.0} or len(set(bottoms)) == 1 == len({*bottoms, bottom}):
                continue
            assert math.fsum(bottoms) == pytest.approx(bottom, abs=1e-6), name


def test_every_kpi_that_is_split_says_so_and_no_other_is(results: Results) -> None:
    outcome = results.outcomes[0]
    for split in SPLITS:
        for kpis in outcome.parts[split.name].values():
            assert list(kpis) == [name for name, kpi in KPIS.items() if split.by in kpi.by]
    assert results.part_estimate(TEAM, "ones", "contacts") is None
    assert results.part_estimate(TEAM, "ones", "aht") is not None


def value(results: Results, split: Split, group: str, kpi: str) -> float:
    estimate = results.part_estimate(split, group, kpi)
    assert estimate is not None
    return estimate.value


def test_each_group_has_its_own(results: Results) -> None:
    assert results.groups(CHANNEL) == ["voice", "chat"]
    assert results.groups(INTENT) == ["pay", "move", "unknown"]
    assert results.groups(TEAM) == ["ones", "twos"]
    assert results.groups(LEVEL) == ["gold", "plain", "unknown"]
    assert results.groups(CAMPAIGN) == ["yes", "unknown"]
    # Nobody chats with the AI agent, so what they want is not known.
    chats = value(results, CHANNEL, "chat", "contacts")
    assert value(results, INTENT, "unknown", "contacts") == pytest.approx(chats, rel=0.1)
    assert value(results, CAMPAIGN, "yes", "contacts") == chats
    assert results.part_estimate(CHANNEL, "chat", "containment") is None
    contained = [value(results, INTENT, name, "containment") for name in ("pay", "move")]
    assert contained[0] > 2 * contained[1] > 0
    # The first team answers all who are gold, and nobody else.
    for kpi in ("answered", "aht", "asa", "talk_time", "service_level_answered"):
        gold, ones = value(results, LEVEL, "gold", kpi), value(results, TEAM, "ones", kpi)
        assert gold == pytest.approx(ones)


def test_intervals_of_the_day(results: Results) -> None:
    """Customers come from 08:00 to 18:00; some redial later, some are still served then."""
    seen = [name for name in results.groups(HALF_HOURS) if "08:00" <= name < "18:00"]
    assert seen[0] == "08:00"
    assert seen[-1] == "17:30"
    assert len(seen) == 20
    assert value(results, HALF_HOURS, "17:30", "utilisation") > 0.3
    after = results.part_estimate(HALF_HOURS, "18:00", "utilisation")
    assert after is None  # nobody is paid then
    assert value(results, HALF_HOURS, "18:00", "occupancy") == 1
    late = results.part_estimate(HALF_HOURS, "18:00", "customers")
    assert late is not None
    assert late.value == 0


def test_parts_are_the_same_over_processes() -> None:
    one, two = (run(two_channels(1), Settings(replications=3, by=SPLITS, jobs=n)) for n in (1, 2))
    assert one.outcomes == two.outcomes


def test_an_interval_says_what_a_day_cut_there_says() -> None:
    """Busy and waiting in one hour, by hand."""
    document = two_channels(1)
    records = simulated(document, 4)
    plan = make_plan(document)
    whole = Measured(plan, records, Thresholds())
    begin, end = 10 * HOUR, 11 * HOUR
    part = whole.part(Part(time=DailyInterval(begin, HOUR)))
    same = whole.part(Part(time=Span(begin, end)))
    queue = records.queue
    joined, waited = queue.column("joined"), queue.column("waited")
    start = joined + waited
    stop = start + queue.column("talk") + queue.column("wrap")
    served = queue.column("team") >= 0
    busy = np.clip(stop, begin, end) - np.clip(start, begin, end)
    assert part.busy_seconds == pytest.approx(float(np.sum(busy[served])))
    assert same.busy_seconds == pytest.approx(part.busy_seconds)
    waiting = np.clip(start, begin, end) - np.clip(joined, begin, end)
    assert part.seconds_waiting() == pytest.approx(float(np.sum(waiting)))
    assert part.length == same.length == HOUR
    # 9 people are paid, 20 % less are there: 4 and 3.
    assert part.paid_seconds == 9 * HOUR
    assert part.present_seconds == 7 * HOUR
    assert part.busy_seconds + part.idle_seconds == pytest.approx(7 * HOUR)
    assert len(part.waits) == np.count_nonzero((joined >= begin) & (joined < end))


def test_what_never_ended_is_in_the_group_of_nobody() -> None:
    """Visits of contacts that have no row: their channel is not known."""
    document = two_channels(1)
    plan = make_plan(document)
    records = replicate(plan, 1, 0)
    whole = Measured(plan, records, Thresholds())
    gone = records.contacts.column("number").copy()
    gone[::2] = 200  # as if every second contact were not there
    rows = contacts_table()
    columns = {name: records.contacts.column(name) for name in records.contacts.names()}
    rows.write_columns(**{**columns, "number": gone})
    found = Histories(rows).rows_of(
        records.queue.column("customer"), records.queue.column("number")
    )
    assert np.count_nonzero(found == -1) > 0
    kept = found[found >= 0]
    assert set((kept % 2).tolist()) == {1}
    offered = sum(len(part.waits) for _, part in parts(CHANNEL, whole))
    assert offered == len(whole.waits)


@pytest.mark.parametrize(
    ("split", "what"),
    [
        (Split("segment", "shoe_size"), "has an attribute “shoe_size”"),
        (Split("segment", "age"), "too many values"),
        (Split("interval", minutes=50), "no whole number of intervals of 50 minutes"),
    ],
)
def test_what_cannot_be_split_is_refused(split: Split, what: str) -> None:
    with pytest.raises(DocumentError, match=what) as caught:
        run(two_channels(1), Settings(replications=1, by=(split,)))
    assert caught.value.mend
    assert split.name in caught.value.where


def test_without_teams_there_is_nothing_to_split_by_team() -> None:
    plain = document_to_plain(journey([], {"call.arrived": "end"}, {}))
    plain["journey"]["teams"] = []
    with pytest.raises(DocumentError, match="no teams"):
        run(document_from_plain(plain), Settings(replications=1, by=(TEAM,)))


def test_groups_have_the_plans_order() -> None:
    plan = make_plan(two_channels())
    assert groups(Split("interval", minutes=720), plan) == ["00:00", "12:00"]
    assert groups(LEVEL, plan) == ["gold", "plain", "unknown"]
    assert groups(CHANNEL, plan) == ["voice", "chat", "unknown"]


# ---- issues and customers


ROWS = (
    # customer, number, issue, nth, start, end, marks
    (0, 1, 1, 1, 0, 10, Mark.AUTOMATED | Mark.RESOLVED),
    (0, 2, 2, 1, 100, 130, 0),
    (0, 3, 2, 2, 200, 260, Mark.RESOLVED | Mark.SWITCHED),
    (1, 1, 1, 1, 50, 60, 0),
    (1, 2, 1, 2, 70, 95, Mark.RESOLVED),
    (1, 3, 2, 1, 300, 310, Mark.AUTOMATED | Mark.RESOLVED),
    (2, 1, 1, 1, 400, 405, Mark.CONVERTED),
)


def by_hand(part: Part | None = None, warm_up: float = 0.0) -> Measured:
    """Three customers with five issues and seven contacts, in another order than theirs."""
    document = journey([], {"call.arrived": "end"}, {})
    records = simulated(document)
    contacts = contacts_table()
    for customer, number, issue, nth, start, end, marks in sorted(
        ROWS, key=lambda row: row[5], reverse=True
    ):
        measured = marks | (start >= warm_up)
        again = number - 1
        contacts.write(
            contacts.pack(
                customer,
                number,
                issue,
                nth,
                0,
                -1,
                start,
                end,
                0.0,
                0,
                measured,
                again,
                2.5 * again,
            )
        )
    whole = Measured(
        make_plan(document),
        type(records)(
            **{
                **{name: getattr(records, name) for name in records.__slots__},
                "contacts": contacts,
                "window": (warm_up, 1000.0),
            }
        ),
        Thresholds(),
    )
    return whole if part is None else whole.part(part)


def ratio(kpi: str, m: Measured) -> tuple[float, float]:
    return KPIS[kpi].compute(m)


@pytest.mark.parametrize(
    ("kpi", "pair"),
    [
        ("customers", (3, 1)),
        ("issues", (5, 1)),
        ("contacts", (7, 1)),
        ("contacts_per_issue", (7, 5)),
        ("repeat_rate", (2, 7)),
        ("resolution_rate", (4, 5)),
        ("fcr", (2, 5)),
        ("self_service_rate", (4, 5)),
        ("containment_verified", (2, 2)),
        ("time_to_resolution", (10 + 160 + 45 + 10, 4)),
        ("channel_switches", (1, 5)),
        ("conversion", (1, 3)),
        ("asked_again", (6, 7)),
        ("asked_again_seconds", (15, 7)),
    ],
)
def test_a_contact_about_something_new_is_no_repeat(kpi: str, pair: tuple[float, float]) -> None:
    assert ratio(kpi, by_hand()) == pair


def test_issues_belong_to_the_group_of_their_first_contact() -> None:
    """From 50 to 150 s two issues begin; one of them is resolved at 260 s."""
    part = by_hand(Part(time=Span(50, 150)))
    assert ratio("contacts", part) == (3, 1)
    assert ratio("issues", part) == (2, 1)
    assert ratio("customers", part) == (1, 1)
    assert ratio("contacts_per_issue", part) == (4, 2)
    assert ratio("repeat_rate", part) == (1, 3)
    assert ratio("time_to_resolution", part) == (160 + 45, 2)


def test_what_began_in_the_warm_up_is_no_issue() -> None:
    whole = by_hand(warm_up=60)
    assert ratio("customers", whole) == (1, 1)
    assert ratio("issues", whole) == (3, 1)
    assert ratio("contacts", whole) == (5, 1)
    assert ratio("contacts_per_issue", whole) == (4, 3)
    assert ratio("repeat_rate", whole) == (2, 5)
    # From 60 s on: customer 1's second contact, and all later ones.
    under_way = 25 + 30 + 60 + 10 + 5
    assert ratio("contacts_under_way", whole) == (under_way, 940)
