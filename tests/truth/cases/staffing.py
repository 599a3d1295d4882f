"""The smallest team that keeps a service level, found by simulating."""

from __future__ import annotations

from dataclasses import dataclass

from engine.document import document_from_plain
from simulator.experiment import Settings, run
from simulator.measured import Thresholds
from simulator.statistics import Estimate
from tests.truth.case import Effort, Row, SimulatedCase, row_of
from tests.truth.expected import params
from tests.truth.journeys import Plain, exponential, queue

CERTAIN = 0.999
"""Level of the intervals that have to leave out the target."""
MOST = 640
"""Replications; by then a decision must have been possible."""


def cases() -> list[StaffingCase]:
    """Both of them."""
    return [
        StaffingCase(name, full=Effort(60_000, 40))
        for name in ("staff_8020_100per30_aht3", "staff_8020_occ85_100per30_aht3")
    ]


@dataclass(frozen=True, slots=True)
class StaffingCase:
    """Tries one team size after the other; the same customers come to each."""

    name: str
    full: Effort
    quick: Effort | None = None  # 13 agents miss the target by half a point only

    def rows(self, effort: Effort, seed: int, jobs: int) -> list[Row]:
        given = params(self.name)
        agents = int(given["lam_per_min"] * given["aht_min"]) + 1
        while True:
            meets, replications = self._meets(agents, effort, seed, jobs)
            if meets:
                return [row_of(self.name, "min_agents", agents, 0.0, replications)]
            agents += 1

    def _meets(self, agents: int, effort: Effort, seed: int, jobs: int) -> tuple[bool, int]:
        """Whether so many agents are enough, once the intervals say so clearly."""
        given = params(self.name)
        replications = effort.replications
        while replications <= MOST:
            level, occupancy = self._estimates(agents, effort, seed, jobs, replications)
            enough = level.low > given["sl_target"] and occupancy.high < given["max_occupancy"]
            too_few = level.high < given["sl_target"] or occupancy.low > given["max_occupancy"]
            if enough or too_few:
                return enough, replications
            replications *= 2
        raise AssertionError(f"{self.name}: {agents} agents cannot be decided")

    def _estimates(
        self, agents: int, effort: Effort, seed: int, jobs: int, replications: int
    ) -> tuple[Estimate, Estimate]:
        given = params(self.name)

        def build(unit: float) -> Plain:
            return queue(given["lam_per_min"], agents, exponential(given["aht_min"] * unit), unit)

        case = SimulatedCase(self.name, build, given["lam_per_min"], {}, effort)
        unit, period = case.period(effort)
        plain = build(unit)
        plain["assumptions"]["period"] = period
        settings = Settings(
            seed=seed,
            replications=replications,
            level=CERTAIN,
            jobs=jobs,
            thresholds=Thresholds(service_level=given["T_min"] * unit),
        )
        results = run(document_from_plain(plain), settings)
        level, occupancy = results.estimate("service_level"), results.estimate("occupancy")
        assert level is not None
        assert occupancy is not None
        return level, occupancy
