"""Agents who also work on what nobody waits for on the line: outbound calls and callbacks."""

from __future__ import annotations

from functools import partial
from math import ceil, sqrt
from typing import Final

from engine.calendar import DAY
from tests.truth import measures
from tests.truth.case import Effort, Read, SimulatedCase
from tests.truth.expected import metrics, params
from tests.truth.journeys import PEOPLE_END, Plain, agent, calls, document, ends, entry, exponential

TIME: Final = "time"
URGENT, LATER = 2, 8
"""The priorities of inbound and outbound work."""


def cases() -> list[SimulatedCase]:
    """All of them."""
    return [
        blend("blend_threshold", Effort(12_000, 40), Effort(2_000, 40)),
        blend("blend_threshold_r0", Effort(4_000, 40), Effort(2_000, 40)),
        callbacks(),
    ]


def _calling(name: str, **design: object) -> Plain:
    return {"id": name, "type": "callback", "name": name, "priority": LATER, **design}


def _a_list(expected: float) -> Plain:
    """Outbound demand in the first second: more than is worked on until the period ends.

    The standard deviation of the number worked on is less than twice the root of its mean,
    and five times that never happens.
    """
    return {
        "id": "list",
        "entry": "audience",
        "per_day": ceil(expected + 10 * sqrt(expected)),
        "interval": 1,
        "spacing": {"kind": "constant", "value": 1},
    }


def blend(name: str, full: Effort, quick: Effort | None) -> SimulatedCase:
    """An endless list of outbound calls for agents of whom r are kept free for inbound ones."""
    given = params(name)
    outbound = metrics(name)["outbound_rate_per_min"]

    def build(unit: float) -> Plain:
        handle = exponential(unit / given["mu"])
        patience = exponential(unit / given["theta"])
        return document(
            [
                entry(),
                {"id": "audience", "type": "outbound_audience", "name": "audience"},
                agent(priority=URGENT),
                _calling("outbound", keep_free=given["r"]),
            ],
            [
                ("call", "arrived", "agent"),
                ("audience", "selected", "outbound"),
                *ends("agent", *PEOPLE_END),
                *ends("outbound", "reached", "not_reached"),
            ],
            {
                "demand": [calls(given["lam_in"], unit), _a_list(outbound * DAY / unit)],
                "staffing": {"team": {"agents": [given["c"]]}},
                "steps": {
                    "agent": {"handle_time": handle, "patience": patience},
                    "outbound": {"handle_time": handle, "reached": 1},
                },
            },
            teams=[{"id": "team"}],
        )

    return SimulatedCase(
        name=name,
        build=build,
        rate=given["lam_in"],
        extras=lambda _: {"outbound": partial(measures.backlog_rate, step="outbound")},
        full=full,
        quick=quick,
        reads={
            "outbound_rate_per_min": Read("outbound", "rate"),
            "P_abandon_inbound": Read("abandonment_rate"),
            "P_wait_inbound": Read("waited_share"),
            "E_wait_inbound": Read("mean_wait", TIME),
            "occupancy": Read("occupancy"),
        },
    )


def callbacks() -> SimulatedCase:
    """Who finds k or more waiting is offered a callback; those are served last."""
    given = params("callback_k3")

    def build(unit: float) -> Plain:
        handle = exponential(unit / given["mu"])
        people = {
            "handle_time": handle,
            "patience": exponential(unit / given["theta"]),
            "callback_acceptance": given["p_accept"],
        }
        offer = {"queue_length": given["k"]}
        return document(
            [entry(), agent(priority=URGENT, callback_offer=offer), _calling("callback")],
            [
                ("call", "arrived", "agent"),
                ("agent", "callback", "callback"),
                *ends("agent", *PEOPLE_END),
                *ends("callback", "reached", "not_reached"),
            ],
            {
                "demand": [calls(given["lam"], unit)],
                "staffing": {"team": {"agents": [given["c"]]}},
                "steps": {"agent": people, "callback": {"handle_time": handle, "reached": 1}},
            },
            teams=[{"id": "team"}],
        )

    return SimulatedCase(
        name="callback_k3",
        build=build,
        rate=given["lam"],
        # Who takes a callback found all agents busy, too.
        extras=lambda _: {"found_all_busy": measures.waited_of_all},
        full=Effort(130_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "P_abandon_of_all": Read("abandonment_rate"),
            "callback_share": Read("callback_share"),
            "E_wait_callback_min": Read("callback_wait", TIME),
            "E_wait_inbound_queue_min": Read("mean_wait", TIME),
            "P_all_busy": Read("found_all_busy"),
            "occupancy": Read("occupancy"),
        },
    )
