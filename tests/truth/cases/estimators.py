"""The formulas of `simulator.statistics` on given numbers; nothing is left to chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.statistics import Estimate, ratio_estimate, wait_quantile
from tests.truth.case import LEVEL, Effort, Row, row_of
from tests.truth.expected import params

ONCE = Effort(0, 1)


def cases() -> list[IntervalCase | SurvivalCase]:
    """Both of them."""
    return [IntervalCase(), SurvivalCase()]


@dataclass(frozen=True, slots=True)
class IntervalCase:
    """t intervals of a mean and of a paired difference."""

    name: str = "stat_ci"
    full: Effort = ONCE
    quick: Effort | None = ONCE

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        del effort, seed, jobs
        given = params(self.name)
        one = _mean(given["x"])
        pairs = zip(given["x"], given["y"], strict=True)
        difference = _mean([x - y for x, y in pairs])
        values = {
            "mean": one.value,
            "half_width": one.half_width,
            "relative_half_width": one.relative_half_width,
            "paired_mean_diff": difference.value,
            "paired_half_width": difference.half_width,
        }
        size = len(given["x"])
        return [row_of(self.name, name, value, 0.0, size) for name, value in values.items()]


def _mean(values: list[float]) -> Estimate:
    estimate = ratio_estimate(values, [1.0] * len(values), LEVEL)
    assert estimate is not None
    return estimate


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
        return [row_of(self.name, f"S_{time}", self._survival(time), 0.0, size) for time in times]

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
