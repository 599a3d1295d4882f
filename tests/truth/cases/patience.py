"""Queues that customers leave: Erlang A, other patience, a full room, redialling."""

from __future__ import annotations

from functools import partial
from math import log
from typing import Final

from tests.truth import measures
from tests.truth.case import Effort, Read, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import Plain, constant, exponential, queue

TIME: Final = "time"

# ln seconds of the truth's patience (in minutes) is shifted by the length of a minute.
PATIENCE: dict[str, Plain] = {
    "mmcLN_patience": {"kind": "lognormal", "mu": 0.5, "sigma": 1.0},
    "mmcWeib_patience": {"kind": "weibull", "shape": 0.8, "scale": 5.0},
    "mmcErl2_patience": {"kind": "gamma", "mean": 3.0, "shape": 2},
    "mmcTechnionLN": {"kind": "lognormal", "mu": 5.865 - 4.0943445622221, "sigma": 1.948},
    "mmcD_patience": {"kind": "constant", "value": 1.0},
    "mmcBalk_patience": {
        "kind": "mixture",
        "parts": [
            {"weight": 0.2, "of": constant(0)},
            {"weight": 0.8, "of": exponential(3)},
        ],
    },
}


def cases() -> list[SimulatedCase]:
    """All of them."""
    return [
        erlang_a("erla_GMR_48_50_2min", Effort(200_000, 40), None),
        erlang_a("erla_100per30_aht3_p5_c14", Effort(100_000, 40), Effort(3_000, 40)),
        erlang_a("erla_under_c10_p2", Effort(15_000, 40), Effort(2_000, 40)),
        erlang_a("erla_over_c80_l100_th1", Effort(360_000, 40), None),
        erlang_a("erla_theta_eq_mu", Effort(60_000, 40), None),
        full_room(),
        *(general_patience(name) for name in PATIENCE),
        redial(),
    ]


def stretched(distribution: Plain, unit: float) -> Plain:
    """A distribution in time units, in seconds."""
    match distribution["kind"]:
        case "constant":
            return constant(distribution["value"] * unit)
        case "lognormal":
            return distribution | {"mu": distribution["mu"] + log(unit)}
        case "weibull":
            return distribution | {"scale": distribution["scale"] * unit}
        case "mixture":
            parts = [one | {"of": stretched(one["of"], unit)} for one in distribution["parts"]]
            return distribution | {"parts": parts}
        case _:
            return distribution | {"mean": distribution["mean"] * unit}


def _erlang_a_queue(name: str, unit: float) -> Plain:
    given = params(name)
    return queue(
        given["lam_per_min"],
        given["c"],
        exponential(unit / given["mu_per_min"]),
        unit,
        patience=exponential(unit / given["theta_per_min"]),
        room=None if given["K"] is None else given["K"] - given["c"],
    )


def erlang_a(name: str, full: Effort, quick: Effort | None) -> SimulatedCase:
    given = params(name)
    return SimulatedCase(
        name=name,
        build=partial(_erlang_a_queue, name),
        rate=given["lam_per_min"],
        threshold=given["T_min"],
        extras=lambda _: {
            "longer": measures.longer_than_threshold,
            "left_in_time": measures.left_in_time,
        },
        full=full,
        quick=quick,
        reads={
            "P_wait": Read("waited_share"),
            "P_abandon": Read("abandonment_rate"),
            "E_queue_len": Read("queue_length"),
            "E_wait_all_min": Read("mean_wait", TIME),
            "ASA_served_min": Read("asa", TIME),
            "E_wait_abandoned_min": Read("mean_wait_abandoned", TIME),
            "occupancy": Read("occupancy"),
            "P_W_gt_T": Read("longer", tail=True),
            "SL_served_in_T_over_offered": Read("service_level"),
            "SL_served_in_T_over_answered": Read("service_level_answered"),
            "SL_excl_abandon_within_T": Read("service_level_patient"),
            "SL_credit_abandon_within_T": Read("service_level_credited"),
            "abandon_within_T_over_offered": Read("left_in_time"),
        },
    )


def full_room() -> SimulatedCase:
    """The truth divides by all who came; the registry's KPIs leave out who found it full."""
    name = "erla_K_finite_c12_K17"
    given = params(name)
    return SimulatedCase(
        name=name,
        build=partial(_erlang_a_queue, name),
        rate=given["lam_per_min"],
        threshold=given["T_min"],
        extras=lambda _: {
            "waited_of_all": measures.waited_of_all,
            "abandoned_of_all": measures.abandoned_of_all,
            "wait_of_all": measures.wait_of_all,
            "longer_of_all": measures.longer_of_all,
            "in_time_of_all": measures.in_time_of_all,
            "left_in_time_of_all": measures.left_in_time_of_all,
            "patient_of_all": measures.patient_of_all,
            "credited_of_all": measures.credited_of_all,
        },
        full=Effort(130_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "P_wait": Read("waited_of_all"),
            "P_abandon": Read("abandoned_of_all"),
            "E_queue_len": Read("queue_length"),
            "E_wait_all_min": Read("wait_of_all", TIME),
            "ASA_served_min": Read("asa", TIME),
            "E_wait_abandoned_min": Read("mean_wait_abandoned", TIME),
            "occupancy": Read("occupancy"),
            "P_W_gt_T": Read("longer_of_all"),
            "SL_served_in_T_over_offered": Read("in_time_of_all"),
            "SL_served_in_T_over_answered": Read("service_level_answered"),
            "SL_excl_abandon_within_T": Read("patient_of_all"),
            "SL_credit_abandon_within_T": Read("credited_of_all"),
            "abandon_within_T_over_offered": Read("left_in_time_of_all"),
            "P_block": Read("blocked_rate", tail=True, only_full=True),
        },
    )


def general_patience(name: str) -> SimulatedCase:
    given = params(name)
    lam, mu, agents = given["lam_per_min"], given["mu_per_min"], given["c"]

    def build(unit: float) -> Plain:
        patience = stretched(PATIENCE[name], unit)
        return queue(lam, agents, exponential(unit / mu), unit, patience=patience)

    return SimulatedCase(
        name=name,
        build=build,
        rate=lam,
        threshold=given["T_min"],
        extras=lambda _: {
            "longer": measures.longer_than_threshold,
            "offered_wait": measures.offered_wait,
        },
        full=Effort(60_000, 40),
        quick=Effort(2_000, 40),
        reads={
            "P_wait": Read("waited_share"),
            "P_abandon": Read("abandonment_rate"),
            "E_wait_all_min": Read("mean_wait", TIME),
            "ASA_served_min": Read("asa", TIME),
            "E_wait_abandoned_min": Read("mean_wait_abandoned", TIME),
            "E_queue_len": Read("queue_length"),
            "occupancy": Read("occupancy"),
            "SL_served_in_T_over_offered": Read("service_level"),
            "P_W_gt_T": Read("longer"),
            "E_offered_wait_min": Read("offered_wait", TIME),
        },
    )


def redial() -> SimulatedCase:
    """Half of those who give up try again; the truth knows no largest number of tries."""
    given = params("erla_redial")
    lam = given["lam_fresh"]

    def build(unit: float) -> Plain:
        habit = {
            "probability": given["p_redial"],
            "delay": exponential(unit / given["redial_rate"]),
            "max_contacts": 50,
        }
        handle = exponential(unit / given["mu"])
        patience = exponential(unit / given["theta"])
        more = {"redial": habit}
        return queue(lam, given["c"], handle, unit, patience=patience, more=more)

    return SimulatedCase(
        name="erla_redial",
        build=build,
        rate=lam,
        extras=lambda _: {"attempts": measures.entered_rate, "orbit": measures.in_orbit},
        full=Effort(40_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "total_attempt_rate": Read("attempts", "rate"),
            "P_abandon_per_attempt": Read("abandonment_rate"),
            "P_customer_lost": Read("customers_lost"),
            "attempts_per_customer": Read("contacts_per_issue"),
            "E_orbit": Read("orbit"),
            "occupancy": Read("occupancy"),
            "E_wait_per_attempt": Read("mean_wait", TIME),
        },
    )
