"""BPMN for Camunda 8: FEEL expressions, and job workers that complete with variables.

Attributes are process variables of the same name. A worker completes its job with the attributes
that changed and with `journey__result`, after a computation also `journey__hold`: the seconds that
the wait after it lasts. What is missing is null in FEEL, so nothing need be set before, but
`journey__key`, the contact's own, because messages find their contact by it, and `journey__entry`,
the id of the entry step, where the journey has several entries. For a result that a timer brings
about no job is completed. The process is called `Journey_` and the journey's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.export.bpmn.camunda8 import Camunda8
from engine.export.bpmn.writing import bpmn_bytes
from engine.export.target import Loss, Severity, Status, target
from engine.operations import Listen
from engine.program import Program


def _losses(program: Program) -> Iterator[Loss]:
    for node in program.nodes.values():
        if isinstance(node.operation, Listen):
            yield Loss(
                node.planned.id,
                "event",
                "camunda8",
                Severity.DEGRADED,
                "Zeebe keeps a message for its time to live, so one that came before the contact "
                "waited may still count; in the simulation it does not.",
                "Publish the message with a time to live of 0.",
            )


@target(
    "camunda8",
    "BPMN 2.0 for Camunda 8",
    Status.EXECUTED,
    "bpmn-engine 25.0 with feelin 8.2, which stand in for the Zeebe broker",
    _losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """One process with embedded sub-processes."""
    return {f"{program.plan.journey.id}.bpmn": bpmn_bytes(program, Camunda8(program))}
