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
from simulator.link_table import LINK_MEASURES
from simulator.splits import Split
from simulator.statistics import Estimate
from simulator.step_table import STEP_MEASURES


def results_json(results: Results, scenario: str | None) -> str:
    """All estimates as one JSON object."""
    plain = results_to_plain(results, scenario)
    # A line a chart or KPI: with a line a number they would be most of the text.
    long = {name: plain.pop(name) for name in ("by_replication", "charts") if name in plain}
    text = json.dumps(plain, indent=1, ensure_ascii=False)
    for name, rows in long.items():
        lines = (f'  "{row}": {json.dumps(one, ensure_ascii=False)}' for row, one in rows.items())
        text = text.removesuffix("\n}") + f',\n "{name}": {{\n' + ",\n".join(lines) + "\n }\n}"
    return text


def results_to_plain(
    results: Results, scenario: str | None, *, is_whole: bool = True
) -> dict[str, Any]:
    """All estimates as plain values: seconds, shares from 0 to 1, null where there is none.

    With charts and each replication's numbers if the settings ask for them; not `is_whole`
    leaves them out.
    """
    settings = results.settings
    more: dict[str, Any] = {}
    if settings.by_replication and is_whole:
        more["by_replication"] = by_replication(results)
    if settings.charts and is_whole:
        more["charts"] = results.charts()
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
            kpi.id: {"name": kpi.name, "unit": kpi.unit, **plain_estimate(results.estimate(kpi.id))}
            for kpi in KPIS.values()
        },
        "steps": {
            step: {
                measure: {"unit": one.unit, **plain_estimate(results.step_estimate(step, measure))}
                for measure, one in STEP_MEASURES.items()
            }
            for step in results.outcomes[0].steps
        },
        "links": {
            link: {
                measure: {"unit": one.unit, **plain_estimate(results.link_estimate(link, measure))}
                for measure, one in LINK_MEASURES.items()
            }
            for link in results.outcomes[0].links
        },
        "by": {split.name: _groups(results, split) for split in settings.by},
        **more,
    }


def by_replication(results: Results) -> dict[str, Any]:
    """Numerators and denominators of the KPIs and of the steps' measures, of each replication.

    For comparisons with another run of the same seed, pair by pair.
    """
    first = results.outcomes[0]
    return {
        "kpis": {name: [one.kpis[name] for one in results.outcomes] for name in first.kpis},
        "steps": {
            step: {
                measure: [one.steps[step][measure] for one in results.outcomes]
                for measure in measures
            }
            for step, measures in first.steps.items()
        },
    }


def _groups(results: Results, split: Split) -> dict[str, dict[str, Any]]:
    own = [kpi for kpi in KPIS.values() if split.by in kpi.by]
    return {
        group: {
            kpi.id: {
                "unit": kpi.unit,
                **plain_estimate(results.part_estimate(split, group, kpi.id)),
            }
            for kpi in own
        }
        for group in results.groups(split)
    }


def plain_estimate(estimate: Estimate | None) -> dict[str, float | None]:
    """Value and bounds; null where there is none, bounds also where they are not known."""
    if estimate is None:
        return {"value": None, "low": None, "high": None}
    known = not math.isnan(estimate.half_width)
    return {
        "value": estimate.value,
        "low": estimate.low if known else None,
        "high": estimate.high if known else None,
    }


def results_csv(results: Results) -> str:
    """All estimates as rows: what, id, measure, unit, value, low, high.

    For a KPI of a group, what is by what it is split, id the group and measure the KPI.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["what", "id", "measure", "unit", "value", "low", "high"])
    plain = results_to_plain(results, None)
    for name, row in plain["kpis"].items():
        writer.writerow(["kpi", name, "", row["unit"], row["value"], row["low"], row["high"]])
    for what, rows in {"step": plain["steps"], "link": plain["links"], **plain["by"]}.items():
        for name, measures in rows.items():
            for measure, row in measures.items():
                values = [row["unit"], row["value"], row["low"], row["high"]]
                writer.writerow([what, name, measure, *values])
    return buffer.getvalue().rstrip("\n")
