"""Where and when customers wait and give up, and who they are: what an explanation is made from.

Data for rules that say in words what the largest causes are. Groups, with means a replication:

-   keys {"step": ID}: lists, a number for each interval of "x":
    offered, answered, abandoned (visits that joined in the interval); waited (seconds that these
    visits waited, however they ended); again (offered visits of contacts that come again about
    their issue: redials and repeats).
-   keys {"step": ID, "need": NEED}: the same five measures as one number each, for customers who
    want the same; NEED is "unknown" where nobody knows it. Only those that were offered any.

Sums of a step's list are its totals within the measured time, also where a long time is laid over
one week; abandoned ÷ offered is its abandonment rate. Sums over its needs count those too who
come again after the measured time, as KPIs do. Steps are planned ids (a sub-journey's after the
calling step's and `__`).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.charts.bars import Bar, Piece, draw_bars, longest_name
from simulator.charts.clock_axis import clock_text, set_spans
from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.marks import Choice, Mark
from simulator.charts.paper import Paper, one_line
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import clock, group, largest
from simulator.charts.words import amount_text, share_text, span_text

MEASURES: Final = ("offered", "answered", "abandoned", "waited", "again")
_UNITS: Final = {"waited": "seconds"}


def _gather(seen: Seen) -> Gathered:
    m, slots, steps = seen.measured, seen.frame.slots, seen.queue_steps.tolist()
    offered, contact = m.offered, seen.visit_contact[m.offered]
    queue, joined = seen.visit_queue[offered], m.queued("joined")[offered]
    contacts = m.records.contacts
    is_known = contact >= 0
    again = is_known & (_of(contacts.column("nth"), contact) > 1)
    kinds = [m.answered[offered], m.abandoned[offered], m.waits[offered], again]
    # One of each visit: so that all five are sums of something.
    weights = [np.ones(len(queue)), *(kind.astype(np.float64) for kind in kinds)]
    most, unknown = len(seen.frame.needs), len(seen.frame.needs) - 1
    need = np.where(is_known, _of(contacts.column("need"), contact), -1).astype(np.int64)
    keys = queue * most + np.where(need < 0, unknown, need)
    by_need = np.stack([np.bincount(keys, one, most * len(steps)) for one in weights], axis=-1)
    in_time = np.stack([slots.sums(joined, queue, len(steps), one) for one in weights], axis=1)
    by_need = by_need.reshape(len(steps), most, len(MEASURES))
    found: dict[object, NDArray[np.float64]] = {}
    for number, step in enumerate(steps):
        found[step] = in_time[number]
        found[step, "need"] = by_need[number]
    return found


def _of(column: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[Any]:
    """The column's values of these rows; of the row -1, of which nobody asks, any."""
    return column[rows] if len(column) else np.zeros(len(rows), column.dtype)


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    slots, sizes = told.frame.slots, dict[int, float]()
    for one in told.found:
        for key, found in one.items():
            if isinstance(key, int):
                sizes[key] = sizes.get(key, 0.0) + float(found[0].sum())
    kept, left_out = largest(sizes)
    groups = []
    for step in kept:
        nothing = np.zeros((len(MEASURES), slots.shown))
        groups.append(_of_step(told, step, nothing))
    for step in kept:
        groups += _by_need(told, step)
    return clock(slots), groups, left_out


def _of_step(told: Told, step: int, nothing: NDArray[np.float64]) -> Plain:
    planned = told.frame.plan.steps[step].id
    rows = stacked(one.get(step, nothing) for one in told.found)
    measures = {
        name: mean_measure(rows[:, at], _UNITS.get(name, "count"), told.level)
        for at, name in enumerate(MEASURES)
    }
    return group({"step": planned}, told.frame.step_name(step), planned, measures)


def _by_need(told: Told, step: int) -> list[Plain]:
    planned, needs = told.frame.plan.steps[step].id, told.frame.needs
    nothing = np.zeros((len(needs), len(MEASURES)))
    rows = stacked(one.get((step, "need"), nothing) for one in told.found)
    groups = []
    for number, need in enumerate(needs):
        own = rows[:, number]
        if not own.any():
            continue
        measures = {
            name: mean_measure(own[:, at], _UNITS.get(name, "count"), told.level)
            for at, name in enumerate(MEASURES)
        }
        name = f"{told.frame.step_name(step)}: {need}"
        groups.append(group({"step": planned, "need": need}, name, planned, measures))
    return groups


_MOST_BARS: Final = 10
_VIEWS: Final = {"abandoned": "Who gave up", "waited": "Who waited"}


def _choices(_told: Plain) -> list[Choice]:
    return [Choice(name, title) for name, title in _VIEWS.items()]


def _draw(paper: Paper, told: Plain, choice: str) -> list[Mark]:
    what, x = choice or "abandoned", told["x"]
    cells = []
    for one in told["groups"]:
        if "need" not in one["keys"]:
            values = one["measures"][what]["value"]
            cells += [(value, at, one) for at, value in enumerate(values) if value]
    total = sum(value for value, _, _ in cells)
    cells = sorted(cells, key=lambda cell: -cell[0])[:_MOST_BARS]
    bars = [_bar(one, what, at, x, total) for _, at, one in cells]
    if not bars:
        paper.nothing("Nobody gave up." if what == "abandoned" else "Nobody waited.")
        return []
    [axes] = paper.axes(left=longest_name(bars))
    marks = draw_bars(paper, axes, bars, most=max(bar.end for bar in bars) * 1.3)
    if what == "waited":
        set_spans(paper, axes)
    unit = "visits that were abandoned" if what == "abandoned" else "time spent waiting"
    paper.small_print(
        f"Where and when it is most: {unit}, a replication",
        f"{told['replications']:,} replications" if told["replications"] > 1 else "1 replication",
        "" if told["replications"] < 2 else "whiskers: 95 % interval",
    )
    return marks


def _bar(one: Plain, what: str, at: int, x: Plain, total: float) -> Bar:
    measure = one["measures"][what]
    value, said = measure["value"][at], amount_text if what == "abandoned" else span_text
    bounds = None if measure["low"] is None else (measure["low"][at], measure["high"][at])
    when = clock_text(x["values"][at])
    note = f"{said(value)} · {share_text(value / total)} of all"
    name = f"{one_line(one['name'], 22)}, {when}"
    piece = Piece(value, f"{one['name']}, from {when}: {note}", one["step"])
    return Bar(name, [piece], note, bounds)


CHART: Final = Chart(
    "causes",
    "Causes",
    "for each queue and interval: visits offered, answered and abandoned, seconds waited, and "
    "visits of contacts that come again; and the same by what customers want",
    80,
    _gather,
    _tell,
    _choices,
    _draw,
)
