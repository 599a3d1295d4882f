"""Journeys and customers for engines whose timers last whole seconds: rounded up."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType

from engine.conditions import Lookup
from engine.export.vector import Vector, run_vector
from engine.operations import Command, Compute, Delay, Listen, Operation, Timeout
from engine.profile import Value
from engine.program import Program


def in_whole_seconds(program: Program, vector: Vector) -> Vector:
    """The vector with waits that last whole seconds, and what the runtime makes of it."""
    waits = {
        node.operation.attribute
        for node in program.nodes.values()
        if isinstance(node.operation, Delay) and node.operation.attribute is not None
    }
    rounded = _rounded(program)
    decisions = []
    for one in vector.decisions:
        operation = rounded.nodes[one.node].operation
        timeout = operation.timeout if isinstance(operation, (Command, Listen)) else None
        is_late = timeout is not None and timeout.result == one.result
        changes = {
            "seconds": timeout.seconds if is_late and timeout else one.seconds,
            "attributes": {k: _up(v) if k in waits else v for k, v in one.attributes.items()},
            "hold": None if one.hold is None else math.ceil(one.hold),
        }
        decisions.append(one.model_copy(update=changes))
    known = {k: _up(v) if k in waits else v for k, v in vector.attributes.items()}
    fresh = vector.model_copy(update={"decisions": decisions, "attributes": known})
    return fresh.model_copy(update={"expected": run_vector(rounded, fresh)})


def _up(value: Value | None) -> Value | None:
    return float(math.ceil(value)) if isinstance(value, float) else value


def _rounded(program: Program) -> Program:
    nodes = {
        name: replace(node, operation=_in_seconds(node.operation))
        for name, node in program.nodes.items()
    }
    return replace(program, nodes=MappingProxyType(nodes))


def _in_seconds(operation: Operation) -> Operation:
    match operation:
        case Delay(seconds=seconds):
            return replace(operation, seconds=float(math.ceil(seconds)))
        case Command(timeout=Timeout() as timeout) | Listen(timeout=Timeout() as timeout):
            seconds = float(max(1, math.ceil(timeout.seconds)))
            return replace(operation, timeout=Timeout(seconds, timeout.result))
        case Compute(compute=compute):

            def whole(lookup: Lookup, time: float) -> tuple[str, float]:
                result, hold = compute(lookup, time)
                return result, float(math.ceil(hold))

            return replace(operation, compute=whole)
        case _:
            return operation
