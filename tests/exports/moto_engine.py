"""The Step Functions of moto, an interpreter in Python, with time that does not really pass."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from queue import Empty, Queue
from typing import Any

import boto3
import moto
import pytest
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_callback as callback,
)
from moto.stepfunctions.parser.asl.component.state.wait.wait_function import wait_function
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

ROLE = "arn:aws:iam::123456789012:role/runs"
PATIENCE = 60.0
"""Real seconds after which an execution that neither ends nor asks has failed."""


class MotoEngine:
    """Runs one execution after the other."""

    def __init__(self) -> None:
        self._functions: Any = boto3.client("stepfunctions", "us-east-1")
        self._queues: Any = boto3.client("sqs", "us-east-1")
        self._queue = self._queues.create_queue(QueueName="commands")["QueueUrl"]
        self._asked: Queue[float] = Queue()
        self._reported: Queue[bool] = Queue()
        self._seconds = 0.0

    def pass_time(self, seconds: float) -> None:
        """Wait, without really waiting."""
        self._seconds += seconds

    def outcome(self, timeout: float, endpoint: Any) -> Any:
        """What is reported to a task that waits; None once it is too late."""
        self._asked.put(timeout)
        return endpoint.wait(PATIENCE) if self._reported.get(timeout=PATIENCE) else None

    def output(self, machine: str, told: dict[str, Any]) -> Any:
        """What an execution that asks nobody puts out."""
        execution = self._started(machine, told)
        while (ended := self._state_of(execution))["status"] == "RUNNING":
            time.sleep(0.01)
        assert ended["status"] == "SUCCEEDED", (ended.get("error"), ended.get("cause"))
        return json.loads(ended["output"])

    def run(self, machine: str, job: dict[str, Any]) -> dict[str, Any]:
        """What an execution makes of a vector."""
        told = {"entry": job["entry"], "attributes": job["attributes"], "queue": self._queue}
        # The execution runs beside this, and may begin with a wait.
        self._seconds = 0.0
        execution = self._started(machine, told)
        decisions = list(job["decisions"])
        while (ended := self._state_of(execution))["status"] == "RUNNING":
            try:
                timeout = self._asked.get(timeout=0.01)
            except Empty:
                continue
            self._answer(decisions.pop(0), timeout)
        assert not decisions, f"nothing asked for {decisions[0]['node']}"
        assert ended["status"] == "SUCCEEDED", (ended.get("error"), ended.get("cause"))
        return json.loads(ended["output"]) | {
            "id": job["id"],
            "steps": self._entered(execution, json.loads(machine)["States"]),
            "seconds": self._seconds,
        }

    def _started(self, machine: str, told: dict[str, Any]) -> str:
        name = f"journey_{time.monotonic_ns()}"
        made = self._functions.create_state_machine(name=name, definition=machine, roleArn=ROLE)
        started = self._functions.start_execution(
            stateMachineArn=made["stateMachineArn"], input=json.dumps(told)
        )
        return started["executionArn"]

    def _state_of(self, execution: str) -> dict[str, Any]:
        return self._functions.describe_execution(executionArn=execution)

    def _answer(self, decision: dict[str, Any], timeout: float) -> None:
        (message,) = self._queues.receive_message(QueueUrl=self._queue)["Messages"]
        handle = message["ReceiptHandle"]
        self._queues.delete_message(QueueUrl=self._queue, ReceiptHandle=handle)
        body = json.loads(message["Body"])
        step = (body.get("command") or body["listen"])["step"]
        assert decision["node"].partition("-")[0] == step
        if decision["timer"]:
            self._seconds += timeout
            self._reported.put(False)
            return
        self._seconds += decision["seconds"]
        names = ("result", "attributes", "hold")
        answer = {name: decision[name] for name in names if name in decision}
        self._functions.send_task_success(taskToken=body["token"], output=json.dumps(answer))
        self._reported.put(True)

    def _entered(self, execution: str, states: dict[str, Any]) -> list[str]:
        history = self._functions.get_execution_history(executionArn=execution, maxResults=1000)
        assert "nextToken" not in history
        details = [one.get("stateEnteredEventDetails") for one in history["events"]]
        names = [one["name"] for one in details if one]
        ids = [states[name].get("Comment", name) for name in names]
        return [one for one in ids if "-" not in one]


@contextmanager
def moto_engine(patch: pytest.MonkeyPatch) -> Iterator[MotoEngine]:
    """The engine, whose waits are ours until the end of the block."""
    patch.setenv("AWS_ACCESS_KEY_ID", "testing")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    parse = cache(AmazonStateLanguageParser.parse)
    patch.setattr(AmazonStateLanguageParser, "parse", staticmethod(parse))
    with moto.mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        engine = MotoEngine()

        def wait(_: Any, env: Any, wait_seconds: float) -> None:  # noqa: ARG001
            engine.pass_time(wait_seconds)

        def outcome(_: Any, timeout_seconds: float, callback_endpoint: Any) -> Any:
            return engine.outcome(timeout_seconds, callback_endpoint)

        patch.setattr(wait_function.WaitFunction, "_wait_interval", wait)
        task = callback.StateTaskServiceCallback
        patch.setattr(task, "_wait_for_task_token_timeout", outcome)
        yield engine
