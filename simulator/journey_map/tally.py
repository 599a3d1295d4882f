"""What one replication says of each step and stage: a numerator and a denominator a measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.plan import Plan
from simulator.journey_map.felt import Floats, Ints, Visits
from simulator.journey_map.model import JourneyMap
from simulator.kpis.experience import mapped
from simulator.measured import Measured
from simulator.records import Fate
from simulator.selections import Mask
from simulator.world import exit_codes

Pair = tuple[float, float]
Pairs = dict[str, Pair]

GAVE_UP: Final = frozenset({"abandoned"})
TURNED_AWAY: Final = frozenset({"full", "closed", "timed_out"})


@dataclass(frozen=True, slots=True)
class Places:
    """Where on the map each step of the plan is: its step, and its stage or -1."""

    steps: Sequence[str]
    stages: Sequence[str]
    step_of: Ints
    stage_of: Ints

    @classmethod
    def on(cls, drawn: JourneyMap, plan: Plan) -> Places:
        """The plan's steps on this map."""
        steps, stages = [one.id for one in drawn.steps], [one.id for one in drawn.stages]
        step_at = {name: number for number, name in enumerate(steps)}
        stage_at = {name: number for number, name in enumerate(stages)}
        step_of = np.array([step_at[one.step.id] for one in plan.steps], np.int64)
        own = [stage_at.get(one.stage or "", -1) for one in drawn.steps]
        return cls(steps, stages, step_of, np.array(own, np.int64)[step_of])


@dataclass(frozen=True, slots=True)
class Tally:
    """One replication: pairs of every step and stage by id, and of all issues.

    ends: for each step and exit of it how those who took it felt in the end.
    """

    steps: Mapping[str, Pairs]
    stages: Mapping[str, Pairs]
    whole: Pairs
    ends: Mapping[str, Pairs]


def tally(m: Measured, places: Places, long_wait: float) -> Tally:
    """Count what happened in one replication; visits must have been recorded."""
    visits = Visits(m)
    at = places.step_of[visits.step]
    steps = _Columns(at, len(places.steps))
    table = {**_felt(m, visits, steps), **_events(m.plan, visits, steps)}
    table["issues"] = _reached(at, visits, len(places.steps))
    table["changed"] = steps.sums(np.abs(visits.changed)), _all(visits.issues, len(places.steps))
    table |= _counts(m, places, long_wait)
    last = np.flatnonzero(visits.last_of(visits.issue) == np.arange(len(visits)))
    whole = _felt(m, visits, _Columns(np.zeros(len(last), np.int64), 1), last)
    return Tally(
        steps=_by_name(places.steps, table),
        stages=_by_name(places.stages, _of_stages(m, visits, places)),
        whole=_by_name(["all"], whole)["all"],
        ends=_ends(m.plan, visits, places),
    )


_Two = tuple[Floats, Floats]


class _Columns:
    """Sums by place: a step of the map, or a stage."""

    def __init__(self, at: Ints, places: int) -> None:
        self._at, self._places = at, places
        self.count = self.sums(np.ones(len(at)))

    def sums(self, values: Floats | Mask) -> Floats:
        """The sum at each place."""
        found = np.bincount(self._at, values.astype(np.float64), minlength=self._places)
        return np.asarray(found, np.float64)


def _all(count: float, places: int) -> Floats:
    return np.full(places, float(count))


def _felt(m: Measured, visits: Visits, at: _Columns, rows: Ints | None = None) -> dict[str, _Two]:
    """How satisfied customers were, by the coefficients and by both ends of their ranges."""
    chosen = slice(None) if rows is None else rows
    experience = m.plan.assumptions.experience
    found = {
        "satisfied": visits.satisfied("value")[chosen],
        "satisfied_worst": visits.satisfied("low")[chosen],
        "satisfied_best": visits.satisfied("high")[chosen],
    }
    for name, mapping in (("nps", experience.nps), ("sentiment", experience.sentiment)):
        if mapping is not None:
            found[name] = mapped(mapping, found["satisfied"])
    return {name: (at.sums(values), at.count) for name, values in found.items()}


def _events(plan: Plan, visits: Visits, at: _Columns) -> dict[str, _Two]:
    """What share of the visits each thing happened at."""
    happened = visits.happened
    names = [name for one in plan.steps for name in one.exits or ("",)]
    gave_up = np.array([name in GAVE_UP for name in names])[visits.exit]
    turned_away = np.array([name in TURNED_AWAY for name in names])[visits.exit]
    unmet = visits.unmet
    events = {
        "gave_up": gave_up,
        "turned_away": turned_away,
        "unmet": unmet,
        "unmet_after_help": unmet & ~gave_up & ~turned_away,
        "told_again": happened["told_again"] > 0,
        "misrecognised": happened["misrecognised"] > 0,
        "transferred": happened["transfer"] > 0,
        "minutes_waited": happened["minute_waited"],
    }
    return {name: (at.sums(values), at.count) for name, values in events.items()}


def _reached(at: Ints, visits: Visits, places: int) -> _Two:
    """How many issues came to each place, of all."""
    came = np.unique(np.stack((at, visits.issue)), axis=1)[0]
    found = np.bincount(came, minlength=places).astype(np.float64)
    return found, _all(visits.issues, places)


def _counts(m: Measured, places: Places, long_wait: float) -> dict[str, _Two]:
    """As in the table of steps: visits, waits of the answered, who abandoned."""
    size = len(places.steps)
    visits = np.bincount(places.step_of, m.visits, size).astype(np.float64)
    at = places.step_of[m.queued("step")]
    answered, waits = m.answered, m.waits

    def sums(which: Mask, values: Floats | None = None) -> Floats:
        own = None if values is None else values[which]
        return np.bincount(at[which], own, size).astype(np.float64)

    return {
        "visits": (visits, _all(1, size)),
        "share": (visits, _all(len(m.marks), size)),
        "mean_wait": (sums(answered, waits), sums(answered)),
        "abandonment_rate": (sums(m.fates == Fate.ABANDONED), sums(m.offered)),
        "long_wait": (sums(m.held & (waits > long_wait)), sums(m.held)),
    }


def _of_stages(m: Measured, visits: Visits, places: Places) -> dict[str, _Two]:
    """How many issues came to each stage, and how they left it for the last time."""
    stage, size = places.stage_of[visits.step], len(places.stages)
    group = visits.issue * (size + 1) + stage + 1
    last = np.flatnonzero(visits.last_of(group) == np.arange(len(visits)))
    last = last[stage[last] >= 0]
    at = _Columns(stage[last], size)
    # In the order of each issue's: the next one is of another issue.
    goes_no_further = np.append(np.diff(visits.issue[np.sort(last)]) != 0, True)[: len(last)]
    is_end = np.zeros(len(visits), bool)
    is_end[np.sort(last)] = goes_no_further
    unmet = visits.happened["unresolved"][visits.last_of(visits.issue)[last]] > 0
    return {
        **_felt(m, visits, at, last),
        "issues": (at.count, _all(visits.issues, size)),
        "lost": (at.sums(unmet & is_end[last]), at.count),
    }


def _ends(plan: Plan, visits: Visits, places: Places) -> dict[str, Pairs]:
    """For each step the exits taken, and how satisfied those who took them were in the end."""
    codes = exit_codes(plan)
    sums = np.bincount(visits.exit, visits.in_the_end, codes[-1]).tolist()
    counts = np.bincount(visits.exit, minlength=codes[-1]).tolist()
    found: dict[str, Pairs] = {}
    for planned in plan.steps:
        own = found.setdefault(places.steps[places.step_of[planned.index]], {})
        for number, name in enumerate(planned.exits):
            code = codes[planned.index] + number
            top, bottom = own.get(name, (0.0, 0.0))
            own[name] = top + float(sums[code]), bottom + float(counts[code])
    return found


def _by_name(names: Sequence[str], table: dict[str, _Two]) -> dict[str, Pairs]:
    plain = {name: list(_zipped(*two)) for name, two in table.items()}
    return {
        name: {measure: pairs[number] for measure, pairs in plain.items()}
        for number, name in enumerate(names)
    }


def _zipped(tops: Floats, bottoms: Floats) -> Iterator[Pair]:
    return zip(tops.tolist(), bottoms.tolist(), strict=True)
