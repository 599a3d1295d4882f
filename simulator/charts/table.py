"""The numbers of a told chart as a table: a row for each number, with its interval."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from simulator.charts.registry import Plain

_VALUES: Final = ("value", "low", "high", "p10", "p90")


def chart_csv(told: Plain) -> str:
    """All of it as CSV: what it is about, name, measure, unit, x and the values.

    A name that a spreadsheet would take for a formula begins with an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    keys = _keys(told)
    x = [told["x"]["unit"]] if told["x"] else []
    writer.writerow([*keys, "name", "measure", "unit", *x, *_VALUES])
    writer.writerows(_rows(told, keys))
    return buffer.getvalue()


def _keys(told: Plain) -> list[str]:
    return list(dict.fromkeys(key for one in told["groups"] for key in one["keys"]))


def _rows(told: Plain, keys: list[str]) -> Iterator[list[Any]]:
    for one in told["groups"]:
        about = [_safe(one["keys"].get(key, "")) for key in keys]
        for name, measure in one["measures"].items():
            start = [*about, _safe(one["name"]), name, measure["unit"]]
            if told["x"] is None:
                yield [*start, *_at(measure, None)]
            elif isinstance(measure["value"], list):
                for number, x in enumerate(told["x"]["values"]):
                    yield [*start, x, *_at(measure, number)]
            else:
                yield [*start, None, *_at(measure, None)]


def _at(measure: Plain, number: int | None) -> list[float | None]:
    found = [measure.get(name) for name in _VALUES]
    if number is None:
        return found
    return [None if one is None else one[number] for one in found]


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
