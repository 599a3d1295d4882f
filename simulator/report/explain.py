"""A KPI explained in words."""

from __future__ import annotations

from typing import get_args

from simulator.kpis import By, Kpi
from simulator.paired import PairedKpi


def kpi_text(kpi: Kpi) -> str:
    """What it is, how it is computed, and what it leaves out."""
    return "\n".join(
        [
            f"{kpi.id}: {kpi.name}",
            f"  Formula:     {kpi.formula}",
            f"  Unit, level: {kpi.unit}, per {kpi.level}",
            f"  Censoring:   {kpi.censoring}",
            f"  Source:      {kpi.source}",
            f"  Split by:    {', '.join(by for by in get_args(By) if by in kpi.by) or 'nothing'}",
        ]
    )


def paired_text(kpi: PairedKpi) -> str:
    """The same for a KPI of a comparison."""
    return "\n".join(
        [
            f"{kpi.id}: {kpi.name} (in wayline compare only)",
            f"  Formula:     {kpi.formula}",
            f"  Unit, level: {kpi.unit}, per contact",
            f"  Censoring:   {kpi.censoring}",
            f"  Source:      {kpi.source}",
        ]
    )
