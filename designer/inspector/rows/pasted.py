"""A table from the clipboard: what a spreadsheet copies, or lines with semicolons or commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.rows.sheet import Row, Sheet
from designer.inspector.writing.reading import Unreadable, say

_LONGEST = 2_000_000
_BAD = QT_TRANSLATE_NOOP("Inspector", "Nothing was pasted. Line {line}, {column}: {problem}")
_NOTHING = QT_TRANSLATE_NOOP("Inspector", "There is no text to paste.")
_NO_ROOM = QT_TRANSLATE_NOOP("Inspector", "Nothing was pasted. Line {line} has no row to go into.")


def cells(text: str, columns: int) -> list[list[str]]:
    """The cells of each line; empty lines at the end are left out."""
    lines = text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not lines.strip():
        raise Unreadable(say(_NOTHING))
    delimiter = _delimiter(lines, columns)
    if delimiter is None:
        return [[line] for line in lines.split("\n")]
    return [list(line) for line in csv.reader(io.StringIO(lines), delimiter=delimiter)]


def _delimiter(lines: str, columns: int) -> str | None:
    if "\t" in lines:
        return "\t"
    if columns > 1:
        return next((sign for sign in (";", ",") if sign in lines), None)
    return None


def pasted(sheet: Sheet, rows: Sequence[Row], at: tuple[int, int], text: str) -> list[Row]:
    """The rows with a table pasted from the cell `at` on; Unreadable if any of it does not fit.

    A first line that cannot be read is taken for headings. Rows are added as needed.
    """
    columns = sheet.columns()
    top, left = at
    targets = [n for n in range(left, len(columns)) if columns[n].read is not None]
    table = cells(text, len(targets))
    titles = [columns[n].title.lower() for n in targets]
    if [cell.strip().lower() for cell in table[0]] == titles[: len(table[0])]:
        return _put(sheet, rows, top, targets, table[1:], 2)
    try:
        return _put(sheet, rows, top, targets, table, 1)
    except Unreadable as problem:
        if len(table) < 2:
            raise
        try:
            return _put(sheet, rows, top, targets, table[1:], 2)
        except Unreadable:
            raise problem from None


def _put(
    sheet: Sheet,
    rows: Sequence[Row],
    top: int,
    targets: list[int],
    table: list[list[str]],
    first_line: int,
) -> list[Row]:
    columns, result = sheet.columns(), list(rows)
    for number, line in enumerate(table):
        place = top + number
        if place >= len(result):
            if not sheet.can_add:
                raise Unreadable(say(_NO_ROOM).format(line=first_line + number))
            result.append(sheet.new_row(result))
        for target, cell in zip(targets, line, strict=False):
            column = columns[target]
            if column.read is None:
                continue
            try:
                result[place] = column.read(result[place], cell.strip())
            except Unreadable as problem:
                raise Unreadable(
                    say(_BAD).format(line=first_line + number, column=column.title, problem=problem)
                ) from None
    return result
