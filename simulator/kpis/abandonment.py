"""Who gives up in the queue, or never gets into it."""

from __future__ import annotations

from typing import Final

from simulator.kpis.registry import Pair, count, kpi
from simulator.measured import Measured
from simulator.records import Fate, Mark

ORDER: Final = 20


@kpi(
    "abandonment_rate",
    "Abandonment rate",
    "share",
    "contact",
    "abandoned ÷ offered",
    source="Abandoned in the queue for people; hang-ups on an AI agent or menu do not count.",
    headline=True,
    better="lower",
)
def _abandonment(m: Measured) -> Pair:
    return count(m.abandoned), count(m.offered)


@kpi(
    "abandonment_rate_inbound",
    "Abandonment rate, of all inbound",
    "share",
    "contact",
    "abandoned ÷ inbound contacts",
    better="lower",
)
def _abandonment_inbound(m: Measured) -> Pair:
    return count(m.abandoned), count(m.marked(Mark.INBOUND))


@kpi(
    "abandonment_rate_long",
    "Abandonment rate without short abandons",
    "share",
    "contact",
    "abandoned after more than the short-abandon threshold ÷ offered, short abandons left out",
    source="There is no standard threshold; 5 to 10 s are usual, 10 s is set.",
    better="lower",
)
def _abandonment_long(m: Measured) -> Pair:
    short = m.abandoned & (m.waits <= m.thresholds.short_abandon)
    return count(m.abandoned & ~short), count(m.offered & ~short)


@kpi(
    "lost_rate",
    "Lost",
    "share",
    "contact",
    "visits that were blocked or abandoned ÷ visits that were offered or blocked",
    source="Blocked contacts are not among the abandoned; to the customer both are lost.",
    better="lower",
)
def _lost_visits(m: Measured) -> Pair:
    blocked = count(m.fates == Fate.FULL)
    return blocked + count(m.abandoned), blocked + count(m.offered)


@kpi(
    "customers_lost",
    "Customers lost",
    "share",
    "customer",
    "customers who abandoned and were never answered or contained ÷ customers",
    censoring="A customer who redials and is answered in the end is not lost.",
    better="lower",
)
def _lost(m: Measured) -> Pair:
    own = m.customers
    reached = own.having(own.marked(Mark.ANSWERED) | own.marked(Mark.RESOLVED))
    tried = own.having(own.marked(Mark.OFFERED))
    return count(tried & ~reached), float(own.count)
