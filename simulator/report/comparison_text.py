"""A comparison for people: what is different, and what comes of it."""

from __future__ import annotations

import math

from rich.table import Table

from engine.change_english import changes_in_english
from engine.scenarios import find_scenario
from simulator.compare import Comparison
from simulator.differences import Difference, verdict_text
from simulator.kpis import KPIS
from simulator.paired import PAIRED_KPIS, PairedKpi
from simulator.report.tables import printable, rendered, table
from simulator.report.values import shown, shown_change
from simulator.step_table import STEP_MEASURES

_COLUMNS = ("*baseline", "*scenario", "*difference", "interval", "*in %", "verdict")


def comparison_text(comparison: Comparison, *, everything: bool, width: int = 160) -> str:
    """Each scenario's changes and table; `everything`: all KPIs, and a table of the steps."""
    parts: list[Table | str] = [_heading(comparison)]
    for name in comparison.scenarios:
        parts += [_changes(comparison, name), _kpi_table(comparison, name, everything), ""]
        parts += [_step_table(comparison, name), ""] if everything else []
    parts.append(_footing(comparison))
    return rendered(parts, width)


def _heading(comparison: Comparison) -> str:
    document = comparison.baseline.document
    period = document.assumptions.period
    days = f"{period.days} day{'s' if period.days > 1 else ''} from {period.start_day.value}"
    partial = " (partial: interrupted)" if comparison.interrupted else ""
    return (
        f"{printable(document.journey.name)}: scenarios against the baseline\n"
        f"{comparison.replications} replications of {days} each, seed "
        f"{comparison.settings.seed}, with the same random numbers{partial}\n"
    )


def _changes(comparison: Comparison, name: str) -> str:
    document = comparison.baseline.document
    scenario = find_scenario(document, name)
    sentences = changes_in_english(document, name) or ["nothing is changed"]
    lines = [f"Scenario {name}: {printable(scenario.name)}"]
    return "\n".join([*lines, *(f"  - {printable(one)}" for one in sentences), ""])


def _kpi_table(comparison: Comparison, name: str, everything: bool) -> Table:
    kpis = table("KPI", *_COLUMNS)
    for kpi in KPIS.values():
        values = [one.estimate(kpi.id) for one in (comparison.baseline, comparison.scenarios[name])]
        if not (kpi.is_headline(*values) or everything):
            continue
        difference = comparison.difference(name, kpi.id)
        if difference is not None:
            said = verdict_text(difference, kpi.unit, kpi.better)
            kpis.add_row(kpi.name, *_cells(difference, kpi.unit), said)
            continue
        if any(values):
            cells = ["" if one is None else shown(one.value, kpi.unit) for one in values]
            kpis.add_row(kpi.name, *cells, "", "", "", "applies to one of them only")
    for paired in PAIRED_KPIS.values():
        _add_paired(kpis, comparison, name, paired)
    return kpis


def _add_paired(kpis: Table, comparison: Comparison, name: str, kpi: PairedKpi) -> None:
    """A row for a KPI of the comparison itself, which no run alone has a value of."""
    difference = comparison.difference(name, kpi.of)
    estimate = None if difference is None else kpi.estimate(difference)
    if difference is not None and estimate is not None:
        value, low, high = (
            shown(one, kpi.unit).replace("-", "−")
            for one in (estimate.value, estimate.low, estimate.high)
        )
        interval = f"{low} to {high}" if low != "?" else "one replication: no interval"
        said = verdict_text(difference, KPIS[kpi.of].unit, kpi.better_of)
        kpis.add_row(kpi.name, "", "", value, interval, "", said)


def _cells(difference: Difference, unit: str) -> list[str]:
    paired, relative = difference.paired, difference.relative
    interval = (
        "one replication: no interval"
        if math.isnan(paired.half_width)
        else f"{shown_change(paired.low, unit)} to {shown_change(paired.high, unit)}"
    )
    return [
        shown(difference.baseline.value, unit),
        shown(difference.scenario.value, unit),
        shown_change(paired.value, unit),
        interval,
        "" if relative is None else _in_percent(relative.value, relative.half_width),
    ]


def _in_percent(value: float, half_width: float) -> str:
    shown_value = f"{value * 100:+.1f} %".replace("-", "−")
    return shown_value if math.isnan(half_width) else f"{shown_value} ± {half_width * 100:.1f}"


def _step_table(comparison: Comparison, name: str) -> Table:
    steps = table("step", "measure", *_COLUMNS)
    for step in comparison.steps(name):
        for key, measure in STEP_MEASURES.items():
            difference = comparison.step_difference(name, step, key)
            if difference is not None:
                said = verdict_text(difference, measure.unit, None)
                steps.add_row(step, measure.title, *_cells(difference, measure.unit), said)
    return steps


def _footing(comparison: Comparison) -> str:
    count, level = len(comparison.scenarios), comparison.settings.level
    lines = ["Differences are scenario minus baseline, with paired intervals (t, delta method)."]
    if count > 1:
        lines.append(
            f"Each interval is at {comparison.level * 100:.4g} %, so that for each KPI those of "
            f"all {count} scenarios hold together at {level * 100:g} % (Bonferroni)."
        )
    else:
        lines.append(f"Intervals are at {level * 100:g} %, for each KPI by itself.")
    lines += [f"{kpi.name}: {kpi.formula}." for kpi in PAIRED_KPIS.values()]
    lines += filter(None, [_gain(comparison)])
    seconds = comparison.settings.thresholds.service_level
    lines.append(
        "“No difference worth speaking of”: within 0.1 % of the value, or 0.05 points of a share."
    )
    lines.append(f"Service level: within {seconds:g} s.")
    return "\n".join(lines)


def _gain(comparison: Comparison) -> str:
    """What the same random numbers are worth, shown on one KPI."""
    kpi = KPIS["abandonment_rate"]
    for name in comparison.scenarios:
        difference = comparison.difference(name, kpi.id)
        if difference is not None and difference.paired.half_width > 0:
            paired, unpaired = (
                shown_change(one, kpi.unit).lstrip("+")
                for one in (difference.paired.half_width, difference.unpaired)
            )
            return (
                f"With independent random numbers the interval of the {kpi.name.lower()} in "
                f"“{name}” would be ± {unpaired} instead of ± {paired}."
            )
    return ""
