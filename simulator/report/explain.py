"""A KPI explained in words."""

from __future__ import annotations

from simulator.kpis import Kpi


def kpi_text(kpi: Kpi) -> str:
    """What it is, how it is computed, and what it leaves out."""
    return "\n".join(
        [
            f"{kpi.id}: {kpi.name}",
            f"  Formula:     {kpi.formula}",
            f"  Unit, level: {kpi.unit}, per {kpi.level}",
            f"  Censoring:   {kpi.censoring}",
            f"  Source:      {kpi.source}",
        ]
    )
