"""From a state and an event to the next state and the commands that follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.conditions import compiled
from engine.errors import RunawayError
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
)
from engine.program import Node, Program
from engine.runtime.commands import Commands, keys_of
from engine.runtime.state import (
    State,
    StateError,
    checked,
    checked_time,
    checked_values,
    first_state,
    is_over,
)

MOST_AT_ONCE: Final = 100_000
"""Operations without any waiting: whoever does more goes round in circles."""

Event = Mapping[str, Any]
"""One of

- `{"type": "result", "key": …, "result": …, "attributes": {…}}`: a command was done,
- `{"type": "timer", "key": …}`: a timer went off,
- `{"type": "event", "name": …, "id": …}`: another system reports it, under an id of its own,

each with `"at"`: when, in seconds since Monday 00:00 (`clock_seconds`); if it is left out, the time
of the event before.
"""
_TYPES: Final = ("result", "timer", "event")


def start(
    program: Program,
    attributes: Mapping[str, Any],
    *,
    key: str,
    at: float,
    entry: str | None = None,
) -> tuple[State, list[dict[str, Any]]]:
    """Begin a contact's journey.

    attributes: what is known of the customer; whatever is left out is not.  key: the contact's
    own, of which the commands' keys are made.  at: now, in seconds since Monday 00:00.
    entry: id of the entry step; needed only where there are several.
    Raises StateError for an unknown entry or attribute.
    """
    first = _entry(program, entry)
    known = program.signals_at(first) | checked_values(program, attributes, f"contact {key}")
    state = first_state(program, first, known, key, checked_time(at, key))
    return _Run(program, state).from_node(first)


def advance(program: Program, state: State, event: Event) -> tuple[State, list[dict[str, Any]]]:
    """What follows from an event; `state` itself stays as it is.

    An event that the contact does not wait for, such as a repeated one, changes nothing.
    Raises StateError for a result that the step does not have, an attribute that it does not set
    or that has another type, an event of no known type, and for the state of another journey.
    """
    new = checked(program, state)
    if event.get("type") not in _TYPES:
        raise StateError(
            f"there is no event of the type “{event.get('type')}”",
            where=f"contact {new['key']}",
            mend=f"say one of: {', '.join(_TYPES)}.",
        )
    if is_over(new):
        return state, []
    result = _result(program.nodes[new["node"]], new, event)
    if result is None:
        return state, []
    new["at"] = max(new["at"], checked_time(event.get("at", new["at"]), new["key"]))
    return _Run(program, new).after(result, event)


def _entry(program: Program, entry: str | None) -> str:
    if entry is None and len(program.entries) == 1:
        return program.entries[0]
    if entry not in program.entries:
        raise StateError(
            f"there is no entry “{entry}”" if entry else "the journey has several entries",
            mend=f"say where the contact comes in: {', '.join(program.entries)}.",
        )
    return entry


def _result(node: Node, state: State, event: Event) -> str | None:
    """The result that the event brings about; None if nothing waits for it."""
    operation, keys = node.operation, keys_of(state)
    kind, key = event.get("type"), event.get("key")
    if kind == "timer":
        return _timer_result(operation, keys.timeout if key == keys.timeout else None, key, keys)
    if kind == "event" and isinstance(operation, Listen):
        is_new = event.get("id") is None or event["id"] not in state["events"]
        return operation.happened if is_new and event.get("name") == operation.event else None
    if kind == "result" and key == keys.awaited and isinstance(operation, Command):
        return _reported(node, operation, event)
    return None


def _timer_result(operation: Any, timeout: str | None, key: Any, keys: Any) -> str | None:
    if isinstance(operation, (Delay, Hold)) and key == keys.awaited:
        return next(iter(operation.results))
    if isinstance(operation, (Command, Listen)) and operation.timeout and timeout is not None:
        return operation.timeout.result
    return None


def _reported(node: Node, operation: Command, event: Event) -> str:
    result = event.get("result")
    if not isinstance(result, str) or result not in node.reports:
        raise StateError(
            f"“{operation.name}” has no result “{result}”",
            where=f"step {node.planned.id}",
            mend=f"report one of: {', '.join(node.reports)}.",
        )
    unexpected = set(event.get("attributes") or {}) - set(operation.sets)
    if unexpected:
        raise StateError(
            f"“{operation.name}” does not set {', '.join(sorted(unexpected))}",
            where=f"step {node.planned.id}",
            mend=f"report no others than: {', '.join(operation.sets) or 'none'}.",
        )
    return result


class _Run:
    """Walks from node to node until something has to be waited for."""

    def __init__(self, program: Program, state: State) -> None:
        self._program = program
        self._state = state
        self._commands = Commands(state)
        state["trail"], state["exits"] = [], []

    def after(self, result: str, event: Event) -> tuple[State, list[dict[str, Any]]]:
        """Go on with what the present node was waiting for."""
        node = self._program.nodes[self._state["node"]]
        self._commands.call_off(node, event)
        if event.get("type") == "event" and event.get("id") is not None:
            self._state["events"].append(event["id"])
        if event.get("type") == "result":
            where = f"step {node.planned.id}"
            told = checked_values(self._program, event.get("attributes") or {}, where)
            self._state["attributes"].update(told)
        self._state["awaits"] = None
        return self.from_node(self._left(node, result))

    def from_node(self, name: str | None) -> tuple[State, list[dict[str, Any]]]:
        """Enter the node, and all that follow without waiting."""
        for _ in range(MOST_AT_ONCE):
            if name is None:
                self._commands.end(self._state["node"], None)
                return self._state, self._commands.given
            node = self._program.nodes[name]
            self._state["node"] = name
            if node.is_first:
                self._state["trail"].append(node.planned.id)
            result = self._do(node)
            if result is None:
                return self._state, self._commands.given
            name = self._left(node, result)
        raise RunawayError(
            "the contact goes round in circles without waiting",
            where=f"step {self._state['node']}",
            mend="put a retry loop or a wait into the circle.",
        )

    def _left(self, node: Node, result: str) -> str | None:
        """The node that follows; if the step is left, by which exit is noted."""
        way = node.operation.results[result]
        if isinstance(way, str):
            self._state["exits"].append(way)
        return node.ways[result]

    def _do(self, node: Node) -> str | None:
        """The result of what can be done at once; None if it must be waited for."""
        state, lookup = self._state, self._state["attributes"].get
        match node.operation:
            case Pass(results=results):
                return next(iter(results))
            case Decide(cases=cases, otherwise=otherwise):
                tests = ((name, compiled(when)) for name, when in cases)
                return next((name for name, holds in tests if holds(lookup)), otherwise)
            case Count(most=most, again=again, enough=enough):
                before = state["rounds"].get(node.id, 0)
                state["rounds"][node.id] = before + 1
                return again if before < most else enough
            case Assign(puts=puts, results=results):
                for put in puts:
                    state["attributes"][put.attribute] = put.result(lookup)
                return next(iter(results))
            case Compute(compute=compute):
                result, state["hold"] = compute(lookup, state["at"])
                return result
            case End() as end:
                self._commands.end(node.id, end)
                return None
            case _:
                self._commands.give(node)
                return None
