"""One customer's story tells what happened, and looking changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.document import document_from_plain, document_to_plain, read_document
from engine.errors import WaylineError
from engine.plan import Plan, make_plan
from engine.shipped import sample_path
from simulator.customers import Customers, Wanted
from simulator.records import Fate
from simulator.replication import replicate
from simulator.trace import story
from simulator.watching import Watch
from tests.simulator.build import journey

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def bank() -> Plan:
    return make_plan(read_document(sample_path("bankunited")))


def test_a_story_is_what_the_records_say(bank: Plan) -> None:
    customer = int(Customers(bank, 1, 0, Wanted(exit="adviser.abandoned")).numbers[0])
    events = story(bank, 1, 0, customer)
    records = replicate(bank, 1, 0)
    mine = records.queue.column("customer") == customer
    assert events[-1].step == "gave_up"
    abandoned = next(event for event in events if event.exit == "abandoned")
    assert abandoned.waited == pytest.approx(float(records.queue.column("waited")[mine][0]))
    assert records.queue.column("fate")[mine][0] == Fate.ABANDONED
    contacts = records.contacts.column("customer") == customer
    assert max(event.contact for event in events) == np.count_nonzero(contacts)
    assert events[0].time == pytest.approx(records.contacts.column("start")[contacts].min())


def test_a_story_tells_one_contact_after_the_other(bank: Plan) -> None:
    contacts = replicate(bank, 1, 0).contacts
    customer = int(contacts.column("customer")[contacts.column("number") == 2][0])
    events = story(bank, 1, 0, customer)
    assert [event.contact for event in events] == sorted(event.contact for event in events)
    assert [event.time for event in events] == sorted(event.time for event in events)


def test_looking_changes_nothing(bank: Plan) -> None:
    watched = replicate(bank, 1, 0, watch=Watch(5))
    alone = replicate(bank, 1, 0)
    for name in alone.contacts.names():
        assert np.array_equal(
            np.sort(watched.contacts.column(name)), np.sort(alone.contacts.column(name))
        )


def test_decisions_say_why() -> None:
    gold = {"op": "eq", "attribute": "tier", "value": "gold"}
    old = {"op": "ge", "attribute": "years", "value": 10}
    document = journey(
        [
            {
                "id": "who",
                "type": "condition",
                "name": "Who",
                "branches": [
                    {"id": "gold", "name": "Gold", "when": gold},
                    {"id": "loyal", "name": "Loyal", "when": old},
                ],
            }
        ],
        {"call.arrived": "who", "who.gold": None, "who.loyal": "end", "who.otherwise": None},
        {
            "population": {
                "tier": {"kind": "choices", "weights": {"basic": 1}},
                "years": {"kind": "numbers", "of": {"kind": "constant", "value": 12}},
            }
        },
        attributes=[
            {"id": "tier", "name": "Tier", "type": "choice", "choices": ["gold", "basic"]},
            {"id": "years", "name": "Years with us", "type": "number"},
        ],
    )
    decided = story(make_plan(document), 1, 0, 3)[1]
    assert decided.exit == "loyal"
    assert (
        decided.reason
        == "not gold, because not: tier is “gold”; because years with us is at least 10"
    )
    changed = document_to_plain(document)
    changed["assumptions"]["population"]["tier"]["weights"] = {"gold": 1}
    other = story(make_plan(document_from_plain(changed)), 1, 0, 3)[1]
    assert (other.exit, other.reason) == ("gold", "because tier is “gold”")


def test_nobody_of_that_kind(bank: Plan) -> None:
    with pytest.raises(WaylineError, match="nobody takes"):
        Customers(bank, 1, 0, Wanted(exit="nonsense"))
    with pytest.raises(WaylineError, match="no customer"):
        story(bank, 1, 0, 10_000_000)


def test_the_command_tells_it() -> None:
    words = [sys.executable, "-m", "simulator", "trace", "bankunited", "--exit", "abandoned"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "Adviser → abandoned" in told
    assert "waiting" in told
    plain = subprocess.run([*words, "--json"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(plain.stdout)["events"][0]["step"] == "call"
