"""A flow drawn: nodes as bars, links as bands between them, ways back as dashed lines below."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from simulator.charts.marks import Mark
from simulator.charts.paper import FAMILY, TEXT, Paper, one_line
from simulator.charts.sankey import Layout, Link, Node, layout
from simulator.charts.words import amount_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH: Final = 0.14
"""Of a node, where columns are 1 apart."""
_LAST: Final = 1.0
"""Room right of the last column, for its labels."""
_BELOW: Final = 0.16
"""Room below for ways back."""


def draw_flow(
    paper: Paper, axes: Axes, links: list[Link], names: Mapping[str, tuple[str, str | None]]
) -> list[Mark]:
    """All of it; names: what a node is called, and the step that it stands for."""
    made = layout(links)
    axes.set_xlim(-0.02, made.columns - 1 + _LAST)
    axes.set_ylim(1.0 + (_BELOW if made.back else 0.02), -0.03)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False, axis="both")
    axes.spines["bottom"].set_visible(False)
    marks = _draw_bands(paper, axes, made, names)
    for number, link in enumerate(made.back):
        marks.append(_draw_back(paper, axes, made, link, number, names))
    nodes = [_draw_node(paper, axes, node, made, *names[node.id]) for node in made.nodes.values()]
    return nodes + marks


def _draw_node(
    paper: Paper, axes: Axes, node: Node, made: Layout, name: str, step: str | None
) -> Mark:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - only when drawing

    drawn = Rectangle(
        (node.column, node.top), _WIDTH, node.height, color=paper.palette.series[0], linewidth=0
    )
    axes.add_patch(drawn)
    # So many characters fit between two columns, beside the node.
    inches = paper.figure.get_figwidth() / (made.columns - 1 + _LAST)
    room = max(5, int((1 - _WIDTH - 0.08) * inches / (0.5 * TEXT * paper.scale / 72)))
    rows = 3 if node.height > 0.2 else 2
    # A long word rather stands out a little than is broken.
    words = " ".join(one_line(word, room + 3) for word in one_line(name, 80).split())
    called = wrap(words, room, max_lines=rows, placeholder="…", break_long_words=False)
    label = "\n".join([*called, amount_text(node.amount)]).replace("$", r"\$")
    axes.text(
        node.column + _WIDTH + 0.04,
        node.top + node.height / 2,
        label,
        va="center",
        color=paper.palette.ink,
        size=(TEXT - 0.5) * paper.scale,
        family=FAMILY,
        linespacing=1.1,
        zorder=4,
    )
    return Mark(f"{name}: {amount_text(node.amount)} contacts", step, drawn)


def _draw_bands(
    paper: Paper, axes: Axes, made: Layout, names: Mapping[str, tuple[str, str | None]]
) -> list[Mark]:
    out = {name: node.top for name, node in made.nodes.items()}
    into = dict(out)
    # From top to bottom at both ends, so that bands cross little.
    tops = {link: (made.nodes[link.source].top, made.nodes[link.target].top) for link in made.links}
    starts: dict[Link, float] = {}
    for link in sorted(made.links, key=lambda one: (one.source, tops[one][1])):
        starts[link] = out[link.source]
        out[link.source] += link.amount * made.scale
    marks = []
    for link in sorted(made.links, key=lambda one: (one.target, tops[one][0])):
        end = into[link.target]
        into[link.target] += link.amount * made.scale
        marks.append(_draw_band(paper, axes, made, link, (starts[link], end), names))
    return marks


def _draw_band(
    paper: Paper,
    axes: Axes,
    made: Layout,
    link: Link,
    ends: tuple[float, float],
    names: Mapping[str, tuple[str, str | None]],
) -> Mark:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - only when drawing
    from matplotlib.path import Path  # noqa: PLC0415

    left, right = made.nodes[link.source].column + _WIDTH, float(made.nodes[link.target].column)
    start, end = ends
    tall, middle = max(link.amount * made.scale, 0.0015), (left + right) / 2
    to, curve = Path.LINETO, Path.CURVE4
    corners = [
        (left, start),
        (middle, start),
        (middle, end),
        (right, end),
        (right, end + tall),
        (middle, end + tall),
        (middle, start + tall),
        (left, start + tall),
        (left, start),
    ]
    path = Path(corners, [Path.MOVETO, curve, curve, curve, to, curve, curve, curve, to])
    drawn = PathPatch(path, facecolor=paper.palette.series[0], alpha=0.28, linewidth=0)
    axes.add_patch(drawn)
    return Mark(_said(link, names), names[link.source][1], drawn)


def _draw_back(
    paper: Paper,
    axes: Axes,
    made: Layout,
    link: Link,
    number: int,
    names: Mapping[str, tuple[str, str | None]],
) -> Mark:
    source, target = made.nodes[link.source], made.nodes[link.target]
    low = 1.03 + 0.1 * (number + 1) / (len(made.back) + 1)
    begin = (source.column + _WIDTH / 2, source.top + source.height)
    end = (target.column + _WIDTH / 2, target.top + target.height)
    (drawn,) = axes.plot(
        [begin[0], begin[0], end[0], end[0]],
        [begin[1], low, low, end[1]],
        color=paper.palette.series[1],
        linestyle="--",
        linewidth=1.2 * paper.scale,
        pickradius=6,
    )
    axes.annotate(
        "",
        end,
        xytext=(end[0], low),
        arrowprops={"arrowstyle": "->", "color": paper.palette.series[1], "linewidth": 0},
    )
    return Mark(f"Back: {_said(link, names)}", names[link.source][1], drawn)


def _said(link: Link, names: Mapping[str, tuple[str, str | None]]) -> str:
    source, target = names[link.source][0], names[link.target][0]
    return f"{source} to {target}: {amount_text(link.amount)} contacts"
