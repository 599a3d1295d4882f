"""KPIs of a comparison: what a change does, which no run alone can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from simulator.differences import Difference
from simulator.statistics import Estimate


@dataclass(frozen=True, slots=True)
class PairedKpi:
    """The share of a KPI's value that a scenario avoids.

    of: the id of that KPI.  better_of: which way is better for it.
    """

    id: str
    name: str
    formula: str
    of: str
    censoring: str
    source: str
    unit: Literal["share"] = "share"
    better_of: Literal["lower", "higher"] | None = "lower"

    def estimate(self, difference: Difference) -> Estimate | None:
        """1 - scenario ÷ baseline, with the interval that common random numbers give.

        difference: of the KPI `of`. None where the baseline has nothing to avoid.
        """
        relative = difference.relative
        if relative is None:
            return None
        less = 0.0 - relative.value
        return Estimate(less, relative.half_width, relative.replications, relative.level)


PAIRED_KPIS: Final = {
    kpi.id: kpi
    for kpi in (
        PairedKpi(
            "deflection",
            "Deflection",
            "contacts offered to people that are avoided ÷ those of the baseline",
            "contacts_to_people",
            "Below 0 where there are more of them. Repeats count: who is contained falsely and "
            "comes again to be offered to people is not deflected.",
            "Against the baseline with the same random numbers; one run alone shows no contact "
            "that did not take place.",
        ),
    )
}
"""Every KPI of a comparison, by its id."""
