"""Charts as pictures: drawn on a figure, and in files."""

from __future__ import annotations

import importlib.util
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from engine.errors import WaylineError
from engine.shipped import shipped_folder
from simulator.charts import CHARTS
from simulator.charts.marks import Mark
from simulator.charts.palette import LIGHT, Palette
from simulator.charts.paper import Paper, named
from simulator.charts.registry import Plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS: Final = ("png", "svg")
SIZE: Final = (8.0, 4.5)
"""Of a picture in inches."""
_DOTS: Final = 160

_fonts_added: list[str] = []


def draw(
    figure: Figure,
    chart: str,
    told: Plain,
    choice: str = "",
    palette: Palette = LIGHT,
    scale: float = 1.0,
) -> tuple[Paper, list[Mark]]:
    """Draw a told chart; the paper fits itself to another size of the figure.

    choice: the id of one of the chart's choices; none for the usual one.
    """
    _add_fonts()
    kind, paper = CHARTS[chart], Paper(figure, palette, scale)
    choices = kind.choices(told) if told["groups"] else []
    view = next((one for one in choices if one.id == choice), choices[0] if choices else None)
    if view is None:
        paper.title(kind.name)
        paper.nothing("This run has nothing to show here.")
        paper.fit()
        return paper, []
    is_only = len(choices) == 1
    paper.title(kind.name if is_only else f"{kind.name}: {named(view.name, 60)}")
    marks = kind.draw(paper, told, view.id)
    paper.fit()
    return paper, marks


def picture(
    chart: str, told: Plain, form: str, choice: str = "", palette: Palette = LIGHT
) -> bytes:
    """A chart as a file of this format. The same chart gives the same bytes.

    Raises WaylineError if matplotlib is not installed.
    """
    refuse_without_matplotlib()
    from matplotlib import rc_context  # noqa: PLC0415 - an extra, and costly
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure, file = Figure(figsize=SIZE, dpi=_DOTS), io.BytesIO()
    # Text stays text, and the names within do not change from run to run.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "wayline"}), quiet():
        draw(figure, chart, told, choice, palette)
        metadata: dict[str, str | None] = {"Title": CHARTS[chart].name}
        metadata |= {"Date": None} if form == "svg" else {"Software": "Wayline"}
        figure.savefig(file, format=form, metadata=metadata, facecolor=palette.ground)
    return file.getvalue()


def refuse_without_matplotlib() -> None:
    """WaylineError if nothing can be drawn."""
    if importlib.util.find_spec("matplotlib") is None:
        raise WaylineError(
            "pictures of charts need the library matplotlib, which is not installed",
            mend="install Wayline with its extra: pip install 'wayline[charts]'; the numbers can "
            "be had without it, as CSV and JSON.",
        )


@contextmanager
def quiet() -> Iterator[None]:
    """Nobody is told which glyphs of a name no font has: a box stands there."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def _add_fonts() -> None:
    """Let matplotlib know the bundled family, once."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - costly

    if not _fonts_added:
        # That the family has one bold weight of its own is nothing to be told of.
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
        for file in sorted((shipped_folder("assets") / "fonts").glob("*.ttf")):
            fontManager.addfont(str(file))
            _fonts_added.append(file.name)
