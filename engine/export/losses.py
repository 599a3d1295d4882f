"""What no target holds: told for every export, whichever the target."""

from __future__ import annotations

from collections.abc import Iterator

from engine.export.target import Loss, Severity, Target
from engine.operations import Compute
from engine.program import Program
from engine.steps.base import StepAssumptions


def losses_of(program: Program, target: Target) -> list[Loss]:
    """All losses of an export: the target's own and those of every target; the worst first."""
    found = [*target.losses(program), *_common(program, target.name)]
    order = list(Severity)
    return sorted(found, key=lambda one: (order.index(one.severity), one.step, one.feature))


def _common(program: Program, target: str) -> Iterator[Loss]:
    for planned in program.plan.steps:
        for feature, reason, workaround in planned.step.handed_over():
            yield Loss(planned.id, feature, target, Severity.DEGRADED, reason, workaround)
        assumed = type(planned.step).assumptions
        if assumed is not StepAssumptions:
            yield Loss(
                planned.id,
                ", ".join(assumed.model_fields),
                target,
                Severity.INFO,
                "Only simulation needs these assumptions; nothing executes them.",
                "They are in the bundle, under simulation/assumptions.json.",
            )
    for node in program.nodes.values():
        if isinstance(node.operation, Compute):
            yield Loss(
                node.planned.id,
                node.operation.name,
                target,
                Severity.DEGRADED,
                "Orchestrators have no calendars and no scores, so a worker decides it.",
                f"Let a worker answer “{node.operation.name}” with engine.runtime.computed.",
            )
