"""Estimates over replications, with honest intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its confidence interval at `level`; NaN with one replication."""

    value: float
    half_width: float
    replications: int
    level: float

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.value - self.half_width

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.value + self.half_width

    @property
    def relative_half_width(self) -> float:
        """Half-width as a share of the value; infinite for a value of 0 that is not certain."""
        if self.half_width == 0:
            return 0.0
        return abs(self.half_width / self.value) if self.value else math.inf

    @property
    def standard_error(self) -> float:
        """The standard error that the half-width comes from."""
        return self.half_width / t_quantile(self.replications - 1, self.level)


def t_quantile(freedom: float, level: float) -> float:
    """The two-sided Student t quantile for a confidence `level` such as 0.95."""
    from scipy.special import stdtrit  # noqa: PLC0415 - costly to import

    return float(stdtrit(freedom, 0.5 + level / 2)) if freedom > 0 else math.nan


def ratio_estimate(
    numerators: Sequence[float], denominators: Sequence[float], level: float = 0.95
) -> Estimate | None:
    """Estimate E[N] ÷ E[D] from one pair a replication; None if every denominator is 0.

    The ratio of means, not the mean of ratios, with the delta-method variance
    sum((N_i - R·D_i)²) ÷ (n-1) ÷ n ÷ mean(D)² and a t interval (Law, Simulation Modeling
    and Analysis, 9.4). With all denominators 1 it is the mean with its t interval. Sums
    are exact (`fsum`), so they do not depend on the version of Python.
    """
    count = len(numerators)
    total = math.fsum(denominators)
    if not total:
        return None
    ratio = math.fsum(numerators) / total
    if count < 2:
        return Estimate(ratio, math.nan, count, level)
    pairs = zip(numerators, denominators, strict=True)
    squares = math.fsum((n - ratio * d) ** 2 for n, d in pairs)
    error = math.sqrt(squares / (count - 1) / count) / (total / count)
    return Estimate(ratio, t_quantile(count - 1, level) * error, count, level)


def welch_half_width(one: Estimate, other: Estimate, level: float) -> float:
    """Half-width of the difference of two independent estimates; NaN with one replication each.

    With Welch's degrees of freedom (Welch 1947; Law, Simulation Modeling and Analysis, 10.2.2).
    """
    if one.replications < 2 or other.replications < 2:
        return math.nan
    first, second = one.standard_error**2, other.standard_error**2
    if not first + second:
        return 0.0
    spread = first * first / (one.replications - 1) + second * second / (other.replications - 1)
    return t_quantile((first + second) ** 2 / spread, level) * math.sqrt(first + second)


def wilson_interval(count: float, size: float, level: float = 0.95) -> tuple[float, float]:
    """Lower and upper bound of a share of which `count` of `size` were seen (Wilson 1927).

    Only for contacts that are independent of each other, such as survey answers: not for what
    happens in queues, where one waits because of the other; that takes replications.
    """
    from scipy.special import ndtri  # noqa: PLC0415 - costly to import

    z = float(ndtri(0.5 + level / 2))
    share, square = count / size, z * z / size
    centre = share + square / 2
    spread = z * math.sqrt(share * (1 - share) / size + square / size / 4)
    return (centre - spread) / (1 + square), (centre + spread) / (1 + square)


def patience_sums(waits: ArrayLike, left: ArrayLike) -> tuple[float, float]:
    """Total time waited, in the unit of `waits`, and how many of them `left`.

    Their ratio is the maximum-likelihood mean of exponential patience, with those who were
    served as censored (Brown et al. 2005, 6.2).
    """
    return math.fsum(np.asarray(waits, np.float64)), float(np.count_nonzero(left))


def wait_quantile(waits: ArrayLike, answered: ArrayLike, share: float) -> float:
    """The wait that a share of customers would not exceed if nobody lost patience; seconds.

    The Kaplan-Meier estimate of the offered wait: customers who left are censored at the
    time they left (Brown et al. 2005). NaN if the share is never reached, or nobody waited.
    """
    times = np.asarray(waits, np.float64)
    events = np.asarray(answered, bool)
    # At equal times, those who were answered count as still waiting for the others.
    order = np.lexsort((~events, times))
    times, events = times[order], events[order]
    at_risk = np.arange(len(times), 0, -1)
    survival = np.cumprod(np.where(events, 1.0 - 1.0 / at_risk, 1.0))
    reached = np.flatnonzero(survival <= 1.0 - share + 1e-12)
    return float(times[reached[0]]) if len(reached) else math.nan
