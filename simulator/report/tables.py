"""Tables and lines of plain text, as wide as there is room."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text


def table(*columns: str) -> Table:
    """A table with these headings; a star before one marks a column of numbers."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        made.add_column(
            Text(column.lstrip("*")), justify="right" if column.startswith("*") else "left"
        )
    return made


def rendered(parts: list[Table | str], width: int) -> str:
    """Tables and texts below each other, in lines of at most `width` characters."""
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, color_system=None, markup=False, highlight=False)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def printable(name: str) -> str:
    """A text from a document without what would disturb a terminal."""
    return "".join(char if char.isprintable() else " " for char in name)
