"""A journey with what generated ones hold too seldom.

Steps that lead to themselves, names too long for some engines, awkward texts, and assignments
that build on each other.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from engine.document import document_from_plain
from engine.export.vector import Decision, Expected, Vector, run_vector
from engine.program import Program, make_program

Plain = dict[str, Any]

AWKWARD = 'it\'s "${x}" <late> & {\\} * $.a ü🚀'
LONG = "a_name_that_is_as_long_as_can_be_calls"
OUTER = LONG.replace("calls", "outer")
INNER = LONG.replace("calls", "inner")


def journey(steps: list[Plain], links: dict[str, str | None], **more: Any) -> Program:
    """An entry “call”, these steps, and an exit “end”; links from "step.exit" to a step."""
    call = {"id": "call", "type": "inbound_contact", "name": "Call", "channel": "chat"}
    end = {"id": "end", "type": "exit", "name": "End", "outcome": "helped"}
    content = {"id": "made", "name": "Made", "steps": [call, *steps, end], "links": _links(links)}
    plain = {"format": "wayline/journey", "version": 1, "journey": content | more}
    return make_program(document_from_plain(plain))


def _links(links: dict[str, str | None]) -> list[Plain]:
    parted = [(*way.rsplit(".", 1), to) for way, to in links.items()]
    return [{"from": step, "exit": way, "to": to} for step, way, to in parted]


def waits(days: float, **wait: Any) -> Program:
    """So many days of waiting, or as `wait` says; then as long for an event at most."""
    seconds = days * 86_400
    steps = [
        {"id": "pause", "type": "wait", "name": "Pause", **(wait or {"duration": seconds})},
        {"id": "paid", "type": "wait_for_event", "name": "?", "event": "paid", "timeout": seconds},
    ]
    links: dict[str, str | None] = {"call.arrived": "pause", "pause.done": "paid"}
    links |= {"paid.happened": "end", "paid.timed_out": "end"}
    return journey(steps, links, attributes=[{"id": "pause", "type": "number"}])


@cache
def awkward() -> Program:
    """The journey."""
    return journey(
        [
            {"id": "note", "type": "set_attributes", "name": "Note", "set": _assignments()},
            {"id": "which", "type": "condition", "name": "Which?", "branches": _branches()},
            {"id": LONG, "type": "sub_journey", "name": "Deep", "journey": "outer",
             "inputs": {"who": "text"}, "constants": {"size": 3}},
            {"id": "paid", "type": "wait_for_event", "name": "Paid?", "event": AWKWARD,
             "timeout": 3600},
            {"id": "sure", "type": "wait_for_event", "name": "Twice?", "event": AWKWARD},
            {"id": "post", "type": "system_action", "name": "Post", "system": "Post",
             "uses": ["text", "absent"], "returns": ["answer"], "timeout": 30},
            {"id": "round", "type": "retry_loop", "name": "Again?", "max": 2},
            {"id": "pause", "type": "wait", "name": "Pause", "attribute": "pause"},
            {"id": "noon", "type": "wait", "name": "Noon", "until": "12:00"},
            {"id": "person", "type": "human_agent", "name": "Person", "max_wait": 60},
        ],
        {
            "call.arrived": "note", "note.done": "which", "which.fits": LONG,
            "which.otherwise": None, f"{LONG}.completed": "paid", f"{LONG}.failed": None,
            "paid.happened": "sure", "sure.happened": "post",
            "paid.timed_out": "paid", "post.success": "round",
            "post.failure": None, "post.timeout": "post", "round.again": "pause",
            "round.done": "end", "pause.done": "noon", "noon.done": "person",
            "person.resolved": "end", "person.unresolved": "paid", "person.abandoned": None,
            "person.timed_out": "paid",
        },
        attributes=_attributes(),
        sub_journeys=[_sub("outer", OUTER, "inner"), _sub("inner", INNER, None)],
    )  # fmt: skip


def _attributes() -> list[Plain]:
    kinds = {
        "text": "text", "copied": "text", "absent": "text", "answer": "text", "region": "text",
        "tries": "number", "score": "number", "zero": "number", "pause": "number",
        "flag": "boolean", "empty": "text", "first": "text", "second": "text",
    }  # fmt: skip
    return [{"id": name, "type": kind, "given": True} for name, kind in kinds.items()]


def _assignments() -> list[Plain]:
    return [
        {"attribute": "tries", "add": 1},
        {"attribute": "tries", "add": 2},
        {"attribute": "score", "add": 5},
        {"attribute": "text", "value": AWKWARD},
        {"attribute": "copied", "copy_of": "text"},
        {"attribute": "region", "forget": True},
        {"attribute": "answer", "copy_of": "absent"},
        {"attribute": "zero", "value": 0},
        {"attribute": "flag", "value": False},
        {"attribute": "empty", "value": ""},
        # Exchanged by way of a third, so the order counts.
        {"attribute": "absent", "copy_of": "first"},
        {"attribute": "first", "copy_of": "second"},
        {"attribute": "second", "copy_of": "absent"},
        {"attribute": "absent", "forget": True},
    ]


def _branches() -> list[Plain]:
    parts: list[Plain] = [
        {"op": "eq", "attribute": "text", "value": AWKWARD},
        {"op": "contains", "attribute": "copied", "value": '"${x}" <late>'},
        {"op": "in", "attribute": "tries", "values": [3, 4]},
        {"op": "eq", "attribute": "flag", "value": False},
        {"op": "between", "attribute": "zero", "low": 0, "high": 0},
        {"op": "not", "of": {"op": "known", "attribute": "absent"}},
        {"op": "not", "of": {"op": "ne", "attribute": "answer", "value": "x"}},
    ]
    return [{"id": "fits", "name": "Fits", "when": {"op": "all", "of": parts}}]


def _sub(name: str, long: str, called: str | None) -> Plain:
    inside: Plain = {"id": long, "type": "message", "name": "Tell"}
    ways = ["sent", "failed"]
    if called is not None:
        inside |= {"type": "sub_journey", "journey": called, "inputs": {"who": "who"}}
        inside |= {"constants": {"size": 2}}
        ways = ["completed", "failed"]
    test = {"op": "eq", "attribute": "who", "value": AWKWARD}
    return {
        "id": name,
        "name": name.title(),
        "inputs": [{"id": "who", "type": "text"}, {"id": "size", "type": "number"}],
        "outcomes": [{"id": "completed"}, {"id": "failed"}],
        "steps": [
            {"id": f"is_{name}", "type": "condition", "name": "Is it?",
             "branches": [{"id": "so", "name": "So", "when": test}]},
            inside,
            {"id": f"well_{name}", "type": "exit", "name": "Well", "outcome": "completed"},
            {"id": f"badly_{name}", "type": "exit", "name": "Badly", "outcome": "failed"},
        ],
        "links": _links({
            f"is_{name}.so": long, f"is_{name}.otherwise": f"badly_{name}",
            f"{long}.{ways[0]}": f"well_{name}", f"{long}.{ways[1]}": f"badly_{name}",
        }),
    }  # fmt: skip


@cache
def awkward_vectors() -> tuple[Vector, ...]:
    """Customers of the journey: closed in the middle of it, and all the way round."""
    deep = Decision(node=f"{LONG}__{OUTER}__{INNER}", result="sent", seconds=2)
    fails = Decision(node="post", result="failure", seconds=30)
    around = [
        Decision(node="paid", result="happened", seconds=3600),
        Decision(node="sure", result="happened", seconds=1),
        Decision(node="post", result="timeout", seconds=30),
        Decision(node="post", result="success", seconds=4, attributes={"answer": AWKWARD}),
    ]
    asleep = Decision(node="noon", result="done", hold=60.0)
    late = Decision(node="paid", result="timed_out", seconds=3600)
    gone = Decision(node="person", result="timed_out", seconds=60)
    talk = [
        Decision(node="person", result="answered", seconds=5, attributes={"waited": 5.0}),
        Decision(node="person-2", result="unresolved", seconds=7),
    ]
    again = [*around[:3], Decision(node="post", result="success", attributes={"answer": None})]
    first = {"first": "1st", "second": "2nd", "region": "x", "pause": 90.0}
    noon = 12 * 3600.0
    begun = noon - 60 - (2 + 3 * 3600 + 1 + 30 + 4 + 90)
    return (
        _vector("closed", begun, first, [deep, late, *around[:2], fails]),
        _vector(
            "round",
            begun,
            first | {"zero": 4.0, "flag": True},
            [deep, late, late, *around, asleep, gone, *again, *_next_day(talk), *again],
        ),
    )


def _next_day(talk: list[Decision]) -> list[Decision]:
    """The second time it is a while after noon."""
    waits = 24 * 3600.0 - (60 + 3600 + 1 + 30 + 90)
    return [Decision(node="noon", result="done", hold=waits), *talk]


def _vector(name: str, at: float, known: Plain, decisions: list[Decision]) -> Vector:
    given = {"channel": "chat", "contact_number": 1.0, "waited": 0.0} | known
    nothing = Expected(steps=[], attributes={}, seconds=0, outcome=None, resolved=None)
    vector = Vector(
        id=name, entry="call", at=at, attributes=given, decisions=decisions, expected=nothing
    )
    return vector.model_copy(update={"expected": run_vector(awkward(), vector)})
