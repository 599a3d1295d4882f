"""How long customers wait."""

from __future__ import annotations

import math
from typing import Final

from simulator.kpis.registry import BY_ANSWER, BY_CONTACT, Compute, Pair, count, kpi, total
from simulator.measured import Measured
from simulator.statistics import patience_sums, wait_quantile

ORDER: Final = 30


@kpi(
    "asa",
    "Average speed of answer (ASA)",
    "seconds",
    "contact",
    "waits of the answered ÷ answered",
    censoring="Only answered visits; who abandoned is in the mean wait of all.",
    headline=True,
    better="lower",
    by=BY_ANSWER,
)
def _asa(m: Measured) -> Pair:
    return total(m.waits[m.answered]), count(m.answered)


@kpi(
    "mean_wait",
    "Mean wait of all offered",
    "seconds",
    "contact",
    "waits of all offered ÷ offered, callbacks taken left out",
    better="lower",
)
def _mean_wait(m: Measured) -> Pair:
    return total(m.waits[m.held]), count(m.held)


@kpi(
    "mean_wait_abandoned",
    "Mean wait before abandoning",
    "seconds",
    "contact",
    "waits of the abandoned ÷ abandoned",
)
def _mean_wait_abandoned(m: Measured) -> Pair:
    return total(m.waits[m.abandoned]), count(m.abandoned)


@kpi(
    "mean_patience",
    "Mean patience, exponential fit",
    "seconds",
    "contact",
    "waits of all offered ÷ abandoned",
    censoring="Who was answered counts as not having lost patience until then.",
    source="Maximum likelihood for exponential patience; Brown et al. (2005).",
)
def _mean_patience(m: Measured) -> Pair:
    return patience_sums(m.waits[m.held], m.abandoned)


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
    return count(m.held & ~at_once), count(m.held)


def _percentile(share: float) -> Compute:
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
    return _in_time(m), count(m.offered)


@kpi(
    "service_level_answered",
    "Service level, of answered",
    "share",
    "contact",
    "answered within the threshold ÷ answered",
    better="higher",
    by=BY_ANSWER,
)
def _service_level_answered(m: Measured) -> Pair:
    return _in_time(m), count(m.answered)


@kpi(
    "service_level_patient",
    "Service level, quick abandons left out",
    "share",
    "contact",
    "answered within the threshold ÷ offered who did not abandon within it",
    better="higher",
)
def _service_level_patient(m: Measured) -> Pair:
    return _in_time(m), count(m.offered) - _left_in_time(m)


@kpi(
    "service_level_credited",
    "Service level, quick abandons credited",
    "share",
    "contact",
    "answered or abandoned within the threshold ÷ offered",
    better="higher",
)
def _service_level_credited(m: Measured) -> Pair:
    return _in_time(m) + _left_in_time(m), count(m.offered)


def _in_time(m: Measured) -> float:
    return count(m.answered & (m.waits <= m.thresholds.service_level))


def _left_in_time(m: Measured) -> float:
    return count(m.abandoned & (m.waits <= m.thresholds.service_level))


@kpi(
    "queue_length",
    "Mean number waiting",
    "number",
    "run",
    "time all customers spent waiting ÷ measured time",
    source="Little's law.",
    better="lower",
    by=BY_CONTACT,
)
def _queue_length(m: Measured) -> Pair:
    return m.seconds_waiting(), m.length
