"""How long customers wait: the share of them that still waits after so many seconds.

Who gave up is censored: until then they waited, and nobody knows for how much longer they would
have had to. Within a replication this is the Kaplan-Meier estimate of the wait that patient
customers would have, as in `statistics.wait_quantile`. Over replications, those at risk and those
answered are summed in each interval of the grid. The band is that of the jackknife.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.charts.clock_axis import set_spans
from simulator.charts.estimates import measured, stacked
from simulator.charts.lines import MOST_LINES, Line, bands_said, draw_line, name_lines, numbers
from simulator.charts.marks import Mark
from simulator.charts.paper import Paper
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import ALL, queues
from simulator.charts.viewing import by_key, viewed
from simulator.charts.words import span_text

GRID: Final = np.concatenate(
    [
        np.arange(0, 120, 2),
        np.arange(120, 600, 10),
        np.arange(600, 3600, 60),
        np.arange(3600, 28_800, 600),
        np.arange(28_800, 86_400 * 3 + 1, 3600),
    ]
).astype(np.float64)
"""Times in seconds: finer where most waits end."""

_ENOUGH: Final = 0.001
"""What so few still wait for is not told."""


def _gather(seen: Seen) -> Gathered:
    m = seen.measured
    held, steps = m.held, seen.visit_queue
    waits, answered, steps = m.waits[held], m.answered[held], steps[held]
    found: dict[Any, NDArray[Any]] = {ALL: survived(waits, answered)}
    for number, step in enumerate(seen.queue_steps.tolist()):
        own = steps == number
        if own.all():
            found[step] = found[ALL]
        elif own.any():
            found[step] = survived(waits[own], answered[own])
    return found


def survived(waits: NDArray[Any], answered: NDArray[Any]) -> NDArray[np.float64]:
    """For each interval of the grid how many still waited when it began, and were answered in it.

    The latter as Kaplan-Meier has it: of those at risk, the share that would be answered if
    nobody gave up. An interval ends at its time of the grid; the first holds no wait at all.
    """
    # At equal times, those who were answered count as still waiting for the others.
    order = np.lexsort((~answered, waits))
    times, events = waits[order], answered[order]
    at_risk = np.arange(len(times), 0, -1)
    survival = np.cumprod(np.where(events, 1.0 - 1.0 / at_risk, 1.0))
    ended = np.searchsorted(times, GRID, side="right")
    after = np.append(1.0, survival)[ended]
    before = np.append(1.0, after[:-1])
    waiting = len(times) - np.append(0, ended[:-1])
    share = np.divide(after, before, out=np.zeros_like(after), where=before > 0)
    return np.stack([waiting, waiting * (1.0 - share)])


def _still(at_risk: NDArray[Any], answered: NDArray[Any]) -> NDArray[np.float64]:
    """The share that still waits after each interval; unknown from where nobody is at risk."""
    known = at_risk > 0
    hazard = np.divide(answered, at_risk, out=np.zeros_like(answered), where=known)
    still = np.cumprod(1.0 - np.clip(hazard, 0.0, 1.0), axis=-1)
    # Rounding leaves a trace where the last one was answered.
    still[still < 1e-9] = 0.0
    return np.where(known | (still == 0), still, np.nan)


def still_waiting(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """The share of all replications, with its standard error; rows: (replication, 2, grid)."""
    at_risk, answered = rows[:, 0], rows[:, 1]
    total, count = rows.sum(axis=0), len(rows)
    values = _still(*total)
    if count < 2:
        return values, None
    others = _still(total[0] - at_risk, total[1] - answered)
    # Where only the one that is left out had anybody at risk, it cannot be judged without it.
    others = np.where(np.isnan(others), values, others)
    squares = np.sum((others - np.mean(others, axis=0)) ** 2, axis=0)
    return values, np.sqrt(squares * (count - 1) / count)


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    shares: dict[Any, tuple[NDArray[Any], NDArray[Any] | None]] = {}
    for name in dict.fromkeys(key for one in told.found for key in one):
        shares[name] = still_waiting(stacked(one[name] for one in told.found if name in one))
    longest = max(int(np.count_nonzero(values > _ENOUGH)) for values, _ in shares.values())
    kept = min(len(GRID), max(longest + 1, 6))

    def measures(name: Any) -> Plain:
        values, errors = shares.get(name, (np.full(len(GRID), math.nan), None))
        errors = None if errors is None else errors[:kept]
        share = measured(values[:kept], errors, len(told.found), "share", told.level)
        return {"still_waiting": share}

    x = {"name": "Seconds waited", "unit": "seconds", "values": GRID[:kept].tolist()}
    return x, *queues(told, measures, lambda one: float(one[0, 0]))


def _draw(paper: Paper, told: Plain, choice: str) -> list[Mark]:
    groups, x = viewed(told, "step", choice)[:MOST_LINES], numbers(told["x"]["values"])
    [axes] = paper.axes()
    marks = []
    for number, one in enumerate(groups):
        share = one["measures"]["still_waiting"]
        line = Line(one["name"], share, _says(one, told["x"]["values"]), one["step"], number)
        marks.append(draw_line(paper, axes, x, line))
    axes.set_ylim(0, 1)
    axes.set_xlim(0, _last(groups, told["x"]["values"]))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value * 100:.0f} %")
    set_spans(paper, axes)
    name_lines(paper, marks)
    paper.small_print(
        "Share still waiting after a time",
        "who gave up is censored (Kaplan-Meier): the wait of who would stay",
        bands_said(told, with_spread=False),
    )
    return marks


def _last(groups: list[Plain], times: list[float]) -> float:
    """Until when there is anything to be seen: one in a hundred still waits."""
    last = 0.0
    for one in groups:
        values = one["measures"]["still_waiting"]["value"]
        seen = [time for time, value in zip(times, values, strict=True) if (value or 0) > 0.01]
        last = max(last, seen[-1] if seen else 0.0)
    return max(10.0, last * 1.06)


def _says(one: Plain, times: list[float]) -> str:
    values = one["measures"]["still_waiting"]["value"]
    said = []
    for share in (0.5, 0.1):
        waits = (
            time
            for time, value in zip(times, values, strict=True)
            if value is not None and value <= share
        )
        time = next(waits, None)
        if time is not None:
            said.append(f"{share * 100:.0f} % wait longer than {span_text(time)}")
    had_to = f"{(values[0] or 0) * 100:.0f} % have to wait"
    return f"{one['name']}: {', '.join([had_to, *reversed(said)])}"


CHART: Final = Chart(
    "wait",
    "Waiting",
    "share still waiting after a time, had nobody given up: abandonment as censoring "
    "(Kaplan-Meier), visits of all replications together",
    10,
    _gather,
    _tell,
    by_key("step", "All queues"),
    _draw,
)
