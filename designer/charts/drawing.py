"""A chart drawn beside the window's thread: pixels, and where its marks are among them.

Matplotlib is imported here only within functions, for they run in other threads.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainterPath, QPolygonF

from engine.errors import WaylineError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from simulator.charts.marks import Mark

DOTS: Final = 100
"""An inch, at the usual text size: what is written is then about as large as in the window."""

_one_at_a_time: Final = threading.Lock()
"""Matplotlib's fonts and settings are shared; windows may draw at the same time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be drawn.

    results: a number that stands for the results.  width, height: in the window's pixels, of
    which each has `ratio` by `ratio` dots.
    """

    results: int
    chart: str
    choice: str
    theme: str
    scale: float
    width: int
    height: int
    ratio: float
    told: Mapping[str, Any] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark within the picture.

    says: it in a sentence.  step: the planned step that it leads to.  path: in the window's
    pixels.  within: what is beyond is not seen.  is_line: it has no inside.
    """

    says: str
    step: str | None
    path: QPainterPath
    within: QRectF
    is_line: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A wish come true."""

    wish: Wish
    image: QImage
    shapes: Sequence[Shape]
    height: int
    """In the window's pixels, for all names at the left to be read."""


def prepare() -> WaylineError | None:
    """Import what draws; the error if it is not there."""
    try:
        from simulator.charts.picture import refuse_without_matplotlib  # noqa: PLC0415

        refuse_without_matplotlib()
    except WaylineError as error:
        return error
    from matplotlib.backends import backend_agg  # noqa: F401, PLC0415

    return None


def drawn(wish: Wish) -> Drawn:
    """Draw it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    from simulator.charts.palette import PALETTES  # noqa: PLC0415
    from simulator.charts.picture import draw, quiet  # noqa: PLC0415

    with _one_at_a_time, quiet():
        figure = Figure(figsize=(wish.width / DOTS, wish.height / DOTS), dpi=DOTS * wish.ratio)
        canvas = FigureCanvasAgg(figure)
        palette = PALETTES[wish.theme]
        _, marks = draw(figure, wish.chart, dict(wish.told), wish.choice, palette, wish.scale)
        canvas.draw()  # type: ignore[no-untyped-call]
        width, height = canvas.get_width_height(physical=True)
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(wish.ratio)
        shapes = [_shape(mark, figure, wish.ratio) for mark in marks]
        return Drawn(wish, image, shapes, _height(figure, wish))


def filed(wish: Wish, form: str) -> bytes | WaylineError:
    """The chart as a file of this form: png, svg or csv, as `wayline chart` makes it."""
    from simulator.charts.palette import PALETTES  # noqa: PLC0415
    from simulator.charts.picture import picture  # noqa: PLC0415
    from simulator.charts.table import chart_csv  # noqa: PLC0415

    told = dict(wish.told)
    if form == "csv":
        return chart_csv(told).encode()
    with _one_at_a_time:
        try:
            return picture(wish.chart, told, form, wish.choice, PALETTES[wish.theme])
        except WaylineError as error:
            return error


def _height(figure: Figure, wish: Wish) -> int:
    """What the rows of a chart of bars need, or the names of a flow; 0 where axes are numbers."""
    from matplotlib.ticker import FixedLocator  # noqa: PLC0415

    from simulator.charts.paper import TEXT  # noqa: PLC0415

    axes = figure.axes[0] if len(figure.axes) == 1 else None
    if axes is None or not isinstance(axes.yaxis.get_major_locator(), FixedLocator):
        return 0
    columns = Counter[float]()
    for text in axes.texts:
        columns[round(text.get_position()[0], 3)] += text.get_text().count("\n") + 2
    rows = len(axes.get_yticks()) or max(columns.values(), default=0)
    line = 1.3 * TEXT * wish.scale / 72.0 * DOTS
    around = wish.height - float(axes.bbox.height) / wish.ratio
    return round(around + line * rows)


def _shape(mark: Mark, figure: Figure, ratio: float) -> Shape:
    artist, height = mark.artist, float(figure.bbox.height)
    path, is_line = QPainterPath(), _is_line(artist)
    for outline in _outlines(artist):
        path.addPolygon(QPolygonF([QPointF(x / ratio, (height - y) / ratio) for x, y in outline]))
    axes = artist.axes
    box = axes.bbox if axes is not None else figure.bbox
    within = QRectF(
        box.x0 / ratio, (height - box.y1) / ratio, box.width / ratio, box.height / ratio
    )
    return Shape(mark.says, mark.step, path, within, is_line)


def _is_line(artist: Artist) -> bool:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    return isinstance(artist, Line2D)


def _outlines(artist: Artist) -> list[Any]:
    """Its points in dots from below, a list for each piece that hangs together."""
    import numpy as np  # noqa: PLC0415
    from matplotlib.cbook import pts_to_midstep  # noqa: PLC0415
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    if isinstance(artist, Patch):
        path = artist.get_path()
        return list(artist.get_transform().transform_path(path).to_polygons(closed_only=False))
    if not isinstance(artist, Line2D):
        return []
    x, y = (np.asarray(values, float) for values in artist.get_data(orig=False))
    if artist.get_drawstyle() == "steps-mid" and len(x) > 1:
        x, y = pts_to_midstep(x, y)
    points = artist.get_transform().transform(np.column_stack([x, y]))
    gaps = np.flatnonzero(~np.isfinite(points).all(axis=1))
    pieces = np.split(points, gaps)
    found = [piece[np.isfinite(piece).all(axis=1)] for piece in pieces]
    return [piece for piece in found if len(piece)]
