"""Checked targets as a table and as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from engine.document import content_hash
from engine.migrations import VERSION
from simulator.check import Checked, CheckedTarget, TargetVerdict
from simulator.kpis import KPIS
from simulator.report.tables import printable, rendered, table
from simulator.report.values import shown, shown_bound, shown_interval


def check_text(checked: Checked, scenario: str | None, width: int = 160) -> str:
    """A line a target, and how sure it is."""
    results = checked.results
    done = len(results.outcomes)
    what = f"scenario {scenario}" if scenario else "baseline"
    partial = " (partial: interrupted)" if results.interrupted else ""
    heading = (
        f"{printable(results.document.journey.name)} ({what})\n"
        f"{done} replications, seed {results.settings.seed}{partial}\n"
    )
    targets = table("target", "*value", "interval", "verdict")
    for one in checked.targets:
        unit = KPIS[one.target.kpi].unit
        value = "" if one.estimate is None else shown(one.estimate.value, unit)
        interval = "" if one.estimate is None else shown_interval(one.estimate, unit)
        targets.add_row(_name(one), value, interval, _verdict(one, done))
    footing = (
        f"All verdicts together hold at {checked.level * 100:g} %: each interval is at "
        f"{results.settings.level * 100:.4g} %, for {checked.looks} look"
        f"{'s' if checked.looks > 1 else ''} at {len(checked.targets)} target"
        f"{'s' if len(checked.targets) > 1 else ''} (Bonferroni)."
    )
    return rendered([heading, targets, "", footing], width)


def _name(one: CheckedTarget) -> str:
    target, kpi = one.target, KPIS[one.target.kpi]
    bounds = [
        f"{word} {shown_bound(bound, kpi.unit)}"
        for word, bound in (("at least", target.at_least), ("at most", target.at_most))
        if bound is not None
    ]
    said = f"{kpi.name} {' and '.join(bounds)}"
    return f"{printable(target.name)}: {said}" if target.name else said


def _verdict(one: CheckedTarget, replications: int) -> str:
    if one.estimate is None:
        return "cannot tell: the KPI does not apply to this journey"
    if one.verdict is TargetVerdict.OPEN:
        return f"cannot tell after {replications} replication{'s' if replications > 1 else ''}"
    return str(one.verdict.value)


def check_json(checked: Checked, scenario: str | None) -> str:
    """All of it as one JSON object: shares from 0 to 1, seconds."""
    results = checked.results
    plain = {
        "format": "wayline/check",
        "version": VERSION,
        "journey": results.document.journey.id,
        "scenario": scenario,
        "content_sha256": content_hash(results.document),
        "seed": results.settings.seed,
        "replications": len(results.outcomes),
        "interrupted": results.interrupted,
        "level": checked.level,
        "level_each": results.settings.level,
        "kept": checked.all_kept,
        "targets": [_plain(one) for one in checked.targets],
    }
    return json.dumps(plain, indent=1, ensure_ascii=False)


def _plain(one: CheckedTarget) -> dict[str, Any]:
    target, estimate = one.target, one.estimate
    known = estimate is not None and not math.isnan(estimate.half_width)
    return {
        "kpi": target.kpi,
        "name": target.name,
        "unit": KPIS[target.kpi].unit,
        "at_least": target.at_least,
        "at_most": target.at_most,
        "value": None if estimate is None else estimate.value,
        "low": estimate.low if estimate is not None and known else None,
        "high": estimate.high if estimate is not None and known else None,
        "verdict": one.verdict.name.lower(),
    }
