"""BPMN 2.0 for SpiffWorkflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.export.bpmn.spiff import Spiff
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
                "spiff",
                Severity.INFO,
                "An event that comes before the contact waits for it is refused.",
                "That is how it is simulated, too: only what comes while waiting counts.",
            )


@target(
    "spiff",
    "BPMN 2.0 for SpiffWorkflow",
    Status.EXECUTED,
    "SpiffWorkflow 3.2",
    _losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """One process with embedded sub-processes."""
    return {f"{program.plan.journey.id}.bpmn": bpmn_bytes(program, Spiff(program))}
