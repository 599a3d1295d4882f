"""What agents do: handle times, occupancy, transfers."""

from __future__ import annotations

from typing import Final

from simulator.kpis.registry import BY_ANSWER, Pair, count, kpi, total
from simulator.measured import Measured
from simulator.records import Mark

ORDER: Final = 50


@kpi(
    "aht",
    "Average handle time (AHT)",
    "seconds",
    "contact",
    "talk and after-call work ÷ answered",
    headline=True,
    by=BY_ANSWER,
)
def _aht(m: Measured) -> Pair:
    work = m.queued("talk") + m.queued("wrap")
    return total(work[m.answered]), count(m.answered)


@kpi(
    "talk_time",
    "Mean talk time",
    "seconds",
    "contact",
    "time agents spent with the customer ÷ answered",
    by=BY_ANSWER,
)
def _talk_time(m: Measured) -> Pair:
    return total(m.queued("talk")[m.answered]), count(m.answered)


@kpi(
    "after_call_work",
    "Mean after-call work",
    "seconds",
    "contact",
    "time of after-call work ÷ answered",
    censoring="Answered visits without any count as 0.",
    by=BY_ANSWER,
)
def _after_call_work(m: Measured) -> Pair:
    return total(m.queued("wrap")[m.answered]), count(m.answered)


@kpi(
    "occupancy",
    "Occupancy",
    "share",
    "team",
    "time handling contacts ÷ time handling or available",
    censoring="Finishing a contact after the shift counts as handling; nobody is available then.",
    headline=True,
)
def _occupancy(m: Measured) -> Pair:
    return m.busy_seconds, m.busy_seconds + m.idle_seconds


@kpi(
    "utilisation",
    "Utilisation",
    "share",
    "team",
    "time handling contacts ÷ paid time",
    censoring="Paid time includes shrinkage, so it is below occupancy.",
)
def _utilisation(m: Measured) -> Pair:
    return m.busy_seconds, m.paid_seconds


@kpi(
    "shrinkage",
    "Shrinkage",
    "share",
    "team",
    "paid time in which nobody was there for contacts ÷ paid time",
    censoring="Breaks, training, absence and outages; overtime after the shift is left out.",
)
def _shrinkage(m: Measured) -> Pair:
    return m.paid_seconds - m.present_seconds, m.paid_seconds


@kpi(
    "agents_busy",
    "Mean number of busy agents",
    "number",
    "team",
    "time handling contacts ÷ measured time",
)
def _agents_busy(m: Measured) -> Pair:
    return m.busy_seconds, m.length


@kpi(
    "transfer_rate",
    "Transfer rate",
    "share",
    "contact",
    "transferred contacts ÷ answered contacts",
    source="From people to people; what automation hands over is escalated, not transferred.",
    better="lower",
)
def _transfers(m: Measured) -> Pair:
    return count(m.marked(Mark.TRANSFERRED)), count(m.marked(Mark.ANSWERED))
