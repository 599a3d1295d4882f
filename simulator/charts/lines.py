"""Lines with their bands, told apart by colour, dashes and markers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.charts.marks import Mark
from simulator.charts.paper import DASHES, MARKERS, Paper, named
from simulator.charts.registry import Plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_LINES: Final = 6
"""So many lines can be told apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of a group.

    style: a number; lines of one number look the same.  dashes: a number of its own, if not
    that.  is_stepped: it holds for a whole interval.
    """

    name: str
    measure: Plain
    says: str
    step: str | None = None
    style: int = 0
    dashes: int | None = None
    is_stepped: bool = False


def draw_line(paper: Paper, axes: Axes, x: NDArray[np.float64], line: Line) -> Mark:
    """A line, its interval and where most replications lie."""
    palette, scale = paper.palette, paper.scale
    colour = palette.series[line.style % len(palette.series)]
    step = "mid" if line.is_stepped else None
    for low, high, share in (("p10", "p90", 0.6), ("low", "high", 1.0)):
        if line.measure.get(low) is not None:
            axes.fill_between(
                x,
                numbers(line.measure[low]),
                numbers(line.measure[high]),
                step=step,  # type: ignore[arg-type]
                color=colour,
                alpha=palette.band * share,
                linewidth=0,
            )
    dashes = line.style if line.dashes is None else line.dashes
    values = numbers(line.measure["value"])
    (drawn,) = axes.plot(
        x,
        values,
        color=colour,
        linewidth=1.6 * scale,
        linestyle=DASHES[dashes % len(DASHES)],
        marker=MARKERS[line.style % len(MARKERS)],
        markersize=3.6 * scale,
        markevery=_markers(line.style, len(x)),
        drawstyle="steps-mid" if line.is_stepped else "default",
        label=named(line.name),
        pickradius=6,
    )
    return Mark(line.says, line.step, drawn)


def _markers(style: int, count: int) -> tuple[int, int]:
    """Every so many points, and not where those of other lines are."""
    every = max(1, count // 9)
    return (style * every // MOST_LINES) % every, every


def numbers(values: list[float | None]) -> NDArray[np.float64]:
    """None is a gap."""
    return np.array([np.nan if one is None else one for one in values], np.float64)


def name_lines(paper: Paper, marks: list[Mark]) -> None:
    """The legend of these lines, if there is more than one."""
    if len(marks) > 1:
        artists: list[Any] = [mark.artist for mark in marks]
        paper.legend(artists, [str(one.get_label()) for one in artists])


def bands_said(told: Plain, *, level: float = 0.95, with_spread: bool = True) -> str:
    """What lines and bands are, for the small print."""
    count = told["replications"]
    if count < 2:
        return "1 replication, so no bands"
    spread = "; wide band: 10–90\N{NO-BREAK SPACE}% of replications" if with_spread else ""
    return f"{count:,} replications, mean with {level * 100:g}\N{NO-BREAK SPACE}% band{spread}"
