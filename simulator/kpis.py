"""The KPI registry: what each KPI is, how it is computed, and what it does not count.

A KPI gives a numerator and a denominator for each replication; over replications it is the
ratio of their sums. A KPI that is no ratio has the denominator 1. Shares are 0 to 1, times
are seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from engine.steps.people import Callback, Case
from simulator.measured import Measured
from simulator.records import Fate, Mark
from simulator.statistics import wait_quantile

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI with all that is needed to explain it."""

    id: str
    name: str
    unit: Literal["share", "seconds", "count", "money", "number"]
    level: Literal["contact", "issue", "customer", "team", "run"]
    formula: str
    compute: Callable[[Measured], Pair]
    numerator: str = ""
    denominator: str = ""
    censoring: str = (
        "Contacts are followed to their end after the period; who never ends is unfinished."
    )
    source: str = "Field practice, as in Koole, Call Center Optimization (2013)."
    headline: bool = False
    better: Literal["lower", "higher"] | None = None
    """Which way is better, where that is plain for every contact centre."""


KPIS: Final[dict[str, Kpi]] = {}

_Unit = Literal["share", "seconds", "count", "money", "number"]
_Level = Literal["contact", "issue", "customer", "team", "run"]


def kpi(
    id: str,  # noqa: A002 - the field's name in the registry and in files
    name: str,
    unit: _Unit,
    level: _Level,
    formula: str,
    **more: str | bool,
) -> Callable[[Callable[[Measured], Pair]], Callable[[Measured], Pair]]:
    """Register the decorated function as the computation of a KPI."""
    top, _, bottom = formula.partition(" ÷ ")

    def register(compute: Callable[[Measured], Pair]) -> Callable[[Measured], Pair]:
        parts = {"numerator": top, "denominator": bottom or "1 (a replication)"}
        KPIS[id] = Kpi(id, name, unit, level, formula, compute, **{**parts, **more})  # type: ignore[arg-type]
        return compute

    return register


def _count(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return float(np.count_nonzero(mask))


def _sum(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    return float(np.sum(values))


# ---- volume


@kpi("customers", "Customers", "count", "customer", "customers who came in", headline=True)
def _customers(m: Measured) -> Pair:
    return float(m.customers), 1.0


@kpi("contacts", "Contacts", "count", "contact", "contacts, repeats included", headline=True)
def _contacts(m: Measured) -> Pair:
    return float(len(m.marks)), 1.0


@kpi("offered", "Offered", "count", "contact", "visits to a queue that was open and not full")
def _offered(m: Measured) -> Pair:
    return _count(m.offered), 1.0


@kpi("answered", "Answered", "count", "contact", "visits to a queue that an agent answered")
def _answered(m: Measured) -> Pair:
    return _count(m.answered), 1.0


@kpi(
    "abandoned",
    "Abandoned",
    "count",
    "contact",
    "visits to a queue that the customer left",
    better="lower",
)
def _abandoned(m: Measured) -> Pair:
    return _count(m.abandoned), 1.0


@kpi(
    "blocked_rate",
    "Blocked",
    "share",
    "contact",
    "visits that found the queue full ÷ visits that were offered or found it full",
    source="Erlang B; blocked contacts are not offered and not abandoned.",
    better="lower",
)
def _blocked(m: Measured) -> Pair:
    full = _count(m.fates == Fate.FULL)
    return full, full + _count(m.offered)


@kpi(
    "unfinished",
    "Unfinished",
    "count",
    "contact",
    "contacts that were still under way when the run ended",
    censoring="These are in no other KPI's numerator as served, answered or resolved.",
    better="lower",
)
def _unfinished(m: Measured) -> Pair:
    return _count(m.marked(Mark.UNFINISHED)) + m.records.under_way, 1.0


# ---- abandonment


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
    return _count(m.abandoned), _count(m.offered)


@kpi(
    "abandonment_rate_inbound",
    "Abandonment rate, of all inbound",
    "share",
    "contact",
    "abandoned ÷ inbound contacts",
    better="lower",
)
def _abandonment_inbound(m: Measured) -> Pair:
    return _count(m.abandoned), _count(m.marked(Mark.INBOUND))


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
    return _count(m.abandoned & ~short), _count(m.offered & ~short)


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
    reached = m.any_contact(m.marked(Mark.ANSWERED) | m.marked(Mark.RESOLVED))
    tried = m.any_contact(m.marked(Mark.OFFERED))
    return _count(tried & ~reached), float(m.customers)


# ---- waiting


@kpi(
    "asa",
    "Average speed of answer (ASA)",
    "seconds",
    "contact",
    "waits of the answered ÷ answered",
    censoring="Only answered visits; who abandoned is in the mean wait of all.",
    headline=True,
    better="lower",
)
def _asa(m: Measured) -> Pair:
    return _sum(m.waits[m.answered]), _count(m.answered)


@kpi(
    "mean_wait",
    "Mean wait of all offered",
    "seconds",
    "contact",
    "waits of all offered ÷ offered, callbacks taken left out",
    better="lower",
)
def _mean_wait(m: Measured) -> Pair:
    return _sum(m.waits[m.held]), _count(m.held)


@kpi(
    "mean_wait_abandoned",
    "Mean wait before abandoning",
    "seconds",
    "contact",
    "waits of the abandoned ÷ abandoned",
)
def _mean_wait_abandoned(m: Measured) -> Pair:
    return _sum(m.waits[m.abandoned]), _count(m.abandoned)


@kpi(
    "waited_share",
    "Share that had to wait",
    "share",
    "contact",
    "offered who were not answered at once ÷ offered",
    better="lower",
)
def _waited(m: Measured) -> Pair:
    at_once = m.answered & (m.waits <= 0)
    return _count(m.held & ~at_once), _count(m.held)


def _percentile(share: float) -> Callable[[Measured], Pair]:
    def compute(m: Measured) -> Pair:
        value = wait_quantile(m.waits[m.held], m.answered[m.held], share)
        return (0.0, 0.0) if math.isnan(value) else (value, 1.0)

    return compute


for _share in (0.5, 0.9, 0.95):
    kpi(
        f"wait_p{_share * 100:.0f}",
        f"Wait, {_share * 100:.0f} % wait less",
        "seconds",
        "contact",
        f"offered wait that {_share * 100:.0f} % do not exceed, mean over replications",
        censoring="Abandonment as censoring (Kaplan-Meier): the wait patient customers would have.",
        source="Brown et al., Statistical Analysis of a Telephone Call Center (2005).",
        headline=_share == 0.9,
        better="lower",
    )(_percentile(_share))


@kpi(
    "service_level",
    "Service level",
    "share",
    "contact",
    "answered within the threshold ÷ offered",
    headline=True,
    better="higher",
)
def _service_level(m: Measured) -> Pair:
    return _in_time(m), _count(m.offered)


@kpi(
    "service_level_answered",
    "Service level, of answered",
    "share",
    "contact",
    "answered within the threshold ÷ answered",
    better="higher",
)
def _service_level_answered(m: Measured) -> Pair:
    return _in_time(m), _count(m.answered)


@kpi(
    "service_level_patient",
    "Service level, quick abandons left out",
    "share",
    "contact",
    "answered within the threshold ÷ offered who did not abandon within it",
    better="higher",
)
def _service_level_patient(m: Measured) -> Pair:
    return _in_time(m), _count(m.offered) - _left_in_time(m)


@kpi(
    "service_level_credited",
    "Service level, quick abandons credited",
    "share",
    "contact",
    "answered or abandoned within the threshold ÷ offered",
    better="higher",
)
def _service_level_credited(m: Measured) -> Pair:
    return _in_time(m) + _left_in_time(m), _count(m.offered)


def _in_time(m: Measured) -> float:
    return _count(m.answered & (m.waits <= m.thresholds.service_level))


def _left_in_time(m: Measured) -> float:
    return _count(m.abandoned & (m.waits <= m.thresholds.service_level))


@kpi(
    "queue_length",
    "Mean number waiting",
    "number",
    "run",
    "time all customers spent waiting ÷ measured time",
    source="Little's law.",
    better="lower",
)
def _queue_length(m: Measured) -> Pair:
    return m.number_waiting()


# ---- callbacks and cases


@kpi(
    "callback_share",
    "Callbacks taken",
    "share",
    "contact",
    "offered who took a callback instead of waiting ÷ offered",
    censoring="They are neither answered nor abandoned in the live queue.",
)
def _callback_share(m: Measured) -> Pair:
    return _count(m.fates == Fate.CALLBACK), _count(m.offered)


@kpi(
    "callback_wait",
    "Mean wait for a callback attempt",
    "seconds",
    "contact",
    "waits of callback attempts for an agent ÷ attempts",
    censoring="From the wish, or the end of the gap, to the agent's attempt; not on the line.",
    better="lower",
)
def _callback_wait(m: Measured) -> Pair:
    waits = m.work_waits(Callback)
    return _sum(waits), float(len(waits))


@kpi(
    "callback_reached",
    "Callbacks that reached the customer",
    "share",
    "contact",
    "callbacks that ended in a conversation ÷ callbacks that ended",
    better="higher",
)
def _callback_reached(m: Measured) -> Pair:
    reached = m.exits_of(Callback, "reached")
    return reached, reached + m.exits_of(Callback, "not_reached")


@kpi(
    "case_late_rate",
    "Cases done too late",
    "share",
    "issue",
    "cases done after the promised time ÷ cases done",
    censoring="Cases that are not done when the run ends are unfinished.",
    better="lower",
)
def _case_late(m: Measured) -> Pair:
    late = m.exits_of(Case, "late")
    return late, late + m.exits_of(Case, "done")


# ---- people


@kpi(
    "aht",
    "Average handle time (AHT)",
    "seconds",
    "contact",
    "talk and after-call work ÷ answered",
    headline=True,
)
def _aht(m: Measured) -> Pair:
    work = m.queued("talk") + m.queued("wrap")
    return _sum(work[m.answered]), _count(m.answered)


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
    "agents_busy",
    "Mean number of busy agents",
    "number",
    "team",
    "time handling contacts ÷ measured time",
)
def _agents_busy(m: Measured) -> Pair:
    begin, end = m.records.window
    return m.busy_seconds, end - begin


@kpi(
    "transfer_rate",
    "Transfer rate",
    "share",
    "contact",
    "transferred contacts ÷ answered contacts",
    better="lower",
)
def _transfers(m: Measured) -> Pair:
    return _count(m.marked(Mark.TRANSFERRED)), _count(m.marked(Mark.ANSWERED))


# ---- automation


@kpi(
    "containment",
    "Containment, resolved",
    "share",
    "contact",
    "contacts resolved in automation and not offered to people ÷ contacts that entered automation",
    source="Automation is a menu or an AI agent. Vendors mostly report the raw rate.",
    headline=True,
    better="higher",
)
def _containment(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED) & ~m.marked(Mark.OFFERED)
    return _count(kept & m.marked(Mark.RESOLVED)), _count(m.marked(Mark.AUTOMATED))


@kpi(
    "containment_raw",
    "Containment, raw",
    "share",
    "contact",
    "contacts not offered to people, hang-ups included ÷ contacts that entered automation",
)
def _containment_raw(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED) & ~m.marked(Mark.OFFERED)
    return _count(kept), _count(m.marked(Mark.AUTOMATED))


@kpi(
    "containment_verified",
    "Containment, verified",
    "share",
    "contact",
    "contacts resolved in automation with no later contact ÷ contacts that entered automation",
    censoring="Later contacts within the run; there is none after it.",
    better="higher",
)
def _containment_verified(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED, Mark.RESOLVED) & ~m.marked(Mark.OFFERED)
    last = ~_has_later_contact(m)
    return _count(kept & last), _count(m.marked(Mark.AUTOMATED))


def _has_later_contact(m: Measured) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    customer, number = m.contact("customer"), m.contact("number")
    highest = np.zeros(int(customer.max(initial=-1)) + 1, np.uint8)
    np.maximum.at(highest, customer, number)
    return np.asarray(number < highest[customer])


@kpi(
    "false_containment",
    "False containment",
    "share",
    "contact",
    "contained but not resolved ÷ contacts that automation took for resolved",
    better="lower",
)
def _false_containment(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED) & ~m.marked(Mark.OFFERED)
    falsely = kept & m.marked(Mark.FALSELY_CONTAINED)
    return _count(falsely), _count(kept & (m.marked(Mark.RESOLVED) | falsely))


@kpi(
    "self_service_rate",
    "Self-service rate",
    "share",
    "issue",
    "issues resolved with no person ÷ all issues",
    source="Its denominator is issues, that of containment is contacts.",
    headline=True,
    better="higher",
)
def _self_service(m: Measured) -> Pair:
    resolved = m.any_contact(m.marked(Mark.RESOLVED))
    helped = m.any_contact(m.marked(Mark.ANSWERED))
    return _count(resolved & ~helped), float(m.customers)


# ---- resolution


@kpi(
    "resolution_rate",
    "Issues resolved",
    "share",
    "issue",
    "issues resolved in any contact ÷ all issues",
    better="higher",
)
def _resolution(m: Measured) -> Pair:
    return _count(m.any_contact(m.marked(Mark.RESOLVED))), float(m.customers)


@kpi(
    "fcr",
    "First contact resolution (FCR)",
    "share",
    "issue",
    "issues resolved in the first contact with no further one ÷ all issues",
    censoring="Further contacts within the run; there is none after it.",
    better="higher",
)
def _fcr(m: Measured) -> Pair:
    first = m.contact("number") == 1
    again = m.any_contact(m.contact("number") > 1)
    resolved = m.any_contact(first & m.marked(Mark.RESOLVED))
    return _count(resolved & ~again), float(m.customers)


@kpi(
    "repeat_rate",
    "Repeat rate",
    "share",
    "contact",
    "second and later contacts ÷ contacts",
    better="lower",
)
def _repeats(m: Measured) -> Pair:
    return _count(m.contact("number") > 1), float(len(m.marks))


@kpi(
    "contacts_per_issue",
    "Contacts per issue",
    "number",
    "issue",
    "contacts about the issues ÷ issues",
    censoring="With a warm-up, later contacts about issues that began in it are left out.",
    better="lower",
)
def _contacts_per_issue(m: Measured) -> Pair:
    return _count(m.of_customers), float(m.customers)


@kpi(
    "conversion",
    "Conversion",
    "share",
    "customer",
    "customers who reached a goal ÷ customers",
    better="higher",
)
def _conversion(m: Measured) -> Pair:
    return _count(m.any_contact(m.marked(Mark.CONVERTED))), float(m.customers)


@kpi(
    "contact_duration",
    "Mean duration of a contact",
    "seconds",
    "contact",
    "time from the beginning to the end of contacts ÷ contacts that ended",
)
def _duration(m: Measured) -> Pair:
    ended = ~m.marked(Mark.UNFINISHED)
    return _sum((m.contact("end") - m.contact("start"))[ended]), _count(ended)


# ---- cost


@kpi(
    "cost_per_contact",
    "Cost per contact",
    "money",
    "contact",
    "cost of paid time and of steps ÷ contacts",
    better="lower",
)
def _cost_per_contact(m: Measured) -> Pair:
    return m.cost, float(len(m.marks))


@kpi(
    "cost_per_resolution",
    "Cost per resolution",
    "money",
    "issue",
    "cost of paid time and of steps ÷ issues resolved",
    source="The honest one: repeats are paid for.",
    better="lower",
)
def _cost_per_resolution(m: Measured) -> Pair:
    return m.cost, _count(m.any_contact(m.marked(Mark.RESOLVED)))
