"""A steady state as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from rich.table import Table

from engine.calendar import DAY
from engine.migrations import VERSION
from simulator.report.data import plain_estimate
from simulator.report.tables import printable, rendered, table
from simulator.report.values import shown, shown_interval
from simulator.series import correlation_bound
from simulator.steady import SteadyState, steady_kpis


def steady_text(
    steady: SteadyState, scenario: str | None, *, every_kpi: bool, width: int = 160
) -> str:
    """What was cut off, the KPIs with intervals of batch means, and what to beware of."""
    return rendered(
        [_heading(steady, scenario), _kpis(steady, every_kpi), "", _footing(steady)], width
    )


def _heading(steady: SteadyState, scenario: str | None) -> str:
    settings = steady.settings
    days = steady.document.assumptions.period.days
    what = f"scenario {scenario}" if scenario else "baseline"
    share = steady.cut / steady.length * 100
    run = f"one run of {days} day{'s' if days > 1 else ''}, seed {settings.seed}"
    cut = f"warm-up cut off (MSER-5): {steady.cut:,.0f} s, {share:.1f} % of the run"
    lines = [
        f"{printable(steady.document.journey.name)} ({what}): steady state",
        f"{run}, {settings.level * 100:g} % intervals",
        f"{cut}; then {steady.batches} batches of {steady.batch_length:,.0f} s",
        *warnings(steady),
    ]
    return "\n".join([*lines, ""])


def warnings(steady: SteadyState) -> list[str]:
    """What makes the results doubtful; empty if nothing does."""
    found = []
    if not steady.is_steady:
        found.append(
            "NOT STEADY: MSER-5 would leave out half of the run or more; simulate longer (--days), "
            "or more comes in than can be served."
        )
    kpis = [kpi.name for kpi in steady_kpis() if kpi.headline and steady.is_correlated(kpi.id)]
    if kpis:
        found.append(
            f"TOO NARROW: neighbouring batches are correlated for {', '.join(kpis)}; simulate "
            "longer (--days)."
        )
    return found


def _kpis(steady: SteadyState, every_kpi: bool) -> Table:
    kpis = table("KPI", "*value", "interval", "*correlation", "what it is")
    for kpi in steady_kpis():
        estimate = steady.estimate(kpi.id)
        if estimate is None or not (kpi.is_headline(estimate) or every_kpi):
            continue
        mark = " !" if steady.is_correlated(kpi.id) else ""
        name = f"{kpi.name} a day" if kpi.unit == "count" else kpi.name
        kpis.add_row(
            name,
            shown(estimate.value, kpi.unit),
            shown_interval(estimate, kpi.unit),
            f"{steady.correlation(kpi.id):+.2f}{mark}".replace("-", "−"),
            kpi.formula,
        )
    return kpis


def _footing(steady: SteadyState) -> str:
    bound = correlation_bound(steady.batches)
    seconds = steady.settings.thresholds.service_level
    return (
        "Intervals are of batch means (ratio estimator, t); correlation is that of neighbouring "
        "batches.\n"
        f"Above {bound:.2f} (5 % of independent ones are) an interval is taken for too narrow "
        "and marked with “!”.\n"
        f"Service level: within {seconds:g} s. wayline explain KPI tells how a KPI is computed."
    )


def steady_json(steady: SteadyState, scenario: str | None, content_sha256: str) -> str:
    """All of it as one JSON object: seconds, shares from 0 to 1, counts of a day.

    content_sha256: of the document before its period was changed.
    """
    plain = {
        "format": "wayline/steady-state",
        "version": VERSION,
        "journey": steady.document.journey.id,
        "scenario": scenario,
        "content_sha256": content_sha256,
        "seed": steady.settings.seed,
        "days": steady.length / DAY,
        "level": steady.settings.level,
        "service_level_seconds": steady.settings.thresholds.service_level,
        "warm_up_seconds": steady.cut,
        "warm_up_share": steady.cut / steady.length,
        "is_steady": steady.is_steady,
        "batches": steady.batches,
        "batch_seconds": steady.batch_length,
        "correlation_bound": correlation_bound(steady.batches),
        "kpis": _plain(steady),
    }
    return json.dumps(plain, indent=1, ensure_ascii=False)


def _plain(steady: SteadyState) -> dict[str, dict[str, Any]]:
    return {
        kpi.id: {
            "name": kpi.name,
            "unit": kpi.unit,
            "per": "day" if kpi.unit == "count" else None,
            **plain_estimate(steady.estimate(kpi.id)),
            "correlation": steady.correlation(kpi.id),
            "is_correlated": steady.is_correlated(kpi.id),
        }
        for kpi in steady_kpis()
    }


def steady_csv(steady: SteadyState) -> str:
    """The KPIs as rows, counts those of a day."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    columns = ("unit", "per", "value", "low", "high", "correlation")
    writer.writerow(["what", "id", *columns])
    for name, row in _plain(steady).items():
        writer.writerow(["kpi", name, *(row[column] for column in columns)])
    return buffer.getvalue().rstrip("\n")
