"""Event logs open in pandas and in process-mining tools, and hold every visit."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

from engine.document import read_document
from engine.errors import WaylineError
from engine.plan import Plan, make_plan
from engine.shipped import sample_path
from simulator.event_log import event_log, write_event_log
from simulator.records import Records
from simulator.replication import replicate


@pytest.fixture(scope="module")
def run() -> tuple[Plan, Records]:
    plan = make_plan(read_document(sample_path("starter")))
    return plan, replicate(plan, 1, 0, record_visits=True)


def test_every_visit_is_there(run: tuple[Plan, Records]) -> None:
    log = event_log(*run)
    visits = run[1].visits
    assert visits is not None
    assert len(log) == len(visits) == run[1].exits.sum()
    assert (log["left"] >= log["entered"]).all()
    assert set(log["step"]) <= {"call", "agent", "helped"}
    # Within a contact, one visit begins where the one before ended.
    for _, own in log.groupby(["customer", "contact"]):
        assert (own["entered"].iloc[1:].to_numpy() == own["left"].iloc[:-1].to_numpy()).all()


def test_a_customer_s_visits_are_in_the_order_in_which_they_happened() -> None:
    """Also where of two later contacts the one that was arranged first comes last."""
    plan = make_plan(read_document(sample_path("patient_journey")))
    log = event_log(plan, replicate(plan, 1, 0, record_visits=True))
    same = log["customer"].diff() == 0
    assert (log["contact"].diff()[same] < 0).any()
    assert (log["entered"].diff()[same] >= pd.Timedelta(0)).all()
    for _, own in log.groupby(["customer", "contact"]):
        assert (own["entered"].iloc[1:].to_numpy() == own["left"].iloc[:-1].to_numpy()).all()


def test_csv_and_parquet_say_the_same(run: tuple[Plan, Records], tmp_path: Path) -> None:
    for ending in (".csv", ".parquet"):
        write_event_log(*run, tmp_path / f"log{ending}")
    csv = pd.read_csv(tmp_path / "log.csv", parse_dates=["entered", "left"])
    parquet = pd.read_parquet(tmp_path / "log.parquet")
    assert len(csv) == len(parquet) > 0
    assert csv["step"].tolist() == parquet["step"].tolist()
    assert (csv["left"].to_numpy() == parquet["left"].to_numpy().astype("M8[us]")).all()


def test_xes_has_a_trace_a_customer(run: tuple[Plan, Records], tmp_path: Path) -> None:
    write_event_log(*run, tmp_path / "log.xes")
    root = ET.parse(tmp_path / "log.xes").getroot()  # noqa: S314 - our own file
    log = event_log(*run)
    assert len(root.findall("trace")) == log["customer"].nunique()
    events = root.findall("trace/event")
    assert len(events) == len(log)
    stamps = {child.get("key") for child in events[0]}
    assert {"concept:name", "time:timestamp", "lifecycle:transition"} <= stamps


def test_other_endings_are_refused(run: tuple[Plan, Records], tmp_path: Path) -> None:
    with pytest.raises(WaylineError, match="cannot be written"):
        write_event_log(*run, tmp_path / "log.xlsx")


def test_the_log_says_who_served_and_how_long_it_took_to_get_there() -> None:
    plan = make_plan(read_document(sample_path("omnichannel_retail")))
    records = replicate(plan, 1, 0, record_visits=True)
    log = event_log(plan, records)
    queue = records.queue
    names = [team.team for team in records.staffing]
    served = {one.index for one in plan.steps if one.step.kind in {"human_agent", "case"}}
    rows = [step in served for step in queue.column("step").tolist()]
    for number, name in enumerate(names):
        answered = (queue.column("team") == number) & rows
        assert (log["team"] == name).sum() == answered.sum()
    waits = queue.column("waited")[rows]
    assert log["waited"].sum() == pytest.approx(waits.sum())
    assert log["waited"].notna().sum() == len(waits)
    abandoned = log[log["exit"] == "abandoned"]
    at_people = abandoned[abandoned["step"].isin({"adviser", "specialist", "chat_adviser"})]
    assert (at_people["team"] == "").all()
    assert (at_people["waited"] > 0).any()
