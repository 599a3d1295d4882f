"""Agents who do not simply serve one customer after the other, each in one piece."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.truth import measures
from tests.truth.case import Effort, Read, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import Plain, exponential, queue, two_classes

TIME: Final = "time"


def cases() -> list[SimulatedCase]:
    """All of them."""
    return [preemption(), chats(), outages()]


def preemption() -> SimulatedCase:
    """The agent leaves a customer of the second class for one of the first."""
    given = params("prio_mm1_preempt")

    def build(unit: float) -> Plain:
        step = {"handle_time": exponential(unit / given["mu"]), "patience": None}
        steps = {"first": step, "second": step}
        return two_classes(given["lams"], 1, steps, unit, second={"interruptible": True})

    return SimulatedCase(
        name="prio_mm1_preempt",
        build=build,
        rate=sum(given["lams"]),
        extras=lambda _: {
            "time_first": partial(measures.duration_from, entry="call_first"),
            "time_second": partial(measures.duration_from, entry="call_second"),
        },
        full=Effort(28_000, 40),
        quick=Effort(3_000, 40),
        reads={
            "W_class1": Read("time_first", TIME),
            "W_class2": Read("time_second", TIME),
        },
    )


def chats() -> SimulatedCase:
    """The more chats an agent has in hand, the slower each goes on."""
    given = params("chat_2agents_k2")
    alone = given["per_chat_rate"][0]

    def build(unit: float) -> Plain:
        plain = queue(
            given["lam"],
            given["agents"],
            exponential(unit / alone),
            unit,
            patience=exponential(unit / given["theta"]),
            design={"concurrent": True},
        )
        speeds = [rate / alone for rate in given["per_chat_rate"]]
        plain["assumptions"]["staffing"]["team"]["concurrency"] = speeds
        return plain

    return SimulatedCase(
        name="chat_2agents_k2",
        build=build,
        rate=given["lam"],
        extras=lambda _: {"chats": partial(measures.in_service, step="agent")},
        full=Effort(10_000, 40),
        quick=Effort(2_000, 40),
        reads={
            "P_abandon": Read("abandonment_rate"),
            "E_wait": Read("mean_wait", TIME),
            "mean_chats_in_progress": Read("chats"),
            "mean_chat_duration": Read("aht", TIME),
        },
    )


def outages() -> SimulatedCase:
    """The agent's system fails, at work or not; work stands still until it is mended."""
    given = params("mm1_outage")

    def build(unit: float) -> Plain:
        plain = queue(given["lam"], 1, exponential(unit / given["mu"]), unit)
        plain["assumptions"]["outages"] = [
            {
                "id": "failure",
                "teams": ["team"],
                "every": exponential(unit / given["fail_rate"]),
                "duration": exponential(unit / given["repair_rate"]),
                "pauses": True,
            }
        ]
        return plain

    return SimulatedCase(
        name="mm1_outage",
        build=build,
        rate=given["lam"],
        extras=lambda _: {
            "in_system": measures.in_system,
            "availability": measures.people_there,
        },
        full=Effort(40_000, 40),
        quick=Effort(3_000, 40),
        reads={
            "L": Read("in_system"),
            "W": Read("contact_duration", TIME),
            "availability": Read("availability"),
        },
    )
