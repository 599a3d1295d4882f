"""When a series has become steady, and whether neighbours in it depend on each other."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from scipy import stats

from simulator.series import BATCH, correlation_bound, mser5, mser5_limit, neighbour_correlation
from simulator.statistics import wilson_interval


def mser5_by_hand(series: list[float]) -> tuple[int, float]:
    """By the definition, one d after the other."""
    means = [math.fsum(series[at : at + 5]) / 5 for at in range(0, len(series) - 4, 5)]
    found = []
    for cut in range(len(means) // 2 + 1):
        left = means[cut:]
        mean = math.fsum(left) / len(left)
        found.append(math.fsum((one - mean) ** 2 for one in left) / len(left) ** 2)
    best = min(range(len(found)), key=found.__getitem__)
    return best * 5, found[best]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("level", [0.0, 1e6])
def test_mser5_is_what_its_definition_says(seed: int, level: float) -> None:
    chance = random.Random(seed)
    size = chance.randrange(10, 300)
    fall = chance.choice([1.0, 20.0, 1e9])
    series = [level + 8 * math.exp(-at / fall) + chance.gauss(0, 1) for at in range(size)]
    cut, statistic = mser5(series)
    expected = mser5_by_hand(series)
    assert cut == expected[0]
    assert statistic == pytest.approx(expected[1], rel=1e-6)


def test_a_trend_is_not_steady() -> None:
    series = np.arange(1000.0)
    assert mser5(series)[0] == mser5_limit(1000) == 500
    assert mser5(np.ones(1000)) == (0, 0.0)


def test_what_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="10 observations"):
        mser5([1.0] * (2 * BATCH - 1))


def test_neighbours_of_independent_values_are_as_alike_as_is_said() -> None:
    chance = np.random.default_rng(5)
    found = [neighbour_correlation(chance.normal(size=20).tolist()) for _ in range(4000)]
    spread = math.sqrt(18 / 399)
    assert float(np.mean(found)) == pytest.approx(0, abs=4 * spread / math.sqrt(4000))
    assert float(np.std(found)) == pytest.approx(spread, rel=0.05)
    beyond = sum(one > correlation_bound(20) for one in found)
    low, high = (stats.binom.ppf(one, 4000, 0.05) for one in (1e-4, 1 - 1e-4))
    assert low <= beyond <= high


def test_neighbours_that_follow_each_other_are_seen() -> None:
    chance, value, series = random.Random(1), 0.0, []
    for _ in range(2000):
        value = 0.6 * value + chance.gauss(0, 1)
        series.append(value)
    assert neighbour_correlation(series) == pytest.approx(0.6, abs=0.07)
    assert neighbour_correlation([3.0, 3.0, 3.0]) == 0


@pytest.mark.parametrize(("count", "size"), [(0, 10), (10, 10), (53, 1000), (1, 3)])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_wilson_is_that_of_scipy(count: int, size: int, level: float) -> None:
    expected = stats.binomtest(count, size).proportion_ci(level, method="wilson")
    assert wilson_interval(count, size, level) == pytest.approx((expected.low, expected.high))
