"""Sampling by inversion: one uniform number makes one value, so common draws stay in step.

log, exp and pow come from `math`, because numpy's may differ in the last bit from one
processor to another, and these values reach the clock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate
from statistics import NormalDist
from typing import assert_never

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
from simulator.streams import Transform


def inversion(distribution: Distribution) -> Transform:
    """A function from uniform numbers in (0, 1) to values of `distribution`, increasing."""
    match distribution:
        case Constant():
            value = distribution.value
            return lambda draws: [value] * len(draws)
        case Exponential():
            return _exponential(distribution.expected())
        case Lognormal():
            return _lognormal(*distribution.log_parameters())
        case Weibull():
            return _weibull(distribution.shape, distribution.scale)
        case Gamma():
            return gamma_inversion(distribution.shape, distribution.expected())
        case Uniform():
            low, width = distribution.low, distribution.high - distribution.low
            return lambda draws: [low + width * u for u in draws]
        case Triangular():
            return _triangular(distribution)
        case Empirical():
            return _empirical(distribution)
        case Mixture():
            return _mixture(distribution)
        case _:
            assert_never(distribution)


def _exponential(mean: float) -> Transform:
    log = math.log
    return lambda draws: [-mean * log(1.0 - u) for u in draws]


def _lognormal(mu: float, sigma: float) -> Transform:
    exp, normal = math.exp, NormalDist().inv_cdf
    return lambda draws: [exp(mu + sigma * normal(u)) for u in draws]


def _weibull(shape: float, scale: float) -> Transform:
    log, power = math.log, 1.0 / shape
    return lambda draws: [scale * math.pow(-log(1.0 - u), power) for u in draws]


def gamma_inversion(shape: float, mean: float) -> Transform:
    """Gamma of this `shape` and `mean`, by the inverse of the regularised incomplete gamma."""
    from scipy.special import gammaincinv  # noqa: PLC0415 - costly, and few journeys need it

    scale = mean / shape

    def transform(draws: list[float]) -> list[float]:
        values: list[float] = (gammaincinv(shape, draws) * scale).tolist()
        return values

    return transform


def _triangular(distribution: Triangular) -> Transform:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    width = high - low
    turn = (mode - low) / width if width else 0.0

    def value(u: float) -> float:
        if u < turn:
            return low + math.sqrt(u * width * (mode - low))
        return high - math.sqrt((1.0 - u) * width * (high - mode))

    return lambda draws: [value(u) for u in draws]


def _empirical(distribution: Empirical) -> Transform:
    values = distribution.values
    weights = distribution.weights or [1.0] * len(values)
    # In order of size, so that a larger uniform number gives a larger value.
    order = sorted(range(len(values)), key=values.__getitem__)
    bounds = list(accumulate(weights[i] for i in order))
    ordered = [values[i] for i in order]
    total, last = bounds[-1], len(ordered) - 1
    return lambda draws: [ordered[min(bisect_right(bounds, u * total), last)] for u in draws]


def _mixture(distribution: Mixture) -> Transform:
    parts = [inversion(part.of) for part in distribution.parts]
    bounds = [0.0, *accumulate(part.weight for part in distribution.parts)]
    total = bounds[-1]
    tiny = 2.0**-53

    def value(u: float) -> float:
        at = u * total
        chosen = min(bisect_right(bounds, at) - 1, len(parts) - 1)
        within = (at - bounds[chosen]) / (bounds[chosen + 1] - bounds[chosen])
        return parts[chosen]([min(max(within, tiny), 1.0 - tiny)])[0]

    return lambda draws: [value(u) for u in draws]
