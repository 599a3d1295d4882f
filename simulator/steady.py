"""Steady state: one long run, its warm-up cut off, its intervals from batch means.

For the study of one interval of the day that goes on for ever, so only where neither demand nor
staffing ever changes. A day that starts empty is better simulated as it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Demand, Staffing
from engine.calendar import DAY, WEEK, OpenSpan, Weekday, open_test
from engine.document import Document
from engine.errors import DocumentError
from engine.plan import Plan, make_plan
from simulator.counted_time import Span
from simulator.experiment import Settings
from simulator.kpis import KPIS, Kpi, Pair
from simulator.measured import Measured, Part
from simulator.records import Records
from simulator.replication import replicate
from simulator.series import correlation_bound, mser5, mser5_limit, neighbour_correlation
from simulator.statistics import Estimate, ratio_estimate

USUAL_BATCHES: Final = 20
PROBES: Final = 5000
"""At so many equidistant times the number of contacts under way is looked at."""


@dataclass(frozen=True, slots=True)
class SteadyState:
    """One long run in batches.

    document: with the period that was run.  cut: seconds left out at the beginning.
    is_steady: whether MSER-5 found where the run becomes steady in its first half.
    pairs: for each batch a numerator and a denominator of each KPI in `steady_kpis`.
    """

    document: Document
    settings: Settings
    cut: float
    is_steady: bool
    pairs: Sequence[dict[str, Pair]]

    @property
    def batches(self) -> int:
        """How many there are."""
        return len(self.pairs)

    @property
    def length(self) -> float:
        """Of the whole run, seconds."""
        return self.document.assumptions.period.days * DAY

    @property
    def batch_length(self) -> float:
        """Of each batch, seconds."""
        return (self.length - self.cut) / self.batches

    def estimate(self, kpi: str) -> Estimate | None:
        """The estimate of a KPI, as a ratio over batches; None if it does not apply.

        Counts are those of a day.
        """
        tops, bottoms = zip(*(batch[kpi] for batch in self.pairs), strict=True)
        return ratio_estimate(tops, bottoms, self.settings.level)

    def correlation(self, kpi: str) -> float:
        """Of neighbouring batches: of how each one moves the ratio. 0 if it does not apply."""
        estimate = self.estimate(kpi)
        if estimate is None:
            return 0.0
        pairs = (batch[kpi] for batch in self.pairs)
        return neighbour_correlation([top - estimate.value * bottom for top, bottom in pairs])

    def is_correlated(self, kpi: str) -> bool:
        """Whether neighbours have more in common than chance allows: the interval is too narrow."""
        return self.correlation(kpi) > correlation_bound(self.batches)


def steady_kpis() -> list[Kpi]:
    """KPIs that can be told of a batch: those that can be split by time."""
    return [kpi for kpi in KPIS.values() if "interval" in kpi.by]


def steady_state(
    document: Document,
    settings: Settings,
    batches: int = USUAL_BATCHES,
    days: int | None = None,
) -> SteadyState:
    """Run `document` once, for its period or for `days`, and measure it in batches.

    Contacts belong to the batch in which they began, visits to the one in which they joined
    the queue, agents' time to when it was. The document's own warm-up is not looked at.
    Raises DocumentError where demand or staffing changes, and what `replicate` raises.
    """
    refuse_changes(document)
    period = document.assumptions.period
    long = period.model_copy(update={"days": days or period.days, "warm_up": 0.0})
    assumptions = document.assumptions.model_copy(update={"period": long})
    document = document.model_copy(update={"assumptions": assumptions})
    plan = make_plan(document)
    records = replicate(plan, settings.seed, 0)
    cut, is_steady = warm_up(records)
    begin, end = records.window
    edges = np.linspace(begin + cut, end, batches + 1).tolist()
    whole = Measured(plan, records, settings.thresholds)
    pairs = [_pairs(whole, Span(*edges[at : at + 2])) for at in range(batches)]
    return SteadyState(document, settings, cut, is_steady, pairs)


def _pairs(whole: Measured, span: Span) -> dict[str, Pair]:
    part = whole.part(Part(time=span))
    days = (span.end - span.begin) / DAY
    return {
        kpi.id: (kpi.compute(part)[0], days) if kpi.unit == "count" else kpi.compute(part)
        for kpi in steady_kpis()
    }


def warm_up(records: Records) -> tuple[float, bool]:
    """Seconds to leave out at the beginning, by MSER-5 on the number of contacts under way.

    And whether the run is steady then: not if the most that may be left out is the best.
    """
    begin, end = records.window
    times = np.linspace(begin, end, PROBES + 1)[1:]
    cut, _ = mser5(under_way(records, times))
    return (end - begin) * cut / PROBES, cut < mser5_limit(PROBES)


def under_way(records: Records, times: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many contacts are under way at each of these times (seconds)."""
    contacts = records.contacts
    begun = np.searchsorted(np.sort(contacts.column("start")), times, "right")
    ended = np.searchsorted(np.sort(contacts.column("end")), times, "right")
    return np.asarray(begun - ended)


# ---- where there is no steady state


def refuse_changes(document: Document) -> None:
    """DocumentError if something changes over the day or the week, with where that is."""
    place = next(_changes(document), None)
    if place is not None:
        raise DocumentError(
            "there is no steady state: what is given here changes over time",
            where=f"{document.journey.id}: {place}",
            mend="keep it at one level around the clock, or simulate periods as they are, "
            "without --steady-state.",
        )


_STEADY_DEMAND: Final = frozenset(
    {"id", "entry", "name", "per_day", "starts_at", "interval", "shape", "day_of_week", "spacing"}
    | {"attributes"}
)
_STEADY_STAFFING: Final = frozenset(
    {"agents", "starts_at", "interval", "days", "shrinkage", "cost_per_hour", "finishes_queue"}
    | {"handle_time_factor", "concurrency"}
)
"""Fields that never make anything change, or that are looked at one by one. Others do, if given."""


def _changes(document: Document) -> Iterator[str]:
    """Places in the document of what changes."""
    assumptions = document.assumptions
    for demand in assumptions.demand:
        place = f"assumptions/demand/{demand.id}"
        yield from (f"{place}/{field}" for field in _given(demand) if field not in _STEADY_DEMAND)
        if not _is_level(demand.shape, demand):
            yield f"{place}/shape"
        if demand.day_of_week and len({demand.day_of_week.get(day) for day in Weekday}) > 1:
            yield f"{place}/day_of_week"
    for team, staffing in assumptions.staffing.items():
        place = f"assumptions/staffing/{team}"
        fields = _given(staffing)
        yield from (f"{place}/{field}" for field in fields if field not in _STEADY_STAFFING)
        if not _is_level(staffing.agents, staffing):
            yield f"{place}/agents"
        if len(set(staffing.days)) < 7:
            yield f"{place}/days"
    yield from (f"assumptions/outages/{one.id}" for one in assumptions.outages)
    yield from (f"step {one}, hours" for one in _with_hours(make_plan(document)))


def _given(part: Demand | Staffing) -> list[str]:
    return list(part.model_dump(exclude_defaults=True))


def _is_level(levels: Sequence[float], part: Demand | Staffing) -> bool:
    """Whether these levels are the same all day and around the clock."""
    covers = math.isclose(len(levels) * part.interval, DAY) and part.starts_at == "00:00"
    return covers and min(levels) == max(levels)


def _with_hours(plan: Plan) -> Iterator[str]:
    """Ids of steps with opening hours that are not around the clock."""
    for planned in plan.steps:
        hours: list[OpenSpan] | None = getattr(planned.step, "hours", None)
        if hours is not None:
            is_open = open_test(hours)
            if not all(is_open(float(time)) for time in range(0, int(WEEK), 60)):
                yield planned.id
