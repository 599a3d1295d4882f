"""The key figures of a scenario beside those of the baseline."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from designer.results.changes import difference_of
from designer.runs import RunResults
from designer.what_if.scenario_rows import KPIS_SHOWN, Figure
from simulator.differences import Verdict, verdict, verdict_text
from simulator.kpis import KPIS
from simulator.report.values import shown, shown_change


def figures(results: RunResults | None, baseline: RunResults | None) -> dict[str, Figure]:
    """What came of a run; with the difference to the baseline, unless it is the baseline."""
    if results is None:
        return {}
    return {
        name: _figure(name, results, baseline)
        for name in KPIS_SHOWN
        if results.kpis[name].value is not None
    }


def _figure(name: str, results: RunResults, baseline: RunResults | None) -> Figure:
    kpi, one = KPIS[name], results.kpis[name]
    value = shown(one.value or 0.0, kpi.unit)
    said = f"{kpi.name}: {value}"
    if one.low is not None and one.high is not None:
        said += f" ({shown(one.low, kpi.unit)} – {shown(one.high, kpi.unit)})"
    if baseline is None or baseline is results:
        return Figure(value, said)
    difference = difference_of(kpi, baseline, results)
    if difference is None:
        return Figure(value, said)
    found = verdict(difference, kpi.unit, kpi.better)
    words = verdict_text(difference, kpi.unit, kpi.better)
    change = shown_change(difference.paired.value, kpi.unit)
    against = QCoreApplication.translate("WhatIf", "against the baseline {0}: {1}")
    said += "\n" + against.format(change, words)
    arrow = {Verdict.OPEN: "?", Verdict.SAME: "="}.get(
        found, "▲" if difference.paired.value > 0 else "▼"
    )
    tones = {Verdict.BETTER: "good", Verdict.WORSE: "bad"}
    return Figure(f"{value}  {arrow} {change.lstrip('+−')}", said, tones.get(found, ""))
