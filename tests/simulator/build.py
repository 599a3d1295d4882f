"""Small journeys for tests, as plain JSON."""

from __future__ import annotations

from typing import Any

from engine.document import Document, document_from_plain
from engine.plan import make_plan
from simulator.records import Records
from simulator.replication import replicate

Plain = dict[str, Any]
DAY = 86_400.0


def journey(
    steps: list[Plain], ways: dict[str, str | None], assumptions: Plain, **more: Any
) -> Document:
    """A journey; ways are "step.exit" to step, or None to close the exit.

    An entry "call" and an exit "end" are there already, and customers come all day.
    """
    entry = {"id": "call", "type": "inbound_contact", "name": "Call"}
    end = {"id": "end", "type": "exit", "name": "End"}
    links = [
        {"from": way.split(".")[0], "exit": way.split(".")[1], "to": to} for way, to in ways.items()
    ]
    demand = [{"id": "calls", "entry": "call", "per_day": 2000}]
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": {
                "id": "test",
                "name": "Test",
                "skills": [{"id": "help"}],
                "teams": [{"id": "team", "skills": ["help"]}],
                "steps": [entry, *steps, end],
                "links": links,
                **more,
            },
            "assumptions": {"demand": demand, **assumptions},
        }
    )


def simulated(document: Document, seed: int = 1, *, visits: bool = True) -> Records:
    """One replication, with every visit recorded."""
    return replicate(make_plan(document), seed, 0, record_visits=visits)


def exits_taken(document: Document, records: Records) -> dict[str, int]:
    """How often each "step.exit" was taken; steps without exits by their id."""
    taken: dict[str, int] = {}
    code = 0
    for planned in make_plan(document).steps:
        for name in planned.exits or ("",):
            key = f"{planned.id}.{name}" if name else planned.id
            taken[key] = int(records.exits[code])
            code += 1
    return taken


def human(**assumed: Any) -> tuple[Plain, dict[str, str | None], Plain]:
    """A human step with its ways and assumptions; customers have endless patience."""
    step = {"id": "agent", "type": "human_agent", "name": "Agent", "skills": ["help"]}
    ways: dict[str, str | None] = {
        "agent.resolved": "end",
        "agent.unresolved": None,
        "agent.abandoned": None,
    }
    numbers = {"handle_time": {"kind": "constant", "value": 60}, "patience": None, **assumed}
    return step, ways, numbers
