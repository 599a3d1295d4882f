"""Customers who walk together do what they would do one by one, to the bit."""

from __future__ import annotations

import pytest

from benchmarks.ten_step_journey import ten_step_journey
from engine.document import Document, read_document
from engine.plan import make_plan
from engine.scenarios import with_scenario
from engine.shipped import sample_path
from simulator import replication
from simulator.crowd import CrowdWalk
from simulator.records import Records
from simulator.replication import replicate
from simulator.world import World


def bank(scenario: str | None) -> Document:
    document = read_document(sample_path("bankunited"))
    return with_scenario(document, scenario) if scenario else document


def rows(records: Records) -> tuple[list[bytes], list[bytes], list[int]]:
    """All rows, in an order of their own: crowds note the end of contacts earlier."""
    tables = (records.contacts, records.queue)
    columns = [[table.column(name).tolist() for name in table.names()] for table in tables]
    contacts, queue = (
        sorted(repr(row).encode() for row in zip(*own, strict=True)) for own in columns
    )
    return contacts, queue, records.exits.tolist()


def nobody_together(_world: World) -> dict[int, CrowdWalk]:
    return {}


@pytest.mark.parametrize(
    "document",
    [ten_step_journey(5000), bank(None), bank("after")],
    ids=["ten steps", "bank before", "bank after"],
)
def test_together_or_one_by_one(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(document)
    together = rows(replicate(plan, 3, 1))
    monkeypatch.setattr(replication, "crowd_walks", nobody_together)
    assert rows(replicate(plan, 3, 1)) == together
