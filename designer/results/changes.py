"""What became of a KPI since the run before: as far as the two intervals allow to say it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from designer.runs import RunResults
from simulator.differences import Difference, Verdict, verdict
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
    """The difference of two runs, taken as independent of each other; None if there is none.

    Runs with the same random numbers differ less than that: the interval is too wide rather
    than too narrow, and `wayline compare` has the right one.
    """
    if kpi.id not in before.kpis or kpi.id not in now.kpis:
        return None
    old, new = before.estimate(kpi.id), now.estimate(kpi.id)
    if old is None or new is None:
        return None
    half = 0.0 if old == new else welch_half_width(old, new, now.level)
    count = min(old.replications, new.replications)
    interval = Estimate(new.value - old.value, half, count, now.level)
    found = verdict(Difference(old, new, interval, half, None), kpi.unit, kpi.better)
    return Change(_short(found, interval, kpi.unit), _sentence(found, interval, kpi.unit), found)


def _short(found: Verdict, interval: Estimate, unit: str) -> str:
    if found is Verdict.SAME:
        return QCoreApplication.translate("Results", "as before")
    if found is Verdict.OPEN:
        return QCoreApplication.translate("Results", "can’t tell yet")
    arrow = "▲" if interval.value > 0 else "▼"
    amount = shown_change(interval.value, unit).lstrip("+−")
    return f"{arrow} {amount} ± {_plain(interval.half_width, unit)}"


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
