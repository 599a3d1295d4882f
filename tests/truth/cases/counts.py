"""How many customers come a day, read straight from the sampled arrivals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Demand, Period
from engine.calendar import DAY
from simulator.demand import arrivals
from tests.truth import expected
from tests.truth.case import TAIL_WIDTH, Effort, Row, row_of
from tests.truth.expected import params

Counts = NDArray[np.float64]


def cases() -> list[CountCase]:
    """All of them; an effort's customers are those of all days of a replication."""
    return [
        CountCase(
            "gamma_poisson_a10_m1660",
            ("mean", "variance", "sd", "index_of_dispersion", "p05", "p95"),
            Effort(1660 * 1200, 32),
            Effort(1660 * 10, 40),
        ),
        CountCase(
            "gamma_poisson_a50_m55",
            ("mean", "variance", "sd", "index_of_dispersion", "p05", "p95"),
            Effort(55 * 1500, 32),
            Effort(55 * 200, 40),
        ),
        CountCase(
            "nhpp_pc_mminf",
            ("Var_arrivals_day",),
            Effort(1065 * 750, 32),
            Effort(1065 * 10, 40),
        ),
    ]


def demand_of(case: str) -> Demand:
    given = params(case)
    if "hourly_rates" in given:
        shape = given["hourly_rates"]
        return Demand(id="calls", entry="call", per_day=sum(shape), interval=3600.0, shape=shape)
    return Demand(id="calls", entry="call", per_day=given["mean"], day_variation=given["alpha"])


@dataclass(frozen=True, slots=True)
class CountCase:
    """Every day is one observation; replications only bring other seeds."""

    truth: str
    metrics: tuple[str, ...]
    full: Effort
    quick: Effort | None

    @property
    def name(self) -> str:
        return f"{self.truth}_counts" if "Var" in self.metrics[0] else self.truth

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        del jobs
        counts = self._counts(effort, seed)
        return [_row(self.truth, metric, counts) for metric in self.metrics]

    def _counts(self, effort: Effort, seed: int) -> Counts:
        demand = demand_of(self.truth)
        days = max(1, round(effort.customers / demand.per_day))
        edges = np.arange(days + 1) * DAY
        return np.concatenate(
            [
                np.histogram(arrivals([demand], Period(days=days), seed, one).times, edges)[0]
                for one in range(effort.replications)
            ]
        ).astype(np.float64)


def _row(case: str, metric: str, counts: Counts) -> Row:
    if metric in {"p05", "p95"}:
        return _quantile_row(case, metric, counts)
    size = len(counts)
    mean, variance = float(np.mean(counts)), float(np.var(counts, ddof=1))
    centred = counts - mean
    mean_error = math.sqrt(variance / size)
    # Of the variance: from the fourth moment. Of what follows from both: the delta method.
    variance_error = math.sqrt((float(np.mean(centred**4)) - variance**2) / size)
    linear = (centred**2 - variance) / mean - centred * variance / mean**2
    value, error = {
        "mean": (mean, mean_error),
        "variance": (variance, variance_error),
        "Var_arrivals_day": (variance, variance_error),
        "sd": (math.sqrt(variance), variance_error / 2 / math.sqrt(variance)),
        "index_of_dispersion": (variance / mean, float(np.std(linear)) / math.sqrt(size)),
    }[metric]
    return row_of(case, metric, value, error, size)


def _quantile_row(case: str, metric: str, counts: Counts) -> Row:
    """A whole number q is the quantile if F(q) ≥ share > F(q−1): both are tested.

    The error is what the distance of the observed share comes to in counts; it is 0, and
    the estimate the expected value, if the observed shares allow it.
    """
    share = {"p05": 0.05, "p95": 0.95}[metric]
    value = float(np.quantile(counts, share, method="inverted_cdf"))
    wanted = expected.metrics(case)[metric]
    spread = math.sqrt(share * (1 - share) / len(counts))
    low, high = (
        float(np.quantile(counts, min(max(share + sign * spread, 0.0), 1.0)))
        for sign in (-1.96, 1.96)
    )
    short = share - float(np.mean(counts <= wanted))
    over = float(np.mean(counts <= wanted - 1)) - share
    z = max(short, over, 0.0) / spread
    return Row(
        case=case,
        metric=metric,
        expected=wanted,
        estimate=value,
        error=abs(value - wanted) / z if z else max((high - low) / 3.92, 1e-9),
        half_width=(high - low) / 2,
        replications=len(counts),
        width_bound=TAIL_WIDTH,
    )
