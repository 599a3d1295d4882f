"""A recording says what the records and the event log of the same seed say."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from engine.document import read_document
from engine.errors import DocumentError
from engine.plan import Plan, make_plan
from engine.shipped import sample_path
from simulator.cli import main
from simulator.event_log import event_log
from simulator.recording import Recording, from_bytes, record, to_bytes
from simulator.recording.columns import FATES, STILL_THERE, UNFINISHED
from simulator.records import Fate, Mark, Records
from simulator.replication import replicate
from tests.simulator.build import human, journey

SAMPLES = ("bankunited", "evara", "omnichannel_retail")


@pytest.fixture(scope="module", params=SAMPLES)
def both(request: pytest.FixtureRequest) -> tuple[Plan, Records, Recording]:
    plan = make_plan(read_document(sample_path(request.param)))
    return plan, replicate(plan, 3, 1, record_visits=True), record(plan, 3, 1)


def test_moves_are_the_rows_of_the_event_log(both: tuple[Plan, Records, Recording]) -> None:
    plan, records, recording = both
    log, moves, contacts = event_log(plan, records), recording.moves, recording.contacts
    logged = Counter(
        zip(log["customer"], log["contact"], log["step"], log["exit"], strict=True),
    )
    recorded = Counter(
        (
            int(contacts.customer[contact]),
            int(contacts.number[contact]),
            recording.steps[step],
            recording.exits[code][1],
        )
        for contact, step, code in zip(moves.contact, moves.step, moves.exit, strict=True)
        if code != STILL_THERE
    )
    assert recorded == logged
    totals = recording.totals()
    assert totals["steps"] == {
        one.id: int(np.count_nonzero(log["step"] == one.id)) for one in plan.steps
    }
    assert sum(totals["exits"].values()) == np.count_nonzero(log["exit"] != "")


def test_contacts_and_queues_are_those_of_the_records(
    both: tuple[Plan, Records, Recording],
) -> None:
    _, records, recording = both
    table, contacts = records.contacts, recording.contacts
    assert recording.totals()["contacts"] == len(table)
    order = np.lexsort((table.column("number"), table.column("customer")))
    for name in ("customer", "number", "start", "end"):
        assert np.array_equal(getattr(contacts, name), table.column(name)[order])
    assert np.array_equal(contacts.measured, table.column("marks")[order] & Mark.MEASURED != 0)
    fates = np.bincount(records.queue.column("fate"), minlength=len(FATES)).tolist()
    assert recording.totals()["fates"] == dict(zip(FATES, fates, strict=True))
    queueing = recording.queueing
    waits = np.sort(queueing.served_from - queueing.joined)
    assert np.allclose(waits, np.sort(records.queue.column("waited")))


def test_each_contact_is_at_one_step_at_a_time(both: tuple[Plan, Records, Recording]) -> None:
    _, _, recording = both
    moves, contacts = recording.moves, recording.contacts
    same = np.diff(moves.contact) == 0
    assert np.array_equal(moves.left[:-1][same], moves.entered[1:][same])
    first, last = np.append(True, ~same), np.append(~same, True)
    assert np.array_equal(moves.entered[first], contacts.start[moves.contact[first]])
    assert np.array_equal(moves.left[last], contacts.end[moves.contact[last]])
    targets = np.array([to for _, _, to in recording.exits])
    assert np.array_equal(targets[moves.exit[:-1][same]], moves.step[1:][same])


def test_who_is_served_is_served_until_the_step_is_left(
    both: tuple[Plan, Records, Recording],
) -> None:
    plan, _, recording = both
    queueing, moves = recording.queueing, recording.moves
    live = [one.index for one in plan.steps if one.step.type in {"human_agent", "case"}]
    served = (queueing.fate == Fate.ANSWERED) & np.isin(queueing.step, live)
    stays = np.isin(moves.step, live)
    left = {(c, round(t, 5)) for c, t in zip(moves.contact[stays], moves.left[stays], strict=True)}
    rows = zip(queueing.contact[served], queueing.served_to[served], strict=True)
    assert {(c, round(t, 5)) for c, t in rows} <= left


def test_who_never_ends_is_there_until_the_recording_ends() -> None:
    step, ways, numbers = human(handle_time={"kind": "constant", "value": 3_000_000})
    team = {"days": ["monday"], "interval": 3600, "agents": [1, 1, 1]}
    assumptions = {"steps": {"agent": numbers}, "staffing": {"team": team}}
    plan = make_plan(journey([step], {"call.arrived": "agent", **ways}, assumptions))
    records, recording = replicate(plan, 1, 0, record_visits=True), record(plan, 1, 0)
    assert records.under_way == 1
    assert len(recording.contacts.start) == len(records.contacts) + 1
    assert set(recording.totals()["outcomes"]) == {UNFINISHED}
    moves = recording.moves
    there = moves.exit == STILL_THERE
    assert np.count_nonzero(there) == len(recording.contacts.start)
    assert {recording.steps[step] for step in moves.step[there]} == {"agent"}
    assert recording.totals()["steps"]["agent"] == 0
    assert float(moves.left.max()) == float(recording.contacts.end.max())
    assert np.isfinite(moves.left).all()


def test_segments_are_those_of_the_population() -> None:
    recording = record(make_plan(read_document(sample_path("omnichannel_retail"))), 1, 0)
    labels, column = recording.labels["wants"], recording.contacts.segments["wants"]
    counts = dict(zip(labels, np.bincount(column, minlength=len(labels)).tolist(), strict=True))
    assert counts["order"] > counts["return"] > 0
    # The same customer is always the same.
    customers = recording.contacts.customer
    same = np.diff(customers) == 0
    assert np.array_equal(column[:-1][same], column[1:][same])


def test_agents_are_those_of_the_records(both: tuple[Plan, Records, Recording]) -> None:
    _, records, recording = both
    agents = recording.agents
    for number, staffing in enumerate(records.staffing):
        assert recording.teams[number] == staffing.team
        assert np.array_equal(agents.agents[agents.team == number], staffing.agents)
    answered = records.queue.column("in_pieces") == 0
    answered &= records.queue.column("fate") == Fate.ANSWERED
    assert len(agents.begin) == np.count_nonzero(answered) + len(records.spells)


def test_bytes_are_read_as_they_were_written(both: tuple[Plan, Records, Recording]) -> None:
    _, _, recording = both
    data = to_bytes(recording)
    assert to_bytes(from_bytes(data)) == data
    for wrong in (b"", b"PK\x03\x04", data[: len(data) // 2], b"{}"):
        with pytest.raises(DocumentError, match="no recording"):
            from_bytes(wrong)


def test_the_command_says_it_in_every_form(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["replay", "bankunited", "--seed", "3", "--replication", "1"]
    recording = record(make_plan(read_document(sample_path("bankunited"))), 3, 1)
    assert main([*words, "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["totals"] == recording.totals()
    assert told["columns"]["moves"]["left"] == recording.moves.left.tolist()
    assert main([*words, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert len(rows) == len(recording.moves.step)
    assert Counter(row["step"] for row in rows) == Counter(recording.totals()["steps"])
    assert main([*words, "--out", str(tmp_path / "day.npz")]) == 0
    assert (tmp_path / "day.npz").read_bytes() == to_bytes(recording)
    assert main(words) == 0
    assert f"{recording.totals()['contacts']:,} contacts" in capfd.readouterr().out
    assert main([*words, "--out", str(tmp_path / "no" / "day.npz")]) == 2
    assert main([*words, "--scenario", "after", "--out", str(tmp_path / "after.npz")]) == 0
    assert from_bytes((tmp_path / "after.npz").read_bytes()).scenario == "after"
