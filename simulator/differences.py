"""Differences between two simulated designs, and what can be said about them in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from simulator.statistics import Estimate, ratio_estimate, t_quantile, welch_half_width

Pair = tuple[float, float]

MOST_MORE: Final = 10_000
NEGLIGIBLE: Final = 0.001
"""Differences within this share of the baseline's value are not worth speaking of."""
NEGLIGIBLE_SHARE: Final = 0.0005
"""The same for KPIs that are shares themselves, as a difference of shares."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A scenario's value minus the baseline's, both from the same replications.

    paired: with the interval that uses what common random numbers give.
    unpaired: half-width that independent runs of the same lengths would have.
    relative: the difference as a share of the baseline's value; None where that is 0.
    """

    baseline: Estimate
    scenario: Estimate
    paired: Estimate
    unpaired: float
    relative: Estimate | None

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves 0 out."""
        return abs(self.paired.value) > self.paired.half_width

    def is_negligible(self, unit: str) -> bool:
        """Whether the whole interval is so near to 0 that the difference does not matter."""
        bound = NEGLIGIBLE_SHARE if unit == "share" else NEGLIGIBLE * abs(self.baseline.value)
        return abs(self.paired.value) + self.paired.half_width <= bound


def paired_difference(
    baseline: Sequence[Pair], scenario: Sequence[Pair], level: float
) -> Difference | None:
    """The difference of two ratios R1 - R0 from one pair each a replication.

    With D_i = (N1_i - R1·M1_i) ÷ mean(M1) - (N0_i - R0·M0_i) ÷ mean(M0) its variance is
    sum(D_i²) ÷ (n-1) ÷ n, and the interval is t with n-1 degrees of freedom: the delta
    method (Asmussen and Glynn, Stochastic Simulation, III.3) on paired replications (Law,
    Simulation Modeling and Analysis, 10.2.1). With all denominators 1 it is the paired t.
    None if one of the two does not apply.
    """
    old, new = _estimated(baseline, level), _estimated(scenario, level)
    if old is None or new is None:
        return None
    before, after = _residuals(baseline, old.value), _residuals(scenario, new.value)
    both = zip(after, before, strict=True)
    paired = _interval(new.value - old.value, [b - a for b, a in both], level)
    return Difference(
        old,
        new,
        paired,
        welch_half_width(old, new, level),
        _relative(old, new, before, after, level),
    )


def _estimated(pairs: Sequence[Pair], level: float) -> Estimate | None:
    return ratio_estimate([n for n, _ in pairs], [d for _, d in pairs], level) if pairs else None


def _residuals(pairs: Sequence[Pair], ratio: float) -> list[float]:
    """How each replication moves the ratio, to the first order; their mean is 0."""
    mean = math.fsum(bottom for _, bottom in pairs) / len(pairs)
    return [(top - ratio * bottom) / mean for top, bottom in pairs]


def _interval(value: float, residuals: Sequence[float], level: float) -> Estimate:
    count = len(residuals)
    if count < 2:
        return Estimate(value, math.nan, count, level)
    error = math.sqrt(math.fsum(one * one for one in residuals) / (count - 1) / count)
    return Estimate(value, t_quantile(count - 1, level) * error, count, level)


def _relative(
    old: Estimate,
    new: Estimate,
    before: Sequence[float],
    after: Sequence[float],
    level: float,
) -> Estimate | None:
    """R1 ÷ R0 - 1, by the delta method likewise."""
    if not old.value:
        return None
    ratio = new.value / old.value
    both = zip(after, before, strict=True)
    # The same designs give 1 - 1 = 0 and no interval, without a rounding error.
    return _interval(ratio - 1, [(b - ratio * a) / old.value for b, a in both], level)


class Verdict(Enum):
    """What can be said about a difference."""

    BETTER = "better, we are sure"
    WORSE = "worse, we are sure"
    HIGHER = "higher, we are sure"
    LOWER = "lower, we are sure"
    SAME = "no difference worth speaking of"
    OPEN = "can't tell yet"


def verdict(
    difference: Difference, unit: str, better: Literal["lower", "higher"] | None
) -> Verdict:
    """What its interval allows to say; where no way is better, higher and lower."""
    if difference.is_negligible(unit):
        return Verdict.SAME
    if not difference.is_certain:
        return Verdict.OPEN
    is_higher = difference.paired.value > 0
    if better is None:
        return Verdict.HIGHER if is_higher else Verdict.LOWER
    return Verdict.BETTER if is_higher == (better == "higher") else Verdict.WORSE


def more_replications(difference: Difference) -> int | None:
    """About how many more replications would tell; None for more than `MOST_MORE`.

    The half-width shrinks with the root of their number, so that it equals the difference
    seen so far after n·(half-width ÷ difference)². Rounded up to a round number.
    """
    paired = difference.paired
    if paired.replications < 2:
        return 20
    if not paired.value:
        return None
    count = paired.replications
    more = count * (paired.half_width / paired.value) ** 2 - count
    if more > MOST_MORE:
        return None
    step = next((step for limit, step in ((100, 10), (1000, 50)) if more <= limit), 500)
    return max(step, math.ceil(more / step) * step)


def verdict_text(
    difference: Difference, unit: str, better: Literal["lower", "higher"] | None
) -> str:
    """The verdict in words, with how much more it takes if it is open."""
    said = verdict(difference, unit, better)
    if said is not Verdict.OPEN:
        return str(said.value)
    more = more_replications(difference)
    count = f"more than {MOST_MORE:,}" if more is None else f"about {more:,}"
    return f"{said.value}: {count} more replications"
