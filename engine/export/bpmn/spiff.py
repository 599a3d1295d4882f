"""BPMN for SpiffWorkflow: expressions and scripts are Python over the task's data.

How it is used, the module of the target says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element as Xml

from engine.export.bpmn.dialect import ENTRY, HOLD, RESULT, ROUNDS, Script, as_text, described, xml
from engine.export.bpmn.graph import CountedAtMost, Element, Guard, Kind, ResultIs
from engine.export.conditions.python import python_attribute, python_condition, python_value
from engine.export.numbers import duration
from engine.operations import Assign, Count, Delay, Put
from engine.program import Node, Program

ANSWER: Final = "journey__answer"
_TAKE: Final = f"""attributes.update({ANSWER}.get("attributes", {{}}))
{RESULT} = {ANSWER}["result"]
{HOLD} = {ANSWER}.get("hold") or 0"""


class Spiff:
    """The dialect of SpiffWorkflow and SpiffArena."""

    name = "spiff"
    namespaces: Mapping[str, str] = {
        "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core"
    }
    head: Mapping[str, str] = {}
    process: Mapping[str, str] = {}

    def __init__(self, program: Program) -> None:
        self._signals = {entry: program.signals_at(entry) for entry in program.entries}

    def condition(self, guard: Guard) -> str:
        """A Python expression."""
        match guard:
            case ResultIs(values=(value,), of_entry=of_entry):
                return f"{ENTRY if of_entry else RESULT} == {value!r}"
            case ResultIs(values=values):
                return f"{RESULT} in {list(values)!r}"
            case CountedAtMost(step=step, most=most):
                return f"{ROUNDS}[{step!r}] <= {most}"
            case _:
                return python_condition(guard)

    def duration(self, element: Element) -> str:
        """A Python expression for a text in ISO 8601."""
        if element.timer is not None:
            return repr(duration(element.timer.seconds))
        operation = element.node.operation if element.node else None
        if not isinstance(operation, Delay):
            return f'"PT%.6fS" % {HOLD}'
        if operation.attribute is None:
            return repr(duration(operation.seconds))
        return f'"PT%.6fS" % {python_attribute(operation.attribute)}'

    def task(self, element: Element) -> tuple[str, Mapping[str, str]]:
        """A user task where it takes time, else a service task."""
        is_slow = element.node is not None and _takes_time(element.node)
        return ("userTask" if is_slow else "serviceTask"), {}

    def script(self, element: Element) -> Script:
        """Python statements."""
        if element.begins:
            return Script({}, self._begun())
        if element.result is not None:
            return Script({}, f"{RESULT} = {element.result!r}")
        operation = element.node.operation if element.node else None
        if isinstance(operation, Count) and element.node:
            name = element.node.id
            return Script({}, f"{ROUNDS}[{name!r}] = {ROUNDS}.get({name!r}, 0) + 1")
        puts = operation.puts if isinstance(operation, Assign) else ()
        return Script({}, "\n".join(map(_put, puts)))

    def _begun(self) -> str:
        by_entry, only = repr(self._signals), next(iter(self._signals.values()))
        signals = repr(only) if len(self._signals) == 1 else f"{by_entry}[{ENTRY}]"
        return f'attributes = {{**{signals}, **globals().get("attributes", {{}})}}\n{ROUNDS} = {{}}'

    def extension(self, element: Element) -> list[Xml]:
        """What the worker must know, and what becomes of its answer."""
        if element.kind is not Kind.WORK or element.node is None:
            return []
        known = described(element.node)
        after = xml("spiffworkflow:postScript", text=_TAKE)
        if _takes_time(element.node):
            properties = (
                xml("spiffworkflow:property", {"name": name, "value": as_text(value)})
                for name, value in known.items()
            )
            return [xml("spiffworkflow:properties", None, *properties), after]
        parameters = (
            xml("spiffworkflow:parameter", {"id": name, "type": "any", "value": repr(value)})
            for name, value in known.items()
            if name != "name"
        )
        listed = xml("spiffworkflow:parameters", None, *parameters)
        head = {"id": f"wayline/{known['name']}", "resultVariable": ANSWER}
        return [xml("spiffworkflow:serviceTaskOperator", head, listed), after]

    def message(self) -> list[Xml]:
        """Nothing: messages go by their names."""
        return []


def _takes_time(node: Node) -> bool:
    return type(node.planned.step).takes_time


def _put(put: Put) -> str:
    target = f"attributes[{put.attribute!r}]"
    if put.add is not None:
        old = python_attribute(put.attribute)
        return f"{target} = {put.add!r} + ({old} or 0)"
    if put.copy_of is not None:
        return f"{target} = {python_attribute(put.copy_of)}"
    return f"{target} = {python_value(put.value)}"
