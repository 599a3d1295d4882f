"""Who comes when: how many, in which interval, on which day, and how regularly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from engine.assumptions import Demand, Period
from engine.calendar import DAY, Weekday
from engine.distributions import Constant, Empirical, Exponential, Gamma
from engine.errors import PlanError
from simulator.demand import _expected_curve, arrivals

RARE = 1e-5
WEEK: dict[str, Any] = {"start_day": Weekday.MONDAY, "days": 7}


def demand(**fields: Any) -> Demand:
    defaults: dict[str, Any] = {"id": "calls", "entry": "call", "per_day": 1000}
    return Demand(**{**defaults, **fields})


def times(one: Demand, seed: int = 1, replication: int = 0, **period: Any) -> NDArray[np.float64]:
    return arrivals([one], Period(**period), seed, replication).times


def counts(values: NDArray[np.float64], edges: Any) -> NDArray[np.int64]:
    return np.histogram(values, edges)[0]


def test_as_many_as_expected_in_every_interval() -> None:
    """Poisson counts with the right mean, and nobody outside of the shape."""
    shape = [1.0, 0.0, 3.0, 2.0]
    one = demand(per_day=6000, starts_at="08:00", interval=1800, shape=shape)
    found = np.array(
        [
            counts(times(one, replication=number), 8 * 3600 + 1800 * np.arange(5))
            for number in range(200)
        ]
    )
    total = sum(len(times(one, replication=number)) for number in range(200))
    assert total == found.sum()
    assert not found[:, 1].any()
    for column, mean in ((0, 1000), (2, 3000), (3, 2000)):
        z = (found[:, column].mean() - mean) / np.sqrt(mean / 200)
        assert abs(z) < 4
        dispersion = found[:, column].var(ddof=1) / mean * 199
        assert RARE < stats.chi2.cdf(dispersion, 199) < 1 - RARE
    # Intervals do not know of each other.
    assert abs(np.corrcoef(found[:, 0], found[:, 2])[0, 1]) < 4 / np.sqrt(200)


def test_evenly_within_an_interval() -> None:
    one = demand(per_day=40_000, starts_at="10:00", interval=1800, shape=[1, 3])
    found = times(one)
    early = found[found < 10.5 * 3600]
    late = found[found >= 10.5 * 3600]
    assert stats.kstest(early, "uniform", (36_000, 1800)).pvalue > RARE
    assert stats.kstest(late, "uniform", (37_800, 1800)).pvalue > RARE


def test_gaps_are_exponential_and_independent() -> None:
    gaps = np.diff(times(demand(per_day=20_000)), prepend=0.0)
    assert stats.kstest(gaps, "expon", (0, DAY / 20_000)).pvalue > RARE
    assert abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 4 / np.sqrt(len(gaps))


def test_expected_curve_at_the_edges() -> None:
    """The curve itself: flat at night, the shape's shares at the edges, whole days at the end."""
    one = demand(
        per_day=600,
        starts_at="07:30",
        interval=900,
        shape=[1, 2, 3],
        day_of_week={Weekday.MONDAY: 1, Weekday.WEDNESDAY: 2},
    )
    edges, expected = _expected_curve(one, Period(days=3), 1, 0)
    opening = 7.5 * 3600
    asked = np.array(
        [
            0,
            opening,
            opening + 900,
            opening + 1800,
            opening + 2700,
            DAY,
            DAY + opening + 2700,
            2 * DAY,
            2 * DAY + opening,
            2 * DAY + opening + 900,
            3 * DAY,
        ]
    )
    at = np.interp(asked, edges, expected)
    assert at == pytest.approx([0, 0, 100, 300, 600, 600, 600, 600, 600, 800, 1800])
    assert np.all(np.diff(edges) >= 0)


def test_days_without_index_are_empty() -> None:
    one = demand(day_of_week={Weekday.MONDAY: 1.0, Weekday.THURSDAY: 2.0})
    found = counts(times(one, **WEEK), np.arange(8) * DAY)
    assert found[[1, 2, 4, 5, 6]].tolist() == [0] * 5
    assert abs(found[0] - 1000) < 4 * np.sqrt(1000)
    assert abs(found[3] - 2000) < 4 * np.sqrt(2000)


def test_period_begins_on_its_weekday() -> None:
    one = demand(day_of_week={Weekday.FRIDAY: 1.0, Weekday.MONDAY: 0.5})
    found = times(one, start_day=Weekday.FRIDAY, days=4)
    days = counts(found, (4 + np.arange(5)) * DAY)
    assert len(found) == days.sum()
    assert days[1:3].tolist() == [0, 0]
    assert abs(days[0] - 1000) < 4 * np.sqrt(1000)
    assert abs(days[3] - 500) < 4 * np.sqrt(500)


def test_day_factor_is_common_to_a_day_and_differs_between_days() -> None:
    """Counts of two halves of the same day correlate as α says; of two days not at all."""
    alpha, mean, size = 20, 200, 2000
    found = times(demand(per_day=2 * mean, day_variation=alpha), days=size)
    halves = counts(found, np.arange(2 * size + 1) * DAY / 2).reshape(size, 2).astype(float)
    variance = mean + mean**2 / alpha
    common = (mean**2 / alpha) / variance
    correlation = np.corrcoef(halves[:, 0], halves[:, 1])[0, 1]
    assert abs(np.arctanh(correlation) - np.arctanh(common)) < 4 / np.sqrt(size)
    days = halves.sum(axis=1)
    assert abs(np.corrcoef(days[:-1], days[1:])[0, 1]) < 4 / np.sqrt(size)
    assert (
        stats.kstest(days, lambda x: stats.nbinom.cdf(x, alpha, alpha / (alpha + 2 * mean))).pvalue
        > RARE
    )


def test_a_busier_day_brings_the_same_customers_earlier() -> None:
    """And more of them: the n-th customer of both days draws the same numbers."""
    quiet = arrivals([demand(per_day=1000)], Period(), 1, 0)
    busy = arrivals([demand(per_day=1300)], Period(), 1, 0)
    size = len(quiet.times)
    assert len(busy.times) > size
    assert np.array_equal(busy.keys[:size], quiet.keys)
    assert busy.times[:size] == pytest.approx(quiet.times / 1.3)


def test_another_demand_changes_nothing() -> None:
    one, other = demand(), demand(id="a_chats", entry="chat", per_day=700)
    alone = arrivals([one], Period(), 1, 0)
    both = arrivals([other, one], Period(), 1, 0)
    mine = both.demands == 1
    assert np.array_equal(both.times[mine], alone.times)
    assert np.array_equal(both.keys[mine], alone.keys)
    assert np.all(np.diff(both.times) >= 0)
    assert len(np.unique(both.keys)) == len(both.keys)


def test_replications_and_seeds_are_others() -> None:
    sizes = [
        len(times(demand(), seed=seed, replication=replication))
        for seed in range(10)
        for replication in range(10)
    ]
    assert abs(np.mean(sizes) - 1000) < 4 * np.sqrt(1000 / 100)
    assert RARE < stats.chi2.cdf(np.var(sizes, ddof=1) / 1000 * 99, 99) < 1 - RARE


def test_constant_spacing() -> None:
    """One every ten minutes, the first after a gap; the one at midnight belongs to nobody."""
    found = times(demand(per_day=144, spacing=Constant(value=3)))
    assert found == pytest.approx(600 * np.arange(1, 144))


def test_constant_spacing_stays_in_the_open_hours() -> None:
    one = demand(
        per_day=10, starts_at="08:00", interval=36_000, shape=[1], spacing=Constant(value=1)
    )
    found = times(one, days=5)
    of_day = found % DAY
    assert np.all((of_day >= 8 * 3600 - 1e-6) & (of_day <= 18 * 3600 + 1e-6))
    assert len(found) in {49, 50}


def test_gaps_follow_the_spacing() -> None:
    found = times(demand(per_day=20_000, spacing=Gamma(mean=77, shape=2)))
    gaps = np.diff(found, prepend=0.0)
    assert stats.kstest(gaps, stats.gamma(2, scale=DAY / 20_000 / 2).cdf).pvalue > RARE
    assert abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 4 / np.sqrt(len(gaps))


def test_exponential_spacing_is_the_default() -> None:
    by_name = times(demand(spacing=Exponential(mean=5)))
    assert by_name == pytest.approx(times(demand()))


def test_spacing_with_pairs() -> None:
    found = times(demand(per_day=1440, spacing=Empirical(values=[0, 2])))
    assert np.all(found % 60 == 0)
    assert 600 < np.count_nonzero(np.diff(found) == 0) < 840


def test_nobody_comes() -> None:
    assert len(times(demand(per_day=0))) == 0
    assert len(times(demand(shape=[0.0, 0.0], interval=3600))) == 0
    assert len(times(demand(day_of_week={Weekday.TUESDAY: 1}))) == 0
    assert len(arrivals([], Period(), 1, 0).times) == 0


def test_shape_ends_at_midnight_at_the_latest() -> None:
    assert len(times(demand(starts_at="23:00", interval=1800, shape=[1, 1]))) > 0
    with pytest.raises(PlanError, match="midnight"):
        times(demand(starts_at="23:00", interval=1800, shape=[1, 1, 1]))


def test_spacing_of_zero_is_refused() -> None:
    with pytest.raises(PlanError, match="zero"):
        times(demand(spacing=Constant(value=0)))


def test_too_many_customers_are_refused() -> None:
    with pytest.raises(PlanError, match="customers"):
        times(demand(per_day=2_000_000), days=60)
