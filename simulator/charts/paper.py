"""A figure to draw a chart on: margins, title, legend, small print; all in one look.

Nothing here knows what is drawn. Matplotlib is imported by whoever makes the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from simulator.charts.palette import Palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TEXT: Final = 8.5
SMALL: Final = 7.5
TITLE: Final = 10.5
"""Sizes of type in points."""

FAMILY: Final = ["Inter", "DejaVu Sans"]
"""The family that the window is written in; what it lacks is taken from matplotlib's own."""

MARKERS: Final = ("o", "s", "^", "D", "v", "P")
DASHES: Final = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 2)))
HATCHES: Final = ("", "//", "\\\\", "..", "xx", "--", "++")

LONGEST: Final = 34
"""Characters of a name."""

_EM: Final = 0.52
"""How wide a character is, of its size; on average."""
_INCH: Final = 72.0


def one_line(text: str, longest: int = LONGEST) -> str:
    """A name on one line, cut."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def named(text: str, longest: int = LONGEST) -> str:
    """A name as it may be drawn: one line, cut, and `$` never the beginning of a formula."""
    return one_line(text, longest).replace("$", r"\$")


class Paper:
    """A figure with the margins that its texts need, whatever its size becomes.

    scale: how much larger than usual the text is.
    """

    def __init__(self, figure: Figure, palette: Palette, scale: float = 1.0) -> None:
        self.figure, self.palette, self.scale = figure, palette, scale
        self._title: Any = None
        self._axes: list[Axes] = []
        self._heights: Sequence[float] = (1.0,)
        self._left, self._below, self._right = 0.62 * scale, 0.34, 0.24 * scale
        self._said: list[str] = []
        self._print: list[Any] = []
        self._legend: tuple[Sequence[Artist], Sequence[str]] | None = None
        figure.clear()
        figure.set_facecolor(palette.ground)

    # ---- what is drawn on

    def axes(self, *, heights: Sequence[float] = (1.0,), left: float | None = None) -> list[Axes]:
        """Axes below each other, of these heights; `left`: room for labels in characters."""
        self._heights = heights
        if left is not None:
            self._left = 0.18 + self._inches(left * _EM * TEXT)
        # Their place comes later; a label of its own keeps each from being another's.
        self._axes = [
            self.figure.add_axes((0.1, 0.1, 0.8, 0.8), label=str(number))
            for number in range(len(heights))
        ]
        for axes in self._axes:
            self._dress(axes)
        return self._axes

    def _dress(self, axes: Axes) -> None:
        palette = self.palette
        axes.set_facecolor(palette.ground)
        for side, spine in axes.spines.items():
            spine.set_visible(side == "bottom")
            spine.set_color(palette.line)
        size = TEXT * self.scale
        axes.tick_params(
            colors=palette.soft,
            labelsize=size,
            labelfontfamily=FAMILY,
            length=0,
            pad=4 * self.scale,
            which="both",
        )
        axes.grid(visible=True, axis="y", color=palette.line, linewidth=0.7)
        axes.set_axisbelow(True)

    # ---- texts

    def title(self, text: str) -> None:
        """What the chart is called, already `named`."""
        self._title = self.figure.text(
            0,
            1,
            text,
            size=TITLE * self.scale,
            family=FAMILY,
            color=self.palette.ink,
            weight="bold",
            va="top",
        )

    def small_print(self, *parts: str) -> None:
        """How it was counted, below everything."""
        self._said = [part for part in parts if part]

    def _placed_print(self, width: float, height: float) -> int:
        """How many rows the small print takes."""
        for old in self._print:
            old.remove()
        lines = self._lines(" · ".join(self._said), width)
        self._print = []
        for number, line in enumerate(reversed(lines)):
            up = (self._inches(SMALL * 1.35 * number) + 0.08) / height
            made = self.figure.text(
                0.14 / width,
                up,
                line.replace("$", r"\$"),
                size=SMALL * self.scale,
                family=FAMILY,
                color=self.palette.soft,
                va="bottom",
            )
            self._print.append(made)
        return len(lines)

    def _lines(self, text: str, width: float) -> list[str]:
        """As many words a line as there is room for."""
        room = (width - 0.3) / self._inches(SMALL * _EM)
        lines = [""]
        # At plain spaces only: a number stays with its unit.
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if len(longer) > room and lines[-1]:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines[:4]

    def nothing(self, text: str) -> None:
        """Say in the middle why there is no chart."""
        self.figure.text(
            0.5,
            0.5,
            text,
            ha="center",
            va="center",
            color=self.palette.soft,
            size=TEXT * self.scale,
            family=FAMILY,
            wrap=True,
        )

    def legend(self, handles: Sequence[Artist], names: Sequence[str]) -> None:
        """Name what is compared, between the title and the axes."""
        self._legend = (handles, names) if names else None

    # ---- where everything is

    def room_for(self, text: str) -> float:
        """Which part of the axes' width a text takes, a little air included."""
        inner = max(0.2, self.figure.get_figwidth() - self._left - self._right)
        return (self._inches(TEXT * (_EM * len(text) + 1.5))) / inner

    def fit(self) -> None:
        """Place all of it for the size that the figure has now."""
        width, height = self.figure.get_size_inches()
        if self._title is not None:
            self._title.set_position((0.14 / width, 1 - 0.1 / height))
        if not self._axes:
            return
        rows, printed = self._placed_legend(width), self._placed_print(width, height)
        top = 0.26 + self._inches(TITLE * 1.3) + self._inches(TEXT * 1.6) * rows
        below = self._below * self.scale + 0.12 + self._inches(SMALL * 1.35) * printed
        left = min(self._left, 0.45 * width)
        room = max(0.3, height - top - below)
        gap = 0.16 * self.scale
        free = max(0.2, room - gap * (len(self._axes) - 1))
        down = top
        for axes, part in zip(self._axes, self._heights, strict=True):
            tall = free * part / sum(self._heights)
            inner = max(0.2, width - left - self._right)
            axes.set_position(
                (left / width, 1 - (down + tall) / height, inner / width, tall / height)
            )
            down += tall + gap

    def _placed_legend(self, width: float) -> int:
        """How many rows the legend takes."""
        if self._legend is None:
            return 0
        handles, names = self._legend
        widest = self._inches(TEXT * _EM) * max(len(one) for one in names) + 0.5 * self.scale
        columns = max(1, min(len(names), int((width - 0.3) / widest)))
        rows = -(-len(names) // columns)
        for old in tuple(self.figure.legends):
            old.remove()
        height = self.figure.get_figheight()
        self.figure.legend(
            handles,
            names,
            loc="upper left",
            bbox_to_anchor=(0.14 / width, 1 - (0.12 + self._inches(TITLE * 1.3)) / height),
            ncols=columns,
            prop={"family": FAMILY, "size": TEXT * self.scale},
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            columnspacing=1.4,
            handlelength=2.4,
            handletextpad=0.6,
            labelspacing=0.45,
            labelcolor=self.palette.ink,
        )
        return rows

    def _inches(self, points: float) -> float:
        return points * self.scale / _INCH
