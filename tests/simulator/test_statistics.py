"""Estimates over replications: intervals that hold what they promise, quantiles with censoring."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from scipy import stats

from simulator.statistics import ratio_estimate, t_quantile, wait_quantile


@pytest.mark.parametrize("freedom", [1, 2, 5, 23, 39, 1000])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
def test_t_quantile(freedom: int, level: float) -> None:
    assert t_quantile(freedom, level) == pytest.approx(float(stats.t.ppf((1 + level) / 2, freedom)))


def test_t_quantile_without_freedom() -> None:
    assert math.isnan(t_quantile(0, 0.95))


def test_mean_has_the_t_interval() -> None:
    values = [5.1, 4.8, 5.6, 5.0, 4.7]
    estimate = ratio_estimate(values, [1.0] * 5, 0.9)
    error = float(np.std(values, ddof=1)) / math.sqrt(5)
    half = float(stats.t.ppf(0.95, 4)) * error
    assert estimate is not None
    assert (estimate.low, estimate.high) == pytest.approx((5.04 - half, 5.04 + half))
    assert estimate.standard_error == pytest.approx(error)


def test_ratio_by_hand() -> None:
    estimate = ratio_estimate([3.0, 8.0, 4.0], [1.0, 4.0, 5.0], 0.95)
    assert estimate is not None
    assert estimate.value == 1.5  # 15 ÷ 10; the mean of the ratios would be 1.93
    squares = 1.5**2 + 2.0**2 + 3.5**2
    error = math.sqrt(squares / 2 / 3) / (10 / 3)
    assert estimate.standard_error == pytest.approx(error)
    assert estimate.half_width == pytest.approx(4.302652729911275 * error)


def test_nothing_to_divide_by() -> None:
    assert ratio_estimate([0.0, 0.0], [0.0, 0.0]) is None


def test_one_replication_has_no_interval() -> None:
    estimate = ratio_estimate([2.0], [4.0])
    assert estimate is not None
    assert estimate.value == 0.5
    assert math.isnan(estimate.half_width)


def test_some_denominators_may_be_zero() -> None:
    estimate = ratio_estimate([0.0, 2.0, 3.0], [0.0, 4.0, 6.0])
    assert estimate is not None
    assert estimate.value == 0.5
    assert estimate.half_width == pytest.approx(0.0)


def test_scale_does_not_matter() -> None:
    tops, bottoms = [3.0, 8.0, 4.0], [1.0, 4.0, 5.0]
    one = ratio_estimate(tops, bottoms)
    other = ratio_estimate([1e6 * top for top in tops], [1e3 * bottom for bottom in bottoms])
    assert one is not None
    assert other is not None
    assert other.value == pytest.approx(1e3 * one.value)
    assert other.half_width == pytest.approx(1e3 * one.half_width)


def _experiment(chance: random.Random, replications: int) -> tuple[list[float], list[float]]:
    """Calls a day (overdispersed) and their total wait, longer on busy days."""
    tops, bottoms = [], []
    for _ in range(replications):
        factor = chance.gammavariate(30, 1 / 30)
        calls = max(1, round(chance.gauss(200 * factor, math.sqrt(200 * factor))))
        bottoms.append(float(calls))
        tops.append(math.fsum(chance.expovariate(1 / (30 * factor)) for _ in range(calls)))
    return tops, bottoms


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_contain_the_truth_as_often_as_they_say(level: float) -> None:
    """Of 400 experiments with 30 days each; E[wait] = 30·E[f²] ÷ E[f] = 30·(1 + 1/30) = 31.

    A mean of daily ratios would estimate 30 and contain 31 much less often.
    """
    chance = random.Random(4)
    hits = 0
    for _ in range(400):
        estimate = ratio_estimate(*_experiment(chance, 30), level)
        assert estimate is not None
        hits += estimate.low <= 31 <= estimate.high
    low, high = (float(stats.binom.ppf(one, 400, level)) for one in (1e-4, 1 - 1e-4))
    # The delta method is a little optimistic with few days: 1.5 points are granted.
    assert low - 6 <= hits <= high


def test_mean_of_ratios_would_miss() -> None:
    """The test above can fail: this one does it wrong, and sees it."""
    chance = random.Random(4)
    hits = 0
    for _ in range(400):
        tops, bottoms = _experiment(chance, 30)
        ratios = [top / bottom for top, bottom in zip(tops, bottoms, strict=True)]
        estimate = ratio_estimate(ratios, [1.0] * len(ratios), 0.95)
        assert estimate is not None
        hits += estimate.low <= 31 <= estimate.high
    assert hits < stats.binom.ppf(1e-4, 400, 0.95) - 6


# ---- quantiles of waits with abandonment


def survival_by_hand(waits: list[float], answered: list[bool], time: float) -> float:
    """Kaplan-Meier by the book: product over event times of 1 − events ÷ at risk."""
    survival = 1.0
    for at in sorted({wait for wait, event in zip(waits, answered, strict=True) if event}):
        if at > time:
            break
        events = sum(w == at and e for w, e in zip(waits, answered, strict=True))
        survival *= 1 - events / sum(w >= at for w in waits)
    return survival


@pytest.mark.parametrize("seed", range(20))
def test_wait_quantile_is_that_of_kaplan_and_meier(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randrange(1, 60)
    waits = [float(chance.choice([0, 0, 5, chance.randrange(40)])) for _ in range(size)]
    answered = [chance.random() < 0.7 for _ in range(size)]
    for share in (0.1, 0.5, 0.8, 0.9, 0.95):
        found = wait_quantile(waits, answered, share)
        reached = [
            wait
            for wait in sorted(waits)
            if survival_by_hand(waits, answered, wait) <= 1 - share + 1e-9
        ]
        if reached:
            assert found == reached[0]
        else:
            assert math.isnan(found)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.95, 1.0])
def test_without_abandonment_it_is_the_plain_quantile(share: float) -> None:
    waits = np.random.default_rng(1).exponential(10, 997)
    plain = np.quantile(waits, share, method="inverted_cdf")
    assert wait_quantile(waits, np.ones(997, bool), share) == plain


def test_abandonment_is_censoring() -> None:
    """Offered waits are exponential and so is patience: what is seen is shorter than both.

    The minimum of both has mean 5; the estimate finds the quantiles of the wait alone.
    """
    chance = np.random.default_rng(2)
    offered, patience = chance.exponential(10, 40_000), chance.exponential(10, 40_000)
    waits, answered = np.minimum(offered, patience), offered <= patience
    for share in (0.5, 0.8, 0.9):
        truth = -10 * math.log(1 - share)
        # Greenwood's variance of the survival S here: S²·(e^{t/5} − 1) ÷ 2n, with t the quantile.
        spread = 10 * math.sqrt((math.exp(truth / 5) - 1) / 2 / 40_000)
        assert abs(wait_quantile(waits, answered, share) - truth) < 4 * spread


def test_nobody_answered_or_nobody_there() -> None:
    assert math.isnan(wait_quantile([3.0, 4.0], [False, False], 0.5))
    assert math.isnan(wait_quantile([], [], 0.5))


def test_a_quantile_that_is_never_reached() -> None:
    """The longest waits were given up: how long they would have been nobody knows."""
    assert math.isnan(wait_quantile([1.0, 2.0, 9.0, 9.0], [True, True, False, False], 0.9))
    assert wait_quantile([1.0, 2.0, 9.0, 9.0], [True, True, False, False], 0.5) == 2.0


def test_answered_before_abandoned_at_the_same_time() -> None:
    """Who left at 5 was still waiting when another was answered at 5."""
    assert wait_quantile([5.0, 5.0], [False, True], 0.5) == 5.0
