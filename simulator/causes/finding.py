"""Where and when most customers give up and wait: the largest causes, found in a run's charts.

Each queue's time is cut into the spell in which it is worse than usual and the rest. The spell is
the run of intervals in which the most abandonments (or seconds waited) lie beyond what its mean
rate over the whole time would give: the contiguous part of largest sum (Kadane's algorithm) of
`bad - offered × mean rate`. Causes are these parts, by their share of the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

About = Literal["abandonment", "waiting"]

MOST: Final = 3
LEAST_SHARE: Final = 0.02
"""What is a smaller part of the total is no cause worth naming."""
WORSE: Final = 1.25
"""A spell is told apart if things are so much worse in it than in the rest of the time."""
_BAD: Final[Mapping[About, str]] = {"abandonment": "abandoned", "waiting": "waited"}


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of what customers suffer.

    step: planned id.  spell: seconds since Monday 00:00 between which it is worse; None for
    all of the time, or the rest of it.  is_rest: whether another cause is the spell of this step.
    amount, total: visits given up or seconds waited, a replication, here and everywhere.
    offered: visits here.  rate, other_rate: amount ÷ offered, here and in the rest of the time.
    again: share of the visits here by customers who come again.
    need: (name, share of the amount at this step, share of its visits) of the need that
    suffers most beyond its share, if there is one that stands out.
    occupancy: of the team that serves it, meanwhile and over the whole time, with its name.
    """

    about: About
    step: str
    name: str
    spell: tuple[float, float] | None
    is_rest: bool
    amount: float
    total: float
    offered: float
    rate: float
    other_rate: float | None
    again: float
    need: tuple[str, float, float] | None = None
    occupancy: tuple[str, float, float] | None = None
    is_queue: bool = True

    @property
    def share(self) -> float:
        """Of the total."""
        return self.amount / self.total


@dataclass(frozen=True, slots=True)
class Causes:
    """The largest causes of each kind, the largest first; whether one day is all there is."""

    abandonment: Sequence[Cause]
    waiting: Sequence[Cause]
    is_one_day: bool


def find_causes(charts: Mapping[str, Any], teams: Mapping[str, Sequence[str]]) -> Causes:
    """The causes in the charts of a run (`simulate --charts`).

    teams: for each step's document id the ids of the teams that may serve it, the best first.
    """
    told = charts["causes"]
    axis = told["x"] or {"values": [], "width": 0.0}
    starts, width = axis["values"], axis["width"]
    is_one_day = not starts or starts[-1] + width - starts[0] <= 86_400.0
    clock = _Clock(starts, width)
    queues = [_Queue(one, told["groups"], clock) for one in told["groups"] if _is_step(one)]
    busy = _Busy(charts, teams)
    gone = list(_elsewhere(charts, {queue.step for queue in queues}))
    found: dict[About, list[Cause]] = {}
    for about in _BAD:
        others = gone if about == "abandonment" else []
        total = sum(sum(q.bad(about)) for q in queues) + sum(amount for *_, amount in others)
        made = [one for queue in queues for one in _of_queue(queue, about, total, busy)]
        made += [_left(about, *one, total) for one in others]
        large = [one for one in made if total and one.share >= LEAST_SHARE]
        found[about] = sorted(large, key=lambda one: -one.amount)[:MOST]
    return Causes(found["abandonment"], found["waiting"], is_one_day)


@dataclass(frozen=True, slots=True)
class _Clock:
    starts: Sequence[float]
    width: float


def _is_step(group: Mapping[str, Any]) -> bool:
    return set(group["keys"]) == {"step"}


class _Queue:
    """One step's lists, a number an interval."""

    def __init__(
        self, group: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], clock: _Clock
    ) -> None:
        self.step, self.name, self.clock = group["keys"]["step"], group["name"], clock
        self.offered = _numbers(group, "offered")
        self.again = _numbers(group, "again")
        self._lists = {about: _numbers(group, name) for about, name in _BAD.items()}
        self._needs = [
            one for one in groups if one["keys"].get("step") == self.step and "need" in one["keys"]
        ]

    def bad(self, about: About) -> list[float]:
        """What is suffered in each interval."""
        return self._lists[about]

    def need(self, about: About) -> tuple[str, float, float] | None:
        """The need that suffers most beyond its share of the visits."""
        bad, offered = sum(self.bad(about)), sum(self.offered)
        best = None
        for one in self._needs:
            name = one["keys"]["need"]
            own = (_number(one, _BAD[about]) / (bad or 1), _number(one, "offered") / (offered or 1))
            stands_out = own[0] >= 0.2 and own[0] >= 1.3 * own[1]
            if name != "unknown" and stands_out and (best is None or own[0] > best[1]):
                best = (name, *own)
        return best


def _numbers(group: Mapping[str, Any], name: str) -> list[float]:
    return [value or 0.0 for value in group["measures"][name]["value"]]


def _number(group: Mapping[str, Any], name: str) -> float:
    return float(group["measures"][name]["value"] or 0.0)


def _of_queue(queue: _Queue, about: About, total: float, busy: _Busy) -> Iterator[Cause]:
    """The spell and the rest of the time, or all of it where none stands out."""
    bad = queue.bad(about)
    everywhere = range(len(bad))
    spell = worst_spell(bad, queue.offered)
    rest = [number for number in everywhere if number not in spell]
    inside, outside = _rate(bad, queue.offered, spell), _rate(bad, queue.offered, rest)
    if not rest or inside < WORSE * outside or not sum(bad[n] for n in spell):
        yield _cause(queue, about, total, busy, everywhere, None)
        return
    yield _cause(queue, about, total, busy, spell, outside)
    yield _cause(queue, about, total, busy, rest, inside, is_rest=True)


def _cause(
    queue: _Queue,
    about: About,
    total: float,
    busy: _Busy,
    numbers: Sequence[int],
    other: float | None,
    *,
    is_rest: bool = False,
) -> Cause:
    bad, offered, clock = queue.bad(about), queue.offered, queue.clock
    is_spell = other is not None and not is_rest
    visits = sum(offered[n] for n in numbers)
    ends = (clock.starts[numbers[0]], clock.starts[numbers[-1]] + clock.width) if is_spell else None
    return Cause(
        about,
        queue.step,
        queue.name,
        ends,
        is_rest,
        sum(bad[n] for n in numbers),
        total,
        visits,
        _rate(bad, offered, numbers),
        other,
        sum(queue.again[n] for n in numbers) / visits if visits else 0.0,
        queue.need(about),
        busy.of(queue.step, numbers) if is_spell else None,
    )


def _rate(bad: Sequence[float], offered: Sequence[float], numbers: Sequence[int]) -> float:
    visits = sum(offered[n] for n in numbers)
    return sum(bad[n] for n in numbers) / visits if visits else 0.0


def worst_spell(bad: Sequence[float], offered: Sequence[float]) -> range:
    """The contiguous intervals with the largest sum of `bad` beyond `offered` × mean rate."""
    rate = _rate(bad, offered, range(len(bad)))
    best, best_sum, begin, running = range(0), 0.0, 0, 0.0
    for number, (suffered, visits) in enumerate(zip(bad, offered, strict=True)):
        if running <= 0:
            begin, running = number, 0.0
        running += suffered - rate * visits
        if running > best_sum:
            best, best_sum = range(begin, number + 1), running
    return best


class _Busy:
    """How busy the team of a step is, by interval."""

    def __init__(self, charts: Mapping[str, Any], teams: Mapping[str, Sequence[str]]) -> None:
        self._teams = teams
        self._groups = {
            one["keys"]["team"]: one for one in charts.get("staffing", {}).get("groups", ())
        }

    def of(self, step: str, numbers: Sequence[int]) -> tuple[str, float, float] | None:
        """Name, occupancy in these intervals, and over all; of the first team that is told."""
        for team in self._teams.get(step.rsplit("__", maxsplit=1)[-1], ()):
            group = self._groups.get(team)
            if group is not None:
                present, occupancy = _numbers(group, "present"), _numbers(group, "occupancy")
                everything = range(len(present))
                return (
                    group["name"],
                    _weighed(occupancy, present, numbers),
                    _weighed(occupancy, present, everything),
                )
        return None


def _weighed(values: Sequence[float], weights: Sequence[float], numbers: Sequence[int]) -> float:
    weight = sum(weights[n] for n in numbers)
    return sum(values[n] * weights[n] for n in numbers) / weight if weight else 0.0


# ---- who gives up where nobody waits


def _elsewhere(charts: Mapping[str, Any], queues: set[str]) -> Iterator[tuple[str, str, float]]:
    """Steps without a queue that are left by their exit “abandoned”: id, name, how often."""
    for one in charts.get("flow", {}).get("groups", ()):
        keys = one["keys"]
        if keys.get("exit") == "abandoned" and keys["from"] not in queues:
            yield keys["from"], one["name"].split(" → ")[0], _number(one, "contacts")


def _left(about: About, step: str, name: str, amount: float, total: float) -> Cause:
    return Cause(about, step, name, None, False, amount, total, 0.0, 0.0, None, 0.0, is_queue=False)
