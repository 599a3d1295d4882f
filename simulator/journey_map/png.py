"""A picture as PNG, drawn by matplotlib, which is imported only then."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from engine.errors import WaylineError
from engine.shipped import shipped_folder
from simulator.journey_map.shapes import Box, Line, Mark, Picture, Shape, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DPI: Final = 100.0
_SCALE: Final = 2.0
_MOST: Final = 30_000
"""Pixels along an edge: matplotlib draws no more than 2¹⁶."""
_POINT: Final = 72.0 / _DPI


def png(picture: Picture) -> bytes:
    """The picture as a PNG file, two pixels for one; WaylineError without matplotlib."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise WaylineError(
            "PNG pictures need matplotlib, which is not installed",
            mend="install wayline[designer], or save an SVG picture.",
        ) from None
    scale = min(_SCALE, _MOST / max(picture.width, picture.height))
    size = picture.width / _DPI, picture.height / _DPI
    figure = Figure(figsize=size, dpi=_DPI * scale, facecolor=picture.ground)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, picture.width)
    axes.set_ylim(picture.height, 0)
    for number, shape in enumerate(picture.shapes):
        _draw(axes, shape, number)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DPI * scale, metadata={"Software": None})
    return out.getvalue()


def _draw(axes: Axes, shape: Shape, order: int) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Circle, FancyBboxPatch, Polygon  # noqa: PLC0415

    match shape:
        case Box():
            style = f"round,pad=0,rounding_size={shape.radius}" if shape.radius else "square,pad=0"
            corner = shape.x, shape.y
            box = FancyBboxPatch(
                corner, shape.width, shape.height, style, fc=shape.fill, ec="none", zorder=order
            )
            axes.add_patch(box)
        case Line(fill=0.0):
            xs, ys = zip(*shape.points, strict=True)
            dashes = (0, (3.5, 2.5)) if shape.dashed else "-"
            width = shape.width * _POINT
            axes.add_line(Line2D(xs, ys, color=shape.colour, lw=width, ls=dashes, zorder=order))
        case Line():
            axes.add_patch(
                Polygon(list(shape.points), fc=shape.colour, alpha=shape.fill, zorder=order)
            )
        case Mark():
            fill, at = shape.ground or shape.colour, (shape.x, shape.y)
            axes.add_patch(
                Circle(at, shape.radius, fc=fill, ec=shape.colour, lw=1.6 * _POINT, zorder=order)
            )
        case Words():
            _write(axes, shape, order)


_SIDES: Final = {"start": "left", "middle": "center", "end": "right"}


def _write(axes: Axes, words: Words, order: int) -> None:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    file = "Inter-SemiBold.ttf" if words.strong else "Inter-Regular.ttf"
    font = FontProperties(fname=str(shipped_folder("assets") / "fonts" / file))
    font.set_size(words.size * _POINT)
    axes.text(
        words.x,
        words.y,
        words.text,
        color=words.colour,
        ha=_SIDES[words.anchor],
        va="baseline",
        fontproperties=font,
        zorder=order,
        parse_math=False,
    )
