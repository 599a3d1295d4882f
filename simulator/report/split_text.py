"""KPIs of the groups of a split, as tables for people."""

from __future__ import annotations

import math

from rich.table import Table

from simulator.experiment import Results
from simulator.kpis import KPIS, Kpi
from simulator.report.tables import printable, table
from simulator.report.values import shown, shown_interval
from simulator.splits import Split
from simulator.statistics import Estimate

_TITLES = {
    "channel": "By channel",
    "intent": "By intent: what customers want",
    "team": "By team: visits that it answered, its agents' time",
}


def split_parts(results: Results, split: Split, *, every_kpi: bool) -> list[Table | str]:
    """A heading and a table: headline KPIs side by side, or every KPI below each other."""
    kpis = [kpi for kpi in KPIS.values() if split.by in kpi.by]
    found = _every(results, split, kpis) if every_kpi else _headlines(results, split, kpis)
    return [_title(split), found]


def _title(split: Split) -> str:
    match split.by:
        case "segment":
            return f"By {split.attribute}"
        case "interval":
            return f"By interval of {split.minutes} minutes, of all days together"
        case _:
            return _TITLES[split.by]


def _headlines(results: Results, split: Split, kpis: list[Kpi]) -> Table:
    """A row a group; KPIs that apply to none of the groups are left out."""
    # Of a team nobody counts the contacts; how many it answered says how big it is.
    chosen = [
        kpi
        for kpi in kpis
        if (kpi.headline and not kpi.only_if_seen) or (kpi.id, split.by) == ("answered", "team")
    ]
    rows = {
        group: [results.part_estimate(split, group, kpi.id) for kpi in chosen]
        for group in results.groups(split)
    }
    applies = [any(row[number] for row in rows.values()) for number in range(len(chosen))]
    names = [kpi.name for kpi, applied in zip(chosen, applies, strict=True) if applied]
    made = table(split.attribute or split.by, *(f"*{name}" for name in names))
    for group, row in rows.items():
        cells = zip(row, chosen, applies, strict=True)
        made.add_row(printable(group), *(_cell(one, kpi) for one, kpi, applied in cells if applied))
    return made


def _cell(estimate: Estimate | None, kpi: Kpi) -> str:
    if estimate is None:
        return ""
    value = shown(estimate.value, kpi.unit)
    if math.isnan(estimate.half_width):
        return value
    number, _, unit = value.partition(" ")
    spread, _, _ = shown(estimate.half_width, kpi.unit).partition(" ")
    return f"{number} ± {spread} {unit}".rstrip()


def _every(results: Results, split: Split, kpis: list[Kpi]) -> Table:
    made = table(split.attribute or split.by, "KPI", "*value", "interval")
    for group in results.groups(split):
        for kpi in kpis:
            estimate = results.part_estimate(split, group, kpi.id)
            if estimate is not None:
                value = shown(estimate.value, kpi.unit)
                interval = shown_interval(estimate, kpi.unit)
                made.add_row(printable(group), kpi.name, value, interval)
    return made
