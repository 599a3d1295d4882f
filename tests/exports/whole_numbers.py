"""Journeys and customers for engines that wait and add in whole numbers only: rounded up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from engine.conditions import Lookup
from engine.export.vector import Decision, Vector, recording, run_vector
from engine.operations import Assign, Command, Compute, Delay, Listen, Operation, Timeout
from engine.profile import Value
from engine.program import Program


def in_whole_numbers(program: Program, vector: Vector) -> Vector:
    """The vector with whole numbers to wait and to add to, and what the runtime makes of it."""
    whole = set(_waited_for_or_added_to(program))
    rounded = _rounded(program)
    decisions = []
    for one in vector.decisions:
        operation = rounded.nodes[one.node].operation
        timeout = operation.timeout if isinstance(operation, (Command, Listen)) else None
        is_late = timeout is not None and timeout.result == one.result
        changes = {
            "seconds": timeout.seconds if is_late and timeout else one.seconds,
            "attributes": {k: _up(v) if k in whole else v for k, v in one.attributes.items()},
            "hold": None if one.hold is None else math.ceil(one.hold),
        }
        decisions.append(one.model_copy(update=changes))
    known = {k: _up(v) if k in whole else v for k, v in vector.attributes.items()}
    fresh = vector.model_copy(update={"decisions": decisions, "attributes": known})
    # How long holds last follows from when they begin, which rounding has moved.
    computed: list[Decision] = []
    expected = run_vector(recording(rounded, computed), fresh)
    anew = iter(computed)
    told = [next(anew) if _is_computed(rounded, one) else one for one in decisions]
    return fresh.model_copy(update={"decisions": told, "expected": expected})


def _is_computed(program: Program, decision: Decision) -> bool:
    return isinstance(program.nodes[decision.node].operation, Compute)


def _waited_for_or_added_to(program: Program) -> Iterator[str]:
    for node in program.nodes.values():
        match node.operation:
            case Delay(attribute=str(name)):
                yield name
            case Assign(puts=puts):
                yield from (one.attribute for one in puts if one.add is not None)


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
