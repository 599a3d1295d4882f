"""The ten-step journey as one writes it in SimPy by hand: the yardstick of our speed.

One process a customer, agents as items of a `FilterStore`, `request | timeout` for patience,
a dict for each contact and each visit to a queue: what our own records hold. The rules are
those of `ten_step_journey`: the first pool in order of preference that has a free agent, and
who gets free takes whoever waits longest. Times are minutes.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Generator
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
MAX_CONTACTS = 3
REDIAL = 0.15
SIGMA = math.sqrt(math.log(1 + HANDLE_CV**2))


class Centre:
    """Agents, and what became of customers."""

    def __init__(self, seed: int) -> None:
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.agents = simpy.FilterStore(self.env)
        for team, count in AGENTS.items():
            self.agents.items.extend({"team": team, "number": n} for n in range(count))
        self.contacts: list[dict[str, Any]] = []
        self.visits: list[dict[str, Any]] = []

    def run(self, customers: int) -> None:
        """Let so many customers come and go."""
        self.env.process(self._arrivals(customers))
        self.env.run()

    def _arrivals(self, customers: int) -> Process:
        for number in range(customers):
            yield self.env.timeout(self.random.expovariate(RATE_PER_MINUTE))
            self.env.process(self._customer(number))

    def _customer(self, number: int) -> Process:
        for contact in range(1, MAX_CONTACTS + 1):
            record: dict[str, Any] = {
                "customer": number,
                "contact": contact,
                "start": self.env.now,
                "waited": 0.0,
            }
            self.contacts.append(record)
            yield self.env.timeout(self.random.uniform(20, 60) / 60)
            if self.random.random() < 0.35:
                record["outcome"] = "contained"
            else:
                yield from self._queue(record)
            record["end"] = self.env.now
            if record["outcome"] != "lost" or self.random.random() >= REDIAL:
                return
            yield self.env.timeout(self.random.uniform(5, 10))

    def _queue(self, record: dict[str, Any]) -> Process:
        skill = self.random.choices(list(SHARES), list(SHARES.values()))[0]
        visit = {"customer": record["customer"], "skill": skill, "joined": self.env.now}
        self.visits.append(visit)
        request = self.agents.get(self._fitting(skill))
        result = yield request | self.env.timeout(self._patience(skill))
        record["waited"] = visit["waited"] = self.env.now - visit["joined"]
        if request in result:
            visit["team"] = result[request]["team"]
            yield from self._served(record, visit, result[request])
        else:
            request.cancel()
            record["outcome"] = visit["outcome"] = "lost"

    def _fitting(self, skill: str) -> Callable[[dict[str, Any]], bool]:
        """The first pool in order of preference that has a free agent; else any that fits."""
        for team, skills in SKILLS.items():
            if skill in skills and any(agent["team"] == team for agent in self.agents.items):
                return lambda agent: agent["team"] == team
        return lambda agent: skill in SKILLS[agent["team"]]

    def _patience(self, skill: str) -> float:
        if skill == "support":
            return self.random.weibullvariate(4, 1.5)
        return self.random.expovariate(1 / {"sales": 3, "billing": 4}[skill])

    def _served(
        self, record: dict[str, Any], visit: dict[str, Any], agent: dict[str, Any]
    ) -> Process:
        mu = math.log(HANDLE_MINUTES[visit["skill"]]) - SIGMA**2 / 2
        visit["talk"] = self.random.lognormvariate(mu, SIGMA)
        yield self.env.timeout(visit["talk"])
        visit["wrap"] = self.random.expovariate(1) if self.random.random() < 0.2 else 0.0
        if visit["wrap"]:
            self.env.process(self._wrap_up(agent, visit["wrap"]))
        else:
            self.agents.put(agent)
        record["outcome"] = visit["outcome"] = "served"
        if self.random.random() < 0.3:
            yield self.env.timeout(self.random.uniform(0.5, 1.5))
            bound = 0.9 if record["waited"] <= 0.5 else 0.6
            record["satisfied"] = self.random.random() < bound

    def _wrap_up(self, agent: dict[str, Any], minutes: float) -> Process:
        yield self.env.timeout(minutes)
        self.agents.put(agent)
