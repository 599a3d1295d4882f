"""Charts of a run: their data, gathered from each replication; a module a kind in `kinds/`.

`registry` says what a told chart looks like.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.plan import Plan
from simulator.charts import kinds
from simulator.charts.frame import Frame
from simulator.charts.registry import Chart, Gathered, Told
from simulator.charts.seen import Seen
from simulator.measured import Measured

__all__ = ["CHARTS", "Gatherer", "records_visits", "tell"]

VISITS_EVERY: Final = 4
"""In each so many replications every visit is recorded, which costs a tenth of their time."""


def _found() -> dict[str, Chart]:
    modules = (
        importlib.import_module(f"{kinds.__name__}.{one.name}")
        for one in pkgutil.iter_modules(kinds.__path__)
    )
    charts = sorted((module.CHART for module in modules), key=lambda chart: chart.order)
    return {chart.id: chart for chart in charts}


CHARTS: Final[Mapping[str, Chart]] = _found()


def records_visits(replication: int) -> bool:
    """Whether visits to steps are recorded in this replication, for charts that need them."""
    return replication % VISITS_EVERY == 0


class Gatherer:
    """Takes from replications of one plan what charts need."""

    def __init__(self, plan: Plan) -> None:
        self._frame = Frame(plan)

    def __call__(self, measured: Measured) -> dict[str, Gathered]:
        """What is kept of this replication, by chart."""
        seen = Seen(self._frame, measured)
        return {name: chart.gather(seen) for name, chart in CHARTS.items()}


def tell(
    plan: Plan, gathered: Sequence[Mapping[str, Gathered]], level: float
) -> dict[str, dict[str, Any]]:
    """Each chart as plain data (see `registry`), from what was gathered in each replication."""
    frame, charts = Frame(plan), {}
    for name, chart in CHARTS.items():
        found = [one[name] for one in gathered if one[name]]
        x, groups, left_out = chart.tell(Told(frame, found, level)) if found else (None, [], 0)
        charts[name] = {
            "name": chart.name,
            "says": chart.says,
            "replications": len(found),
            "x": x,
            "groups": groups,
            "left_out": left_out,
        }
    return charts
