"""Comparisons: scenarios against the baseline under common random numbers.

Every draw is keyed by seed, replication, customer and purpose, so the same seed and the
same replications are all it takes: what a scenario does not change stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.document import Document, document_to_bytes
from engine.plan import make_plan
from engine.scenarios import with_scenario
from simulator.differences import Difference, Pair, paired_difference
from simulator.experiment import Outcome, Progress, Results, Settings, Work, over_processes


@dataclass(frozen=True, slots=True)
class Comparison:
    """The baseline and each scenario, with the same replications.

    interrupted: it was stopped before all were done.
    """

    baseline: Results
    scenarios: Mapping[str, Results]
    settings: Settings
    interrupted: bool = False

    @property
    def replications(self) -> int:
        """How many each of them has."""
        return len(self.baseline.outcomes)

    @property
    def level(self) -> float:
        """Of each interval, so that those of all scenarios hold together (Bonferroni)."""
        return 1 - (1 - self.settings.level) / max(1, len(self.scenarios))

    def difference(self, scenario: str, kpi: str) -> Difference | None:
        """A KPI's difference to the baseline; None if it does not apply to both."""
        old, new = self.baseline.outcomes, self.scenarios[scenario].outcomes
        return paired_difference(
            [one.kpis[kpi] for one in old], [one.kpis[kpi] for one in new], self.level
        )

    def step_difference(self, scenario: str, step: str, measure: str) -> Difference | None:
        """The difference of a measure of a planned step; None if only one of them has it."""
        old = _measures(self.baseline.outcomes, step, measure)
        new = _measures(self.scenarios[scenario].outcomes, step, measure)
        return paired_difference(old, new, self.level) if old and new else None

    def steps(self, scenario: str) -> list[str]:
        """Ids of the planned steps that the baseline or the scenario has."""
        results = (self.baseline, self.scenarios[scenario])
        found = {name: None for one in results for name in one.outcomes[0].steps}
        return list(found)


def _measures(outcomes: Sequence[Outcome], step: str, measure: str) -> list[Pair]:
    return [one.steps[step][measure] for one in outcomes if step in one.steps]


def compare(
    document: Document,
    scenarios: Sequence[str],
    settings: Settings,
    progress: Progress | None = None,
) -> Comparison:
    """Run the baseline and the named scenarios of `document`, replication by replication.

    On KeyboardInterrupt the replications that are complete for all of them are kept.
    The settings' precision is not looked at. Raises DocumentError for an unknown scenario,
    PlanError and RunawayError as `run` does.
    """
    documents = {name: with_scenario(document, name) for name in scenarios}
    everything = [document, *documents.values()]
    for one in everything:
        make_plan(one)
    work = _All([Work(document_to_bytes(one), settings) for one in everything])
    columns: list[list[Outcome]] = [[] for _ in everything]
    interrupted = False
    try:
        for done, outcomes in enumerate(over_processes(work, settings), 1):
            for column, outcome in zip(columns, outcomes, strict=True):
                column.append(outcome)
            if progress is not None:
                progress(done, settings.replications)
    except KeyboardInterrupt:
        interrupted = True
    complete = len(columns[-1])
    baseline, *others = (
        Results(one, settings, column[:complete], interrupted)
        for one, column in zip(everything, columns, strict=True)
    )
    return Comparison(baseline, dict(zip(documents, others, strict=True)), settings, interrupted)


class _All:
    """One replication of everything that is compared, in one process."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._works = works

    def __call__(self, replication: int) -> list[Outcome]:
        return [work(replication) for work in self._works]
