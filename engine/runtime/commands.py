"""Commands as plain JSON: what somebody has to do, under a key that stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from engine.operations import Command, Delay, End, Hold, Listen
from engine.program import Node
from engine.runtime.state import State, StateError
from engine.steps.base import Step


class Keys(NamedTuple):
    """awaited: of the command that is waited for.  timeout: of the timer that calls it off."""

    awaited: str
    timeout: str


def keys_of(state: State) -> Keys:
    """The keys of what was commanded last."""
    own = f"{state['key']}/{state['commands']}"
    return Keys(own, f"{own}/timeout")


def parameters_of(step: Step) -> dict[str, Any]:
    """What the step's design says beyond what all steps have: plain JSON values by field."""
    own = set(type(step).model_fields) - set(Step.model_fields) - {"type"}
    # Defaults are written out: who reads it need not know them.
    return step.model_dump(mode="json", by_alias=True, include=own, exclude_none=True)


class Commands:
    """The commands that one call gives, in order."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.given: list[dict[str, Any]] = []

    def give(self, node: Node) -> None:
        """Command what the node needs, and wait for it."""
        self._state["commands"] += 1
        keys = keys_of(self._state)
        self._state["awaits"] = keys.awaited
        match node.operation:
            case Command() as command:
                self.given.append(self._command(node, command, keys.awaited))
                self._timeout(node, command, keys)
            case Listen() as listen:
                self._add("listen", keys.awaited, node, event=listen.event)
                self._timeout(node, listen, keys)
            case Delay() as delay:
                self._add("timer", keys.awaited, node, seconds=self._seconds(node, delay))
            case Hold():
                self._add("timer", keys.awaited, node, seconds=self._state["hold"])

    def call_off(self, node: Node, event: Mapping[str, Any]) -> None:
        """One of two was waited for, so the other is no longer."""
        operation, keys = node.operation, keys_of(self._state)
        if isinstance(operation, (Command, Listen)) and operation.timeout is not None:
            other = keys.awaited if event.get("type") == "timer" else keys.timeout
            self._add("cancel", f"{keys.awaited}/cancel", node, cancels=other)

    def end(self, node: str, end: End | None) -> None:
        """The contact's journey is over; without an exit step when it was closed on purpose."""
        state = self._state
        state["status"], state["awaits"] = "ended", None
        if end is not None:
            state["outcome"], state["resolved"], state["value"] = (
                end.outcome,
                end.resolved,
                end.value,
            )
        self.given.append(
            {
                "type": "end",
                "key": f"{state['key']}/end",
                "step": node,
                **{name: state[name] for name in ("outcome", "resolved", "value")},
            }
        )

    def _command(self, node: Node, command: Command, key: str) -> dict[str, Any]:
        attributes = self._state["attributes"]
        return {
            "type": "command",
            "key": key,
            "step": node.planned.id,
            "name": command.name,
            "parameters": parameters_of(node.planned.step),
            "attributes": {name: attributes.get(name) for name in command.sends},
            "results": node.reports,
            "sets": list(command.sets),
        }

    def _timeout(self, node: Node, operation: Command | Listen, keys: Keys) -> None:
        if operation.timeout is not None:
            self._add("timer", keys.timeout, node, seconds=operation.timeout.seconds)

    def _seconds(self, node: Node, delay: Delay) -> float:
        if delay.attribute is None:
            return delay.seconds
        seconds = self._state["attributes"].get(delay.attribute)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds < 0:
            raise StateError(
                f"the wait should last “{delay.attribute}” seconds, but that is {seconds!r}",
                where=f"step {node.planned.id}",
                mend="make sure that it is a number, 0 or more, on every way to this step.",
            )
        return float(seconds)

    def _add(self, kind: str, key: str, node: Node, **more: Any) -> None:
        self.given.append({"type": kind, "key": key, "step": node.planned.id, **more})
