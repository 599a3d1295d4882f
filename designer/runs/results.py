"""What a run came to, as the window shows it: the numbers of `wayline simulate --json`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from designer.runs.settings import RunSettings

if TYPE_CHECKING:
    from engine.scenarios import Target
    from simulator.check import TargetVerdict
    from simulator.statistics import Estimate


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its interval, in its unit; None where there is none.

    Without a value the measure does not apply; without bounds there was one replication only.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str

    @property
    def half_width(self) -> float | None:
        """How far the interval reaches to each side."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


@dataclass(frozen=True)
class RunResults:
    """The results of one run, and to which question they are the answer.

    content_hash: of what was simulated (`run_hash`), before the scenario's changes.
    data: the plain values of `--json`.
    is_whole: the run came to its end; else these are the results of its first replications.
    """

    content_hash: str
    scenario: str | None
    settings: RunSettings
    data: Mapping[str, Any]
    is_whole: bool = True

    def __post_init__(self) -> None:
        """ValueError if the data are no results."""
        try:
            _check(self.data)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"these are no results: {error!r}") from None

    @property
    def replications(self) -> int:
        """How many were done."""
        return int(self.data["replications"])

    @property
    def level(self) -> float:
        """Of the intervals, such as 0.95."""
        return float(self.data["level"])

    @cached_property
    def kpis(self) -> Mapping[str, Reading]:
        """Every KPI by its id."""
        return _readings(self.data["kpis"])

    @cached_property
    def steps(self) -> Mapping[str, Mapping[str, Reading]]:
        """For each planned step (by id) its measures (`STEP_MEASURES`)."""
        return {step: _readings(measures) for step, measures in self.data["steps"].items()}

    @cached_property
    def splits(self) -> Mapping[str, Mapping[str, Mapping[str, Reading]]]:
        """For each split (such as "team") its groups, and their KPIs."""
        return {
            name: {group: _readings(kpis) for group, kpis in groups.items()}
            for name, groups in self.data["by"].items()
        }

    @cached_property
    def links(self) -> Mapping[str, Mapping[str, Reading]]:
        """For each exit (“STEP.EXIT”, planned ids) its measures (`LINK_MEASURES`)."""
        return {link: _readings(measures) for link, measures in self.data["links"].items()}

    @property
    def by_replication(self) -> Mapping[str, Any]:
        """Under "kpis" and "steps" each replication's numbers; empty while the run goes on."""
        found = self.data.get("by_replication", {})
        return found if isinstance(found, Mapping) else {}

    @property
    def charts(self) -> Mapping[str, Any]:
        """The data of each chart by its id (see `simulator.charts.registry`); none so far."""
        charts = self.data.get("charts", {})
        return charts if isinstance(charts, Mapping) else {}

    def estimate(self, kpi: str) -> Estimate | None:
        """The KPI for further reckoning; None if it does not apply. KeyError for no KPI."""
        from simulator.statistics import Estimate  # noqa: PLC0415 - numpy, not needed to start

        one = self.kpis[kpi]
        if one.value is None:
            return None
        half = math.nan if one.half_width is None else one.half_width
        return Estimate(one.value, half, self.replications, self.level)

    def verdict(self, target: Target) -> TargetVerdict:
        """Whether the target is kept, missed, or cannot be told yet."""
        from simulator.check import target_verdict  # noqa: PLC0415 - as above

        return target_verdict(target, self.estimate(target.kpi))


def _check(data: Mapping[str, Any]) -> None:
    if data["format"] != "wayline/results":
        raise KeyError("format")
    for key in ("replications", "level", "seed"):
        _number(data[key])
    rows = [data["kpis"], *data["steps"].values(), *data["links"].values()]
    rows += [kpis for groups in data["by"].values() for kpis in groups.values()]
    for row in rows:
        for measure in row.values():
            if not isinstance(measure["unit"], str):
                raise TypeError("unit")
            for key in ("value", "low", "high"):
                if measure[key] is not None:
                    _number(measure[key])


def _number(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{str(value)[:40]!r} is no number")


def _readings(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Reading]:
    return {
        name: Reading(
            _known(row["value"]), _known(row["low"]), _known(row["high"]), str(row["unit"])
        )
        for name, row in rows.items()
    }


def _known(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
