"""A conformance vector: one contact, what others reported to it, and the way it must take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, Protocol

from engine.conditions import Lookup
from engine.errors import WaylineError
from engine.model import Model
from engine.operations import Command, Compute, Delay, Hold, Listen
from engine.profile import Value
from engine.program import Node, Program
from engine.runtime import advance, is_over, start
from engine.runtime.state import State

CLOSE: Final = 1e-6
"""Seconds that do not count, because sums of seconds are rounded."""


class Decision(Model):
    """What somebody else reported, or a worker computed, when the contact was at a node.

    node: id of the operation: the step's, or with a number behind it.  seconds: how long after the
    node was entered.  attributes: those that changed.  hold: of what is computed, seconds that the
    wait after it lasts.
    Where the result is that of a timeout, nobody reports anything until the timer goes off.
    """

    node: str
    result: str
    seconds: float = 0.0
    attributes: dict[str, Value | None] = {}
    hold: float | None = None


class Expected(Model):
    """The steps that are entered, in order, and what is so at the end; seconds: from the start."""

    steps: list[str]
    attributes: dict[str, Value]
    seconds: float
    outcome: str | None
    resolved: bool | None


class Vector(Model):
    """One contact: what it begins with, what others report to it, and what must come of it.

    id: number and contact of a simulated customer; explored/…: lived by nobody, made to take an
    exit that nobody took.  entry: id of the entry step.  at: when it begins, seconds since Monday
    00:00.  attributes: what is given; channel, contact_number and waited are only there where they
    are not what every contact begins with.

    exits: by which the expected steps are left, in order; the last may end without one.
    """

    id: str
    entry: str
    at: float
    attributes: dict[str, Value]
    decisions: list[Decision]
    exits: list[str] = []
    expected: Expected


class Visited(Protocol):
    """One visit to a step by somebody who lived it; times in seconds, exit "" at the end."""

    @property
    def step(self) -> str: ...  # noqa: D102
    @property
    def exit(self) -> str: ...  # noqa: D102
    @property
    def entered(self) -> float: ...  # noqa: D102
    @property
    def left(self) -> float: ...  # noqa: D102
    @property
    def values(self) -> Mapping[str, Value | None]: ...  # noqa: D102


class ConformanceError(WaylineError):
    """Two runs of the same customer that are not the same."""


def made_vector(name: str, program: Program, visits: Sequence[Visited]) -> Vector:
    """The vector of a contact that was lived to its end; ConformanceError if the runtime differs.

    The lived visits say what is decided outside; that the runtime goes the same way with it is
    what is proved here.
    """
    lived = _Lived(program, visits)
    lived.to_the_end(name)
    return Vector(
        id=name,
        entry=visits[0].step,
        at=visits[0].entered,
        attributes=_given(program, visits[0]),
        decisions=lived.decisions,
        exits=[visit.exit for visit in visits if visit.exit],
        expected=Expected(
            steps=[visit.step for visit in visits],
            attributes=known_values(program, visits[-1].values),
            seconds=visits[-1].left - visits[0].entered,
            outcome=lived.state["outcome"],
            resolved=lived.state["resolved"],
        ),
    )


def _given(program: Program, first: Visited) -> dict[str, Value]:
    """What is known at the beginning, without what is known of every contact."""
    signals = program.signals_at(first.step)
    return {
        name: value
        for name, value in known_values(program, first.values).items()
        if name not in signals or signals[name] != value
    }


def run_vector(program: Program, vector: Vector) -> Expected:
    """What the runtime makes of a vector's decisions; ConformanceError if they do not fit it."""
    state, _ = start(program, vector.attributes, key=vector.id, at=vector.at, entry=vector.entry)
    steps = list(state["trail"])
    computed = [one for one in vector.decisions if _is_computed(program, one)]
    left = [one for one in vector.decisions if one not in computed]
    while not is_over(state):
        node = program.nodes[state["node"]]
        decision = None if isinstance(node.operation, (Delay, Hold)) else _next(left, node)
        state, _ = advance(program, state, event_of(state, node, decision))
        steps += state["trail"]
    if left:
        raise ConformanceError(f"nothing asked for the decision at “{left[0].node}”")
    return Expected(
        steps=steps,
        attributes=known_values(program, state["attributes"]),
        seconds=state["at"] - vector.at,
        outcome=state["outcome"],
        resolved=state["resolved"],
    )


def differences(expected: Expected, seen: Expected, tolerance: float = CLOSE) -> list[str]:
    """In which ways two runs of a vector differ, in words; empty if they are the same."""
    found = []
    if expected.steps != seen.steps:
        found.append(f"steps: {_first_difference(expected.steps, seen.steps)}")
    if expected.attributes != seen.attributes:
        found.append(f"attributes: {expected.attributes} expected, {seen.attributes} seen")
    if not math.isclose(expected.seconds, seen.seconds, rel_tol=1e-9, abs_tol=tolerance):
        found.append(f"seconds: {expected.seconds} expected, {seen.seconds} seen")
    if (expected.outcome, expected.resolved) != (seen.outcome, seen.resolved):
        found.append(f"outcome: {expected.outcome} expected, {seen.outcome} seen")
    return found


def _first_difference(expected: Sequence[str], seen: Sequence[str]) -> str:
    pairs = enumerate(zip(expected, seen, strict=False))
    at = next((n for n, (one, other) in pairs if one != other), min(len(expected), len(seen)))
    names = [list(path)[at : at + 1] for path in (expected, seen)]
    return f"number {at + 1} is {names[0] or 'none'} expected, {names[1] or 'none'} seen"


def known_values(program: Program, values: Mapping[str, Value | None]) -> dict[str, Value]:
    """The values of what the journey has a name for, without what is missing."""
    return {
        name: value
        for name, value in values.items()
        if name in program.attributes and value is not None
    }


def _is_computed(program: Program, decision: Decision) -> bool:
    node = program.nodes.get(decision.node)
    return node is not None and isinstance(node.operation, Compute)


def event_of(state: State, node: Node, decision: Decision | None) -> dict[str, Any]:
    """What happens next: what was decided, or else the timer goes off."""
    if decision is not None:
        at = state["at"] + decision.seconds
        timeout = node.timeout
        if timeout is not None and decision.result == timeout.result:
            return {"type": "timer", "key": f"{state['awaits']}/timeout", "at": at}
        if isinstance(node.operation, Listen):
            return {"type": "event", "name": node.operation.event, "at": at}
        return {
            "type": "result",
            "key": state["awaits"],
            "result": decision.result,
            "attributes": decision.attributes,
            "at": at,
        }
    match node.operation:
        case Delay() as delay:
            named = delay.attribute
            seconds = delay.seconds if named is None else float(state["attributes"][named])
        case Hold():
            seconds = state["hold"]
        case _:
            raise ConformanceError(f"at “{node.id}” nothing is waited for")
    return {"type": "timer", "key": state["awaits"], "at": state["at"] + seconds}


def _next(left: list[Decision], node: Node) -> Decision:
    if not left or left[0].node != node.id:
        raise ConformanceError(f"nothing is decided at “{node.id}”, where something must be")
    return left.pop(0)


class _Lived:
    """Leads the runtime along the visits, and takes down what was decided on the way."""

    def __init__(self, program: Program, visits: Sequence[Visited]) -> None:
        self.decisions: list[Decision] = []
        self._program = recording(program, self.decisions)
        self._visits = visits
        first = visits[0]
        self.state, _ = start(
            self._program,
            known_values(program, first.values),
            key="lived",
            at=first.entered,
            entry=first.step,
        )
        self._steps, self._exits = list(self.state["trail"]), list(self.state["exits"])

    def to_the_end(self, name: str) -> None:
        """Until the runtime says that it is over."""
        while not is_over(self.state):
            if len(self._steps) > len(self._visits):
                break
            node = self._program.nodes[self.state["node"]]
            visit = self._visits[len(self._steps) - 1]
            if visit.step != node.planned.id:
                break
            decision = self._decided(node, visit)
            if decision is not None:
                self.decisions.append(decision)
            event = event_of(self.state, node, decision)
            self.state, _ = advance(self._program, self.state, event)
            self._steps += self.state["trail"]
            self._exits += self.state["exits"]
        self._compare(name)

    def _compare(self, name: str) -> None:
        known, last = self._program, self._visits[-1]
        lived = [visit.step for visit in self._visits]
        if lived != self._steps:
            raise ConformanceError(
                f"steps: {_first_difference(lived, self._steps)}", where=f"vector {name}"
            )
        exits = [visit.exit for visit in self._visits if visit.exit]
        if exits != self._exits:
            raise ConformanceError(
                f"exits: {_first_difference(exits, self._exits)}", where=f"vector {name}"
            )
        values, reached = (
            known_values(known, last.values),
            known_values(known, self.state["attributes"]),
        )
        if values != reached:
            changed = {k for k in {*values, *reached} if values.get(k) != reached.get(k)}
            raise ConformanceError(
                f"attributes that differ: {', '.join(sorted(changed))}", where=f"vector {name}"
            )
        if abs(self.state["at"] - last.left) > CLOSE:
            raise ConformanceError(
                f"it ends at {last.left} s, but the runtime at {self.state['at']} s",
                where=f"vector {name}",
            )

    def _decided(self, node: Node, visit: Visited) -> Decision | None:
        """What was reported at the node; None where it was a timer that went off."""
        operation, now = node.operation, self.state["at"]
        if not isinstance(operation, (Command, Listen)):
            return None
        timeout, results = operation.timeout, operation.results
        if timeout is not None and visit.exit == timeout.result:
            return Decision(node=node.id, result=timeout.result, seconds=timeout.seconds)
        learned = self._learned(operation, visit) if isinstance(operation, Command) else {}
        if visit.exit in results.values():
            return _decision(node, visit.exit, visit.left - now, learned)
        # The step goes on with another operation once the customer's wait is over.
        onward = next(
            result
            for result, way in results.items()
            if isinstance(way, int) and (timeout is None or result != timeout.result)
        )
        waited = float(visit.values.get("waited") or 0.0)
        seconds = waited - float(self.state["attributes"].get("waited") or 0.0)
        return _decision(node, onward, seconds, learned)

    def _learned(self, operation: Command, visit: Visited) -> dict[str, Value | None]:
        before = self.state["attributes"]
        return {
            name: visit.values.get(name)
            for name in operation.sets
            if visit.values.get(name) != before.get(name)
        }


def recording(program: Program, into: list[Decision]) -> Program:
    """The program with every computation written down as a decision."""
    nodes = {
        name: replace(node, operation=_recorded(node, node.operation, into))
        if isinstance(node.operation, Compute)
        else node
        for name, node in program.nodes.items()
    }
    return replace(program, nodes=MappingProxyType(nodes))


def _recorded(node: Node, operation: Compute, into: list[Decision]) -> Compute:
    compute = operation.compute

    def record(lookup: Lookup, time: float) -> tuple[str, float]:
        result, hold = compute(lookup, time)
        into.append(Decision(node=node.id, result=result, hold=hold))
        return result, hold

    return replace(operation, compute=record)


def _decision(
    node: Node, result: str, seconds: float, attributes: dict[str, Value | None]
) -> Decision:
    return Decision(node=node.id, result=result, seconds=max(0.0, seconds), attributes=attributes)
