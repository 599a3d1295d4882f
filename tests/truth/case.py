"""What a truth case is, how it is simulated and how its metrics are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from engine.calendar import DAY
from engine.document import document_from_plain
from simulator.experiment import Results, Settings, run
from simulator.kpis import KPIS, Kpi, Pair
from simulator.measured import Measured, Thresholds
from simulator.statistics import Estimate, t_quantile
from tests.truth import expected
from tests.truth.journeys import Plain

Compute = Callable[[Measured], Pair]

LEVEL = 0.95
SIGMAS = 3.0
WIDTH, TAIL_WIDTH = 0.02, 0.05
"""Largest relative half-widths of the intervals; the second for tails and rare events."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is simulated: customers a replication (about), and how many replications."""

    customers: int
    replications: int


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of one case: what is expected and what came out."""

    case: str
    metric: str
    expected: float
    estimate: float
    error: float
    """Standard error; 0 if nothing is left to chance."""
    half_width: float
    replications: int
    width_bound: float = WIDTH

    @property
    def z(self) -> float:
        """How many standard errors the estimate lies from what is expected."""
        if math.isclose(self.estimate, self.expected, rel_tol=1e-8):
            return 0.0
        return (self.estimate - self.expected) / self.error if self.error else math.inf

    @property
    def relative_half_width(self) -> float:
        return self.half_width / abs(self.expected)

    def agrees(self, sigmas: float = SIGMAS) -> bool:
        return abs(self.z) <= sigmas

    def is_precise(self) -> bool:
        return self.relative_half_width <= self.width_bound


def row_of(
    case: str, metric: str, value: float, error: float, replications: int, *, tail: bool = False
) -> Row:
    return Row(
        case=case,
        metric=metric,
        expected=expected.metrics(case)[metric],
        estimate=value,
        error=error,
        half_width=t_quantile(replications - 1, LEVEL) * error if error else 0.0,
        replications=replications,
        width_bound=TAIL_WIDTH if tail else WIDTH,
    )


class Case(Protocol):
    """A case of the table."""

    @property
    def name(self) -> str: ...

    @property
    def quick(self) -> Effort | None:
        """What the default test suite simulates; None if that would prove nothing."""

    @property
    def full(self) -> Effort:
        """What the table simulates."""

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        """Simulate and compare every metric."""


@dataclass(frozen=True, slots=True)
class Read:
    """How a metric is read from the results.

    kpi: id in the registry or among the case's own.  unit: a plain number, or a time or a
    number a time unit, which are simulated in seconds.  a_day: a total, to be divided by
    the days of the period.  complement: 1 minus it.
    step: `kpi` is a measure of this step.  only_full: too biased or rare in a short run.
    """

    kpi: str
    unit: Literal["plain", "time", "rate"] = "plain"
    a_day: bool = False
    complement: bool = False
    step: str = ""
    tail: bool = False
    only_full: bool = False

    def row(self, case: str, metric: str, results: Results, unit: float) -> Row:
        estimate = self._estimate(results)
        assert estimate is not None, f"{case}: {metric} was never seen"
        scale = {"plain": 1.0, "time": 1 / unit, "rate": unit}[self.unit]
        scale /= results.document.assumptions.period.days if self.a_day else 1
        value, error = estimate.value * scale, estimate.standard_error * scale
        value = 1.0 - value if self.complement else value
        return row_of(case, metric, value, error, estimate.replications, tail=self.tail)

    def _estimate(self, results: Results) -> Estimate | None:
        if self.step:
            return results.step_estimate(self.step, self.kpi)
        return results.estimate(self.kpi)


@dataclass(frozen=True, slots=True)
class ReadVariance:
    """E[X²] − E[X]² of two KPIs, with the interval of the delta method."""

    first: str
    second: str
    tail: bool = False
    only_full: bool = False

    def row(self, case: str, metric: str, results: Results, unit: float) -> Row:
        del unit
        x, y = (self._means(results, kpi) for kpi in (self.first, self.second))
        value = float(np.mean(y) - np.mean(x) ** 2)
        linear = y - 2 * np.mean(x) * x
        error = float(np.std(linear, ddof=1)) / math.sqrt(len(linear))
        return row_of(case, metric, value, error, len(linear), tail=self.tail)

    @staticmethod
    def _means(results: Results, kpi: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        pairs = [outcome.kpis[kpi] for outcome in results.outcomes]
        return np.array([top / bottom for top, bottom in pairs])


@dataclass(frozen=True, slots=True)
class SimulatedCase:
    """A case that is one journey.

    build: the document, from the number of seconds that stand for one time unit of the
    truth; all but the period. Time has no scale of its own, so this number is chosen such
    that one replication is one day with as many customers as the effort asks for.
    rate: customers a time unit.  threshold: of the service level, in time units.
    extras: KPIs besides those of the registry, from the seconds of a time unit.
    warm_up: share of the period that is not measured.
    """

    name: str
    build: Callable[[float], Plain]
    rate: float
    reads: Mapping[str, Read | ReadVariance]
    full: Effort
    quick: Effort | None = None
    threshold: float = 0.0
    extras: Callable[[float], dict[str, Compute]] = field(default=lambda _: {})
    warm_up: float = 0.1

    def period(self, effort: Effort) -> tuple[float, Plain]:
        """Seconds of a time unit, and the period."""
        return DAY * self.rate / effort.customers, {"days": 1, "warm_up": self.warm_up * DAY}

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        unit, period = self.period(effort)
        return simulated_rows(self, unit, period, effort.replications, seed, jobs)


@dataclass(frozen=True, slots=True)
class DayCase:
    """A case of days that start empty and end when everybody is through.

    A truth minute is 60 seconds. The nights between the days of one replication are long
    enough to be empty, so its days are independent; what is counted a day is divided by
    their number.
    """

    name: str
    build: Callable[[float], Plain]
    per_day: float
    reads: Mapping[str, Read | ReadVariance]
    full: Effort
    quick: Effort | None = None
    threshold: float = 0.0
    extras: Callable[[float], dict[str, Compute]] = field(default=lambda _: {})

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        days = max(1, round(effort.customers / self.per_day))
        return simulated_rows(self, 60.0, {"days": days}, effort.replications, seed, jobs)


def simulated_rows(
    case: SimulatedCase | DayCase,
    unit: float,
    period: Plain,
    replications: int,
    seed: int,
    jobs: int,
) -> list[Row]:
    plain = case.build(unit)
    plain["assumptions"]["period"] = period
    extras = case.extras(unit)
    assert not extras.keys() & KPIS.keys(), "these would hide KPIs of the registry"
    settings = Settings(
        seed=seed,
        replications=replications,
        level=LEVEL,
        jobs=jobs,
        thresholds=Thresholds(service_level=case.threshold * unit),
        kpis=tuple(own_kpi(name, compute) for name, compute in extras.items()),
    )
    results = run(document_from_plain(plain), settings)
    return [read.row(case.name, metric, results, unit) for metric, read in case.reads.items()]


def own_kpi(name: str, compute: Compute) -> Kpi:
    return Kpi(name, name, "number", "run", "as its function says", compute)
