"""Series in time: when a run has become steady, and whether its batches are independent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

BATCH: Final = 5
"""Observations are averaged by so many: the 5 of MSER-5."""


def mser5(series: ArrayLike) -> tuple[int, float]:
    """How many first observations to leave out, and the statistic that is least then.

    The marginal standard error rule on means of 5 observations: leaving out d of n means, it
    minimises sum((z_i - mean)²) ÷ (n - d)² over the means that are left. d is at most half of
    n: where the minimum lies there, the series is not steady. Observations at the end that do
    not fill a batch are not looked at. (White, Simulation 69, 1997; White, Cobb and Spratt,
    Winter Simulation Conference 2000.) Raises ValueError for less than two batches.
    """
    values = np.asarray(series, np.float64)
    count = len(values) // BATCH
    if count < 2:
        raise ValueError(f"MSER-5 needs at least {2 * BATCH} observations")
    means = values[: count * BATCH].reshape(count, BATCH).mean(axis=1)
    # Around the last mean, so that large levels cost no digits.
    shifted = means - means[-1]
    left = np.arange(count, 0, -1)
    sums = np.cumsum(shifted[::-1])[::-1]
    squares = np.cumsum((shifted**2)[::-1])[::-1]
    statistics = np.maximum(squares - sums**2 / left, 0.0) / left**2
    best = int(np.argmin(statistics[: count // 2 + 1]))
    return best * BATCH, float(statistics[best])


def mser5_limit(length: int) -> int:
    """The most that `mser5` leaves out of so many observations."""
    return length // BATCH // 2 * BATCH


def neighbour_correlation(values: Sequence[float]) -> float:
    """How much neighbours in a series have in common: 0 if nothing, 1 if they are the same.

    1 - sum((x_i - x_{i+1})²) ÷ (2·sum((x_i - mean)²)), the lag-1 correlation with a correction
    at the ends that makes its mean 0 for independent values (von Neumann 1941; Fishman,
    Grouping Observations in Digital Simulation, 1978). 0 for a series that does not vary.
    """
    mean = math.fsum(values) / len(values)
    squares = math.fsum((one - mean) ** 2 for one in values)
    if not squares:
        return 0.0
    steps = math.fsum((one - other) ** 2 for one, other in pairwise(values))
    return 1.0 - steps / (2 * squares)


def correlation_bound(count: int, error: float = 0.05) -> float:
    """What the neighbour correlation of so many independent values exceeds this rarely.

    It is about normal with mean 0 and variance (n - 2) ÷ (n² - 1) (Fishman 1978).
    """
    from scipy.special import ndtri  # noqa: PLC0415 - costly to import

    return float(ndtri(1 - error)) * math.sqrt((count - 2) / (count * count - 1))
