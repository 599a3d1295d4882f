"""Several teams, and who is asked first."""

from __future__ import annotations

from functools import partial
from typing import Final

from tests.truth import measures
from tests.truth.case import Compute, Effort, Read, SimulatedCase
from tests.truth.expected import params
from tests.truth.journeys import PEOPLE_END, Plain, agent, calls, document, ends, entry, exponential

TIME: Final = "time"


def cases() -> list[SimulatedCase]:
    """There is one so far."""
    return [n_design()]


def n_design() -> SimulatedCase:
    """The first team helps the second; it is slower, whomever it serves."""
    given = params("n_design")
    classes, teams = ("first", "second"), ("one", "two")

    def build(unit: float) -> Plain:
        usual = exponential(unit / given["mu"][1])
        staffing: Plain = {
            team: {"agents": [agents], "handle_time_factor": given["mu"][1] / mu}
            for team, agents, mu in zip(teams, given["c"], given["mu"], strict=True)
        }
        return document(
            [
                *(entry(f"call_{name}") for name in classes),
                agent("first", teams=["one"], priority=2),
                agent("second", teams=["two", "one"], priority=7),
            ],
            [
                *((f"call_{name}", "arrived", name) for name in classes),
                *(link for name in classes for link in ends(name, *PEOPLE_END)),
            ],
            {
                "demand": [
                    calls(rate, unit, f"call_{name}")
                    for name, rate in zip(classes, given["lam"], strict=True)
                ],
                "staffing": staffing,
                "steps": {
                    name: {"handle_time": usual, "patience": exponential(unit / theta)}
                    for name, theta in zip(classes, given["theta"], strict=True)
                },
            },
            teams=[{"id": team} for team in teams],
        )

    def extras(_: float) -> dict[str, Compute]:
        return {
            **{f"waited_{name}": partial(measures.step_waited, step=name) for name in classes},
            **{f"wait_{name}": partial(measures.step_wait, step=name) for name in classes},
            **{f"at_work_{team}": partial(measures.team_busy, team=team) for team in teams},
            "helped": partial(measures.step_by_team, step="second", team="one"),
        }

    return SimulatedCase(
        name="n_design",
        build=build,
        rate=sum(given["lam"]),
        extras=extras,
        full=Effort(40_000, 40),
        quick=Effort(2_500, 40),
        reads={
            "P_wait_class1": Read("waited_first"),
            "P_wait_class2": Read("waited_second"),
            "P_abandon_class1": Read("abandonment_rate", step="first"),
            "P_abandon_class2": Read("abandonment_rate", step="second"),
            "E_wait_class1": Read("wait_first", TIME),
            "E_wait_class2": Read("wait_second", TIME),
            "share_class2_by_team1": Read("helped"),
            "occupancy_team1": Read("at_work_one"),
            "occupancy_team2": Read("at_work_two"),
        },
    )
