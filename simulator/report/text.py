"""Results as a table for people."""

from __future__ import annotations

import io
from collections import Counter

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.experiment import Results
from simulator.kpis import KPIS
from simulator.report.values import shown, shown_interval
from simulator.step_table import STEP_MEASURES


def results_text(
    results: Results, scenario: str | None, *, every_kpi: bool, width: int = 160
) -> str:
    """KPI table, step table, and under which assumptions they hold; `width` in characters."""
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, color_system=None, markup=False, highlight=False)
    console.print(_heading(results, scenario))
    console.print(_kpi_table(results, every_kpi=every_kpi))
    console.print()
    console.print(_step_table(results))
    console.print()
    console.print(_footing(results))
    lines = (line.rstrip() for line in buffer.getvalue().splitlines())
    return "\n".join(lines)


def _heading(results: Results, scenario: str | None) -> str:
    period = results.document.assumptions.period
    count = len(results.outcomes)
    name = _plain(results.document.journey.name)
    what = f"scenario {scenario}" if scenario else "baseline"
    days = f"{period.days} day{'s' if period.days > 1 else ''} from {period.start_day.value}"
    settings = f"{count} replications of {days}, seed {results.settings.seed}"
    partial = " (partial: interrupted)" if results.interrupted else ""
    return f"{name} ({what})\n{settings}, {results.settings.level * 100:g} % intervals{partial}\n"


def _kpi_table(results: Results, *, every_kpi: bool) -> Table:
    table = _table("KPI", "*value", "interval", "what it is")
    for kpi in KPIS.values():
        estimate = results.estimate(kpi.id)
        if estimate is None or not (kpi.headline or every_kpi):
            continue
        table.add_row(
            kpi.name,
            shown(estimate.value, kpi.unit),
            shown_interval(estimate, kpi.unit),
            kpi.formula,
        )
    return table


def _step_table(results: Results) -> Table:
    table = _table("step", *(f"*{measure.title}" for measure in STEP_MEASURES.values()))
    for step in results.outcomes[0].steps:
        estimates = {name: results.step_estimate(step, name) for name in STEP_MEASURES}
        cells = [
            "" if one is None else shown(one.value, STEP_MEASURES[name].unit)
            for name, one in estimates.items()
        ]
        table.add_row(step, *cells)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        # A star marks columns of numbers.
        table.add_column(
            Text(column.lstrip("*")), justify="right" if column.startswith("*") else "left"
        )
    return table


def _footing(results: Results) -> str:
    bases = Counter(source.basis for source in results.document.assumptions.sources)
    seconds = results.settings.thresholds.service_level
    lines = [f"Visits are per replication. Service level: within {seconds:g} s."]
    lines.append("wayline explain KPI tells how a KPI is computed.")
    if bases:
        parts = ", ".join(f"{count} {basis}" for basis, count in sorted(bases.items()))
        lines.append(f"Sources of the numbers put in: {parts} (assumptions/sources in the file).")
    return "\n".join(lines)


def _plain(name: str) -> str:
    return "".join(char if char.isprintable() else " " for char in name)
