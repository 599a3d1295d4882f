"""The axis of time: hours of a day, or days of a week."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.calendar import DAY, Weekday
from simulator.charts.paper import Paper
from simulator.charts.registry import Plain
from simulator.charts.words import span_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS: Final = (1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400)

_ROUND: Final = tuple(
    unit * times
    for unit, many in (
        (1, (1, 2, 5, 10, 20, 30)),
        (60, (1, 2, 5, 10, 20, 30)),
        (3600, (1, 2, 4, 8)),
    )
    for times in many
) + tuple(86_400.0 * days for days in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000))


def middles(x: Plain) -> NDArray[np.float64]:
    """Where values of intervals are drawn: in their middles."""
    return np.asarray(np.array(x["values"]) + x["width"] / 2, np.float64)


def busy_span(x: Plain, series: Iterable[list[float | None]]) -> tuple[float, float]:
    """From when to when there is more than next to nothing, with an interval of air."""
    seen = np.zeros(len(x["values"]), bool)
    for values in series:
        amounts = np.array([one or 0.0 for one in values])
        seen |= amounts > 0.01 * amounts.max()
    where = np.flatnonzero(seen)
    first, last = (int(where[0]), int(where[-1])) if len(where) else (0, len(seen) - 1)
    begin, width = x["values"][0], x["width"]
    low = begin + width * max(0, first - 1)
    return low, begin + width * min(len(seen), last + 2)


def set_spans(paper: Paper, axes: Axes) -> None:
    """Ticks at round lengths of time from 0 on, as many as there is room for."""
    room = max(2.0, paper.figure.get_figwidth() / (1.0 * paper.scale))
    high = axes.get_xlim()[1]
    step = next((one for one in _ROUND if high / one <= room), high)
    ticks = np.arange(0, high, step)
    axes.set_xticks(ticks, [span_text(float(one)) for one in ticks])


def clock_text(seconds: float) -> str:
    """The weekday, if it is not Monday's only, and the time of day."""
    day, rest = divmod(round(seconds), int(DAY))
    return f"{list(Weekday)[day % 7].value[:3].capitalize()} {rest // 3600:02}:{rest // 60 % 60:02}"


def set_clock(paper: Paper, axes: Axes, low: float, high: float) -> None:
    """Ticks at whole hours or days, as many as there is room for."""
    room = max(2.0, paper.figure.get_figwidth() / (0.62 * paper.scale))
    step = next((one for one in _STEPS if (high - low) / one <= room), DAY)
    step = step * max(1, int(np.ceil((high - low) / step / room)))
    ticks = np.arange(np.ceil(low / step) * step, high + 1, step)
    is_one_day = high - low <= DAY
    axes.set_xlim(low, high)
    axes.set_xticks(ticks)
    axes.set_xticklabels([_label(one, is_one_day=is_one_day, step=step) for one in ticks])


def _label(seconds: float, *, is_one_day: bool, step: float) -> str:
    text = clock_text(seconds)
    if is_one_day:
        return text[4:]
    # With several days, midnight is where one begins.
    return text[:3] if text.endswith("00:00") or step >= DAY else text[4:]
