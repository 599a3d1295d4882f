"""KPIs: a module a subject, found by looking into this folder.

Each of these modules says with `ORDER` where its KPIs stand in tables; within a module they
stand as they are written.
"""

from __future__ import annotations

import importlib
import pkgutil

from simulator.kpis.registry import KPIS, By, Kpi, Pair

__all__ = ["KPIS", "By", "Kpi", "Pair"]


def _load() -> None:
    modules = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    ]
    orders = {one.__name__: one.ORDER for one in modules if hasattr(one, "ORDER")}
    # Stable: within a module as they were registered.
    in_order = sorted(KPIS.values(), key=lambda kpi: orders[kpi.compute.__module__])
    KPIS.clear()
    KPIS.update((kpi.id, kpi) for kpi in in_order)


_load()
