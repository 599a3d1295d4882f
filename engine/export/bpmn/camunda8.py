"""BPMN for Camunda 8: FEEL expressions, and job workers that complete with variables.

How it is used, the module of the target says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element as Xml

from engine.export.bpmn.dialect import (
    ENTRY,
    HOLD,
    KEY,
    RESULT,
    Script,
    as_text,
    counter,
    described,
    xml,
)
from engine.export.bpmn.graph import CountedAtMost, Element, Guard, Kind, ResultIs
from engine.export.conditions.feel import feel_condition, feel_value
from engine.export.numbers import duration, plain_number
from engine.operations import Assign, Count, Delay, Put
from engine.program import Program

JOB: Final = "wayline."
"""What the types of jobs begin with; then comes the command's name."""
_PUT: Final = "journey__put"


class Camunda8:
    """The dialect of Camunda 8 (Zeebe)."""

    name = "camunda8"
    namespaces: Mapping[str, str] = {
        "zeebe": "http://camunda.org/schema/zeebe/1.0",
        "modeler": "http://camunda.org/schema/modeler/1.0",
    }
    head: Mapping[str, str] = {
        "modeler:executionPlatform": "Camunda Cloud",
        "modeler:executionPlatformVersion": "8.6.0",
    }
    process: Mapping[str, str] = {}

    def __init__(self, program: Program) -> None:
        self._signals = {entry: program.signals_at(entry) for entry in program.entries}

    def condition(self, guard: Guard) -> str:
        """A FEEL expression."""
        match guard:
            case ResultIs(values=values, of_entry=of_entry):
                name = ENTRY if of_entry else RESULT
                return "=" + " or ".join(f"{name} = {feel_value(value)}" for value in values)
            case CountedAtMost(step=step, most=most):
                return f"={counter(step)} <= {most}"
            case _:
                return f"={feel_condition(guard)}"

    def duration(self, element: Element) -> str:
        """A duration in ISO 8601, or a FEEL expression for one."""
        if element.timer is not None:
            return duration(element.timer.seconds)
        operation = element.node.operation if element.node else None
        if not isinstance(operation, Delay):
            return _computed(HOLD)
        if operation.attribute is None:
            return duration(operation.seconds)
        return _computed(operation.attribute)

    def task(self, element: Element) -> tuple[str, Mapping[str, str]]:  # noqa: ARG002
        """A job is waited for, however long it takes."""
        return "serviceTask", {}

    def script(self, element: Element) -> Script:  # noqa: ARG002
        """The script is among the extensions."""
        return Script({})

    def extension(self, element: Element) -> list[Xml]:
        """The job and what its worker must know, or the script."""
        if element.kind is Kind.SCRIPT:
            return self._script(element)
        if element.kind is not Kind.WORK or element.node is None:
            return []
        known = described(element.node)
        headers = (
            xml("zeebe:header", {"key": name, "value": as_text(value)})
            for name, value in known.items()
            if name != "name"
        )
        return [
            xml("zeebe:taskDefinition", {"type": f"{JOB}{known['name']}", "retries": "3"}),
            xml("zeebe:taskHeaders", None, *headers),
        ]

    def message(self) -> list[Xml]:
        """Messages find their contact by its key."""
        return [xml("zeebe:subscription", {"correlationKey": f"={KEY}"})]

    def _begun(self) -> list[Xml]:
        """What is known of every contact, unless it is given."""
        names = list(next(iter(self._signals.values())))
        entries = [f"p{n}: {self._unless_given(name)}" for n, name in enumerate(names, start=1)]
        outputs = (
            xml("zeebe:output", {"source": f"={_PUT}.p{n}", "target": name})
            for n, name in enumerate(names, start=1)
        )
        script = _evaluated("{" + ", ".join(entries) + "}", _PUT)
        return [script, xml("zeebe:ioMapping", None, *outputs)]

    def _unless_given(self, name: str) -> str:
        values = {entry: feel_value(one[name]) for entry, one in self._signals.items()}
        *others, last = values.items()
        if len(set(values.values())) == 1:
            others = []
        chosen = "".join(f"if {ENTRY} = {feel_value(e)} then {v} else " for e, v in others)
        return f"if {name} = null then ({chosen}{last[1]}) else {name}"

    def _script(self, element: Element) -> list[Xml]:
        if element.begins:
            return self._begun()
        if element.result is not None:
            return [_evaluated(feel_value(element.result), RESULT)]
        operation = element.node.operation if element.node else None
        if isinstance(operation, Count) and element.node:
            name = counter(element.node.id)
            return [_evaluated(f"if {name} = null then 1 else {name} + 1", name)]
        return _assigned(operation.puts) if isinstance(operation, Assign) else []


def _computed(variable: str) -> str:
    """A duration of so many seconds; more than nine digits behind the point are refused."""
    return f'=duration("PT" + string(decimal({variable}, 3)) + "S")'


def _evaluated(expression: str, variable: str) -> Xml:
    return xml("zeebe:script", {"expression": f"={expression}", "resultVariable": variable})


def _assigned(puts: tuple[Put, ...]) -> list[Xml]:
    """A context with an entry an assignment, each seeing those before it; then the variables."""
    entries: list[str] = []
    latest: dict[str, str] = {}
    for number, put in enumerate(puts, start=1):
        name = f"p{number}"
        entries.append(f"{name}: {_put(put, latest)}")
        latest[put.attribute] = name
    outputs = (
        xml("zeebe:output", {"source": f"={_PUT}.{entry}", "target": attribute})
        for attribute, entry in latest.items()
    )
    script = _evaluated("{" + ", ".join(entries) + "}", _PUT)
    return [script, xml("zeebe:ioMapping", None, *outputs)]


def _put(put: Put, latest: Mapping[str, str]) -> str:
    """The new value; what was assigned before in the same step is read from there."""
    if put.add is not None:
        old = latest.get(put.attribute, put.attribute)
        return f"{plain_number(put.add)} + (if {old} instance of number then {old} else 0)"
    if put.copy_of is not None:
        return latest.get(put.copy_of, put.copy_of)
    return feel_value(put.value)
