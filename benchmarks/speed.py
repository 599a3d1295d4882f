"""Speed against an idiomatic SimPy program and Ciw; scale, memory, processes.

`python -m benchmarks.speed` measures in fresh processes, interleaved in random order, in CPU
seconds, and compares medians: the clock of a shared machine drifts, ratios hold.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ten_step_journey import ten_step_journey
from simulator.experiment import Settings, run

ROOT = Path(__file__).parent.parent
MANY, FEW = 1_000_000, 10_000


@dataclass(frozen=True)
class Goal:
    """A bound that a measured number must keep."""

    what: str
    value: float
    bound: float
    at_least: bool

    @property
    def kept(self) -> bool:
        """Whether it is."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        """One line."""
        sign = "≥" if self.at_least else "≤"
        verdict = "kept" if self.kept else "MISSED"
        return f"{self.what:<58} {self.value:8.2f}   goal {sign} {self.bound:g}   {verdict}"


def measured(engine: str, customers: int) -> dict[str, float]:
    """One measurement in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.one", engine, str(customers)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def side_by_side(rounds: int, customers: dict[str, int]) -> dict[str, float]:
    """Customers per CPU second of each engine: the median over interleaved rounds."""
    speeds: dict[str, list[float]] = {engine: [] for engine in customers}
    for _ in range(rounds):
        for engine in random.sample(list(customers), len(customers)):
            one = measured(engine, customers[engine])
            speeds[engine].append(one["customers"] / one["cpu"])
    return {engine: statistics.median(values) for engine, values in speeds.items()}


def scale(rounds: int) -> list[Goal]:
    """Cost of a customer among many against among few, and memory."""
    costs: dict[int, list[float]] = {MANY: [], FEW: []}
    memory: list[float] = []
    for _ in range(rounds):
        for customers in (FEW, MANY):
            one = measured("wayline", customers)
            costs[customers].append(one["cpu"] / one["customers"])
            if customers == MANY:
                memory.append(one["bytes"] / one["customers"])
    ratio = statistics.median(costs[MANY]) / statistics.median(costs[FEW])
    return [
        Goal("cost of a customer, among 1,000,000 ÷ among 10,000", ratio, 1.25, at_least=False),
        Goal("bytes a customer, of 1,000,000", statistics.median(memory), 220, at_least=False),
    ]


def processes(rounds: int) -> Goal:
    """Wall time of one process against two, with the same replications."""
    document = ten_step_journey(14_400)
    ratios = []
    for _ in range(rounds):
        seconds = []
        for jobs in (1, 2):
            start = time.perf_counter()
            run(document, Settings(replications=160, jobs=jobs))
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[0] / seconds[1])
    return Goal("two processes ÷ one, replications a second", statistics.median(ratios), 1.6, True)


def main() -> int:
    """Print all figures; exit code 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--customers", type=int, default=100_000)
    options = parser.parse_args()
    sizes = {"wayline": options.customers, "simpy": options.customers, "ciw": 20_000}
    speeds = side_by_side(options.rounds, sizes)
    for engine, speed in speeds.items():
        print(f"{engine:<10} {speed:12,.0f} customers per CPU second")
    goals = [
        Goal("Wayline ÷ idiomatic SimPy", speeds["wayline"] / speeds["simpy"], 3, at_least=True),
        Goal("Wayline ÷ Ciw's nearest model", speeds["wayline"] / speeds["ciw"], 6, at_least=True),
        *scale(max(1, options.rounds // 2)),
        processes(max(1, options.rounds // 2)),
    ]
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
