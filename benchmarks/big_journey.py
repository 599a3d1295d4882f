"""A journey of 200 steps that can be simulated: ten departments, each with its calls and team."""

from __future__ import annotations

from typing import Any

from engine.document import Document, document_from_plain

DEPARTMENTS = 10
QUEUES = 5
"""A department has so many choices, each with an announcement, a queue and two more steps."""


def big_journey(customers: float) -> Document:
    """So many customers a day; a department has 20 steps (six of them for all its choices)."""
    steps: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    positions: dict[str, tuple[float, float]] = {}
    for number in range(DEPARTMENTS):
        _department(number, steps, links, positions)
    names = [f"d{number}" for number in range(DEPARTMENTS)]
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": {
                "id": "big",
                "name": "Ten departments",
                "skills": [{"id": name} for name in names],
                "teams": [{"id": f"team_{name}", "skills": [name]} for name in names],
                "steps": steps,
                "links": links,
            },
            "layout": {"positions": positions},
            "assumptions": {
                "demand": [
                    {"id": name, "entry": f"{name}_call", "per_day": customers / DEPARTMENTS}
                    for name in names
                ],
                "staffing": {
                    f"team_{name}": {"agents": [round(customers / DEPARTMENTS * 300 / 86400)]}
                    for name in names
                },
                "steps": {
                    step["id"]: {"handle_time": {"kind": "exponential", "mean": 280}}
                    for step in steps
                    if step["type"] == "human_agent"
                },
            },
        }
    )


def _department(
    number: int,
    steps: list[dict[str, Any]],
    links: list[dict[str, Any]],
    positions: dict[str, tuple[float, float]],
) -> None:
    name, top = f"d{number}", number * QUEUES * 104

    def add(kind: str, part: str, column: int, row: float, **more: Any) -> str:
        step = f"{name}_{part}"
        steps.append({"id": step, "type": kind, "name": f"{part} {number}", **more})
        positions[step] = (column * 288, top + row * 104)
        return step

    def link(source: str, exit_name: str, to: str) -> None:
        links.append({"from": source, "exit": exit_name, "to": to})

    call = add("inbound_contact", "call", 0, 2)
    options = [{"id": f"o{one}", "name": f"Option {one}"} for one in range(QUEUES)]
    menu = add("menu", "menu", 1, 2, options=options)
    done = add("exit", "done", 5, 1, outcome="done")
    lost = add("exit", "lost", 5, 3, outcome="abandoned", resolved=False)
    notice = add("announcement", "sorry", 4, 4, text="Please call again later.")
    link(call, "arrived", menu)
    for exit_name in ("no_input", "no_match"):
        link(menu, exit_name, lost)
    link(notice, "played", lost)
    for one in range(QUEUES):
        text = "One moment, please."
        hello = add("announcement", f"hello{one}", 2, one, text=text)
        queue = add("human_agent", f"agent{one}", 3, one, skills=[name])
        thanks = add("announcement", f"thanks{one}", 4, one - 0.5, text="Thank you.")
        link(menu, f"o{one}", hello)
        link(hello, "played", queue)
        link(queue, "resolved", thanks)
        link(queue, "unresolved", notice)
        link(queue, "abandoned", lost)
        link(thanks, "played", done)
