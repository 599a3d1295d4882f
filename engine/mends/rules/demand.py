"""Mends of W511 to W516: demand at entries, numbers for what exists, surges that matter."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Demand
from engine.document import Document
from engine.edit_kinds import Edit, Splice
from engine.edits import set_assumptions
from engine.element_edits import element, put_named, remove_named, with_fields
from engine.errors import EditError
from engine.fresh_ids import unused_id
from engine.mends.guard import guarded
from engine.mends.registry import Offer, mends_of, offer
from engine.mends.remedies import nearest
from engine.mends.trouble import Trouble
from engine.steps.base import Step, StepAssumptions
from engine.validation.finding import quoted
from engine.validation.rules.demand import tables

_DEMAND = "assumptions.demand"
_PER_DAY = 100
_MOST = 3


def _demand(trouble: Trouble) -> Demand:
    return element(trouble.document, _DEMAND, trouble.part(2), Demand)


@mends_of("W511")
def _elsewhere(trouble: Trouble) -> Iterator[Offer]:
    demand = _demand(trouble)
    awaited = {one.entry for one in trouble.document.assumptions.demand}
    # Entries for which there is no demand yet are the likelier ones.
    entries = sorted(trouble.entries, key=lambda one: one.id in awaited)
    for entry in entries[:_MOST]:
        label = f"Let them come in at {quoted(entry.name)}"
        yield offer(label, put_named, _DEMAND, with_fields(demand, entry=entry.id))
    label = f"Remove the demand {quoted(demand.name or demand.id)}"
    yield offer(label, remove_named, _DEMAND, demand.id)


@mends_of("W512")
def _nobody_comes(trouble: Trouble) -> Iterator[Offer]:
    label = f"Let {_PER_DAY} customers a day come in here"
    yield offer(label, _with_demand, trouble.name)


def _with_demand(document: Document, entry: str) -> Edit:
    name = unused_id({one.id for one in document.assumptions.demand}, entry)
    return put_named(document, _DEMAND, Demand(id=name, entry=entry, per_day=_PER_DAY))


@mends_of("W513")
def _over_nothing(trouble: Trouble) -> Iterator[Offer]:
    demand = _demand(trouble)
    shape = demand.shape if any(demand.shape) else [1.0] * len(demand.shape)
    days = demand.day_of_week if any(demand.day_of_week.values()) else {}
    even = with_fields(demand, shape=shape, day_of_week=days)
    yield offer("Spread it evenly", put_named, _DEMAND, even)


# ---- numbers


@mends_of("W514")
def _numbers_of_nothing(trouble: Trouble) -> Iterator[Offer]:
    step, assumed = trouble.step, trouble.subject.assumed(trouble.step)
    for field, named, known in tables(step, assumed):
        meant = [one for one in named if one not in known and field == trouble.field]
        for name in (one for one in meant if quoted(one) in trouble.finding.what):
            free = [one for one in known if one not in named]
            for other in nearest(name, free):
                label = f"Use them for {quoted(other)}"
                yield offer(label, _with_numbers, step, assumed, field, name, other)
            label = f"Remove the numbers for {quoted(name)}"
            yield offer(label, _with_numbers, step, assumed, field, name, None)


def _with_numbers(
    document: Document,
    step: Step,
    assumed: StepAssumptions,
    field: str,
    name: str,
    other: str | None,
) -> Edit:
    table = {
        key if key != name else other or "": value
        for key, value in getattr(assumed, field).items()
        if key != name or other is not None
    }
    edit = set_assumptions(document, step.id, with_fields(assumed, **{field: table}))
    return guarded(document, edit, "W213")


@mends_of("W515")
def _source_of_nothing(trouble: Trouble) -> Iterator[Offer]:
    yield offer("Remove the note", _without_element, "assumptions.sources", trouble.part(2))


def _without_element(_: Document, at: str, number: str) -> Edit:
    if not number.isdecimal():
        raise EditError("it is no longer there", mend="validate again.")
    return Splice("Remove", at, int(number), 1, ())


@mends_of("W516")
def _surge_of_nothing(trouble: Trouble) -> Iterator[Offer]:
    demand = _demand(trouble)
    at = f"{_DEMAND}.{demand.id}.surges"
    yield offer("Remove the surge", _without_element, at, trouble.part(4))
