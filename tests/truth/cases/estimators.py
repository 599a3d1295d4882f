"""The formulas of `simulator.statistics` and `simulator.series` on given numbers.

Nothing is left to chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.series import mser5
from simulator.statistics import (
    Estimate,
    patience_sums,
    ratio_estimate,
    wait_quantile,
    welch_half_width,
    wilson_interval,
)
from tests.truth.case import LEVEL, Effort, Row, row_of
from tests.truth.expected import params

ONCE = Effort(0, 1)


def cases() -> list[IntervalCase | WilsonCase | WarmUpCase | SurvivalCase]:
    """All of them."""
    return [IntervalCase(), WilsonCase(), WarmUpCase(), SurvivalCase()]


@dataclass(frozen=True, slots=True)
class IntervalCase:
    """t intervals of a mean, of a paired difference, and of one of independent runs."""

    name: str = "stat_ci"
    full: Effort = ONCE
    quick: Effort | None = ONCE

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        del effort, seed, jobs
        given = params(self.name)
        one, other = _mean(given["x"]), _mean(given["y"])
        pairs = zip(given["x"], given["y"], strict=True)
        difference = _mean([x - y for x, y in pairs])
        welch = welch_half_width(one, other, given["level"])
        values = {
            "mean": one.value,
            "half_width": one.half_width,
            "relative_half_width": one.relative_half_width,
            "paired_mean_diff": difference.value,
            "paired_half_width": difference.half_width,
            "welch_lo": one.value - other.value - welch,
            "welch_hi": one.value - other.value + welch,
        }
        size = len(given["x"])
        return [row_of(self.name, name, value, 0.0, size) for name, value in values.items()]


def _mean(values: list[float]) -> Estimate:
    estimate = ratio_estimate(values, [1.0] * len(values), LEVEL)
    assert estimate is not None
    return estimate


@dataclass(frozen=True, slots=True)
class WilsonCase:
    """Wilson's interval of a share."""

    name: str = "stat_wilson"
    full: Effort = ONCE
    quick: Effort | None = ONCE

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        del effort, seed, jobs
        given = params(self.name)
        low, high = wilson_interval(given["k"], given["n"], LEVEL)
        size = given["n"]
        return [row_of(self.name, "lo", low, 0.0, size), row_of(self.name, "hi", high, 0.0, size)]


@dataclass(frozen=True, slots=True)
class WarmUpCase:
    """MSER-5 on a series that falls to its level; its formula stands in the case's model."""

    name: str = "stat_mser5"
    full: Effort = ONCE
    quick: Effort | None = ONCE

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        del effort, seed, jobs
        size = params(self.name)["n"]
        series = [_falling(number) for number in range(size)]
        cut, statistic = mser5(series)
        values = {
            "truncate_obs": float(cut),
            "mser_stat": statistic,
            "truncated_mean": math.fsum(series[cut:]) / (size - cut),
        }
        return [row_of(self.name, name, value, 0.0, size) for name, value in values.items()]


def _falling(number: int) -> float:
    wave = math.sin(1.7 * number) + 0.5 * math.cos(0.37 * number)
    return round(10 * math.exp(-number / 12) + wave, 6)


@dataclass(frozen=True, slots=True)
class SurvivalCase:
    """Kaplan and Meier's survival, through the quantile that the wait percentiles use.

    The survival at t is the smallest share s for which the quantile of 1 − s is still t.
    """

    name: str = "stat_km"
    full: Effort = ONCE
    quick: Effort | None = ONCE

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        del effort, seed, jobs
        given = params(self.name)
        times = (5, 12, 25, 30, 60)
        size = len(given["T"])
        waited, left = patience_sums(given["T"], given["event"])
        mean = row_of(self.name, "exp_mle_mean_patience", waited / left, 0.0, size)
        survival = (
            row_of(self.name, f"S_{time}", self._survival(time), 0.0, size) for time in times
        )
        return [*survival, mean]

    def _survival(self, time: float) -> float:
        given = params(self.name)
        event = np.array(given["event"], bool)
        low, high = 0.0, 1.0
        # Bisection for the largest share of which no later time is the quantile.
        while high - low > 1e-12:
            middle = (low + high) / 2
            if wait_quantile(given["T"], event, middle) <= time:
                low = middle
            else:  # later, or NaN: never reached
                high = middle
        return 1.0 - low
