"""Journeys made at random: valid, and what happens in them depends on nothing that it should not.

Neither on who looks, nor on who walks together, nor on the order in the document, nor on what
happens elsewhere in the journey.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from engine.document import document_from_plain
from engine.plan import make_plan
from engine.steps.catalog import step_types
from engine.validation import Severity, validate
from simulator import replication
from simulator.event_log import EPOCH, event_log
from simulator.records import Records, Table
from simulator.replication import replicate
from simulator.trace import story
from simulator.watching import Watch
from simulator.world import World
from tests.simulator.generated import generated
from tests.simulator.generated_steps import Plain
from tests.simulator.lived import EVERY, GENERATED, MORE, SEED, contacts_of, lived, walks
from tests.simulator.test_common_random_numbers import customers_elsewhere, logged
from tests.simulator.test_crowd import nobody_together

FORTY = pytest.mark.parametrize("number", range(40))


def test_they_are_valid_and_of_every_step_type() -> None:
    made = set[str]()
    for number in GENERATED:
        document = document_from_plain(generated(number))
        errors = [one for one in validate(document) if one.severity is Severity.ERROR]
        assert errors == []
        made |= {step.kind for step in document.journey.all_steps()}
    assert made == set(step_types())


@pytest.mark.parametrize("number", GENERATED)
def test_they_are_small(number: int) -> None:
    assert 200 <= len(lived(number).records.keys) <= 1500


def test_they_are_the_same_every_time() -> None:
    assert generated(7) == generated(7) != generated(8)


# ---- who looks, and who walks together


def rows(table: Table) -> list[bytes]:
    """The rows in an order of their own: crowds note the end of contacts earlier."""
    columns = [table.column(name).tolist() for name in table.names()]
    return sorted(repr(row).encode() for row in zip(*columns, strict=True))


def everything(records: Records) -> tuple[list[bytes], list[bytes], list[bytes], list[int], int]:
    tables = (rows(one) for one in (records.contacts, records.queue, records.spells))
    return (*tables, records.exits.tolist(), records.under_way)


@EVERY
def test_recording_and_looking_and_crowds_change_nothing(
    name: str | int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = lived(name)
    recorded = everything(run.records)
    assert everything(replicate(run.plan, SEED, 0)) == recorded
    watch = Watch(len(run.records.keys) // 2)
    assert everything(replicate(run.plan, SEED, 0, watch=watch)) == recorded
    monkeypatch.setattr(replication, "crowd_walks", nobody_together)
    assert everything(replicate(run.plan, SEED, 0)) == recorded


@EVERY
def test_the_log_says_what_the_records_say(name: str | int) -> None:
    run = lived(name)
    log = event_log(run.plan, run.records)
    assert len(log) == len(run.visits)
    ids = [one.id for one in run.plan.steps]
    counted = Counter(ids[step] for step in run.visits.column("step").tolist())
    assert log["step"].value_counts().to_dict() == counted
    if run.records.window[0] == run.plan.assumptions.period.start_day.number * 86_400:
        codes = iter(run.records.exits.tolist())
        ways = [(one.id, way) for one in run.plan.steps for way in one.exits or ("",)]
        exits = {way: times for way, times in zip(ways, codes, strict=True) if times}
        assert log.groupby(["step", "exit"]).size().to_dict() == exits
    assert log["customer"].nunique() == len({who >> 8 for who in walks(run)})


@EVERY
def test_stories_are_what_the_log_says(name: str | int) -> None:
    """Of whoever contacted us most often, and of one more."""
    run = lived(name)
    log = event_log(run.plan, run.records)
    often = Counter(who >> 8 for who in contacts_of(run.visits)).most_common(1)[0][0]
    for customer in (often, len(run.records.keys) // 3):
        own = log[log["customer"] == customer]
        events = story(run.plan, SEED, 0, customer)
        told = [(one.contact, one.step, one.exit) for one in events]
        assert told == list(zip(own["contact"], own["step"], own["exit"], strict=True))
        for column, times in (
            ("entered", [one.time for one in events]),
            ("left", [one.time + one.seconds for one in events]),
        ):
            moments = np.datetime64(EPOCH.replace(tzinfo=None), "us")
            seconds = (own[column].to_numpy() - moments) / np.timedelta64(1, "s")
            assert seconds == pytest.approx(times, abs=1e-5)


# ---- the order in the document


def in_another_order(plain: Plain) -> None:
    """Turn round every list and table whose order means nothing.

    Of teams it does, where the first that is free is asked; a sub-journey begins at its first step.
    """
    journey, assumed = plain["journey"], plain["assumptions"]
    for name in ("steps", "links", "attributes", "skills", "purposes", "sub_journeys"):
        journey[name].reverse()
    for sub in journey["sub_journeys"]:
        sub["steps"][1:] = sub["steps"][:0:-1]
        sub["links"].reverse()
        sub["outcomes"].reverse()
    for name in ("demand", "outages"):
        assumed[name].reverse()
    for name in ("staffing", "steps", "population"):
        assumed[name] = dict(reversed(assumed[name].items()))


History = list[tuple[object, ...]]


def histories(plain: Plain) -> dict[int, History]:
    """For each customer, by key, all contacts and visits to queues."""
    plan = make_plan(document_from_plain(plain))
    records = replicate(plan, SEED, 0)
    keys, ids = records.keys.tolist(), [one.id for one in plan.steps]
    found: dict[int, History] = {key: [] for key in keys}
    contacts = ("number", "issue", "entry", "start", "end", "waited", "marks", "asked_seconds")
    queue = ("number", "step", "joined", "waited", "talk", "wrap", "team", "fate")
    for table, names in ((records.contacts, contacts), (records.queue, queue)):
        columns = [table.column(name).tolist() for name in names]
        for place, name in enumerate(names):
            if name in {"entry", "step"}:
                columns[place] = [ids[step] for step in columns[place]]
        for customer, *row in zip(table.column("customer").tolist(), *columns, strict=True):
            found[keys[customer]].append(tuple(map(str, row)))
    return {key: sorted(own) for key, own in found.items()}


@FORTY
def test_ties_do_not_depend_on_the_order_in_the_document(number: int) -> None:
    before, after = (generated(number, whole_minutes=True) for _ in range(2))
    in_another_order(after)
    old, new = histories(before), histories(after)
    assert {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)} == set()


def test_journeys_of_whole_minutes_have_many_ties() -> None:
    moments = [
        row[2]
        for number in range(40)
        for own in histories(generated(number, whole_minutes=True)).values()
        for row in own
        if len(row) == 8
    ]
    assert len(set(moments)) < len(moments) / 3


# ---- what happens elsewhere


def one_agent_more(plain: Plain) -> None:
    staffing = next(iter(plain["assumptions"]["staffing"].values()))
    staffing["agents"] = [one + 1 for one in staffing["agents"]]


@FORTY
@pytest.mark.parametrize("change", [one_agent_more, customers_elsewhere])
def test_other_draws_stay(
    change: Callable[[Plain], None], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert share_of_common_draws(change, number, monkeypatch) > 0.7


def share_of_common_draws(
    change: Callable[[Plain], None], number: int, monkeypatch: pytest.MonkeyPatch
) -> float:
    """Those that are drawn before and after the change, which must be the same."""
    before, after = generated(number), generated(number)
    change(after)
    old, new = logged(before, monkeypatch), logged(after, monkeypatch)
    common = old.keys() & new.keys()
    assert {key for key in common if old[key] != new[key]} == set()
    times = [arrival_times(plain) for plain in (before, after)]
    assert times[0].items() <= times[1].items()
    return len(common) / len(old) if old else 1.0


def arrival_times(plain: Plain) -> dict[int, float]:
    arrivals = World(make_plan(document_from_plain(plain)), 5, 0).arrivals
    return dict(zip(arrivals.keys.tolist(), arrivals.times.tolist(), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("number", MORE)
def test_all_of_it_holds_in_more_journeys(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    test_the_log_says_what_the_records_say(number)
    test_stories_are_what_the_log_says(number)
    test_recording_and_looking_and_crowds_change_nothing(number, monkeypatch)
    test_ties_do_not_depend_on_the_order_in_the_document(number)
    for change in (one_agent_more, customers_elsewhere):
        share_of_common_draws(change, number, monkeypatch)
