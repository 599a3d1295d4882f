"""A comparison for other programs: JSON and CSV. The same results give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from typing import Any, Literal

from engine.change_english import changes_in_english
from engine.document import content_hash
from engine.migrations import VERSION
from engine.scenarios import find_scenario
from simulator.compare import Comparison
from simulator.differences import Difference, Verdict, more_replications, verdict
from simulator.kpis import KPIS
from simulator.paired import PAIRED_KPIS, PairedKpi
from simulator.report.data import plain_estimate
from simulator.step_table import STEP_MEASURES

_NUMBERS = ("baseline", "scenario", "difference", "low", "high", "relative", "unpaired_half_width")


def comparison_json(comparison: Comparison) -> str:
    """Everything as one JSON object."""
    return json.dumps(comparison_to_plain(comparison), indent=1, ensure_ascii=False)


def comparison_to_plain(comparison: Comparison) -> dict[str, Any]:
    """Everything as plain values: seconds, shares from 0 to 1, null where there is none."""
    settings, document = comparison.settings, comparison.baseline.document
    return {
        "format": "wayline/comparison",
        "version": VERSION,
        "journey": document.journey.id,
        "content_sha256": content_hash(document),
        "seed": settings.seed,
        "replications": comparison.replications,
        "interrupted": comparison.interrupted,
        "level": settings.level,
        "level_each": comparison.level,
        "service_level_seconds": settings.thresholds.service_level,
        "scenarios": {name: _scenario(comparison, name) for name in comparison.scenarios},
    }


def _scenario(comparison: Comparison, name: str) -> dict[str, Any]:
    document = comparison.baseline.document
    return {
        "name": find_scenario(document, name).name,
        "changes": changes_in_english(document, name),
        "kpis": {
            kpi.id: {
                "name": kpi.name,
                "unit": kpi.unit,
                **_plain(comparison.difference(name, kpi.id), kpi.unit, kpi.better),
            }
            for kpi in KPIS.values()
        },
        "paired": {one.id: _paired(comparison, name, one) for one in PAIRED_KPIS.values()},
        "steps": {
            step: {
                key: {
                    "unit": measure.unit,
                    **_plain(comparison.step_difference(name, step, key), measure.unit, None),
                }
                for key, measure in STEP_MEASURES.items()
            }
            for step in comparison.steps(name)
        },
    }


def _paired(comparison: Comparison, name: str, kpi: PairedKpi) -> dict[str, Any]:
    """A KPI of the comparison; the verdict is on the KPI that it is the change of."""
    own = {"name": kpi.name, "unit": kpi.unit, "formula": kpi.formula}
    difference = comparison.difference(name, kpi.of)
    estimate = None if difference is None else kpi.estimate(difference)
    if difference is None or estimate is None:
        return {**own, **plain_estimate(None), "verdict": None, "more_replications": None}
    said = verdict(difference, KPIS[kpi.of].unit, kpi.better_of)
    more = more_replications(difference) if said is Verdict.OPEN else None
    verdicts = {"verdict": said.name.lower(), "more_replications": more}
    return {**own, **plain_estimate(estimate), **verdicts}


def _plain(
    difference: Difference | None, unit: str, better: Literal["lower", "higher"] | None
) -> dict[str, Any]:
    if difference is None:
        return {**dict.fromkeys(_NUMBERS), "verdict": None, "more_replications": None}
    paired, relative = difference.paired, difference.relative
    said = verdict(difference, unit, better)
    numbers = (
        difference.baseline.value,
        difference.scenario.value,
        paired.value,
        paired.low,
        paired.high,
        math.nan if relative is None else relative.value,
        difference.unpaired,
    )
    return {
        **{
            key: None if math.isnan(number) else number
            for key, number in zip(_NUMBERS, numbers, strict=True)
        },
        "verdict": said.name.lower(),
        "more_replications": more_replications(difference) if said is Verdict.OPEN else None,
    }


def comparison_csv(comparison: Comparison) -> str:
    """Everything as rows, one a scenario and KPI or measure of a step.

    A KPI of the comparison itself, such as deflection, has its value in the column difference.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    columns = ("unit", *_NUMBERS, "verdict", "more_replications")
    writer.writerow(["in_scenario", "what", "id", "measure", *columns])
    for place, row in _rows(comparison_to_plain(comparison)):
        writer.writerow([*place, *(row[column] for column in columns)])
    return buffer.getvalue().rstrip("\n")


def _rows(plain: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for name, scenario in plain["scenarios"].items():
        for kpi, row in scenario["kpis"].items():
            yield (name, "kpi", kpi, ""), row
        for kpi, row in scenario["paired"].items():
            numbers = {**dict.fromkeys(_NUMBERS), **row, "difference": row["value"]}
            yield (name, "paired", kpi, ""), numbers
        for step, measures in scenario["steps"].items():
            for measure, row in measures.items():
                yield (name, "step", step, measure), row
