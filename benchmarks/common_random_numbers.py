"""What common random numbers are worth: one agent more on the ten-step journey.

`python -m benchmarks.common_random_numbers` compares the variance of the difference in
abandonment with the same random numbers against that with independent ones, over as many
replications; exit code 1 if it is not 20 times smaller.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import replace

from benchmarks.speed import Goal
from benchmarks.ten_step_journey import AGENTS, ten_step_journey
from engine.document import Document, document_from_plain, document_to_plain
from simulator.compare import compare
from simulator.differences import paired_difference
from simulator.experiment import Settings, run

KPI = "abandonment_rate"


def with_one_agent_more(customers: int) -> Document:
    """The ten-step journey with a scenario in which pool B has one agent more."""
    plain = document_to_plain(ten_step_journey(customers))
    change = {"at": "assumptions/staffing/pool_b/agents", "add": 1}
    scenario = {"id": "more", "name": f"{AGENTS['pool_b'] + 1} agents", "changes": [change]}
    return document_from_plain({**plain, "scenarios": {"named": [scenario]}})


def ratio(customers: int, settings: Settings) -> tuple[float, float, float]:
    """Variance with independent ÷ with common random numbers; the difference; its half-width."""
    comparison = compare(with_one_agent_more(customers), ["more"], settings)
    common = comparison.difference("more", KPI)
    other = run(comparison.scenarios["more"].document, replace(settings, seed=settings.seed + 1))
    independent = paired_difference(
        [one.kpis[KPI] for one in comparison.baseline.outcomes],
        [one.kpis[KPI] for one in other.outcomes],
        settings.level,
    )
    if common is None or independent is None:
        return math.nan, math.nan, math.nan
    gain = (independent.paired.half_width / common.paired.half_width) ** 2
    return gain, common.paired.value, common.paired.half_width


def main() -> int:
    """Print the ratio; exit code 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=300)
    parser.add_argument("--customers", type=int, nargs="+", default=[2_000, 10_000])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    settings = Settings(replications=options.replications, jobs=options.jobs)
    goals = []
    for customers in options.customers:
        gain, value, half_width = ratio(customers, settings)
        change = f"{value * 100:+.3f} ± {half_width * 100:.3f} points"
        print(f"{customers:,} customers: one agent more changes abandonment by {change}")
        what = f"variance, independent ÷ common, {customers:,} customers"
        goals.append(Goal(what, gain, 20, at_least=True))
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
