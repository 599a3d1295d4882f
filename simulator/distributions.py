"""Sampling by inversion: one uniform number makes one value, so common draws stay in step.

log, exp and pow come from `math`, because numpy's may differ in the last bit from one
processor to another, and these values reach the clock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from statistics import NormalDist
from typing import Final, assert_never

from engine.distributions import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Mixture,
    Triangular,
    Uniform,
    Weibull,
)

Quantile = Callable[[float], float]
"""From a uniform number in (0, 1) to the value of a distribution; never decreasing."""

_SMALLEST: Final = 2.0**-53


def quantile(distribution: Distribution) -> Quantile:
    """The quantile function of `distribution`."""
    match distribution:
        case Constant():
            value = distribution.value
            return lambda _: value
        case Exponential():
            return _exponential(distribution.expected())
        case Lognormal():
            return _lognormal(*distribution.log_parameters())
        case Weibull():
            return _weibull(distribution.shape, distribution.scale)
        case Gamma():
            return gamma_quantile(distribution.shape, distribution.expected())
        case Uniform():
            low, width = distribution.low, distribution.high - distribution.low
            return lambda u: low + width * u
        case Triangular():
            return _triangular(distribution)
        case Empirical():
            return _empirical(distribution)
        case Mixture():
            return _mixture(distribution)
        case _:
            assert_never(distribution)


def _exponential(mean: float) -> Quantile:
    log = math.log
    return lambda u: -mean * log(1.0 - u)


def _lognormal(mu: float, sigma: float) -> Quantile:
    exp, normal = math.exp, NormalDist(mu, sigma).inv_cdf
    return lambda u: exp(normal(u))


def _weibull(shape: float, scale: float) -> Quantile:
    log, power, exponent = math.log, math.pow, 1.0 / shape
    return lambda u: scale * power(-log(1.0 - u), exponent)


def gamma_quantile(shape: float, mean: float) -> Quantile:
    """Gamma of this `shape` and `mean`, by the inverse of the regularised incomplete gamma."""
    from scipy.special import gammaincinv  # noqa: PLC0415 - costly, and few journeys need it

    scale = mean / shape
    return lambda u: float(gammaincinv(shape, u)) * scale


def _triangular(distribution: Triangular) -> Quantile:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    width = high - low
    turn = (mode - low) / width if width else 0.0

    def value(u: float) -> float:
        if u < turn:
            return low + math.sqrt(u * width * (mode - low))
        return high - math.sqrt((1.0 - u) * width * (high - mode))

    return value


def _empirical(distribution: Empirical) -> Quantile:
    values = distribution.values
    weights = distribution.weights or [1.0] * len(values)
    # In order of size, so that a larger uniform number gives a larger value.
    order = sorted(range(len(values)), key=values.__getitem__)
    bounds = list(accumulate(weights[i] for i in order))
    ordered = [values[i] for i in order]
    total, last = bounds[-1], len(ordered) - 1
    return lambda u: ordered[min(bisect_right(bounds, u * total), last)]


def _mixture(distribution: Mixture) -> Quantile:
    """Which part, and where in it, from one number: what is left of it is uniform again."""
    parts = [quantile(part.of) for part in distribution.parts]
    bounds = [0.0, *accumulate(part.weight for part in distribution.parts)]
    total, last = bounds[-1], len(parts) - 1

    def value(u: float) -> float:
        at = u * total
        chosen = min(bisect_right(bounds, at) - 1, last)
        within = (at - bounds[chosen]) / (bounds[chosen + 1] - bounds[chosen])
        return parts[chosen](min(max(within, _SMALLEST), 1.0 - _SMALLEST))

    return value
