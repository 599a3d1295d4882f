"""Experiments: many replications, over processes, with the same result for any number of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from engine.document import Document, document_to_bytes
from engine.plan import Plan, make_plan
from simulator.kpis import KPIS, Kpi, Pair
from simulator.link_table import link_pairs
from simulator.measured import Measured, Thresholds
from simulator.replication import replicate
from simulator.splits import Split, groups, parts, refuse_split
from simulator.statistics import Estimate, ratio_estimate
from simulator.step_table import step_pairs
from simulator.workers import in_processes

if TYPE_CHECKING:
    from simulator.charts import Gatherer

BATCH = 20
"""Replications are added in batches of this size until the precision is reached."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run an experiment.

    replications: how many; with `precision`, at most how many.
    precision: for KPI ids the relative half-width (a share) that is to be reached.
    level: of the confidence intervals.
    alone: so many seconds pass before there are several processes.
    """

    seed: int = 1
    replications: int = 200
    precision: dict[str, float] = field(default_factory=dict)
    level: float = 0.95
    jobs: int = 1
    alone: float = 0.0
    thresholds: Thresholds = field(default_factory=Thresholds)
    kpis: tuple[Kpi, ...] = ()
    """KPIs besides those of the registry; their functions must be importable."""
    by: tuple[Split, ...] = ()
    """What to split the KPIs by besides."""
    by_replication: bool = False
    """Whether reports shall have each replication's numbers, too."""
    charts: bool = False
    """Whether to gather what charts need, too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one replication came to: a numerator and a denominator for each measure.

    parts: the KPIs of each group, by the split's name and the group; only those KPIs that
    can be split so.  charts: what each chart needs (`simulator.charts`), if asked for.
    """

    replication: int
    kpis: dict[str, Pair]
    steps: dict[str, dict[str, Pair]]
    links: dict[str, dict[str, Pair]]
    parts: dict[str, dict[str, dict[str, Pair]]] = field(default_factory=dict)
    charts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """All replications of one experiment, in their order.

    interrupted: it was stopped before all were done.
    """

    document: Document
    settings: Settings
    outcomes: Sequence[Outcome]
    interrupted: bool = False

    def estimate(self, kpi: str) -> Estimate | None:
        """The estimate of a KPI; None if it does not apply (its denominator is always 0)."""
        return self._estimate([outcome.kpis[kpi] for outcome in self.outcomes])

    def step_estimate(self, step: str, measure: str) -> Estimate | None:
        """The estimate of a measure of one planned step (`STEP_MEASURES`)."""
        return self._estimate([outcome.steps[step][measure] for outcome in self.outcomes])

    def link_estimate(self, link: str, measure: str) -> Estimate | None:
        """The estimate of a measure of one exit, “STEP.EXIT” (`LINK_MEASURES`)."""
        return self._estimate([outcome.links[link][measure] for outcome in self.outcomes])

    def groups(self, split: Split) -> list[str]:
        """The groups of a split in which anything happened, in their order."""
        return [name for name in groups(split, self._plan) if self._is_seen(split, name)]

    @cached_property
    def _plan(self) -> Plan:
        return make_plan(self.document)

    def _is_seen(self, split: Split, group: str) -> bool:
        """Whether the group has any contacts, visits, or agents at work or available."""
        return any(
            any(top for top, _ in kpis.values()) or kpis.get("occupancy", (0.0, 0.0))[1] > 0
            for kpis in (outcome.parts[split.name][group] for outcome in self.outcomes)
        )

    def part_estimate(self, split: Split, group: str, kpi: str) -> Estimate | None:
        """The estimate of a KPI in one group of a split; None if it does not apply to it."""
        found = [outcome.parts[split.name][group] for outcome in self.outcomes]
        return self._estimate([kpis[kpi] for kpis in found if kpi in kpis])

    def charts(self) -> dict[str, dict[str, Any]]:
        """Every chart as plain data, if the settings ask for charts."""
        from simulator.charts import tell  # noqa: PLC0415 - only for those who ask

        return tell(self._plan, [one.charts for one in self.outcomes], self.settings.level)

    def _estimate(self, pairs: list[Pair]) -> Estimate | None:
        if not pairs:
            return None
        tops, bottoms = zip(*pairs, strict=True)
        return ratio_estimate(tops, bottoms, self.settings.level)

    def precision_reached(self) -> bool:
        """Whether every KPI of the settings' precision is known that well."""
        return all(
            (estimate := self.estimate(kpi)) is None or estimate.relative_half_width <= bound
            for kpi, bound in self.settings.precision.items()
        )


Progress = Callable[[int, int], None]
"""Called with how many replications are done and how many there will be."""

Enough = Callable[[Results], bool]
"""Asked after each replication whether the results so far are enough."""


def run(
    document: Document,
    settings: Settings,
    progress: Progress | None = None,
    enough: Enough | None = None,
) -> Results:
    """Run an experiment on `document`, until `enough` says so or else the precision is reached.

    Results depend on the document, the seed and the number of replications only, not on
    the number of processes. On KeyboardInterrupt the replications that are complete from
    the first on are kept. Raises PlanError and RunawayError as `replicate` does, and
    DocumentError for what cannot be split so.
    """
    make_plan(document)
    for split in settings.by:
        refuse_split(split, document.journey, document.assumptions)
    enough = enough or precise_enough
    outcomes: list[Outcome] = []
    results = Results(document, settings, outcomes)
    work = Work(document_to_bytes(document), settings)
    try:
        for outcome in over_processes(work, settings):
            outcomes.append(outcome)
            if progress is not None:
                progress(len(outcomes), settings.replications)
            if enough(results):
                break
    except KeyboardInterrupt:
        return Results(document, settings, outcomes, interrupted=True)
    return results


def precise_enough(results: Results) -> bool:
    """Whether a batch is full and the settings' precision is reached."""
    at_end_of_batch = len(results.outcomes) % BATCH == 0
    return bool(results.settings.precision) and at_end_of_batch and results.precision_reached()


_Result = TypeVar("_Result")


def over_processes(work: Callable[[int], _Result], settings: Settings) -> Iterator[_Result]:
    """`work` of each replication's number, in order, over the settings' processes."""
    numbers = range(settings.replications)
    if settings.jobs <= 1:
        return map(work, numbers)
    return in_processes(work, numbers, settings.jobs, settings.alone)


class Work:
    """What a process does for one replication; it plans the journey once."""

    def __init__(self, document: bytes, settings: Settings) -> None:
        self._document = document
        self._settings = settings
        self._plan: Plan | None = None
        self._gather: Gatherer | None = None

    def __getstate__(self) -> tuple[bytes, Settings]:
        """Only what every process cannot make for itself."""
        return self._document, self._settings

    def __setstate__(self, state: tuple[bytes, Settings]) -> None:
        """Start without a plan."""
        self._document, self._settings = state
        self._plan = self._gather = None

    def __call__(self, replication: int) -> Outcome:
        """Simulate and measure one replication."""
        if self._plan is None:
            self._plan = _planned(self._document)
        settings = self._settings
        gather, visits = self._gathering(self._plan, replication)
        records = replicate(self._plan, settings.seed, replication, record_visits=visits)
        measured = Measured(self._plan, records, settings.thresholds)
        kpis = (*KPIS.values(), *settings.kpis)
        pairs = {kpi.id: kpi.compute(measured) for kpi in kpis}
        split = {one.name: _split_pairs(one, measured, kpis) for one in settings.by}
        charts = gather(measured) if gather is not None else {}
        return Outcome(
            replication, pairs, step_pairs(measured), link_pairs(measured), split, charts
        )

    def _gathering(self, plan: Plan, replication: int) -> tuple[Gatherer | None, bool]:
        """What takes from a replication what charts need, and whether it needs every visit."""
        if not self._settings.charts:
            return None, False
        from simulator.charts import Gatherer, records_visits  # noqa: PLC0415 - if asked for

        self._gather = self._gather or Gatherer(plan)
        return self._gather, records_visits(replication)


def _split_pairs(
    split: Split, measured: Measured, kpis: Sequence[Kpi]
) -> dict[str, dict[str, Pair]]:
    own = [kpi for kpi in kpis if split.by in kpi.by]
    return {
        group: {kpi.id: kpi.compute(part) for kpi in own} for group, part in parts(split, measured)
    }


def _planned(document: bytes) -> Plan:
    from engine.document import parse_document  # noqa: PLC0415

    return make_plan(parse_document(document))
