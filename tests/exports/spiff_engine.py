"""SpiffWorkflow with a clock of its own: runs an exported file along a vector's decisions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.export.vector import Decision, Expected, Vector
from engine.operations import End, Listen
from engine.program import Node, Program

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
ANSWER = "journey__answer"


class _Clock(datetime):
    """What the engine takes for the time."""

    at = BEGAN

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return cls.at.astimezone(tz) if tz else cls.at


timer.datetime = _Clock


class SpiffFile:
    """One exported file, read once."""

    def __init__(self, program: Program, content: bytes) -> None:
        parser = SpiffBpmnParser()
        parser.add_bpmn_str(content)
        name = f"Journey_{program.plan.journey.id}"
        self.program = program
        self._spec = parser.get_spec(name)
        self._inside = parser.get_subprocess_specs(name)

    def run(self, vector: Vector) -> Expected:
        """What the engine makes of the vector."""
        return _Run(self.program, vector, self._spec, self._inside).to_the_end()


class _Services(TaskDataEnvironment):
    """Answers service tasks at once from the decisions."""

    def __init__(self, run: _Run) -> None:
        super().__init__({})
        self._run = run

    def call_service(self, _task: Any, **called: Any) -> str:
        node = called["operation_params"]["node"]["value"]
        return json.dumps(self._run.answer(self._run.next_decision(node)))


class _Run:
    def __init__(self, program: Program, vector: Vector, spec: Any, inside: Any) -> None:
        _Clock.at = BEGAN
        self._program, self._vector = program, vector
        self._decisions = list(vector.decisions)
        self._steps: list[str] = []
        self._seen: set[Any] = set()
        self._last = ""
        engine = PythonScriptEngine(environment=_Services(self))
        self._workflow = BpmnWorkflow(spec, inside, script_engine=engine)
        self._workflow.task_tree.set_data(
            attributes={**vector.attributes},
            journey__entry=vector.entry,
        )

    def to_the_end(self) -> Expected:
        workflow = self._workflow
        while True:
            workflow.do_engine_steps(did_complete_task=self._completed)
            if workflow.is_completed():
                break
            self._wait()
        assert self._decisions == []
        node = self._program.nodes.get(self._last)
        end = node.operation if node else None
        known = workflow.last_task.data["attributes"]
        return Expected(
            steps=self._steps,
            attributes={k: v for k, v in known.items() if v is not None},
            seconds=(_Clock.at - BEGAN).total_seconds(),
            outcome=end.outcome if isinstance(end, End) else None,
            resolved=end.resolved if isinstance(end, End) else None,
        )

    def next_decision(self, node: str) -> Decision:
        assert self._decisions, f"nothing is decided at {node}"
        decision = self._decisions.pop(0)
        assert decision.node == node
        return decision

    def answer(self, decision: Decision) -> dict[str, Any]:
        """What a worker answers, after the time that it took."""
        _Clock.at += timedelta(seconds=decision.seconds)
        told = {"result": decision.result, "attributes": decision.attributes}
        return told if decision.hold is None else {**told, "hold": decision.hold}

    def _completed(self, task: Any) -> None:
        name = task.task_spec.bpmn_id
        if name is None or task.task_spec.manual:
            return
        self._last = name
        if name.endswith("-start"):
            self._steps.append(name.removesuffix("-start"))
        elif self._is_step(name) and not task.task_spec.__class__.__name__.startswith("SubWork"):
            self._steps.append(name)

    def _is_step(self, name: str) -> bool:
        return name in self._program.nodes and self._program.nodes[name].is_first

    def _wait(self) -> None:
        """Somebody works on a task, or an event or a timer is waited for."""
        ready = self._workflow.get_tasks(state=TaskState.READY, manual=True)
        if ready:
            self._work(ready[0])
            return
        waiting = self._workflow.get_tasks(state=TaskState.WAITING)
        races = [task for task in waiting if task.task_spec.bpmn_id in self._program.nodes]
        node = self._program.nodes[races[0].task_spec.bpmn_id]
        if isinstance(node.operation, Listen) and not self._is_late(node):
            decision = self.next_decision(node.id)
            _Clock.at += timedelta(seconds=decision.seconds)
            event = MessageEventDefinition(node.operation.event)
            self._workflow.send_event(BpmnEvent(event, payload={}))
            return
        self._let_timer_go_off()

    def _work(self, task: Any) -> None:
        node = self._program.nodes[task.task_spec.bpmn_id]
        if node.is_first:
            self._steps.append(node.id)
        if self._is_late(node):
            self._let_timer_go_off()
            return
        task.data[ANSWER] = self.answer(self.next_decision(node.id))
        task.run()

    def _is_late(self, node: Node) -> bool:
        """Whether the decision is to do nothing until the timer goes off; it is taken then."""
        timeout = getattr(node.operation, "timeout", None)
        if timeout is None or self._decisions[0].result != timeout.result:
            return False
        self.next_decision(node.id)
        return True

    def _let_timer_go_off(self) -> None:
        waiting = self._workflow.get_tasks(state=TaskState.WAITING)
        values = [task.internal_data.get("event_value") for task in waiting]
        due = min(datetime.fromisoformat(value) for value in values if value)
        due = max(_Clock.at, due)
        # A timer goes off after its time, not at it.
        _Clock.at = due + timedelta(microseconds=1)
        self._workflow.refresh_timers()
        _Clock.at = due
