"""Bars from left to right, made of parts that colours and hatching tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.charts.marks import Mark
from simulator.charts.paper import FAMILY, HATCHES, TEXT, Paper, named
from simulator.charts.registry import Plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar.

    style: a number; pieces of one number look the same.  label: within it, if there is room.
    """

    value: float
    says: str
    step: str | None = None
    style: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row. note: what is said at its end. bounds: of its whole length, drawn as a whisker."""

    name: str
    pieces: Sequence[Piece]
    note: str = ""
    bounds: tuple[float, float] | None = None

    @property
    def end(self) -> float:
        """How far it reaches, whisker included."""
        length = sum(piece.value for piece in self.pieces)
        return length if self.bounds is None else max(length, self.bounds[1])


def bounds_of(measure: Plain) -> tuple[float, float] | None:
    """Those of a measure, if they are known."""
    low, high = measure["low"], measure["high"]
    return None if low is None or high is None else (low, high)


def draw_bars(paper: Paper, axes: Axes, bars: Sequence[Bar], *, most: float) -> list[Mark]:
    """Bars below each other, the first one on top; `most`: how far the axis reaches at least."""
    palette, scale, marks = paper.palette, paper.scale, list[Mark]()
    most = max([most, *(_needed(paper, bar) for bar in bars)])
    for row, bar in enumerate(bars):
        left = 0.0
        for piece in bar.pieces:
            [drawn] = axes.barh(
                row,
                piece.value,
                left=left,
                height=0.62,
                color=palette.series[piece.style % len(palette.series)],
                hatch=HATCHES[piece.style % len(HATCHES)],
                edgecolor=palette.ground,
                linewidth=0.8,
            )
            marks.append(Mark(piece.says, piece.step, drawn))
            if piece.label:
                _inside(paper, axes, row, left, piece, most)
            left += piece.value
        if bar.bounds is not None:
            axes.plot(bar.bounds, [row, row], color=palette.ink, linewidth=1.3 * scale)
        if bar.note:
            axes.annotate(
                named(bar.note, 60),
                (bar.end, row),
                xytext=(6 * scale, 0),
                textcoords="offset points",
                va="center",
                color=palette.ink,
                size=TEXT * scale,
                family=FAMILY,
            )
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_xlim(0, most)
    axes.set_yticks(range(len(bars)), [named(bar.name) for bar in bars])
    axes.tick_params(axis="y", labelcolor=palette.ink)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=palette.line, linewidth=0.7)
    return marks


def _needed(paper: Paper, bar: Bar) -> float:
    """How far the axis has to reach for what is said at the bar's end."""
    return bar.end / (1.0 - min(0.6, paper.room_for(bar.note))) if bar.note else bar.end


def _inside(paper: Paper, axes: Axes, row: int, left: float, piece: Piece, most: float) -> None:
    """The label, if the piece is wide enough for it."""
    room = piece.value / most * (paper.figure.get_figwidth() - 2.2 * paper.scale)
    if room < 0.085 * paper.scale * (len(piece.label) + 1):
        return
    axes.text(
        left + piece.value / 2,
        row,
        named(piece.label),
        ha="center",
        va="center",
        color=paper.palette.ink,
        size=(TEXT - 0.5) * paper.scale,
        family=FAMILY,
        bbox={
            "facecolor": paper.palette.ground,
            "edgecolor": "none",
            "boxstyle": "round,pad=0.2",
        },
    )


def swatch(paper: Paper, style: int) -> Any:
    """What stands in the legend for pieces of a style."""
    from matplotlib.patches import Patch  # noqa: PLC0415 - only when drawing

    return Patch(
        facecolor=paper.palette.series[style % len(paper.palette.series)],
        hatch=HATCHES[style % len(HATCHES)],
        edgecolor=paper.palette.ground,
    )


def longest_name(bars: Sequence[Bar]) -> float:
    """In characters: the room that the names at the left need."""
    return float(max((len(named(bar.name)) for bar in bars), default=0))
