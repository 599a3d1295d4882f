"""One replication of samples and generated journeys, and how to read what is left of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from engine.document import document_from_plain, read_document
from engine.plan import CLOSED, Plan, make_plan
from engine.shipped import sample_names, sample_path
from engine.steps.base import Step
from simulator.contact import Contact, Values
from simulator.records import Records, Table
from simulator.replication import replicate
from tests.simulator.generated import generated

Who = int
"""A contact: the customer's index and the contact's number, in one."""

MOMENT = 1e-5
"""Seconds by which sums of times of some days may be rounded."""

SEED = 1
GENERATED = range(200)
MORE = range(200, 1000)
FAST = [*sample_names(), *GENERATED]
EVERY = pytest.mark.parametrize("name", FAST)


@dataclass(frozen=True)
class Lived:
    """A journey and one replication of it, with every visit.

    begun: every contact that ever began, with the step at which it came in.  later: all but
    the customers' first.
    """

    plan: Plan
    records: Records
    begun: dict[Who, int]
    later: list[Contact]

    @property
    def visits(self) -> Table:
        assert self.records.visits is not None
        return self.records.visits


def plan_of(name: str | int) -> Plan:
    if isinstance(name, str):
        return make_plan(read_document(sample_path(name)))
    return make_plan(document_from_plain(generated(name)))


@cache
def lived(name: str | int) -> Lived:
    """One replication, in which later contacts are noted as they begin."""
    plan, later = plan_of(name), list[Contact]()

    def noted(
        customer: int, number: int, entry: int, start: float, values: Values, marks: int
    ) -> Contact:
        later.append(Contact(customer, number, entry, start, values, marks))
        return later[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.world.Contact", noted)
        records = replicate(plan, SEED, 0, record_visits=True)
    demand = [plan.entries[one.entry] for one in plan.assumptions.demand]
    begun = {index << 8 | 1: demand[one] for index, one in enumerate(records.demands.tolist())}
    begun |= {one.customer << 8 | one.number: one.entry for one in later}
    assert len(begun) == len(records.keys) + len(later)
    return Lived(plan, records, begun, later)


def contacts_of(table: Table) -> list[Who]:
    """For each row of a table whose it is."""
    customer = table.column("customer").astype(np.int64)
    return (customer << 8 | table.column("number")).tolist()


def exit_names(plan: Plan) -> list[tuple[Step, str]]:
    """For each exit code the step and the name."""
    return [(one.step, name) for one in plan.steps for name in one.exits or ("",)]


def targets(plan: Plan) -> list[int]:
    """For each exit code the step that it leads to, or CLOSED."""
    return [target for one in plan.steps for target in one.targets or (CLOSED,)]


def walks(run: Lived) -> dict[Who, list[tuple[int, int, float, float]]]:
    """For each contact that left any step its visits: step, exit, entered and left."""
    found: dict[Who, list[tuple[int, int, float, float]]] = {}
    columns = (run.visits.column(name).tolist() for name in ("step", "exit", "entered", "left"))
    for who, visit in zip(contacts_of(run.visits), zip(*columns, strict=True), strict=True):
        found.setdefault(who, []).append(visit)
    return found


def standing(run: Lived) -> Counter[int]:
    """At each step the number of contacts that came there and never left it."""
    contacts, to, walked = run.records.contacts, targets(run.plan), walks(run)
    exits = contacts.column("last_exit").tolist()
    ended = {who for who, code in zip(contacts_of(contacts), exits, strict=True) if code >= 0}
    return Counter(
        to[walked[who][-1][1]] if who in walked else entry
        for who, entry in run.begun.items()
        if who not in ended
    )
