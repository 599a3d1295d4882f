"""The models as journeys: plain JSON, as a user's document holds it."""

from __future__ import annotations

from typing import Any

from engine.calendar import DAY

Plain = dict[str, Any]


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
    more: Plain | None = None,
) -> Plain:
    """One entry, one queue, one team, around the clock; `more` are assumptions of the step."""
    design: Plain = {} if room is None else {"capacity": room}
    exits = ["resolved", "unresolved", "abandoned", *([] if room is None else ["full"])]
    demand = calls(rate, unit) | ({} if spacing is None else {"spacing": spacing})
    return document(
        [entry(), agent(**design)],
        [("call", "arrived", "agent"), *ends("agent", *exits)],
        {
            "demand": [demand],
            "staffing": {"team": {"agents": [agents]}},
            "steps": {"agent": {"handle_time": handle, "patience": patience, **(more or {})}},
        },
        teams=[{"id": "team"}],
    )
