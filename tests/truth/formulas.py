"""Models that are solved here: the M/M/c+G queue, and two teams of which one helps the other.

The first is for patience that truth.json has no case of. Baccelli and Hébuterne (1981) as in
Zeltyn and Mandelbaum (2005): with the survival function S of patience and H(x) = ∫₀ˣ S, the
virtual wait of who finds all c agents busy has a density in proportion to exp(λH(x) − cμx),
relative to the chance that exactly c−1 agents are busy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.integrate import quad

Function = Callable[[float], float]


def impatient_queue(
    lam: float,
    mu: float,
    agents: int,
    survival: Function,
    cut: float,
    threshold: float,
    kinks: tuple[float, ...] = (),
) -> dict[str, float]:
    """Every metric of the M/M/c+G queue.

    survival: the share of customers whose patience is longer than a time; balking is
    S(0) < 1.  cut: no virtual wait worth counting is longer.  kinks: where S jumps.
    """
    points = sorted({0.0, *kinks, threshold, cut})

    def integral(function: Function) -> float:
        return math.fsum(
            quad(function, low, high, epsabs=1e-13, epsrel=1e-11, limit=500)[0]
            for low, high in pairwise(points)
        )

    def patience_until(x: float) -> float:
        inside = [0.0, *(p for p in points if 0 < p < x), x]
        return math.fsum(
            quad(survival, low, high, epsabs=1e-13, epsrel=1e-11)[0]
            for low, high in pairwise(inside)
        )

    def density(x: float) -> float:
        return math.exp(lam * patience_until(x) - agents * mu * x)

    def until_threshold(function: Function) -> float:
        return integral(lambda x: function(x) if x < threshold else 0.0)

    load = lam / mu
    # 1 ÷ Erlang B for c−1 agents: the weight of all states with an idle agent.
    idle = (
        math.fsum(load**n / math.factorial(n) for n in range(agents))
        * math.factorial(agents - 1)
        / load ** (agents - 1)
    )
    total = integral(density)
    norm = idle + lam * total
    busy = lam * total / norm
    weight = lam / norm
    # Balkers leave at once; of the others, those whose patience ends before the virtual wait.
    answered = 1 - busy + weight * integral(lambda x: survival(x) * density(x))
    abandoned = 1 - answered
    wait = weight * integral(lambda x: patience_until(x) * density(x))
    wait_answered = weight * integral(lambda x: x * survival(x) * density(x))
    in_time = 1 - busy + weight * until_threshold(lambda x: survival(x) * density(x))
    later = weight * (integral(density) - until_threshold(density)) * survival(threshold)
    return {
        "P_wait": busy,
        "P_abandon": abandoned,
        "E_wait_all_min": wait,
        "ASA_served_min": wait_answered / answered,
        "E_wait_abandoned_min": (wait - wait_answered) / abandoned,
        "E_queue_len": lam * wait,
        "occupancy": lam * answered / (agents * mu),
        "SL_served_in_T_over_offered": in_time,
        "P_W_gt_T": later,
        "E_offered_wait_min": weight * integral(lambda x: x * density(x)),
    }


State = tuple[int, ...]
Moves = Iterator[tuple[float, State]]
"""From a state: rates, and the states that they lead to."""


def stationary(start: State, moves: Callable[[State], Moves]) -> dict[State, float]:
    """The share of time that a Markov chain spends in each state it can reach from `start`."""
    number = {start: 0}
    rates: list[tuple[int, int, float]] = []
    found = [start]
    for state in found:
        for rate, after in moves(state):
            if after not in number:
                number[after] = len(found)
                found.append(after)
            rates.append((number[state], number[after], rate))
    generator = np.zeros((len(found), len(found)))
    for before, after_it, rate in rates:
        generator[after_it, before] += rate
        generator[before, before] -= rate
    # One of the equations follows from the others; that the shares add up to 1 does not.
    generator[0] = 1.0
    right = np.zeros(len(found))
    right[0] = 1.0
    return dict(zip(found, np.linalg.solve(generator, right).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class NDesign:
    """Two classes and two teams, of which the first helps the second.

    Class 1 is served by team 1 only, class 2 by team 2 and, if nobody is free there, by
    team 1, where class 1 comes first. The rate of service depends on the team alone, so a
    state is how many of each team are at work and how many of each class wait, up to `cut`.
    """

    lam: list[float]
    mu: list[float]
    theta: list[float]
    c: list[int]
    cut: int = 30

    def moves(self, state: State) -> Moves:
        """One customer comes or goes."""
        yield from self._arrivals(*state)
        yield from self._ends_at_team_1(*state)
        yield from self._ends_at_team_2(*state)

    def _arrivals(self, one: int, two: int, first: int, second: int) -> Moves:
        if one < self.c[0]:
            yield self.lam[0], (one + 1, two, first, second)
        elif first < self.cut:
            yield self.lam[0], (one, two, first + 1, second)
        if two < self.c[1]:
            yield self.lam[1], (one, two + 1, first, second)
        elif one < self.c[0]:
            yield self.lam[1], (one + 1, two, first, second)
        elif second < self.cut:
            yield self.lam[1], (one, two, first, second + 1)

    def _ends_at_team_1(self, one: int, two: int, first: int, second: int) -> Moves:
        """Service by team 1, and the patience of class 1."""
        rate = one * self.mu[0]
        if first:
            yield rate + first * self.theta[0], (one, two, first - 1, second)
        elif second:
            yield rate, (one, two, first, second - 1)
        elif one:
            yield rate, (one - 1, two, first, second)

    def _ends_at_team_2(self, one: int, two: int, first: int, second: int) -> Moves:
        """Service by team 2, and the patience of class 2."""
        rate = two * self.mu[1]
        if second:
            yield rate + second * self.theta[1], (one, two, first, second - 1)
        elif two:
            yield rate, (one, two - 1, first, second)

    def helped(self, one: int, two: int, first: int, second: int) -> float:
        """How many of class 2 begin with team 1 in this state, a time unit."""
        at_once = self.lam[1] * (two == self.c[1] and one < self.c[0])
        return at_once + self.c[0] * self.mu[0] * (second > 0 and not first)

    def metrics(self) -> dict[str, float]:
        """Every metric."""
        shares = stationary((0, 0, 0, 0), self.moves)

        def mean(value: Callable[[int, int, int, int], float]) -> float:
            return math.fsum(share * value(*state) for state, share in shares.items())

        waiting = [mean(lambda *state: state[2]), mean(lambda *state: state[3])]
        wait_1, wait_2 = (number / come for number, come in zip(waiting, self.lam, strict=True))
        left = wait_1 * self.theta[0], wait_2 * self.theta[1]
        return {
            "P_wait_class1": mean(lambda one, *_: one == self.c[0]),
            "P_wait_class2": mean(lambda one, two, *_: (one, two) == tuple(self.c)),
            "P_abandon_class1": left[0],
            "P_abandon_class2": left[1],
            "E_wait_class1": wait_1,
            "E_wait_class2": wait_2,
            "share_class2_by_team1": mean(self.helped) / (self.lam[1] * (1 - left[1])),
            "occupancy_team1": mean(lambda one, *_: one) / self.c[0],
            "occupancy_team2": mean(lambda _, two, *__: two) / self.c[1],
        }
