"""How much there is: customers, issues, contacts, visits to queues."""

from __future__ import annotations

from typing import Final

from simulator.kpis.registry import BY_ANSWER, BY_CONTACT, NOT_SPLIT, Pair, count, kpi
from simulator.measured import Measured
from simulator.records import Fate, Mark

ORDER: Final = 10


@kpi("customers", "Customers", "count", "customer", "customers who came in", headline=True)
def _customers(m: Measured) -> Pair:
    return float(m.customers.count), 1.0


@kpi("issues", "Issues", "count", "issue", "issues that began")
def _issues(m: Measured) -> Pair:
    return float(m.issues.count), 1.0


@kpi("contacts", "Contacts", "count", "contact", "contacts, repeats included", headline=True)
def _contacts(m: Measured) -> Pair:
    return float(len(m.marks)), 1.0


@kpi("offered", "Offered", "count", "contact", "visits to a queue that was open and not full")
def _offered(m: Measured) -> Pair:
    return count(m.offered), 1.0


@kpi(
    "answered",
    "Answered",
    "count",
    "contact",
    "visits to a queue that an agent answered",
    by=BY_ANSWER,
)
def _answered(m: Measured) -> Pair:
    return count(m.answered), 1.0


@kpi(
    "abandoned",
    "Abandoned",
    "count",
    "contact",
    "visits to a queue that the customer left",
    better="lower",
)
def _abandoned(m: Measured) -> Pair:
    return count(m.abandoned), 1.0


@kpi(
    "contacts_to_people",
    "Contacts offered to people",
    "count",
    "contact",
    "contacts that were offered to people",
    censoring="A contact with several visits to queues counts once.",
)
def _contacts_to_people(m: Measured) -> Pair:
    return count(m.marked(Mark.OFFERED)), 1.0


@kpi(
    "blocked",
    "Blocked visits",
    "count",
    "contact",
    "visits that found all lines busy or the queue full",
    source="Erlang B; blocked contacts are not offered and not abandoned.",
    better="lower",
)
def _blocked(m: Measured) -> Pair:
    return count(m.fates == Fate.FULL), 1.0


@kpi(
    "blocked_rate",
    "Blocked",
    "share",
    "contact",
    "visits that found the queue full ÷ visits that were offered or found it full",
    source="Erlang B; blocked contacts are not offered and not abandoned.",
    better="lower",
)
def _blocked_rate(m: Measured) -> Pair:
    full = count(m.fates == Fate.FULL)
    return full, full + count(m.offered)


@kpi(
    "unfinished",
    "Unfinished",
    "count",
    "contact",
    "contacts that were still under way when the run ended",
    censoring="These are in no other KPI's numerator as served, answered or resolved.",
    by=NOT_SPLIT,
    better="lower",
)
def _unfinished(m: Measured) -> Pair:
    return count(m.marked(Mark.UNFINISHED)) + m.records.under_way, 1.0


@kpi(
    "contacts_under_way",
    "Mean number of contacts under way",
    "number",
    "run",
    "time all contacts were under way ÷ measured time",
    censoring="Contacts that never end are left out; they are counted as unfinished.",
    source="Little's law.",
    by=BY_CONTACT,
)
def _contacts_under_way(m: Measured) -> Pair:
    return m.seconds_under_way(), m.length
