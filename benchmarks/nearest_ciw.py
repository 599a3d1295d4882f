"""The nearest model to the ten-step journey that Ciw can express.

Ciw queues per pool, not per skill, so who arrives joins the shortest queue of the pools that
fit; wrap-up is part of the service; abandoners do not redial. Times are minutes.
"""

from __future__ import annotations

import math
from typing import Any

import ciw

from benchmarks.ten_step_journey import (
    AGENTS,
    HANDLE_CV,
    HANDLE_MINUTES,
    RATE_PER_MINUTE,
    SHARES,
    SKILLS,
)

SIGMA = math.sqrt(math.log(1 + HANDLE_CV**2))
IVR, SURVEY = 1, 2 + len(AGENTS)
POOLS = {team: number for number, team in enumerate(AGENTS, 2)}


class AfterIvr(ciw.routing.JoinShortestQueue):  # type: ignore[misc] # Ciw has no types
    """35 % are contained; the others join the shortest queue that fits."""

    def next_node(self, individual: Any) -> Any:
        """The node to go to."""
        if ciw.random.random() < 0.35:
            return self.simulation.nodes[-1]
        return super().next_node(individual)


class HandleTime(ciw.dists.Distribution):  # type: ignore[misc] # Ciw has no types
    """Lognormal talk time, and for one in five an exponential wrap-up of a minute."""

    def __init__(self, minutes: float) -> None:
        self.mu = math.log(minutes) - SIGMA**2 / 2

    def sample(self, t: float | None = None, ind: Any = None) -> float:  # noqa: ARG002
        """One handle time in minutes."""
        wrap = ciw.random.expovariate(1) if ciw.random.random() < 0.2 else 0.0
        return float(ciw.random.lognormvariate(self.mu, SIGMA) + wrap)


def run(customers: int, seed: int) -> int:
    """Simulate about so many customers; returns how many came."""
    ciw.seed(seed)
    simulation = ciw.Simulation(_network())
    simulation.simulate_until_max_time(customers / RATE_PER_MINUTE)
    return int(simulation.nodes[0].number_of_individuals)


def _network() -> Any:
    patience = {
        "sales": ciw.dists.Exponential(1 / 3),
        "support": ciw.dists.Weibull(4, 1.5),
        "billing": ciw.dists.Exponential(1 / 4),
    }
    nothing = [None] * len(POOLS)
    return ciw.create_network(
        arrival_distributions={
            skill: [ciw.dists.Exponential(RATE_PER_MINUTE * share), *nothing, None]
            for skill, share in SHARES.items()
        },
        service_distributions={
            skill: [
                ciw.dists.Uniform(1 / 3, 1),
                *[HandleTime(minutes) for _ in POOLS],
                ciw.dists.Uniform(0.5, 1.5),
            ]
            for skill, minutes in HANDLE_MINUTES.items()
        },
        reneging_time_distributions={
            skill: [None, *[patience[skill] for _ in POOLS], None] for skill in SHARES
        },
        routing={skill: _routing(skill) for skill in SHARES},
        number_of_servers=[float("inf"), *AGENTS.values(), float("inf")],
    )


def _routing(skill: str) -> Any:
    fitting = [number for team, number in POOLS.items() if skill in SKILLS[team]]
    after_service = [ciw.routing.Probabilistic([SURVEY], [0.3]) for _ in POOLS]
    return ciw.routing.NetworkRouting(
        routers=[AfterIvr(destinations=fitting), *after_service, ciw.routing.Leave()]
    )
