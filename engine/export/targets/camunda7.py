"""BPMN for Camunda 7 and its descendants: JUEL expressions and external tasks.

Attributes are process variables. A worker completes its external task with those that changed and
with `journey__result`, after a computation also `journey__hold`: the seconds that the wait after
it lasts. An unknown variable is an error in JUEL, so the first element sets all that are not there
to null. Where the journey has several entries `journey__entry` says which: the entry step's id.
The process is called `Journey_` and the journey's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.export.bpmn.camunda7 import Camunda7
from engine.export.bpmn.writing import bpmn_bytes
from engine.export.target import Loss, Severity, Status, target
from engine.program import Program


def _losses(program: Program) -> Iterator[Loss]:
    yield Loss(
        "",
        "execution",
        "camunda7",
        Severity.INFO,
        f"“{program.plan.journey.name}” was not run in Camunda 7: there is no engine of it in our "
        "tests.",
        "Run the bundle's conformance vectors in your own engine before you rely on it.",
    )


@target(
    "camunda7",
    "BPMN 2.0 for Camunda 7",
    Status.LINTED,
    "bpmnlint 11 with the rules of Camunda 7, and the BPMN schema",
    _losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """One process with embedded sub-processes."""
    return {f"{program.plan.journey.id}.bpmn": bpmn_bytes(program, Camunda7(program))}
