"""Queues where everybody waits to be served: M/M/1, Erlang C and B, M/M/c/K, M/G/1, GI/M/1."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.truth import measures
from tests.truth.case import Compute, Effort, Read, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import Plain, constant, exponential, queue

TIME: Final = "time"


def cases() -> list[SimulatedCase]:
    """All of them; the sizes make the intervals as narrow as the table asks for."""
    return [
        mm1("mm1_rho0.8", Effort(60_000, 40), Effort(3_000, 40)),
        mm1("mm1_rho0.95", Effort(800_000, 40), None),
        erlang_c("erlc_100per30_aht3_c14", Effort(220_000, 40), Effort(2_500, 40)),
        erlang_c("erlc_bank_240h_aht4_c20", Effort(330_000, 40), None),
        erlang_c("erlc_48pm_c50", Effort(2_200_000, 40), None),
        erlang_c("erlc_small_c2", Effort(40_000, 40), Effort(2_000, 40)),
        erlang_c("erlc_large_c100", Effort(2_600_000, 40), None),
        herzog(),
        erlang_b("erlb_c1_a1", Effort(5_000, 40), Effort(1_000, 40)),
        erlang_b("erlb_c2_a1", Effort(5_000, 40), Effort(1_000, 40)),
        erlang_b("erlb_c17_a10", Effort(120_000, 40), Effort(3_000, 40)),
        erlang_b("erlb_c100_a95", Effort(100_000, 40), None),
        finite_room("mmck_l4.2_c12_K17", Effort(220_000, 40), Effort(3_000, 40)),
        finite_room("mmck_l10_c8_K12", Effort(10_000, 40), Effort(2_000, 40)),
        m_g_1("mln1_cv1.2", {"kind": "lognormal", "mean": 1.0, "cv": 1.2}, Effort(90_000, 40)),
        m_g_1("me2_1", {"kind": "gamma", "mean": 1.0, "shape": 2}, Effort(50_000, 40)),
        md1_cdf(),
        m_d_c(),
        gi_m_1("dm1", {"kind": "constant", "value": 1}, Effort(50_000, 40)),
        gi_m_1("e2m1", {"kind": "gamma", "mean": 1, "shape": 2}, Effort(50_000, 40)),
    ]


def mm1(name: str, full: Effort, quick: Effort | None) -> SimulatedCase:
    given = params(name)
    lam, mu = given["lam"], given["mu"]

    def build(unit: float) -> Plain:
        return queue(lam, 1, exponential(unit / mu), unit)

    def extras(_: float) -> dict[str, Compute]:
        return {
            "in_system": measures.in_system,
            "duration_p90": partial(measures.duration_quantile, share=0.9),
        }

    return SimulatedCase(
        name=name,
        build=build,
        rate=lam,
        threshold=2.0,
        extras=extras,
        full=full,
        quick=quick,
        reads={
            "utilisation": Read("occupancy"),
            "L": Read("in_system"),
            "Lq": Read("queue_length"),
            "W": Read("contact_duration", TIME),
            "Wq": Read("mean_wait", TIME),
            "P_Wq_gt_2": Read("service_level", complement=True),
            "sojourn_p90": Read("duration_p90", TIME, tail=True, only_full=True),
        },
    )


def erlang_c(name: str, full: Effort, quick: Effort | None) -> SimulatedCase:
    given = params(name)
    lam, mu, agents = given["lam_per_min"], given["mu_per_min"], given["c"]

    def build(unit: float) -> Plain:
        return queue(lam, agents, exponential(unit / mu), unit)

    return SimulatedCase(
        name=name,
        build=build,
        rate=lam,
        threshold=given["T_min"],
        full=full,
        quick=quick,
        reads={
            "P_wait": Read("waited_share"),
            "ASA_min": Read("asa", TIME),
            "Lq": Read("queue_length"),
            "occupancy": Read("occupancy"),
            "SL_at_T": Read("service_level"),
            "wait_p90_min": Read("wait_p90", TIME, tail=True, only_full=True),
            "wait_p95_min": Read("wait_p95", TIME, tail=True, only_full=True),
        },
    )


def herzog() -> SimulatedCase:
    given = params("herzog_erlc")
    lam, agents = given["lam_per_min"], given["c"]

    def build(unit: float) -> Plain:
        return queue(lam, agents, exponential(given["aht_min"] * unit), unit)

    return SimulatedCase(
        name="herzog_erlc",
        build=lambda unit: build(unit * 60),  # the truth's time unit is the second
        rate=lam / 60,
        full=Effort(220_000, 40),
        quick=Effort(2_500, 40),
        reads={"ASA_sec": Read("asa", TIME)},
    )


def erlang_b(name: str, full: Effort, quick: Effort | None) -> SimulatedCase:
    """Handling takes 1 unit on average; that it is lognormal here must not matter."""
    given = params(name)
    load, agents = given["offered_erlangs"], given["c"]

    def build(unit: float) -> Plain:
        handle = {"kind": "lognormal", "mean": unit, "cv": 1.2}
        return queue(load, agents, handle, unit, room=0)

    return SimulatedCase(
        name=name,
        build=build,
        rate=load,
        full=full,
        quick=quick,
        reads={"P_block": Read("blocked_rate")},
    )


def finite_room(name: str, full: Effort, quick: Effort | None) -> SimulatedCase:
    given = params(name)
    lam, mu, agents = given["lam"], given["mu"], given["c"]
    room = given["K_max_in_system"] - agents

    def build(unit: float) -> Plain:
        return queue(lam, agents, exponential(unit / mu), unit, room=room)

    return SimulatedCase(
        name=name,
        build=build,
        rate=lam,
        threshold=given["T_min"],
        # The truth divides by all who come, the registry's service level by all offered.
        extras=lambda _: {"in_time_of_all": measures.in_time_of_all},
        full=full,
        quick=quick,
        reads={
            "P_block": Read("blocked_rate"),
            "Lq": Read("queue_length"),
            "mean_wait_accepted": Read("mean_wait", TIME),
            "occupancy": Read("occupancy"),
            "SL_T_over_offered": Read("in_time_of_all"),
        },
    )


def m_g_1(name: str, service: Plain, full: Effort) -> SimulatedCase:
    lam = params(name)["lam"]

    def build(unit: float) -> Plain:
        return queue(lam, 1, service | {"mean": service["mean"] * unit}, unit)

    return SimulatedCase(
        name=name,
        build=build,
        rate=lam,
        full=full,
        quick=Effort(3_000, 40),
        reads={
            "Wq": Read("mean_wait", TIME),
            "W": Read("contact_duration", TIME),
            "Lq": Read("queue_length"),
            "utilisation": Read("occupancy"),
        },
    )


def md1_cdf() -> SimulatedCase:
    given = params("md1_cdf")
    bounds = {"P_Wq_le_0.5": 0.5, "P_Wq_le_1": 1.0, "P_Wq_le_2": 2.0, "P_Wq_le_3": 3.0}

    def build(unit: float) -> Plain:
        return queue(given["lam"], 1, constant(given["D"] * unit), unit)

    def extras(unit: float) -> dict[str, Compute]:
        return {
            name: partial(measures.within, seconds=bound * unit) for name, bound in bounds.items()
        }

    return SimulatedCase(
        name="md1_cdf",
        build=build,
        rate=given["lam"],
        extras=extras,
        full=Effort(10_000, 40),
        quick=Effort(3_000, 40),
        reads={name: Read(name) for name in bounds},
    )


def m_d_c() -> SimulatedCase:
    given = params("mdc_l4.5_c5")

    def build(unit: float) -> Plain:
        return queue(given["lam"], given["c"], constant(given["D"] * unit), unit)

    return SimulatedCase(
        name="mdc_l4.5_c5",
        build=build,
        rate=given["lam"],
        full=Effort(95_000, 40),
        quick=Effort(3_000, 40),
        reads={"Wq": Read("mean_wait", TIME), "Lq": Read("queue_length")},
    )


def gi_m_1(name: str, spacing: Plain, full: Effort) -> SimulatedCase:
    """Customers who do not come at random; a gap of 1.25 units on average."""
    rate = 1 / 1.25

    def build(unit: float) -> Plain:
        mean = unit / params(name)["mu"]
        return queue(rate, 1, exponential(mean), unit, spacing=spacing)

    return SimulatedCase(
        name=name,
        build=build,
        rate=rate,
        full=full,
        quick=Effort(3_000, 40),
        reads={
            "Wq": Read("mean_wait", TIME),
            "W": Read("contact_duration", TIME),
            # The share that finds the agent at work.
            "sigma": Read("waited_share"),
        },
    )
