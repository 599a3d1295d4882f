"""Reads an exported Serverless Workflow as the specification says, as far as exports use it.

This is no engine, and proves nothing about one. It proves that the tasks, their expressions and
their order mean what the journey means.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from engine.export.vector import Decision, Expected, Vector
from engine.operations import Command, Listen
from engine.program import Program

jq = pytest.importorskip("jq")

Plain = dict[str, Any]
TIMED_OUT = "https://serverlessworkflow.io/spec/1.0.0/errors/timeout"
IDLE = {"call", "listen"}


class TimedOutError(Exception):
    """The task's own timer went off."""


@cache
def compiled(expression: str) -> Any:
    known = ".context as $context | .workflow as $workflow | .input | "
    return jq.compile(f"{known}({expression})")


class Reader:
    """One contact on its way through a workflow."""

    def __init__(self, program: Program, workflow: Plain, vector: Vector) -> None:
        self._program, self._workflow = program, workflow
        self._decisions = list(vector.decisions)
        given = {"contact": "c1", "entry": vector.entry, "attributes": vector.attributes}
        self._input = {**given, "worker": "https://worker.example"}
        self._context: Any = None
        self._seconds = 0.0
        self.keys: list[str] = []
        self.steps: list[str] = []

    def to_the_end(self) -> Expected:
        output = self._list(self._workflow["do"], self._input)
        assert self._decisions == []
        return Expected(
            steps=self.steps,
            attributes={k: v for k, v in output["attributes"].items() if v is not None},
            seconds=self._seconds,
            outcome=output["outcome"],
            resolved=output["resolved"],
        )

    def _list(self, tasks: list[Plain], data: Any) -> Any:
        """One task after the other, as `then` says, until one leads out of the list."""
        names = [next(iter(one)) for one in tasks]
        assert len(set(names)) == len(names)
        number = 0
        while number < len(tasks):
            task = tasks[number][names[number]]
            if "step" in task.get("metadata", {}):
                self.steps.append(task["metadata"]["step"])
            data, then = self._task(task, data)
            if then == "end":
                return data
            number = number + 1 if then is None else names.index(then)
        return data

    def _task(self, task: Plain, data: Any) -> tuple[Any, str | None]:
        if "switch" in task:
            return data, self._switch(task["switch"], data)
        if "raise" in task:
            raise AssertionError(task["raise"]["error"]["title"])
        output = self._output(task, data)
        if "export" in task:
            self._context = self._value(task["export"]["as"], output)
        return output, task.get("then")

    def _switch(self, items: list[Plain], data: Any) -> str | None:
        for item in items:
            (case,) = item.values()
            held = self._value(case["when"], data) if "when" in case else True
            assert isinstance(held, bool)
            if held:
                return str(case["then"])
        return None

    def _output(self, task: Plain, data: Any) -> Any:
        if "set" in task:
            return self._value(task["set"], data)
        if "wait" in task:
            self._seconds += seconds(task["wait"])
            return data
        if "try" in task:
            return self._try(task, data)
        return self._awaited(task, data)

    def _try(self, task: Plain, data: Any) -> Any:
        try:
            return self._list(task["try"], data)
        except TimedOutError:
            assert task["catch"]["errors"]["with"] == {"type": TIMED_OUT}
            return self._list(task["catch"]["do"], data)

    def _awaited(self, task: Plain, data: Any) -> Any:
        given = self._value(task.get("with", {}), data)
        if "call" in task:
            self.keys.append(given["key"])
            body = self._workflow["use"]["functions"]["command"]["with"]["body"]
            assert self._value(body, given) == given
        if given.get("name") == "wait":
            self._seconds += given["seconds"]
            return {}
        return self._decided(task, given, self._decisions.pop(0))

    def _decided(self, task: Plain, given: Plain, decision: Decision) -> Any:
        node = self._program.nodes[decision.node]
        operation = node.operation
        limit = operation.timeout if isinstance(operation, (Command, Listen)) else None
        if limit is not None and decision.result == limit.result:
            self._seconds += seconds(task["timeout"]["after"])
            raise TimedOutError
        self._seconds += decision.seconds
        if isinstance(operation, Listen):
            assert task["listen"]["to"]["one"]["with"]["type"] == operation.event
            return [{"contact": "c1"}]
        assert given["step"] == node.planned.id
        assert decision.result in given["results"]
        report = {"result": decision.result, "attributes": decision.attributes}
        return report if decision.hold is None else {**report, "hold": decision.hold}

    def _value(self, value: Any, data: Any) -> Any:
        """A value with every expression in it evaluated."""
        if isinstance(value, dict):
            return {key: self._value(one, data) for key, one in value.items()}
        if isinstance(value, list):
            return [self._value(one, data) for one in value]
        if not (isinstance(value, str) and value.startswith("${")):
            return value
        assert value.endswith("}")
        known = {"context": self._context, "workflow": {"input": self._input}, "input": data}
        return compiled(value[2:-1]).input_text(json.dumps(known)).first()


def seconds(duration: dict[str, int]) -> float:
    return duration.get("seconds", 0) + duration.get("milliseconds", 0) / 1000
