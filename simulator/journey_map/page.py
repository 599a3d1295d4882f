"""A map as one HTML page: self-contained, printable, without any script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

from simulator.journey_map.model import JourneyMap
from simulator.journey_map.moments import RULE
from simulator.journey_map.picture import map_picture
from simulator.journey_map.rows import (
    APART,
    CURVE,
    coefficient_text,
    columns,
    rows,
    said_of_run,
)
from simulator.journey_map.svg import svg

_STYLE: Final = """
@page { size: A3 landscape; margin: 12mm }
:root { color: #1B2430; background: #FFF; font: 14px/1.45 Inter, "Segoe UI", Arial, sans-serif }
body { margin: 24px }
h1 { font-size: 22px; margin: 0 }
h2 { font-size: 16px; margin: 28px 0 8px }
p { max-width: 80ch }
.soft { color: #5B6675 }
.picture { overflow-x: auto; margin: 16px 0 }
.picture svg { display: block }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid #DFE3E8;
  min-width: 9em; max-width: 16em; overflow-wrap: anywhere; white-space: pre-line }
th { font-weight: 600 }
.stage { background: #EEF1F5; border-left: 3px solid #FFF }
@media print {
  body { margin: 0 }
  .picture, .wide { overflow: visible }
  .picture svg { width: 100%; height: auto; break-inside: avoid }
  th, td { min-width: 0 }
}
"""


_NOTHING_FROM_ELSEWHERE: Final = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def map_page(of: JourneyMap) -> str:
    """The page: the picture, and all of it as text."""
    title = _text(f"{of.name}: journey map")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            _NOTHING_FROM_ELSEWHERE,
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>{_text(of.name)}</h1>",
            f'<p class="soft">{_text(said_of_run(of))}</p>',
            f'<div class="picture">{svg(map_picture(of))}</div>',
            "<h2>Step by step</h2>",
            f'<div class="wide">{_table(of)}</div>',
            *(_simulated(of) if of.run is not None else ()),
            "</body>",
            "</html>",
            "",
        ]
    )


def _table(of: JourneyMap) -> str:
    across = columns(of)
    lines = ["<table>", "<thead><tr><td></td>"]
    for name, same in groupby(across, lambda one: one.stage.id if one.stage else None):
        own = list(same)
        title = own[0].stage_name if name is not None else APART
        lines.append(f'<th class="stage" scope="colgroup" colspan="{len(own)}">{_text(title)}</th>')
    lines.append("</tr></thead><tbody>")
    for row in rows(of):
        if row.id != CURVE:
            cells = "".join(f"<td>{_text(text)}</td>" for text in row.cells)
            lines.append(f'<tr><th scope="row">{_text(row.title)}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody></table>"])


def _simulated(of: JourneyMap) -> Iterable[str]:
    names = {step.id: step.name for step in of.steps}
    yield "<h2>Pains found, worst first</h2>"
    yield _list((names[one.step], one.sentence) for one in of.pains)
    yield "<h2>Moments of truth</h2>"
    yield f'<p class="soft">{_text(RULE)}</p>'
    yield _list((names[one.step], one.sentence) for one in of.moments)
    yield "<h2>How experience is modelled</h2>"
    yield f"<p>{_text(of.modelled)}</p><p>{_text(of.formula)}</p>"
    yield _list((one.id.replace("_", " "), coefficient_text(one)) for one in of.coefficients)


def _list(entries: Iterable[tuple[str, str]]) -> str:
    lines = [f"<li><b>{_text(what)}</b>: {_text(said)}</li>" for what, said in entries]
    return "<ol>" + "".join(lines) + "</ol>" if lines else '<p class="soft">None.</p>'


def _text(text: str) -> str:
    return escape("".join(char if char.isprintable() or char == "\n" else " " for char in text))
