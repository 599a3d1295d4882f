"""Results as a table for people."""

from __future__ import annotations

from collections import Counter

from rich.table import Table

from simulator.experiment import Results
from simulator.kpis import KPIS
from simulator.report.split_text import split_parts
from simulator.report.tables import printable, rendered, table
from simulator.report.values import shown, shown_interval
from simulator.step_table import STEP_MEASURES


def results_text(
    results: Results, scenario: str | None, *, every_kpi: bool, width: int = 160
) -> str:
    """KPI table, step table, and under which assumptions they hold; `width` in characters."""
    parts: list[Table | str] = [
        _heading(results, scenario),
        _kpi_table(results, every_kpi=every_kpi),
        "",
        _step_table(results),
        "",
    ]
    for split in results.settings.by:
        parts += [*split_parts(results, split, every_kpi=every_kpi), ""]
    return rendered([*parts, _footing(results)], width)


def _heading(results: Results, scenario: str | None) -> str:
    period = results.document.assumptions.period
    count = len(results.outcomes)
    name = printable(results.document.journey.name)
    what = f"scenario {scenario}" if scenario else "baseline"
    days = f"{period.days} day{'s' if period.days > 1 else ''} from {period.start_day.value}"
    settings = f"{count} replications of {days}, seed {results.settings.seed}"
    partial = " (partial: interrupted)" if results.interrupted else ""
    return f"{name} ({what})\n{settings}, {results.settings.level * 100:g} % intervals{partial}\n"


def _kpi_table(results: Results, *, every_kpi: bool) -> Table:
    kpis = table("KPI", "*value", "interval", "what it is")
    for kpi in KPIS.values():
        estimate = results.estimate(kpi.id)
        if estimate is None or not (kpi.is_headline(estimate) or every_kpi):
            continue
        kpis.add_row(
            kpi.name,
            shown(estimate.value, kpi.unit),
            shown_interval(estimate, kpi.unit),
            kpi.formula,
        )
    return kpis


def _step_table(results: Results) -> Table:
    steps = table("step", *(f"*{measure.title}" for measure in STEP_MEASURES.values()))
    for step in results.outcomes[0].steps:
        estimates = {name: results.step_estimate(step, name) for name in STEP_MEASURES}
        cells = [
            "" if one is None else shown(one.value, STEP_MEASURES[name].unit)
            for name, one in estimates.items()
        ]
        steps.add_row(step, *cells)
    return steps


def _footing(results: Results) -> str:
    bases = Counter(source.basis for source in results.document.assumptions.sources)
    seconds = results.settings.thresholds.service_level
    lines = [f"Visits are per replication. Service level: within {seconds:g} s."]
    lines.append("wayline explain KPI tells how a KPI is computed.")
    if bases:
        parts = ", ".join(f"{count} {basis}" for basis, count in sorted(bases.items()))
        lines.append(f"Sources of the numbers put in: {parts} (assumptions/sources in the file).")
    return "\n".join(lines)
