"""Time that matters: an AI agent without limits, and days that begin and end empty."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.truth import measures
from tests.truth.case import Compute, DayCase, Effort, Read, ReadVariance, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import (
    Plain,
    ai_agent,
    calls,
    document,
    ends,
    entry,
    exponential,
    queue,
)

TIME: Final = "time"


def cases() -> list[SimulatedCase | DayCase]:
    """All of them."""
    return [
        unlimited(),
        unlimited_by_hour(),
        day("tv_const_8h", Effort(50_000, 40), Effort(2_016, 40)),
        day("tv_day_profile_c14", Effort(38_000, 40), Effort(1_890, 40)),
        day("tv_day_profile_c16", Effort(57_000, 40), None),
        day("tv_surge_x3_30min", Effort(14_400, 40), Effort(1_440, 40)),
    ]


def _bot(demand: Plain, duration: Plain) -> Plain:
    return document(
        [entry(), ai_agent()],
        [
            ("call", "arrived", "bot"),
            *ends("bot", "resolved", "escalate", "failed", "abandoned"),
        ],
        {"demand": [demand], "steps": {"bot": {"duration": duration, "containment": 1}}},
    )


def unlimited() -> SimulatedCase:
    lam = params("mginf")["lam"]

    def build(unit: float) -> Plain:
        return _bot(calls(lam, unit), {"kind": "lognormal", "mean": 2 * unit, "cv": 1})

    def extras(unit: float) -> dict[str, Compute]:
        return {
            "busy": partial(measures.busy, every=unit),
            "busy_squared": partial(measures.busy_squared, every=unit),
            "busy_at_least_10": partial(measures.busy_at_least, every=unit, bound=10),
        }

    return SimulatedCase(
        name="mginf",
        build=build,
        rate=lam,
        extras=extras,
        full=Effort(15_000, 40),
        quick=Effort(4_000, 40),
        reads={
            "E_busy": Read("busy"),
            "Var_busy": ReadVariance("busy", "busy_squared"),
            "P_busy_ge_10": Read("busy_at_least_10", tail=True),
        },
    )


def unlimited_by_hour() -> DayCase:
    """How many are under way at some hours, and how many come a day.

    The variance of the number that comes is read from one-day replications in `counts`.
    """
    given = params("nhpp_pc_mminf")
    per_day = float(sum(given["hourly_rates"]))
    hours = {"m_t1": 1.0, "m_t3.5": 3.5, "m_t4": 4.0, "m_t8": 8.0, "m_t12": 12.0}

    def build(_: float) -> Plain:
        demand = {
            "id": "calls",
            "entry": "call",
            "per_day": per_day,
            "interval": 3600,
            "shape": given["hourly_rates"],
        }
        return _bot(demand, exponential(given["mean_service_h"] * 3600))

    def extras(_: float) -> dict[str, Compute]:
        return {name: partial(measures.at_hour, hour=hour) for name, hour in hours.items()}

    reads = {name: Read(name) for name in hours}
    return DayCase(
        name="nhpp_pc_mminf",
        build=build,
        per_day=per_day,
        extras=extras,
        full=Effort(213_000, 40),
        quick=Effort(5_000, 40),
        reads={**reads, "E_arrivals_day": Read("contacts", a_day=True)},
    )


def _rates(given: Plain) -> tuple[list[float], float]:
    """Customers expected in each interval, and its length in seconds."""
    if "hourly_rates" in given:
        return given["hourly_rates"], 3600.0
    if "rates_per_min_each_30min" in given:
        return [30 * rate for rate in given["rates_per_min_each_30min"]], 1800.0
    return [given["lam_per_min"] * given["minutes"]], 60.0 * given["minutes"]


def day(name: str, full: Effort, quick: Effort | None) -> DayCase:
    given = params(name)
    shape, interval = _rates(given)
    mu: float = given.get("mu") or given["mu_per_min"]
    theta: float = given.get("theta") or given["theta_per_min"]

    def build(unit: float) -> Plain:
        handle, patience = exponential(unit / mu), exponential(unit / theta)
        plain = queue(0, given["c"], handle, unit, patience=patience)
        plain["assumptions"]["demand"][0] |= {
            "per_day": sum(shape),
            # Not from midnight on: the hours before are as empty as those after.
            "starts_at": "06:30",
            "interval": interval,
            "shape": shape,
        }
        return plain

    return DayCase(
        name=name,
        build=build,
        per_day=sum(shape),
        threshold=given["T_min"],
        extras=lambda _: {
            "total_wait": measures.total_wait,
            "busy": measures.busy_seconds,
            "in_time": measures.answered_in_time,
        },
        full=full,
        quick=quick,
        reads={
            "E_arrivals": Read("contacts", a_day=True),
            "E_abandoned": Read("abandoned", a_day=True),
            "abandon_rate": Read("abandonment_rate"),
            "E_total_wait": Read("total_wait", TIME, a_day=True),
            "mean_wait_all": Read("mean_wait", TIME),
            "E_busy_agent_min": Read("busy", TIME, a_day=True),
            "E_served_in_T": Read("in_time", a_day=True),
            "SL_served_in_T_over_offered": Read("service_level"),
        },
    )
