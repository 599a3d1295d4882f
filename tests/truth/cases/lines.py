"""Customers who find no way in: all lines taken, or no place to wait."""

from __future__ import annotations

from typing import Final

from tests.truth import measures
from tests.truth.case import Effort, Read, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import (
    PEOPLE_END,
    Plain,
    agent,
    calls,
    document,
    ends,
    entry,
    exponential,
    queue,
)

TIME: Final = "time"


def cases() -> list[SimulatedCase]:
    """Both of them."""
    return [trunks(), retrials()]


def trunks() -> SimulatedCase:
    """Announcement, queue and conversation all hold one of the lines."""
    given = params("ivr_trunks")
    share = given["p_to_agent"]
    variants = [
        {"id": "on", "name": "On", "weight": share},
        {"id": "out", "name": "Out", "weight": 1 - share},
    ]

    def build(unit: float) -> Plain:
        people = {"handle_time": exponential(unit / given["mu"]), "patience": None}
        return document(
            [
                entry() | {"lines": given["N_trunks"]},
                {"id": "ivr", "type": "announcement", "name": "ivr"},
                {"id": "choice", "type": "split", "name": "choice", "variants": variants},
                agent(),
            ],
            [
                ("call", "arrived", "ivr"),
                ("ivr", "played", "choice"),
                ("choice", "on", "agent"),
                *ends("call", "blocked"),
                *ends("choice", "out"),
                *ends("agent", *PEOPLE_END),
            ],
            {
                "demand": [calls(given["lam"], unit)],
                "staffing": {"team": {"agents": [given["c"]]}},
                "steps": {
                    "ivr": {"duration": exponential(given["ivr_mean_min"] * unit)},
                    "agent": people,
                },
            },
            teams=[{"id": "team"}],
        )

    return SimulatedCase(
        name="ivr_trunks",
        build=build,
        rate=given["lam"],
        extras=lambda _: {"found_busy": measures.refused_of_contacts},
        full=Effort(130_000, 40),
        quick=Effort(3_000, 40),
        reads={
            "P_block": Read("found_busy"),
            "E_queue": Read("queue_length"),
            "P_wait_at_agent": Read("waited_share"),
            "E_wait_at_agent": Read("mean_wait", TIME),
            "agent_occupancy": Read("occupancy"),
        },
    )


def retrials() -> SimulatedCase:
    """Nobody can wait, and nobody gives up; the truth knows no largest number of tries."""
    given = params("retrial_mm1_classical")
    lam = given["lam"]

    def build(unit: float) -> Plain:
        delay = exponential(unit / given["nu_per_customer"])
        habit = {"probability": 1, "delay": delay, "max_contacts": 250}
        return queue(lam, 1, exponential(unit / given["mu"]), unit, room=0, more={"redial": habit})

    return SimulatedCase(
        name="retrial_mm1_classical",
        build=build,
        rate=lam,
        extras=lambda _: {"orbit": measures.in_orbit, "between": measures.between_contacts},
        full=Effort(17_000, 40),
        quick=Effort(3_000, 40),
        reads={
            "E_orbit": Read("orbit"),
            "P_busy": Read("occupancy"),
            "E_time_in_orbit": Read("between", TIME),
        },
    )
