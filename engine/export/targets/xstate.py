"""XState 5: the machine as JSON, with guards and actions by name, and a module that means them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from engine.export.asked import asked_of, listened_for
from engine.export.target import Loss, Severity, Status, target
from engine.model import to_plain
from engine.operations import (
    Assign,
    Command,
    Compute,
    Count,
    Decide,
    Delay,
    End,
    Hold,
    Listen,
    Pass,
    Put,
    Timeout,
)
from engine.program import Node, Program

Plain = dict[str, Any]

NAME: Final = "xstate"
MODULE: Final = "wayline.mjs"
NOT_BEGUN: Final = "not-begun"
CLOSED: Final = "closed-on-purpose"
LONGEST: Final = (2**31 - 1) / 1000
"""Seconds: JavaScript's timers count milliseconds in 31 bits, and go off at once beyond them."""


def _losses(program: Program) -> Iterator[Loss]:
    for node in program.nodes.values():
        match node.operation:
            case Delay(attribute=None, seconds=seconds) if seconds > LONGEST:
                yield _too_long(node, "duration", seconds)
            case Command(timeout=Timeout(seconds=seconds)) if seconds > LONGEST:
                yield _too_long(node, "timeout", seconds)
            case Listen(timeout=Timeout(seconds=seconds)) if seconds > LONGEST:
                yield _too_long(node, "timeout", seconds)
            case Delay(attribute=str(name)):
                yield Loss(
                    node.planned.id,
                    "attribute",
                    NAME,
                    Severity.DEGRADED,
                    "JavaScript's timers last 24.8 days at most, and how long this one lasts is "
                    "known only when it starts; a longer one stops the machine with an error.",
                    f"Make sure that “{name}” is never more than {int(LONGEST)}, or let a system "
                    "action wait and report.",
                )


def _too_long(node: Node, feature: str, seconds: float) -> Loss:
    return Loss(
        node.planned.id,
        feature,
        NAME,
        Severity.ERROR,
        f"A timer of {seconds / 86_400:.1f} days would go off at once, because JavaScript's "
        "timers last 24.8 days at most.",
        "Make it shorter, chain several waits, or let a system action wait and report.",
    )


@target(NAME, "XState 5", Status.EXECUTED, "xstate 5.33.3", losses=_losses)
def write(program: Program) -> Mapping[str, bytes]:
    """The machine, and the module that makes it run."""
    text = json.dumps(machine(program), indent=2, ensure_ascii=False, allow_nan=False)
    return {
        f"{program.document.journey.id}.xstate.json": f"{text}\n".encode(),
        MODULE: Path(__file__).with_suffix(".mjs").read_bytes(),
    }


def machine(program: Program) -> Plain:
    """The configuration of the machine. A state is called like its node."""
    states = {node.id: _state(node) for node in program.nodes.values()}
    if any(way is None for node in program.nodes.values() for way in node.ways.values()):
        states[CLOSED] = {"type": "final"}
    return {
        "id": program.document.journey.id,
        "initial": NOT_BEGUN,
        "context": {
            "attributes": {},
            "rounds": {},
            "events": [],
            "visit": 0,
            "hold": 0,
            "outcome": None,
            "resolved": None,
            "value": None,
        },
        "states": {NOT_BEGUN: {"on": {"start": _beginnings(program)}}, **states},
    }


def _beginnings(program: Program) -> list[Plain]:
    is_only = len(program.entries) == 1
    return [
        {
            **({} if is_only else {"guard": _named("enters", entry=entry)}),
            "actions": [_named("begin", signals=program.signals_at(entry))],
            "target": entry,
        }
        for entry in program.entries
    ]


def _named(name: str, /, **params: Any) -> Plain:
    return {"type": name, "params": params} if params else {"type": name}


def _state(node: Node) -> Plain:
    name = node.planned.step.name
    described = {"description": name} if node.is_first and name else {}
    return {**described, **_does(node)}


def _does(node: Node) -> Plain:
    match node.operation:
        case Pass():
            return {"always": [_only_way(node)]}
        case Decide() as decide:
            return {"always": _choices(node, decide)}
        case Count() as count:
            return {"always": _rounds(node, count)}
        case Assign(puts=puts):
            actions = [_named("put", **_put(one)) for one in puts]
            return {"always": [{"actions": actions, **_only_way(node)}]}
        case Command() | Compute() as asked:
            return _asks(node, asked)
        case Listen() as listen:
            return _listens(node, listen)
        case Delay() | Hold() as wait:
            return _waits(node, wait)
        case End() as end:
            how = {"outcome": end.outcome, "resolved": end.resolved, "value": to_plain(end.value)}
            return {"type": "final", "entry": [_named("end", **how)]}


def _only_way(node: Node) -> Plain:
    return _way(node, next(iter(node.ways)))


def _way(node: Node, result: str) -> Plain:
    """Where a result leads; to the same state means to leave it and enter it again."""
    way = node.ways[result]
    again = {"reenter": True} if way == node.id else {}
    return {"target": CLOSED if way is None else way, **again}


def _choices(node: Node, decide: Decide) -> list[Plain]:
    cases = [
        {"guard": _named("holds", condition=to_plain(when)), **_way(node, result)}
        for result, when in decide.cases
    ]
    return [*cases, _way(node, decide.otherwise)]


def _rounds(node: Node, count: Count) -> list[Plain]:
    actions = [_named("count", counter=node.id)]
    guard = _named("isBelow", counter=node.id, most=count.most)
    return [
        {"guard": guard, "actions": actions, **_way(node, count.again)},
        {"actions": actions, **_way(node, count.enough)},
    ]


def _put(put: Put) -> Plain:
    if put.add is not None:
        return {"attribute": put.attribute, "add": to_plain(put.add)}
    if put.copy_of is not None:
        return {"attribute": put.attribute, "copyOf": put.copy_of}
    return {"attribute": put.attribute, "value": to_plain(put.value)}


def _asks(node: Node, operation: Command | Compute) -> Plain:
    told = asked_of(node, operation)
    learn = [_named("learn", sets=told["sets"])]
    reports = [
        {"guard": _named("isReported", result=one), "actions": learn, **_way(node, one)}
        for one in told["results"]
    ]
    timeout = operation.timeout if isinstance(operation, Command) else None
    return {
        "entry": [_named("visit"), _named("command", **told)],
        "on": {"result": reports},
        **_timer(node, timeout),
    }


def _listens(node: Node, listen: Listen) -> Plain:
    happened = {
        "guard": _named("hasHappened", name=listen.event),
        "actions": [_named("remember")],
        **_way(node, listen.happened),
    }
    return {
        "entry": [_named("visit"), _named("listen", **listened_for(node, listen))],
        "on": {"event": [happened]},
        **_timer(node, listen.timeout),
    }


def _waits(node: Node, wait: Delay | Hold) -> Plain:
    if isinstance(wait, Hold):
        return {"after": {"hold": _only_way(node)}}
    if wait.attribute is None:
        return {"after": {_milliseconds(wait.seconds): _only_way(node)}}
    entry = [_named("holdFor", attribute=wait.attribute)]
    return {"entry": entry, "after": {"hold": _only_way(node)}}


def _timer(node: Node, timeout: Timeout | None) -> Plain:
    if timeout is None:
        return {}
    return {"after": {_milliseconds(timeout.seconds): _way(node, timeout.result)}}


def _milliseconds(seconds: float) -> str:
    return json.dumps(to_plain(seconds * 1000))
