"""Several steps or kinds of customers: priorities, tandem, an AI agent before people, repeats."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.truth import measures
from tests.truth.case import Compute, Effort, Read, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import (
    PEOPLE_END,
    Plain,
    agent,
    ai_agent,
    calls,
    constant,
    document,
    ends,
    entry,
    exponential,
    two_classes,
)

TIME: Final = "time"


def cases() -> list[SimulatedCase]:
    """All of them."""
    return [
        priorities(),
        priorities_with_impatience(),
        tandem(),
        feedback(),
        repeats(),
        containment(),
    ]


def priorities() -> SimulatedCase:
    given = params("prio_mmc_2")

    def build(unit: float) -> Plain:
        step = {"handle_time": exponential(unit / given["mu"]), "patience": None}
        return two_classes(given["lams"], given["c"], {"first": step, "second": step}, unit)

    return SimulatedCase(
        name="prio_mmc_2",
        build=build,
        rate=sum(given["lams"]),
        full=Effort(350_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "Wq_class1": Read("mean_wait", TIME, step="first"),
            "Wq_class2": Read("mean_wait", TIME, step="second"),
            "Wq_all": Read("asa", TIME),
        },
    )


def priorities_with_impatience() -> SimulatedCase:
    given = params("prio_aband_V")

    def build(unit: float) -> Plain:
        handle = exponential(unit / given["mu"])
        steps = {
            name: {"handle_time": handle, "patience": exponential(unit / theta)}
            for name, theta in zip(("first", "second"), given["theta"], strict=True)
        }
        return two_classes(given["lam"], given["c"], steps, unit)

    return SimulatedCase(
        name="prio_aband_V",
        build=build,
        rate=sum(given["lam"]),
        extras=lambda _: {
            "wait_first": partial(measures.step_wait, step="first"),
            "wait_second": partial(measures.step_wait, step="second"),
        },
        full=Effort(40_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "P_abandon_class1": Read("abandonment_rate", step="first"),
            "P_abandon_class2": Read("abandonment_rate", step="second"),
            "E_wait_class1": Read("wait_first", TIME),
            "E_wait_class2": Read("wait_second", TIME),
            "P_wait": Read("waited_share"),
        },
    )


def tandem() -> SimulatedCase:
    given = params("tandem")
    names = ["front", "back"]

    def build(unit: float) -> Plain:
        steps = {
            name: {"handle_time": exponential(unit / mu), "patience": None}
            for name, mu in zip(names, given["mu"], strict=True)
        }
        return document(
            [entry(), *(agent(name, teams=[f"{name}_team"]) for name in names)],
            [
                ("call", "arrived", "front"),
                ("front", "resolved", "back"),
                *ends("front", "unresolved", "abandoned"),
                *ends("back", *PEOPLE_END),
            ],
            {
                "demand": [calls(given["lam"], unit)],
                "staffing": {
                    f"{name}_team": {"agents": [agents]}
                    for name, agents in zip(names, given["c"], strict=True)
                },
                "steps": steps,
            },
            teams=[{"id": f"{name}_team"} for name in names],
        )

    return SimulatedCase(
        name="tandem",
        build=build,
        rate=given["lam"],
        extras=lambda _: {name: partial(measures.at_step, step=name) for name in names},
        full=Effort(25_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "L1": Read("front"),
            "L2": Read("back"),
            "W_total": Read("contact_duration", TIME),
        },
    )


def feedback() -> SimulatedCase:
    """Who is not helped by people comes back to the AI agent at once, as another contact."""
    given = params("jackson_ai_human_feedback")
    lam, again = given["lam_fresh"], given["p_repeat_after_human"]

    def build(unit: float) -> Plain:
        bot = {
            "containment": 1 - given["p_escalate"],
            "duration": {"kind": "lognormal", "mean": given["ai_mean_min"] * unit, "cv": 0.8},
        }
        people = {
            "handle_time": exponential(given["human_mean_min"] * unit),
            "patience": None,
            "resolution": 1 - again,
            "recontact": {"probability": 1, "delay": constant(0), "max_contacts": 50},
        }
        return document(
            [entry(), ai_agent(), agent()],
            [
                ("call", "arrived", "bot"),
                ("bot", "escalate", "agent"),
                *ends("bot", "resolved", "failed", "abandoned"),
                *ends("agent", *PEOPLE_END),
            ],
            {
                "demand": [calls(lam, unit)],
                "staffing": {"team": {"agents": [given["c"]]}},
                "steps": {"bot": bot, "agent": people},
            },
            teams=[{"id": "team"}],
        )

    return SimulatedCase(
        name="jackson_ai_human_feedback",
        build=build,
        rate=lam,
        extras=lambda _: {
            "entered": measures.entered_rate,
            "escalated": partial(measures.step_rate, step="agent"),
            "human_contacts": measures.queue_visits_of_customers,
            "time": measures.time_of_customers,
            "never_helped": measures.never_helped,
        },
        full=Effort(280_000, 40),
        quick=Effort(3_000, 40),
        reads={
            "ai_rate": Read("entered", "rate"),
            "human_rate": Read("escalated", "rate"),
            "human_occupancy": Read("occupancy"),
            "human_ASA": Read("asa", TIME),
            "human_P_wait": Read("waited_share"),
            "E_contacts_per_customer": Read("contacts_per_issue"),
            "E_human_contacts_per_customer": Read("human_contacts"),
            "E_total_time_in_system": Read("time", TIME),
            "containment_per_ai_contact": Read("containment"),
            "share_customers_never_human": Read("never_helped"),
        },
    )


def repeats() -> SimulatedCase:
    """Nobody waits: all that counts is who comes again."""
    given = params("repeat_contacts_geometric")

    def build(unit: float) -> Plain:
        recontact = {
            "probability": 1 - given["give_up"],
            "delay": exponential(unit),
            "max_contacts": 50,
        }
        people = {
            "handle_time": constant(unit),
            "patience": None,
            "resolution": given["fcr"],
            "recontact": recontact,
        }
        return document(
            [entry(), agent()],
            [("call", "arrived", "agent"), *ends("agent", *PEOPLE_END)],
            {
                "demand": [calls(1.0, unit)],
                "staffing": {"team": {"agents": [1000]}},
                "steps": {"agent": people},
            },
            teams=[{"id": "team"}],
        )

    return SimulatedCase(
        name="repeat_contacts_geometric",
        build=build,
        rate=1.0,
        warm_up=0.0,
        extras=lambda _: {"thrice": partial(measures.came_often, times=3)},
        full=Effort(8_000, 40),
        quick=Effort(1_000, 40),
        reads={
            "E_contacts": Read("contacts_per_issue"),
            "P_resolved": Read("resolution_rate"),
            "P_gave_up": Read("resolution_rate", complement=True),
            "P_ge_3_contacts": Read("thrice"),
        },
    )


def containment() -> SimulatedCase:
    """The intent is noted when it is recognised; a condition after the bot counts that."""
    given = params("ai_containment_intents")
    names = [f"intent_{number}" for number in range(len(given["share"]))]
    branch = {"id": "yes", "name": "Yes", "when": {"op": "known", "attribute": "intent"}}

    def build(unit: float) -> Plain:
        numbers = zip(
            given["share"], given["accuracy"], given["containment_if_recognised"], strict=True
        )
        bot = {
            "intents": {
                name: {"share": share, "recognition": accuracy, "containment": contained}
                for name, (share, accuracy, contained) in zip(names, numbers, strict=True)
            },
            "contained_if_misrecognised": given["containment_if_mis"],
        }
        people = {"handle_time": constant(unit), "patience": None}
        intents = [{"id": name, "name": name} for name in names]
        asked = [
            {"id": name, "type": "condition", "name": name, "branches": [branch]}
            for name in ("known", "known_of_agent")
        ]
        return document(
            [entry(), ai_agent(intents=intents, intent_attribute="intent"), *asked, agent()],
            [
                ("call", "arrived", "bot"),
                ("bot", "resolved", "known"),
                ("bot", "escalate", "known_of_agent"),
                *ends("bot", "failed", "abandoned"),
                *ends("known", "yes", "otherwise"),
                ("known_of_agent", "yes", "agent"),
                ("known_of_agent", "otherwise", "agent"),
                *ends("agent", *PEOPLE_END),
            ],
            {
                "demand": [calls(1.0, unit)],
                "staffing": {"team": {"agents": [1000]}},
                "steps": {"bot": bot, "agent": people},
            },
            teams=[{"id": "team"}],
            attributes=[{"id": "intent", "type": "text", "given": False}],
        )

    def extras(_: float) -> dict[str, Compute]:
        exits = (("known", "yes"), ("known_of_agent", "yes"))
        return {
            "falsely": measures.falsely_contained,
            "recognised": partial(measures.took_exits, exits=exits),
        }

    return SimulatedCase(
        name="ai_containment_intents",
        build=build,
        rate=1.0,
        warm_up=0.0,
        extras=extras,
        full=Effort(20_000, 40),
        quick=Effort(1_000, 40),
        reads={
            "containment": Read("containment_raw"),
            "true_containment": Read("containment"),
            "false_containment": Read("falsely"),
            "recognition_accuracy": Read("recognised"),
        },
    )
