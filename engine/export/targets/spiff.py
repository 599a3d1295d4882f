"""BPMN for SpiffWorkflow: expressions and scripts are Python over the task's data.

The workflow's data begin as `{"attributes": {…}}`, with what is known of the customer, and with
`"journey__entry"`, the id of the entry step, where the journey has several entries. What takes time
is a user task, because service tasks are called on the spot and no timer on them could go off: its
extensions say what is to be done, and its data get `journey__answer` before it is run. A service
task's `call_service` gives the same as JSON text; its parameters come as `{"value": …, "type": …}`.
An answer is `{"result": …, "attributes": {…}, "hold": …}`: attributes that changed, and of what is
computed the seconds that the wait after it lasts. For a result that a timer brings about nothing is
answered. The process is called `Journey_` and the journey's id.
"""

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
