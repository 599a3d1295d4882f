"""What became of a KPI since the run before: as far as the two intervals allow to say it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from designer.runs import RunResults
from simulator.differences import Difference, Verdict, paired_difference, verdict
from simulator.kpis import Kpi
from simulator.report.values import shown, shown_change
from simulator.statistics import Estimate, welch_half_width


@dataclass(frozen=True, slots=True)
class Change:
    """In few words for a card, in a sentence for who asks, and what can be said at all."""

    short: str
    sentence: str
    verdict: Verdict


def change_since(kpi: Kpi, before: RunResults, now: RunResults) -> Change | None:
    """What can be said of the difference of two runs; None if there is none."""
    difference = difference_of(kpi, before, now)
    if difference is None:
        return None
    found = verdict(difference, kpi.unit, kpi.better)
    interval = difference.paired
    return Change(_short(found, interval, kpi.unit), _sentence(found, interval, kpi.unit), found)


def are_paired(before: RunResults, now: RunResults) -> bool:
    """Whether both have the same random numbers, replication by replication."""
    return (
        before.data["seed"] == now.data["seed"]
        and before.replications == now.replications
        and bool(before.by_replication)
        and bool(now.by_replication)
    )


def difference_of(
    kpi: Kpi, before: RunResults, now: RunResults, level: float | None = None
) -> Difference | None:
    """The difference of a KPI, as `wayline compare` has it where the runs are paired.

    Else the two are taken as independent, by Welch. None where it does not apply to both.
    """
    if kpi.id not in before.kpis or kpi.id not in now.kpis:
        return None
    if are_paired(before, now):
        pairs = [
            [(float(top), float(bottom)) for top, bottom in one.by_replication["kpis"][kpi.id]]
            for one in (before, now)
        ]
        return paired_difference(pairs[0], pairs[1], level or now.level)
    old, new = before.estimate(kpi.id), now.estimate(kpi.id)
    if old is None or new is None:
        return None
    half = 0.0 if old == new else welch_half_width(old, new, now.level)
    count = min(old.replications, new.replications)
    interval = Estimate(new.value - old.value, half, count, now.level)
    return Difference(old, new, interval, half, None)


def _short(found: Verdict, interval: Estimate, unit: str) -> str:
    if found is Verdict.SAME:
        return QCoreApplication.translate("Results", "as before")
    if found is Verdict.OPEN:
        return QCoreApplication.translate("Results", "can’t tell yet")
    arrow = "▲" if interval.value > 0 else "▼"
    amount = shown_change(interval.value, unit).lstrip("+−")
    word = found.value.split(",")[0]
    return f"{word}: {arrow} {amount} ± {_plain(interval.half_width, unit)}"


def _plain(half_width: float, unit: str) -> str:
    """Without the unit, which stands beside it."""
    return shown(half_width, unit).removesuffix(" %").removesuffix(" s")


def _sentence(found: Verdict, interval: Estimate, unit: str) -> str:
    if math.isnan(interval.half_width):
        text = QCoreApplication.translate("Results", "Against the run before: %1, no interval: %2.")
        return text.replace("%1", shown_change(interval.value, unit)).replace("%2", found.value)
    text = QCoreApplication.translate("Results", "Against the run before: %1 (%2 to %3): %4.")
    for mark, word in (
        ("%1", shown_change(interval.value, unit)),
        ("%2", shown_change(interval.low, unit)),
        ("%3", shown_change(interval.high, unit)),
        ("%4", found.value),
    ):
        text = text.replace(mark, word)
    return text
