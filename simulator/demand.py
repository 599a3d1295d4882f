"""Who comes when: arrival times of all customers of one replication."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Demand, Period
from engine.calendar import DAY, Weekday, seconds_of
from engine.distributions import Distribution, Exponential
from engine.errors import PlanError
from engine.plan import purpose_number
from simulator.distributions import gamma_quantile, quantile
from simulator.streams import Keys, customer_keys, uniform, uniforms
from simulator.surges import with_surges

MAX_CUSTOMERS = 50_000_000
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Arrivals:
    """All customers in order of arrival; each array has one element a customer.

    times: seconds since Monday 00:00 of the first week.  keys: for their random draws.
    demands: index of the demand they belong to.
    """

    times: NDArray[np.float64]
    keys: Keys
    demands: NDArray[np.int32]


def arrivals(demands: list[Demand], period: Period, seed: int, replication: int) -> Arrivals:
    """Sample the customers that come within `period`."""
    _refuse_too_many(sum(demand.per_day for demand in demands) * period.days)
    # By id: among customers who come at the same time, their order must not depend on the
    # order in the document.
    by_id = sorted(range(len(demands)), key=lambda index: demands[index].id)
    times: list[NDArray[np.float64]] = []
    expected = 0.0
    for index in by_id:
        curve = _expected_curve(demands[index], period, seed, replication)
        expected += float(curve[1][-1])
        _refuse_too_many(expected)
        times.append(_times(demands[index], *curve, seed, replication))
    keys = [
        customer_keys(seed, replication, demands[index].id, 0, len(own))
        for index, own in zip(by_id, times, strict=True)
    ]
    indexes = [np.full(len(own), index, np.int32) for index, own in zip(by_id, times, strict=True)]
    all_times = np.concatenate(times) if times else np.empty(0)
    order = np.argsort(all_times, kind="stable")
    if not times:
        return Arrivals(all_times, np.empty(0, np.uint64), np.empty(0, np.int32))
    return Arrivals(all_times[order], np.concatenate(keys)[order], np.concatenate(indexes)[order])


def _refuse_too_many(expected: float) -> None:
    if not expected <= MAX_CUSTOMERS:  # so, what is no number is refused too
        raise PlanError(
            f"more than {MAX_CUSTOMERS:,} customers would come in one replication",
            where="assumptions/demand",
            mend="simulate fewer days or a smaller demand.",
        )


def _times(
    demand: Demand,
    edges: NDArray[np.float64],
    expected: NDArray[np.float64],
    seed: int,
    replication: int,
) -> NDArray[np.float64]:
    """Arrival times of one demand: a unit-rate process, run through the expected curve.

    With N(t) the expected number of customers until t, the n-th customer comes when N
    reaches the n-th point of a process with mean gap 1 (Çınlar's inversion). So a busier
    day brings the same customers earlier, and more of them.
    """
    total = float(expected[-1])
    if total <= 0:
        return np.empty(0)
    points = _points(demand, seed, replication, total)
    return np.interp(points, expected, edges)


def _expected_curve(
    demand: Demand, period: Period, seed: int, replication: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times (seconds) and the expected number of customers that came until then."""
    days = list(Weekday)
    first = period.start_day.number
    shape = np.array(demand.shape) / max(float(np.sum(demand.shape)), 1e-300)
    opening = seconds_of(demand.starts_at)
    edges, rates = [np.array([first * DAY])], []
    offsets = opening + demand.interval * np.arange(len(shape) + 1)
    if offsets[-1] > DAY + 1e-6:
        raise PlanError(
            "the shape reaches beyond midnight",
            where=f"assumptions/demand/{demand.id}",
            mend="use fewer intervals, or split the demand at midnight.",
        )
    for day in range(period.days):
        weekday = days[(first + day) % 7]
        index = demand.day_of_week.get(weekday, 0.0) if demand.day_of_week else 1.0
        level = demand.per_day * index * _day_factor(demand, day, seed, replication)
        edges.append((first + day) * DAY + offsets)
        # Nobody comes between the end of one day's shape and the start of the next.
        rates.extend([np.zeros(1), shape * level])
    end = np.array([(first + period.days) * DAY])
    times = np.concatenate([*edges, end])
    counts = np.concatenate([*rates, np.zeros(1)])
    times, counts = with_surges(times, counts, demand.surges)
    return times, np.concatenate([np.zeros(1), np.cumsum(counts)])


def _day_factor(demand: Demand, day: int, seed: int, replication: int) -> float:
    if demand.day_variation is None:
        return 1.0
    key = purpose_number(f"{seed}/{replication}/{demand.id}/day")
    draw = uniform(key, purpose_number("day_variation"), day)
    return gamma_quantile(demand.day_variation, 1.0)(draw)


def _points(demand: Demand, seed: int, replication: int, total: float) -> NDArray[np.float64]:
    """The points below `total` of a process whose gaps have mean 1."""
    gaps: Distribution = demand.spacing or Exponential(mean=1.0)
    mean, gap = gaps.expected(), quantile(gaps)
    if mean <= 0:
        raise PlanError(
            "the spacing between customers is zero",
            where=f"assumptions/demand/{demand.id}/spacing",
            mend="give it a positive mean.",
        )
    purpose = purpose_number("spacing")
    pieces: list[NDArray[np.float64]] = []
    reached, count = 0.0, 0
    while reached < total:
        size = int(min(_PIECE, max(64.0, (total - reached) * 1.2 + 10)))
        keys = customer_keys(seed, replication, demand.id, count, size)
        values = np.array(list(map(gap, uniforms(keys, purpose).tolist()))) / mean
        values[0] += reached
        piece = np.cumsum(values)
        reached, count = float(piece[-1]), count + size
        pieces.append(piece)
    points = np.concatenate(pieces)
    return points[points < total]
