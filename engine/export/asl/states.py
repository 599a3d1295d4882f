"""A program's nodes as states, in JSONPath mode.

A state's data: `attributes`, all of which are there and null while not known; `rounds`, a count
for each retry loop; `answer`, what was answered last; `put`, what is being assigned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from engine.export.asked import asked_of, listened_for
from engine.export.asl.names import is_shortened, state_name
from engine.export.conditions.choice_rules import choice_rule
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

State = dict[str, Any]
Named = tuple[str, State]

BEGIN: Final = "begin-journey"
CLOSED: Final = "closed-on-purpose"
OVER: Final = "journey-over"
UNKNOWN: Final = "unknown-answer"
YEAR: Final = 31_536_000
"""Seconds that an execution lasts at most."""

_QUEUE: Final = "$$.Execution.Input.queue"
_TASK: Final = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
_LATE: Final = ["States.Timeout", "Journey.TimedOut"]
_KEPT: Final = {"rounds.$": "$.rounds", "answer.$": "$.answer"}


def whole_seconds(seconds: float) -> int:
    """As long, or up to a second longer: the language has no fractions of seconds."""
    return math.ceil(seconds)


def states_of(program: Program) -> dict[str, State]:
    """All states by name, those of the beginning first; the language allows no unreachable ones."""
    states = dict(_beginning(program))
    for node in program.nodes.values():
        for name, state in _states(node):
            states[name] = _commented(node, name, state)
    states |= dict(_ending(program))
    reached = set(_reached(states))
    return {name: state for name, state in states.items() if name in reached}


def _reached(states: dict[str, State]) -> Iterator[str]:
    waiting, seen = [BEGIN], {BEGIN}
    while waiting:
        name = waiting.pop()
        yield name
        state = states[name]
        ways = [*state.get("Choices", []), *state.get("Catch", []), state]
        following = {way.get(key) for way in ways for key in ("Next", "Default")} - {None}
        waiting += following - seen
        seen |= following


def _commented(node: Node, name: str, state: State) -> State:
    if not is_shortened(node.id):
        return state
    rest = name.removeprefix(state_name(node.id))
    return {"Comment": f"{node.id}{rest}", **state}


def _beginning(program: Program) -> Iterator[Named]:
    firsts = [(entry, f"{state_name(entry)}-begins") for entry in program.entries]
    if len(firsts) > 1:
        is_meant = [
            {"Variable": "$.entry", "StringEquals": entry, "Next": first} for entry, first in firsts
        ]
        yield BEGIN, {"Type": "Choice", "Choices": is_meant, "Default": UNKNOWN}
    else:
        yield BEGIN, {"Type": "Pass", "Next": firsts[0][1]}
    counters = {
        node.id: {"count": 0}
        for node in program.nodes.values()
        if isinstance(node.operation, Count)
    }
    for entry, first in firsts:
        known = dict.fromkeys(program.attributes) | program.signals_at(entry)
        told = f"{first}-told"
        yield first, _pass({"known": known, "given.$": "$.attributes"}, told)
        merged = {"attributes.$": "States.JsonMerge($.known, $.given, false)"}
        data = {**merged, "rounds": counters, "answer": {}}
        yield told, _pass(data, state_name(entry))


def _ending(program: Program) -> Iterator[Named]:
    if any(way is None for node in program.nodes.values() for way in node.ways.values()):
        how = {"outcome": None, "resolved": None, "value": None}
        yield CLOSED, _pass({**how, "attributes.$": "$.attributes"}, OVER)
    yield OVER, {"Type": "Succeed"}
    cause = "A worker answered what the step does not know, or no such entry exists."
    yield UNKNOWN, {"Type": "Fail", "Error": "Journey.UnknownAnswer", "Cause": cause}


def _pass(parameters: State, following: str, result: str | None = None) -> State:
    into = {} if result is None else {"ResultPath": result}
    return {"Type": "Pass", "Parameters": parameters, **into, "Next": following}


def _way(node: Node, result: str) -> str:
    way = node.ways[result]
    return CLOSED if way is None else state_name(way)


def _only_way(node: Node) -> str:
    return _way(node, next(iter(node.ways)))


def _states(node: Node) -> Iterator[Named]:
    name = state_name(node.id)
    match node.operation:
        case Pass():
            yield name, {"Type": "Pass", "Next": _only_way(node)}
        case Decide() as decide:
            yield name, _choice(node, decide)
        case Count() as count:
            yield from _rounds(node, name, count)
        case Assign(puts=puts):
            yield from _assigns(name, list(puts), _only_way(node))
        case Command() | Compute() as asked:
            yield from _asks(node, name, asked)
        case Listen() as listen:
            told = {"listen": listened_for(node, listen)}
            yield from _task(node, told, listen.timeout, _way(node, listen.happened))
        case Delay() | Hold() as wait:
            yield name, {"Type": "Wait", **_length(wait), "Next": _only_way(node)}
        case End() as end:
            how = {"outcome": end.outcome, "resolved": end.resolved, "value": to_plain(end.value)}
            yield name, _pass({**how, "attributes.$": "$.attributes"}, OVER)


def _choice(node: Node, decide: Decide) -> State:
    choices = [{**choice_rule(when), "Next": _way(node, result)} for result, when in decide.cases]
    return {"Type": "Choice", "Choices": choices, "Default": _way(node, decide.otherwise)}


def _rounds(node: Node, name: str, count: Count) -> Iterator[Named]:
    counter = f"$.rounds.{node.id}"
    below = {"Variable": f"{counter}.count", "NumericLessThan": count.most}
    again = f"{name}-again"
    yield (
        name,
        {
            "Type": "Choice",
            "Choices": [{**below, "Next": again}],
            "Default": _way(node, count.enough),
        },
    )
    more = {"count.$": f"States.MathAdd({counter}.count, 1)"}
    yield again, _pass(more, _way(node, count.again), counter)


def _assigns(name: str, puts: list[Put], following: str) -> Iterator[Named]:
    """One group of assignments after the other; what reads what was written comes later."""
    groups = _groups(puts)
    names = [name, *(f"{name}-set{number}" for number in range(2, len(groups) + 1)), following]
    for group, (own, after) in zip(groups, pairwise(names), strict=True):
        if group[0].add is not None:
            yield from _adds(own, group[0], after)
        else:
            merge = f"{own}-merge"
            yield own, _pass(dict(_put(one) for one in group), merge, "$.put")
            yield merge, _merged("$.put", after)


def _groups(puts: list[Put]) -> list[list[Put]]:
    groups: list[list[Put]] = []
    for put in puts:
        last = groups[-1] if groups else []
        written = {one.attribute for one in last}
        adds = put.add is not None or any(one.add is not None for one in last)
        if not last or adds or written & {put.attribute, put.copy_of}:
            groups.append([put])
        else:
            last.append(put)
    return groups


def _put(put: Put) -> tuple[str, Any]:
    if put.copy_of is not None:
        return f"{put.attribute}.$", f"$.attributes.{put.copy_of}"
    return put.attribute, to_plain(put.value)


def _adds(name: str, put: Put, following: str) -> Iterator[Named]:
    """Added to what is a number; what is none starts from 0."""
    path, added = f"$.attributes.{put.attribute}", to_plain(put.add)
    known, first, total = f"{name}-known", f"{name}-first", f"{name}-sum"
    tests = [{"Variable": path, "IsPresent": True}, {"Variable": path, "IsNumeric": True}]
    is_number = {"And": tests, "Next": known}
    yield name, {"Type": "Choice", "Choices": [is_number], "Default": first}
    yield known, _pass({"sum.$": f"States.MathAdd({path}, {added})"}, total, "$.put")
    yield first, _pass({"sum": added}, total, "$.put")
    yield total, {"Type": "Pass", "InputPath": "$.put.sum", "ResultPath": path, "Next": following}


def _merged(path: str, following: str) -> State:
    merged = f"States.JsonMerge($.attributes, {path}, false)"
    return _pass({"attributes.$": merged, **_KEPT}, following)


def _asks(node: Node, name: str, operation: Command | Compute) -> Iterator[Named]:
    told = asked_of(node, operation)
    sends = {f"{one}.$": f"$.attributes.{one}" for one in told.pop("sends")}
    timeout = operation.timeout if isinstance(operation, Command) else None
    answered = f"{name}-answer"
    learned = f"{name}-learned" if told["sets"] else answered
    yield from _task(node, {"command": told, "attributes": sends}, timeout, learned)
    if told["sets"]:
        yield learned, _merged("$.answer.attributes", answered)
    choices = [
        {"Variable": "$.answer.result", "StringEquals": one, "Next": _way(node, one)}
        for one in told["results"]
    ]
    yield answered, {"Type": "Choice", "Choices": choices, "Default": UNKNOWN}


def _task(node: Node, told: State, timeout: Timeout | None, following: str) -> Iterator[Named]:
    name, late = state_name(node.id), {}
    if timeout is not None:
        way, again = _way(node, timeout.result), f"{name}-again"
        if way == name:
            # LocalStack goes on with Next where a state is to be entered again by its own Catch.
            way = again
            yield again, {"Type": "Pass", "Next": name}
        late = {"Catch": [{"ErrorEquals": _LATE, "ResultPath": None, "Next": way}]}
    yield (
        name,
        {
            "Type": "Task",
            "Resource": _TASK,
            "Parameters": {
                "QueueUrl.$": _QUEUE,
                "MessageBody": {"token.$": "$$.Task.Token", **told},
            },
            "TimeoutSeconds": YEAR if timeout is None else max(1, whole_seconds(timeout.seconds)),
            "ResultPath": "$.answer",
            **late,
            "Next": following,
        },
    )


def _length(wait: Delay | Hold) -> State:
    if isinstance(wait, Hold):
        return {"SecondsPath": "$.answer.hold"}
    if wait.attribute is not None:
        return {"SecondsPath": f"$.attributes.{wait.attribute}"}
    return {"Seconds": whole_seconds(wait.seconds)}
