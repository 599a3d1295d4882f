"""Results for other programs: JSON and CSV. The same results give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

from engine.document import content_hash
from engine.migrations import VERSION
from simulator.experiment import Results
from simulator.kpis import KPIS
from simulator.statistics import Estimate
from simulator.step_table import STEP_MEASURES


def results_json(results: Results, scenario: str | None) -> str:
    """All estimates as one JSON object."""
    return json.dumps(results_to_plain(results, scenario), indent=1, ensure_ascii=False)


def results_to_plain(results: Results, scenario: str | None) -> dict[str, Any]:
    """All estimates as plain values: seconds, shares from 0 to 1, null where there is none."""
    settings = results.settings
    return {
        "format": "wayline/results",
        "version": VERSION,
        "journey": results.document.journey.id,
        "scenario": scenario,
        "content_sha256": content_hash(results.document),
        "seed": settings.seed,
        "replications": len(results.outcomes),
        "interrupted": results.interrupted,
        "level": settings.level,
        "service_level_seconds": settings.thresholds.service_level,
        "kpis": {
            kpi.id: {"name": kpi.name, "unit": kpi.unit, **_plain(results.estimate(kpi.id))}
            for kpi in KPIS.values()
        },
        "steps": {
            step: {
                measure: {"unit": one.unit, **_plain(results.step_estimate(step, measure))}
                for measure, one in STEP_MEASURES.items()
            }
            for step in results.outcomes[0].steps
        },
    }


def _plain(estimate: Estimate | None) -> dict[str, float | None]:
    if estimate is None:
        return {"value": None, "low": None, "high": None}
    known = not math.isnan(estimate.half_width)
    return {
        "value": estimate.value,
        "low": estimate.low if known else None,
        "high": estimate.high if known else None,
    }


def results_csv(results: Results) -> str:
    """All estimates as rows: what, id, unit, value, low, high."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["what", "id", "measure", "unit", "value", "low", "high"])
    plain = results_to_plain(results, None)
    for name, row in plain["kpis"].items():
        writer.writerow(["kpi", name, "", row["unit"], row["value"], row["low"], row["high"]])
    for step, measures in plain["steps"].items():
        for measure, row in measures.items():
            values = [row["unit"], row["value"], row["low"], row["high"]]
            writer.writerow(["step", step, measure, *values])
    return buffer.getvalue().rstrip("\n")
