"""Stories of customers, and lists of them, as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.customers import Customer, Customers
from simulator.differing import Difference, first_difference
from simulator.report.values import clock_time
from simulator.trace import Event


@dataclass(frozen=True, slots=True)
class Told:
    """A customer's story; with another case beside it (`against`), if one was asked for.

    customer: the number in that other case if there is one.
    """

    customer: int
    seed: int
    replication: int
    events: list[Event]
    against: list[Event] = field(default_factory=list)

    def difference(self) -> Difference | None:
        """Where it is no longer as in the other case."""
        return first_difference(self.events, self.against) if self.against else None


def story_json(told: Told) -> str:
    """The story with all that is known of each event."""
    plain: dict[str, Any] = {
        "customer": told.customer,
        "seed": told.seed,
        "replication": told.replication,
        "events": [asdict(event) for event in told.events],
    }
    if told.against:
        plain["against"] = [asdict(event) for event in told.against]
        difference = told.difference()
        plain["first_difference"] = None if difference is None else asdict(difference)
    return json.dumps(plain, indent=1, ensure_ascii=False)


_STORY = ("case", "contact", "clock", "seconds", "step", "name", "exit", "reason", "waited")
_MORE = ("ahead", "learned", "told_again")


def story_csv(told: Told) -> str:
    """A row an event; those of the case that it is compared with after it."""
    cases = [("story", told.events), ("against", told.against)]
    rows = [_row(case, event) for case, events in cases for event in events]
    return _csv((*_STORY, *_MORE), rows)


def _row(case: str, event: Event) -> list[object]:
    learned = "; ".join(f"{key} = {value_in_words(one)}" for key, one in event.learned.items())
    return [
        *(case, event.contact, clock_time(event.time), event.seconds, event.step, event.name),
        *(event.exit, event.reason, event.waited, event.ahead, learned),
        ", ".join(event.told_again),
    ]


def list_json(customers: Customers, listed: Sequence[Customer], seed: int, replication: int) -> str:
    """Those who match, and how many there are."""
    plain = {
        "seed": seed,
        "replication": replication,
        "matching": len(customers.numbers),
        "customers": [asdict(customer) for customer in listed],
    }
    return json.dumps(plain, indent=1, ensure_ascii=False)


def list_csv(listed: Sequence[Customer]) -> str:
    """A row a customer."""
    rows = [[*asdict(one).values()] for one in listed]
    for row, one in zip(rows, listed, strict=True):
        row[4] = ", ".join(one.outcomes)
    head = ("customer", "channel", "start", "contacts", "outcomes", "waited_seconds", "effort")
    return _csv(head, rows)


def _csv(head: Sequence[str], rows: list[list[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return buffer.getvalue().rstrip("\n")


def value_in_words(value: object) -> str:
    """An attribute's value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6g}"
    return "unknown" if value is None else str(value)
