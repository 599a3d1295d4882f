"""The document as a page that stands alone: no scripts, nothing loaded, all text escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from engine.export.sign_off.blocks import (
    Block,
    Heading,
    Link,
    Paragraph,
    Part,
    Table,
    Text,
    Tone,
    shown,
)

_HEAD: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
"""
_FOOT: Final = "</main>\n</body>\n</html>\n"
_TONES: Final = {Tone.PLAIN: "", Tone.QUIET: ' class="quiet"', Tone.ASSUMED: ' class="mark"'}


def page(title: str, blocks: Iterable[Block]) -> str:
    """The blocks as HTML with a style for paper."""
    style = Path(__file__).with_suffix(".css").read_text("utf-8")
    return "".join((_HEAD.format(title=_escaped(title), style=style), *_written(blocks), _FOOT))


def _written(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Part(blocks=inner, is_assumed=is_assumed):
                yield f'<section class="{"assumed" if is_assumed else "step"}">\n'
                yield from _written(inner)
                yield "</section>\n"
            case Heading():
                yield _heading(block)
            case Paragraph(text=text, tone=tone):
                yield f"<p{_TONES[tone]}>{_inline(text)}</p>\n"
            case Table(columns=()):
                yield from _facts(block)
            case Table():
                yield from _table(block)


def _heading(heading: Heading) -> str:
    anchor = f' id="{_escaped(heading.anchor)}"' if heading.anchor else ""
    aside = f" <small>{_escaped(heading.aside)}</small>" if heading.aside else ""
    return f"<h{heading.level}{anchor}>{_escaped(heading.text)}{aside}</h{heading.level}>\n"


def _facts(table: Table) -> Iterator[str]:
    yield f'<table class="facts">\n<colgroup>{_columns(table.widths)}</colgroup>\n'
    for name, value in table.rows:
        yield f'<tr><th scope="row">{_inline(name)}</th><td>{_inline(value)}</td></tr>\n'
    yield "</table>\n"


def _columns(widths: tuple[int, ...]) -> str:
    shares = (round(100 * one / sum(widths)) for one in widths)
    return "".join(f'<col style="width: {share}%">' for share in shares)


def _table(table: Table) -> Iterator[str]:
    kind = ' class="form"' if table.is_form else ""
    heads = "".join(f'<th scope="col">{_escaped(one)}</th>' for one in table.columns)
    yield f"<table{kind}>\n<colgroup>{_columns(table.widths)}</colgroup>\n"
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>\n"
    yield "</tbody>\n</table>\n"


def _inline(text: Text) -> str:
    pieces = (text,) if isinstance(text, str) else text
    return "".join(_link(one) if isinstance(one, Link) else _escaped(one) for one in pieces)


def _link(link: Link) -> str:
    return f'<a href="#{_escaped(link.anchor)}">{_escaped(link.text)}</a>'


def _escaped(text: str) -> str:
    return html.escape(shown(text))
