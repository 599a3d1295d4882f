"""Values with their units, as people read them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.calendar import DAY, Weekday

if TYPE_CHECKING:
    from simulator.statistics import Estimate


def shown(value: float, unit: str) -> str:
    """One value in its unit."""
    if math.isnan(value):
        return "?"
    match unit:
        case "share":
            return f"{value * 100:.1f} %"
        case "seconds":
            return f"{value:,.1f} s" if abs(value) < 100 else f"{value:,.0f} s"
        case "count":
            return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}"
        case _:
            return f"{value:,.2f}"


def shown_bound(bound: float, unit: str) -> str:
    """A bound as exactly as it was given."""
    match unit:
        case "share":
            return f"{bound * 100:.10g} %"
        case "seconds":
            return f"{bound:,.10g} s"
        case _:
            return f"{bound:,.10g}"


def clock_time(seconds: float) -> str:
    """Weekday and time of day of seconds since Monday 00:00 of the first week."""
    day, rest = divmod(seconds, DAY)
    days = list(Weekday)
    week = f" +{int(day // 7)}w" if day >= 7 else ""
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{days[int(day) % 7][:3]}{week} {int(hours):02}:{int(minutes):02}:{int(rest):02}"


def shown_interval(estimate: Estimate, unit: str) -> str:
    """The interval of an estimate; what cannot be below zero or above one is cut there."""
    if math.isnan(estimate.half_width):
        return "one replication: no interval"
    low, high = estimate.low, estimate.high
    if estimate.value >= 0 and unit != "money":
        low = max(0.0, low)
    if unit == "share" and estimate.value <= 1:
        high = min(1.0, high)
    return f"{shown(low, unit)} to {shown(high, unit)}"


def shown_change(value: float, unit: str) -> str:
    """A difference with its sign; differences of shares are in points."""
    if math.isnan(value):
        return "?"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    amount = shown(abs(value), unit)
    return sign + (amount.replace(" %", " points") if unit == "share" else amount)
