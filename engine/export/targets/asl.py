"""Amazon States Language in JSONPath mode, for Standard workflows of AWS Step Functions.

An execution's input is `{"entry": …, "attributes": {…}, "queue": URL}`. What others must do goes
to that queue with a task token: `{"token", "command": {…}, "attributes"}`, or `{"token",
"listen": {"event"}}`. Whoever does it answers with SendTaskSuccess and
`{"result": …, "attributes": {…}, "hold": …}`: `attributes` always, with what changed; `hold` in
whole seconds, where a wait follows a computation. The error `Journey.TimedOut` ends a limited
wait before its time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from engine.export.asl.limits import worst_case
from engine.export.asl.names import LONGEST, is_shortened, state_name
from engine.export.asl.states import BEGIN, YEAR, states_of
from engine.export.target import Loss, Severity, Status, target
from engine.operations import Assign, Command, Delay, Hold, Listen, Timeout
from engine.program import Node, Program

NAME: Final = "asl"
MOST_EVENTS: Final = 25_000
"""Events that the history of an execution holds at most."""


def _losses(program: Program) -> Iterator[Loss]:
    states = states_of(program)
    for node in program.nodes.values():
        if state_name(node.id) not in states:
            yield _loss(
                node,
                "step",
                Severity.INFO,
                "Nothing leads to it, and the language allows no such states; it is left out.",
                "Link it, or remove it.",
            )
            continue
        yield from _of_time(node)
        yield from _of_numbers(node)
        if is_shortened(node.id):
            yield _loss(
                node,
                "id",
                Severity.INFO,
                f"Names of states have at most {LONGEST} characters.",
                f"It is called {state_name(node.id)} there; its comment says the id.",
            )
    yield from _of_all(program)


def _loss(node: Node, feature: str, severity: Severity, reason: str, workaround: str) -> Loss:
    return Loss(node.planned.id, feature, NAME, severity, reason, workaround)


def _of_time(node: Node) -> Iterator[Loss]:
    match node.operation:
        case Delay(attribute=str(name)):
            yield _loss(
                node,
                "attribute",
                Severity.DEGRADED,
                "Waits last whole seconds, a year at most, and how long this one lasts is known "
                "only when it starts; another number ends the execution with an error.",
                f"Make sure that “{name}” is a whole number on every way to this step.",
            )
        case Delay(seconds=seconds):
            yield from _timer(node, "duration", seconds)
        case Command(timeout=Timeout(seconds=seconds)) | Listen(timeout=Timeout(seconds=seconds)):
            yield from _timer(node, "timeout", seconds)
        case Hold():
            yield _loss(
                node,
                "hold",
                Severity.DEGRADED,
                "Waits last whole seconds.",
                "Let the worker round “hold” up to whole seconds.",
            )
        case Listen(timeout=None):
            yield _loss(
                node,
                "timeout",
                Severity.DEGRADED,
                "An execution, and so this wait, lasts a year at most.",
                "Give it a timeout.",
            )


def _timer(node: Node, feature: str, seconds: float) -> Iterator[Loss]:
    if seconds > YEAR:
        yield _loss(
            node,
            feature,
            Severity.ERROR,
            f"It lasts {seconds / 86_400:.0f} days, but an execution a year at most.",
            "Make it shorter, or start another journey once the time has come.",
        )
    if not float(seconds).is_integer() or (feature == "timeout" and seconds < 1):
        yield _loss(
            node,
            feature,
            Severity.DEGRADED,
            "Timers last whole seconds, and limits of tasks one at least; it is rounded up.",
            "Design it in whole seconds.",
        )


def _of_numbers(node: Node) -> Iterator[Loss]:
    if not isinstance(node.operation, Assign):
        return
    for put in node.operation.puts:
        if put.add is not None:
            yield _loss(
                node,
                "add",
                Severity.DEGRADED,
                "Step Functions adds whole numbers only, and rounds others to the nearest.",
                f"Keep “{put.attribute}” a whole number, or let a system action add.",
            )


def _of_all(program: Program) -> Iterator[Loss]:
    worst = worst_case(program)
    if worst is None or worst.events > MOST_EVENTS:
        needs = "go round without end" if worst is None else f"need {worst.events:,.0f} of them"
        yield Loss(
            "",
            "history",
            NAME,
            Severity.DEGRADED,
            f"An execution holds {MOST_EVENTS:,} events, but the journey can {needs}.",
            "Limit loops, or go on in an execution of its own.",
        )
    if worst is not None and worst.seconds > YEAR:
        yield Loss(
            "",
            "limit",
            NAME,
            Severity.DEGRADED,
            "All waits together can be longer than a year, which is the longest execution.",
            "Make waits shorter, or go on in an execution of its own.",
        )


@target(
    NAME,
    "Amazon States Language",
    Status.EXECUTED,
    "aws-local-stepfunctions 3.0.0, moto 5.2.5",
    losses=_losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """The state machine; the first state of a node is called like it."""
    journey = program.document.journey
    machine = {"Comment": journey.name, "StartAt": BEGIN, "States": states_of(program)}
    text = json.dumps(machine, indent=2, ensure_ascii=False, allow_nan=False)
    return {f"{journey.id}.asl.json": f"{text}\n".encode()}
