"""Whom to follow: by outcome, by wait, by effort, at random; and the lists that say so."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from engine.document import read_document
from engine.errors import WaylineError
from engine.plan import Plan, make_plan
from engine.shipped import sample_path
from simulator.cli import main
from simulator.customers import Customers, Wanted
from simulator.kpis import KPIS
from simulator.measured import Measured, Thresholds
from simulator.records import Fate, Mark, Records
from simulator.replication import replicate
from simulator.trace import story


@pytest.fixture(scope="module")
def bank() -> Plan:
    return make_plan(read_document(sample_path("bankunited")))


@pytest.fixture(scope="module")
def records(bank: Plan) -> Records:
    return replicate(bank, 1, 0)


def test_who_abandoned_after_a_second_call(bank: Plan, records: Records) -> None:
    found = Customers(bank, 1, 0, Wanted("abandoned", contact=2))
    queue = records.queue
    gave_up = queue.column("fate") == Fate.ABANDONED
    gave_up &= queue.column("number") >= 2
    measured = records.contacts.column("marks") & Mark.MEASURED != 0
    expected = set(queue.column("customer")[gave_up].tolist())
    expected &= set(records.contacts.column("customer")[measured].tolist())
    assert len(expected) > 1
    assert set(found.numbers.tolist()) == expected
    first = story(bank, 1, 0, int(found.numbers[0]))
    assert any(event.contact >= 2 and event.exit == "abandoned" for event in first)
    for one in found.listed(2):
        assert "abandoned" in one.outcomes[1:]
        assert len(one.outcomes) == one.contacts


def test_outcomes_are_those_that_kpis_count(bank: Plan, records: Records) -> None:
    everybody = Customers(bank, 1, 0)
    listed = everybody.listed(len(everybody.numbers))
    said = [outcome for one in listed for outcome in one.outcomes]
    marks = records.contacts.column("marks")
    assert said.count("resolved") == np.count_nonzero(
        (marks & Mark.RESOLVED != 0) & (marks & Mark.UNFINISHED == 0)
    )
    assert len(said) == len(records.contacts)
    assert sum(one.waited for one in listed) == pytest.approx(
        records.contacts.column("waited").sum()
    )


@pytest.mark.parametrize("sample", ["bankunited", "evara"])
def test_effort_is_that_of_the_kpi(sample: str) -> None:
    plan = make_plan(read_document(sample_path(sample)))
    everybody = Customers(plan, 1, 0)
    points = [one.effort for one in everybody.listed(len(everybody.numbers))]
    measured = Measured(plan, replicate(plan, 1, 0), Thresholds())
    assert sum(points) == pytest.approx(KPIS["effort_index"].compute(measured)[0])


def test_orders(bank: Plan) -> None:
    by_wait = [one.waited for one in Customers(bank, 1, 0, order="wait").listed(30)]
    assert by_wait == sorted(by_wait, reverse=True)
    by_effort = [one.effort for one in Customers(bank, 1, 0, order="effort").listed(30)]
    assert by_effort == sorted(by_effort, reverse=True)
    assert by_effort[0] > 0


def test_at_random_is_the_same_for_the_same_number(bank: Plan) -> None:
    found = Customers(bank, 1, 0, Wanted("abandoned"))
    drawn = [found.at_random(number) for number in range(20)]
    assert drawn == [found.at_random(number) for number in range(20)]
    assert len(set(drawn)) > 10
    assert set(drawn) <= set(found.numbers.tolist())


def test_nobody_is_told(bank: Plan) -> None:
    with pytest.raises(WaylineError, match="nobody is “timed_out” in contact 3 or later"):
        Customers(bank, 1, 0, Wanted("timed_out", contact=3))


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["trace", "bankunited", "--outcome", "abandoned", "--contact", "2", "--list", "1"]
    assert main([*words, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert len(plain["customers"]) == 1
    assert plain["matching"] > 1
    assert main([*words, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [int(row["customer"]) for row in rows] == [one["number"] for one in plain["customers"]]
    assert main(words) == 0
    assert f"1 of {plain['matching']} who match" in capsys.readouterr().out
    assert main([*words[:-2], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["customer"] == plain["customers"][0]["number"]
