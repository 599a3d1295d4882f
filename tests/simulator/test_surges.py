"""Surges: as many more customers as expected, when they are expected, and nothing else moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import ValidationError
from scipy import stats

from engine.assumptions import Demand, Period, Surge
from engine.calendar import DAY, Weekday
from engine.errors import PlanError
from simulator.demand import Arrivals, arrivals

HOUR = 3600.0
REPLICATIONS = 200


def came(
    surges: list[dict[str, Any]], *, days: int = 1, replication: int = 0, **more: Any
) -> Arrivals:
    fields: dict[str, Any] = {"id": "calls", "entry": "call", "per_day": 2400, **more}
    one = Demand(**fields, surges=[Surge(id=f"s{n}", **each) for n, each in enumerate(surges)])
    return arrivals([one], Period(days=days), 1, replication)


def counts(edges: Any, *surges: dict[str, Any], **more: Any) -> NDArray[np.int64]:
    """A row for each replication: how many came between the edges (hours)."""
    rows = [
        np.histogram(came(list(surges), replication=n, **more).times, np.array(edges) * HOUR)[0]
        for n in range(REPLICATIONS)
    ]
    return np.array(rows)


def check_means(found: NDArray[np.int64], *expected: float) -> None:
    """Counts are Poisson, so the mean's standard error is known: three of them at the most."""
    for column, mean in zip(found.T, expected, strict=True):
        assert abs(column.mean() - mean) <= 3 * np.sqrt(mean / REPLICATIONS)


def test_a_factor_multiplies_the_usual_rate_while_it_lasts() -> None:
    """From 10:15 to 11:45, across the edges of the shape; outside all is as usual."""
    surge = {"times": 3, "starts_at": "10:15", "lasts": 1.5 * HOUR}
    shape = [1.0] * 11 + [2.0] * 13
    found = counts([0, 10.25, 11, 11.75, 12, 24], surge, shape=shape, interval=HOUR)
    rate = 2400 / 37
    check_means(found, 10.25 * rate, 3 * 0.75 * rate, 3 * 0.75 * 2 * rate, 0.5 * rate, 24 * rate)


def test_extra_customers_come_evenly_on_top_of_the_usual() -> None:
    surge = {"customers": 600, "starts_at": "10:30", "lasts": 3 * HOUR}
    found = counts([0, 10.5, 12, 13.5, 24], surge)
    check_means(found, 1050, 450, 450, 1050)


def test_a_pulse_decays_by_its_half_life() -> None:
    """Within what it lasts it is an exponential that ends there, and all its customers come."""
    surge = {"customers": 40_000, "starts_at": "09:00", "lasts": 5 * HOUR, "half_life": HOUR}
    found = (came([surge], per_day=0).times - 9 * HOUR) / HOUR
    assert abs(len(found) - 40_000) < 3 * 200
    assert found.max() < 5
    law = stats.truncexpon(b=5 * np.log(2), scale=1 / np.log(2))
    assert stats.kstest(found, law.cdf).pvalue > 1e-3
    # A half-life that is short: in the first, half of all come.
    short = {"customers": 1000, "starts_at": "09:00", "lasts": 12 * HOUR, "half_life": HOUR / 4}
    check_means(counts([9, 9.25, 9.5, 14], short, per_day=0), 500, 250, 250)


def test_surges_add_up_and_factors_leave_extra_customers_alone() -> None:
    surges = [
        {"times": 2, "starts_at": "06:00", "lasts": 6 * HOUR},
        {"times": 0.5, "starts_at": "10:00", "lasts": 4 * HOUR},
        {"customers": 300, "starts_at": "08:00", "lasts": 3 * HOUR},
    ]
    found = counts([6, 8, 10, 11, 12, 14, 15], *surges)
    check_means(found, 400, 400 + 200, 100 + 100, 100, 100, 100)


def test_a_surge_goes_on_after_midnight_and_ends_with_the_period() -> None:
    surge = {"customers": 1200, "day": 1, "starts_at": "23:00", "lasts": 4 * HOUR}
    only_monday = {"day_of_week": {Weekday.MONDAY: 1.0}, "per_day": 480}
    found = counts([0, 24, 47, 48, 51, 72], surge, days=3, **only_monday)
    check_means(found, 480, 0, 300, 900, 0)
    assert not found[:, [1, 4]].any()
    cut_off = counts([24, 47, 48, 72], surge, days=2, **only_monday)
    check_means(cut_off, 0, 300, 0)


def test_nobody_comes_at_a_factor_of_zero() -> None:
    found = came([{"times": 0, "starts_at": "08:00", "lasts": 2 * HOUR}]).times
    assert not np.any((found >= 8 * HOUR) & (found < 10 * HOUR))
    assert abs(len(found) - 2200) < 4 * np.sqrt(2200)


@pytest.mark.parametrize(
    "surge",
    [
        {"times": 1, "starts_at": "10:10", "lasts": 999},
        {"customers": 0, "starts_at": "10:10", "lasts": 999},
        {"times": 5, "day": 1},
        {"times": 5, "starts_at": "24:00"},
        {"customers": 5000, "day": 7, "half_life": 60},
    ],
)
def test_a_surge_of_nothing_changes_nothing_to_the_bit(surge: dict[str, Any]) -> None:
    usual, same = (
        came([], day_variation=20, interval=HOUR, shape=[1, 3]),
        came([surge], day_variation=20, interval=HOUR, shape=[1, 3]),
    )
    assert np.array_equal(usual.times, same.times)
    assert np.array_equal(usual.keys, same.keys)


@pytest.mark.parametrize("surge", [{"times": 4}, {"times": 0.2}, {"customers": 900}])
def test_the_nth_customer_stays_the_nth(surge: dict[str, Any]) -> None:
    """So their draws stay theirs; who came before the surge comes at the same time."""
    usual, more = (
        came([], interval=HOUR, shape=[1] * 24),
        came([surge], interval=HOUR, shape=[1] * 24),
    )
    size = min(len(usual.keys), len(more.keys))
    assert abs(len(usual.keys) - len(more.keys)) > 50
    assert np.array_equal(usual.keys[:size], more.keys[:size])
    before = np.count_nonzero(usual.times < 9 * HOUR)
    assert before > 500
    assert np.array_equal(usual.times[:before], more.times[:before])


def test_the_days_factor_leaves_extra_customers_alone() -> None:
    """Those of a surge are Poisson, however much days differ."""
    surge = {"customers": 400, "starts_at": "00:00", "lasts": 12 * HOUR}
    night = {"starts_at": "12:00", "interval": 12 * HOUR, "day_variation": 2}
    found = counts([0, 12, 24], surge, **night)
    check_means(found[:, :1], 400)
    dispersion = found[:, 0].var(ddof=1) / 400 * (REPLICATIONS - 1)
    assert 1e-3 < stats.chi2.cdf(dispersion, REPLICATIONS - 1) < 1 - 1e-3
    assert found[:, 1].var(ddof=1) > 100 * 2400


def test_too_many_customers_are_refused() -> None:
    for surges in (
        [{"times": 1000, "lasts": DAY, "starts_at": "00:00"}] * 2,
        [{"times": 1000, "lasts": DAY}, {"customers": 50_000_000}, {"times": 0, "lasts": DAY}],
        [{"times": 1000}] * 150 + [{"times": 0}],
    ):
        with pytest.raises(PlanError, match="customers"):
            came(surges)


@pytest.mark.parametrize(
    "surge",
    [
        {},
        {"times": 2, "customers": 5},
        {"times": 2, "half_life": 60},
        {"customers": 5, "half_life": 0},
        {"customers": 5, "lasts": 0},
        {"customers": -1},
        {"times": -1},
    ],
)
def test_a_surge_is_one_thing_or_the_other(surge: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Surge(id="s", **surge)
