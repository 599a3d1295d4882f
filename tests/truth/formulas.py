"""The M/M/c+G queue, for patience that truth.json has no case of.

Baccelli and Hébuterne (1981) as in Zeltyn and Mandelbaum (2005): with the survival function
S of patience and H(x) = ∫₀ˣ S, the virtual wait of who finds all c agents busy has a density
in proportion to exp(λH(x) − cμx), relative to the chance that exactly c−1 agents are busy.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

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
