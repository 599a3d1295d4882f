"""The models as journeys: plain JSON, as a user's document holds it."""

from __future__ import annotations

from typing import Any

from engine.calendar import DAY

Plain = dict[str, Any]

PEOPLE_END = ("resolved", "unresolved", "abandoned")
"""The ways out of a human agent that are always there."""


def exponential(mean: float) -> Plain:
    return {"kind": "exponential", "mean": mean}


def constant(value: float) -> Plain:
    return {"kind": "constant", "value": value}


def document(
    steps: list[Plain], links: list[tuple[str, str, str | None]], assumptions: Plain, **more: Any
) -> Plain:
    """A document; every link is (from, exit, to)."""
    return {
        "format": "wayline/journey",
        "version": 1,
        "journey": {
            "id": "truth",
            "name": "Truth",
            "channels": ["voice"],
            "steps": steps,
            "links": [{"from": start, "exit": name, "to": end} for start, name, end in links],
            **more,
        },
        "assumptions": assumptions,
    }


def entry(name: str = "call") -> Plain:
    return {"id": name, "type": "inbound_contact", "name": name}


def agent(name: str = "agent", **design: Any) -> Plain:
    return {"id": name, "type": "human_agent", "name": name, **design}


def ai_agent(name: str = "bot", **design: Any) -> Plain:
    return {"id": name, "type": "ai_agent", "name": name, **design}


def calls(rate: float, unit: float, name: str = "call", **more: Any) -> Plain:
    """Demand of `rate` customers a truth unit, which lasts `unit` seconds, day and night."""
    return {"id": f"from_{name}", "entry": name, "per_day": rate * DAY / unit, **more}


def ends(step: str, *exits: str) -> list[tuple[str, str, str | None]]:
    """Links that close these exits."""
    return [(step, name, None) for name in exits]


def queue(
    rate: float,
    agents: int,
    handle: Plain,
    unit: float,
    *,
    patience: Plain | None = None,
    room: int | None = None,
    spacing: Plain | None = None,
    design: Plain | None = None,
    more: Plain | None = None,
) -> Plain:
    """One entry, one queue, one team, around the clock.

    design: more of the step's design.  more: more of its assumptions.
    """
    room_here: Plain = {} if room is None else {"capacity": room}
    exits = ["resolved", "unresolved", "abandoned", *([] if room is None else ["full"])]
    demand = calls(rate, unit) | ({} if spacing is None else {"spacing": spacing})
    return document(
        [entry(), agent(**room_here, **(design or {}))],
        [("call", "arrived", "agent"), *ends("agent", *exits)],
        {
            "demand": [demand],
            "staffing": {"team": {"agents": [agents]}},
            "steps": {"agent": {"handle_time": handle, "patience": patience, **(more or {})}},
        },
        teams=[{"id": "team"}],
    )


def two_classes(
    rates: list[float],
    agents: int,
    steps: dict[str, Plain],
    unit: float,
    second: Plain | None = None,
) -> Plain:
    """Two kinds of customers for one team; the first is served first.

    second: more of the design of the step at which the second kind is served.
    """
    names = ["first", "second"]
    return document(
        [
            *(entry(f"call_{name}") for name in names),
            agent("first", priority=2),
            agent("second", priority=7, **(second or {})),
        ],
        [
            *((f"call_{name}", "arrived", name) for name in names),
            *(link for name in names for link in ends(name, *PEOPLE_END)),
        ],
        {
            "demand": [
                calls(rate, unit, f"call_{name}") for name, rate in zip(names, rates, strict=True)
            ],
            "staffing": {"team": {"agents": [agents]}},
            "steps": steps,
        },
        teams=[{"id": "team"}],
    )
