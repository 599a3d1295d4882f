"""BPMN for Camunda 7 and its descendants: JUEL expressions and external tasks.

How it is used, the module of the target says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element as Xml

from engine.export.bpmn.building import START
from engine.export.bpmn.dialect import (
    ENTRY,
    HOLD,
    RESULT,
    Script,
    as_text,
    counter,
    described,
    xml,
)
from engine.export.bpmn.graph import CountedAtMost, Element, Guard, Kind, ResultIs
from engine.export.conditions.juel import juel_condition, juel_value
from engine.export.numbers import duration, plain_number
from engine.operations import Assign, Count, Delay, Put
from engine.program import Program

JOB: Final = "wayline."
"""What the topics of external tasks begin with; then comes the command's name."""


class Camunda7:
    """The dialect of Camunda 7."""

    name = "camunda7"
    namespaces: Mapping[str, str] = {
        "camunda": "http://camunda.org/schema/1.0/bpmn",
        "modeler": "http://camunda.org/schema/modeler/1.0",
    }
    head: Mapping[str, str] = {
        "modeler:executionPlatform": "Camunda Platform",
        "modeler:executionPlatformVersion": "7.21.0",
    }
    # Without it the engine refuses the deployment; it is the engine's own suggestion.
    process: Mapping[str, str] = {"camunda:historyTimeToLive": "P180D"}

    def __init__(self, program: Program) -> None:
        counted = (
            counter(node.id) for node in program.nodes.values() if isinstance(node.operation, Count)
        )
        self._signals = {entry: program.signals_at(entry) for entry in program.entries}
        self._variables = (*program.attributes, *counted, RESULT, HOLD)

    def condition(self, guard: Guard) -> str:
        """A JUEL expression."""
        match guard:
            case ResultIs(values=values, of_entry=of_entry):
                name = ENTRY if of_entry else RESULT
                return "${" + " || ".join(f"{name} == {juel_value(one)}" for one in values) + "}"
            case CountedAtMost(step=step, most=most):
                return f"${{{counter(step)} <= {most}}}"
            case _:
                return f"${{{juel_condition(guard)}}}"

    def duration(self, element: Element) -> str:
        """A duration in ISO 8601; what a variable says in whole seconds, as no exponent may be."""
        if element.timer is not None:
            return duration(element.timer.seconds)
        operation = element.node.operation if element.node else None
        if not isinstance(operation, Delay):
            return f"PT${{{HOLD}.longValue()}}S"
        if operation.attribute is None:
            return duration(operation.seconds)
        return f"PT${{{operation.attribute}.longValue()}}S"

    def task(self, element: Element) -> tuple[str, Mapping[str, str]]:
        """An external task: its worker asks for it."""
        name = described(element.node)["name"] if element.node else ""
        return "serviceTask", {"camunda:type": "external", "camunda:topic": f"{JOB}{name}"}

    def script(self, element: Element) -> Script:
        """A service task whose expression is the value; it needs no script engine."""
        if element.result is not None:
            return _evaluated(juel_value(element.result), RESULT)
        operation = element.node.operation if element.node else None
        if isinstance(operation, Count) and element.node:
            name = counter(element.node.id)
            return _evaluated(f"{name} == null ? 1 : {name} + 1", name)
        return Script({"camunda:expression": "${true}"}, tag="serviceTask")

    def extension(self, element: Element) -> list[Xml]:
        """What a worker must know, the assignments, or the variables that must be there."""
        if element.begins:
            return [xml("camunda:inputOutput", None, *self._begun())]
        if element.id == START:
            return [self._listener(name) for name in self._variables]
        operation = element.node.operation if element.node else None
        if element.kind is Kind.SCRIPT and isinstance(operation, Assign):
            outputs = (
                xml("camunda:outputParameter", {"name": put.attribute}, text=f"${{{_put(put)}}}")
                for put in operation.puts
            )
            return [xml("camunda:inputOutput", None, *outputs)]
        if element.kind is not Kind.WORK or element.node is None:
            return []
        properties = (
            xml("camunda:property", {"name": name, "value": as_text(value)})
            for name, value in described(element.node).items()
        )
        return [xml("camunda:properties", None, *properties)]

    def message(self) -> list[Xml]:
        """Nothing: messages are correlated by the business key."""
        return []

    def _begun(self) -> Iterator[Xml]:
        """What is known of every contact, unless it is given."""
        for name in next(iter(self._signals.values())):
            values = {entry: juel_value(one[name]) for entry, one in self._signals.items()}
            *others, last = values.items()
            if len(set(values.values())) == 1:
                others = []
            chosen = "".join(f"{ENTRY} == {juel_value(e)} ? {v} : " for e, v in others)
            text = f"${{{name} == null ? ({chosen}{last[1]}) : {name}}}"
            yield xml("camunda:outputParameter", {"name": name}, text=text)

    def _listener(self, name: str) -> Xml:
        """A variable that is not there is null, one that is stays as it is."""
        kept = f"${{execution.setVariable('{name}', execution.getVariable('{name}'))}}"
        return xml("camunda:executionListener", {"event": "start", "expression": kept})


def _evaluated(expression: str, variable: str) -> Script:
    named = {"camunda:expression": f"${{{expression}}}", "camunda:resultVariable": variable}
    return Script(named, tag="serviceTask")


def _put(put: Put) -> str:
    if put.add is not None:
        return f"{plain_number(put.add)} + ({put.attribute} == null ? 0 : {put.attribute})"
    return put.copy_of if put.copy_of is not None else juel_value(put.value)
