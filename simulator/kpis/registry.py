"""The KPI registry: what each KPI is, how it is computed, and what it does not count.

A KPI gives a numerator and a denominator for each replication; over replications it is the
ratio of their sums. A KPI that is no ratio has the denominator 1. Shares are 0 to 1, times
are seconds.

KPIs of the level "contact" count contacts or visits to queues, those of the level "issue"
count issues (a customer's contacts about one need), those of the level "customer" customers;
numbers of different levels do not add up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from simulator.measured import Measured
from simulator.selections import Mask
from simulator.statistics import Estimate

Pair = tuple[float, float]
Compute = Callable[[Measured], Pair]
Unit = Literal["share", "seconds", "count", "money", "number"]
Level = Literal["contact", "issue", "customer", "team", "run"]
By = Literal["channel", "segment", "intent", "team", "interval"]
"""By what a run may be split into groups."""

BY_CONTACT: Final[frozenset[By]] = frozenset({"channel", "segment", "intent", "interval"})
"""By whose contact it is, and by when it began."""
BY_ANSWER: Final[frozenset[By]] = BY_CONTACT | {"team"}
"""Also by who answered: for what only counts visits that were answered."""
BY_TEAM: Final[frozenset[By]] = frozenset({"team", "interval"})
"""By whose work it is, and by when it was done."""
NOT_SPLIT: Final[frozenset[By]] = frozenset()
"""Not to be split: what it counts does not say to whom it belongs."""

_BY_LEVEL: Final[dict[Level, frozenset[By]]] = {
    "contact": BY_CONTACT,
    "issue": BY_CONTACT,
    "customer": BY_CONTACT,
    "team": BY_TEAM,
    "run": NOT_SPLIT,
}


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI with all that is needed to explain it.

    by: what its value can be split by; for everything else no value of a group is right.
    An issue or a customer belongs to the group of its first contact.
    headline: it stands in short tables; with `only_if_seen`, only where it is not 0.
    better: which way is better, where that is plain for every contact centre.
    """

    id: str
    name: str
    unit: Unit
    level: Level
    formula: str
    compute: Compute
    numerator: str = ""
    denominator: str = ""
    censoring: str = (
        "Contacts are followed to their end after the period; who never ends is unfinished."
    )
    source: str = "Field practice, as in Koole, Call Center Optimization (2013)."
    headline: bool = False
    only_if_seen: bool = False
    better: Literal["lower", "higher"] | None = None
    by: frozenset[By] = NOT_SPLIT

    def is_headline(self, *estimates: Estimate | None) -> bool:
        """Whether it stands in a short table that shows these estimates of it."""
        seen = any(one is not None and one.value for one in estimates)
        return self.headline and (seen or not self.only_if_seen)


KPIS: Final[dict[str, Kpi]] = {}


class More(TypedDict, total=False):
    """What a KPI may say besides; what is left out has the defaults of `Kpi`.

    by: what it can be split by; by the level, if left out.
    """

    censoring: str
    source: str
    headline: bool
    only_if_seen: bool
    better: Literal["lower", "higher"] | None
    by: frozenset[By]


def kpi(
    id: str,  # noqa: A002 - the field's name in the registry and in files
    name: str,
    unit: Unit,
    level: Level,
    formula: str,
    **more: Unpack[More],
) -> Callable[[Compute], Compute]:
    """Register the decorated function as the computation of a KPI."""
    top, _, bottom = formula.partition(" ÷ ")
    said: dict[str, Any] = {"by": _BY_LEVEL[level], **more}

    def register(compute: Compute) -> Compute:
        if id in KPIS:
            raise ValueError(f"there is a KPI {id} already")
        below = bottom or "1 (a replication)"
        KPIS[id] = Kpi(id, name, unit, level, formula, compute, top, below, **said)
        return compute

    return register


def count(mask: Mask) -> float:
    """How many there are."""
    return float(np.count_nonzero(mask))


def total(values: NDArray[Any]) -> float:
    """Their sum."""
    return float(np.sum(values))
