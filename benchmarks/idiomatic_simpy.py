"""The ten-step journey as one writes it in SimPy by hand: the yardstick of our speed.

One process a customer, agents as items of a `FilterStore`, `request | timeout` for patience,
a dict a customer. A contact waits for any agent who has its skill; patience and redials are
those of `ten_step_journey`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Generator
from typing import Any

import simpy

from benchmarks.ten_step_journey import (
    AGENTS,
    HANDLE_CV,
    HANDLE_MINUTES,
    RATE_PER_MINUTE,
    SHARES,
    SKILLS,
)

Process = Generator[simpy.Event, Any, None]
SIGMA = math.sqrt(math.log(1 + HANDLE_CV**2))


class Centre:
    """Agents, and what became of customers."""

    def __init__(self, seed: int) -> None:
        self.env = simpy.Environment()
        self.random = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        self.agents = simpy.FilterStore(self.env)
        for team, count in AGENTS.items():
            self.agents.items.extend({"team": team, "number": n} for n in range(count))
        self.customers: list[dict[str, Any]] = []

    def run(self, customers: int) -> list[dict[str, Any]]:
        """Let so many customers come and go."""
        self.env.process(self._arrivals(customers))
        self.env.run()
        return self.customers

    def _arrivals(self, customers: int) -> Process:
        for _ in range(customers):
            yield self.env.timeout(self.random.expovariate(RATE_PER_MINUTE))
            self.env.process(self._customer())

    def _customer(self) -> Process:
        record: dict[str, Any] = {"arrived": self.env.now, "outcome": None, "tries": 0}
        self.customers.append(record)
        again = True
        while again:
            record["tries"] += 1
            again = False
            yield self.env.timeout(self.random.uniform(20, 60) / 60)
            if self.random.random() < 0.35:
                record["outcome"] = "contained"
                return
            skill = self.random.choices(list(SHARES), list(SHARES.values()))[0]
            joined = self.env.now
            request = self.agents.get(lambda agent, skill=skill: skill in SKILLS[agent["team"]])
            patience = self.env.timeout(self._patience(skill))
            result = yield request | patience
            record["waited"] = self.env.now - joined
            if request in result:
                yield from self._served(record, skill, result[request])
                return
            request.cancel()
            record["outcome"] = "lost"
            if record["tries"] < 3 and self.random.random() < 0.15:
                again = True
                yield self.env.timeout(self.random.uniform(5, 10))

    def _patience(self, skill: str) -> float:
        if skill == "support":
            return self.random.weibullvariate(4, 1.5)
        return self.random.expovariate(1 / {"sales": 3, "billing": 4}[skill])

    def _served(self, record: dict[str, Any], skill: str, agent: dict[str, Any]) -> Process:
        mu = math.log(HANDLE_MINUTES[skill]) - SIGMA**2 / 2
        record["handled"] = self.random.lognormvariate(mu, SIGMA)
        yield self.env.timeout(record["handled"])
        if self.random.random() < 0.2:
            self.env.process(self._wrap_up(agent))
        else:
            self.agents.put(agent)
        record["outcome"] = "served"
        if self.random.random() < 0.3:
            yield self.env.timeout(self.random.uniform(0.5, 1.5))
            bound = 0.9 if record["waited"] <= 0.5 else 0.6
            record["satisfied"] = self.random.random() < bound

    def _wrap_up(self, agent: dict[str, Any]) -> Process:
        yield self.env.timeout(self.random.expovariate(1))
        self.agents.put(agent)
