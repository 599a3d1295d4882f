"""Targets checked with confidence: kept, missed, or not to be told yet.

Whoever looks at an interval again and again until it says something is wrong more often
than its level says. So the replications are looked at few times only, at 50, 100, 200 …,
and each interval is wide enough that all looks at all targets together hold at the level
(Bonferroni: the error is divided by looks times targets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from engine.document import Document
from engine.errors import DocumentError
from engine.scenarios import Target
from simulator.experiment import Progress, Results, Settings, run
from simulator.kpis import KPIS
from simulator.statistics import Estimate

FIRST_LOOK: Final = 50


class TargetVerdict(Enum):
    """What can be said about a target."""

    KEPT = "kept"
    MISSED = "missed"
    OPEN = "cannot tell"


@dataclass(frozen=True, slots=True)
class CheckedTarget:
    """A target with the KPI's estimate; None where the KPI does not apply."""

    target: Target
    estimate: Estimate | None
    verdict: TargetVerdict


@dataclass(frozen=True, slots=True)
class Checked:
    """All targets, with the replications that it took.

    level: at which all verdicts hold together; that of each interval is `results`'.
    looks: how often the replications would have been looked at in the end.
    """

    results: Results
    level: float
    looks: int
    targets: Sequence[CheckedTarget]

    @property
    def all_kept(self) -> bool:
        """Whether every target is kept with confidence."""
        return all(one.verdict is TargetVerdict.KEPT for one in self.targets)


def refuse_targets(targets: Sequence[Target], where: str) -> None:
    """DocumentError if there is no target, or one that cannot be checked."""
    if not targets:
        raise DocumentError(
            "the document has no targets to check",
            where=where,
            mend='add one to scenarios/targets: {"kpi": "abandonment_rate", "at_most": 0.05}.',
        )
    for number, target in enumerate(targets):
        place = f"{where}: scenarios/targets/{number}"
        if target.kpi not in KPIS:
            raise DocumentError(
                f"there is no KPI “{target.kpi}”", where=place, mend="wayline explain lists all."
            )
        if target.at_least is None and target.at_most is None:
            raise DocumentError(
                "the target has no bound", where=place, mend="give it at_least or at_most."
            )
        if None not in {target.at_least, target.at_most} and _is_empty(target):
            raise DocumentError(
                "no value is at least the one bound and at most the other",
                where=place,
                mend="exchange at_least and at_most.",
            )


def _is_empty(target: Target) -> bool:
    return (target.at_least or 0.0) > (target.at_most or 0.0)


def looks_at(most: int) -> list[int]:
    """After how many replications the targets are looked at, if there are `most`."""
    looks = []
    count = FIRST_LOOK
    while count < most:
        looks.append(count)
        count *= 2
    return [*looks, most]


def check(document: Document, settings: Settings, progress: Progress | None = None) -> Checked:
    """Run until every target of `document` is decided, at most the settings' replications.

    The settings' level is that of all verdicts together. Raises DocumentError for targets
    that cannot be checked, and what `run` raises.
    """
    targets = document.scenarios.targets
    refuse_targets(targets, document.journey.id)
    looks = looks_at(settings.replications)
    each = 1 - (1 - settings.level) / (len(looks) * len(targets))
    when = frozenset(looks)

    def decided(results: Results) -> bool:
        return len(results.outcomes) in when and all(
            one.estimate is None or one.verdict is not TargetVerdict.OPEN
            for one in _checked(targets, results)
        )

    results = run(document, replace(settings, level=each, precision={}), progress, decided)
    return Checked(results, settings.level, len(looks), _checked(targets, results))


def _checked(targets: Sequence[Target], results: Results) -> list[CheckedTarget]:
    estimates = [(target, results.estimate(target.kpi)) for target in targets]
    return [
        CheckedTarget(target, estimate, target_verdict(target, estimate))
        for target, estimate in estimates
    ]


def target_verdict(target: Target, estimate: Estimate | None) -> TargetVerdict:
    """What the interval of its KPI says of a target; open where there is no interval."""
    if estimate is None:
        return TargetVerdict.OPEN
    low, high = estimate.low, estimate.high
    above = target.at_most is not None and low > target.at_most
    below = target.at_least is not None and high < target.at_least
    if above or below:
        return TargetVerdict.MISSED
    # Written so that an interval that is not known, NaN, keeps nothing.
    within = (target.at_most is None or high <= target.at_most) and (
        target.at_least is None or low >= target.at_least
    )
    return TargetVerdict.KEPT if within else TargetVerdict.OPEN
