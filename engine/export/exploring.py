"""Vectors for exits that nobody took in the simulation: failures, timeouts, rare results.

Each follows a known vector up to a step and then gets another report there. What happens after
that is chosen so that as many new exits as possible are taken. Nobody lived it, so these vectors
say what the runtime does; those of simulated customers prove that it does what was simulated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engine.errors import WaylineError
from engine.export.vector import (
    Decision,
    Expected,
    Vector,
    event_of,
    known_values,
    recording,
)
from engine.operations import Command, Compute, Delay, Hold, Listen
from engine.program import Node, Program
from engine.runtime import advance, is_over, start

MOST_STEPS = 300
"""Who has not come to an end by then goes round in circles."""
_SECONDS = 30.0
_Exit = tuple[str, str | None]


def explored(program: Program, vectors: Sequence[Vector]) -> list[Vector]:
    """Vectors that take exits which `vectors` do not, as far as reports decide about them.

    Exits that depend on what is known of the customer are left out.
    """
    taken = {pair for one in vectors for pair in exits_taken(one)}
    found: list[Vector] = []
    while True:
        before = len(found)
        for node, result in _untaken(program, taken):
            if (node.planned.id, _exit_of(program, node, result)) in taken:
                continue
            base = _way_to(node, (*vectors, *found))
            new = None if base is None else _walked(program, base, node, result, taken)
            if new is not None:
                found.append(new.model_copy(update={"id": f"explored/{len(found) + 1}"}))
                taken |= set(exits_taken(new))
        if len(found) == before:
            return found


def exits_taken(vector: Vector) -> Iterator[_Exit]:
    """Each step with the exit by which it was left."""
    return zip(vector.expected.steps, vector.exits, strict=False)


def _untaken(program: Program, taken: set[_Exit]) -> list[tuple[Node, str]]:
    return [
        (node, result)
        for node in program.nodes.values()
        if isinstance(node.operation, (Command, Listen))
        for result in node.operation.results
        if (exit_name := _exit_of(program, node, result)) is not None
        and (node.planned.id, exit_name) not in taken
    ]


def _exit_of(program: Program, node: Node, result: str) -> str | None:
    """The exit that a result leads out by, be it by way of another operation of the step."""
    way = node.operation.results[result]
    if isinstance(way, str):
        return way
    following = program.nodes[node.ways[result] or ""].operation.results.values()
    only = next(iter(following)) if len(following) == 1 else None
    return only if isinstance(only, str) else None


def _way_to(node: Node, vectors: Iterable[Vector]) -> Vector | None:
    """A vector that comes to the node, cut off before what is decided there."""
    for vector in vectors:
        for number, decision in enumerate(vector.decisions):
            if decision.node == node.id:
                return vector.model_copy(update={"decisions": vector.decisions[:number]})
    return None


def _walked(
    program: Program, base: Vector, node: Node, result: str, taken: set[_Exit]
) -> Vector | None:
    """From the base on, with this result at the node; None where that leads to no end."""
    try:
        return _Walk(program, base, taken).to_the_end((node, result))
    except WaylineError:
        # Such as a wait for as long as something that nobody reported says.
        return None


class _Walk:
    def __init__(self, program: Program, base: Vector, taken: set[_Exit]) -> None:
        self._decisions: list[Decision] = []
        self._program = recording(program, self._decisions)
        self._base, self._taken = base, taken
        self._chosen: Counter[tuple[str, str]] = Counter()
        is_computed = {
            name for name, one in program.nodes.items() if isinstance(one.operation, Compute)
        }
        self._left = [one for one in base.decisions if one.node not in is_computed]

    def to_the_end(self, first: tuple[Node, str]) -> Vector | None:
        base = self._base
        state, _ = start(
            self._program, base.attributes, key="explored", at=base.at, entry=base.entry
        )
        steps, exits = list(state["trail"]), list(state["exits"])
        forced: list[tuple[Node, str]] = [first]
        while not is_over(state):
            if len(steps) > MOST_STEPS:
                return None
            node = self._program.nodes[state["node"]]
            decision = None
            if not isinstance(node.operation, (Delay, Hold)):
                decision = self._decided(node, forced)
                self._decisions.append(decision)
            state, _ = advance(self._program, state, event_of(state, node, decision))
            steps += state["trail"]
            exits += state["exits"]
        return Vector(
            id="explored",
            entry=base.entry,
            at=base.at,
            attributes=base.attributes,
            decisions=self._decisions,
            exits=exits,
            expected=Expected(
                steps=steps,
                attributes=known_values(self._program, state["attributes"]),
                seconds=state["at"] - base.at,
                outcome=state["outcome"],
                resolved=state["resolved"],
            ),
        )

    def _decided(self, node: Node, forced: list[tuple[Node, str]]) -> Decision:
        """What the base decided, then what is wanted, then what takes new exits."""
        if self._left:
            return self._left.pop(0)
        if forced:
            return self._decision(node, forced.pop()[1])
        return self._decision(node, self._next(node))

    def _next(self, node: Node) -> str:
        """An exit that nobody took, or the one taken least often on this walk."""

        def worth(result: str) -> tuple[bool, int]:
            way = _exit_of(self._program, node, result)
            is_new = way is not None and (node.planned.id, way) not in self._taken
            return not is_new, self._chosen[node.id, result]

        return min(node.operation.results, key=worth)

    def _decision(self, node: Node, result: str) -> Decision:
        self._chosen[node.id, result] += 1
        timeout = node.timeout
        if timeout is None:
            return Decision(node=node.id, result=result, seconds=_SECONDS)
        is_late = result == timeout.result
        # Whole seconds: not every engine knows others.
        seconds = timeout.seconds if is_late else min(_SECONDS, timeout.seconds // 2)
        return Decision(node=node.id, result=result, seconds=seconds)
