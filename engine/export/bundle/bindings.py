"""What must be there before a journey can run: queues, templates, events, systems, secrets."""

from __future__ import annotations

from typing import Any

from engine.fresh_ids import as_identifier
from engine.operations import Listen
from engine.program import Program
from engine.steps.data import SystemAction
from engine.steps.entry import BusinessEvent
from engine.steps.talk import Message


def required_bindings(program: Program) -> dict[str, Any]:
    """Names that the platform must know, as plain JSON values."""
    journey = program.plan.journey
    steps = [planned.step for planned in program.plan.steps]
    listened = (one.operation.event for one in program.nodes.values()
                if isinstance(one.operation, Listen))  # fmt: skip
    entering = (step.event for step in steps if isinstance(step, BusinessEvent))
    templates = (step.template for step in steps if isinstance(step, Message) and step.template)
    systems = sorted({step.system for step in steps if isinstance(step, SystemAction)})
    queues = (planned for planned in program.plan.steps if planned.step.served_by(journey))
    return {
        "queues": [
            {"step": one.id, **{n: list(getattr(one.step, n, ())) for n in ("skills", "teams")}}
            for one in queues
        ],
        "skills": [skill.id for skill in journey.skills],
        "teams": [{"id": team.id, "skills": list(team.skills)} for team in journey.teams],
        "templates": sorted(set(templates)),
        "events": sorted({*listened, *entering}),
        "systems": systems,
        # Names only: no journey and no bundle holds a secret.
        "secrets": [f"{as_identifier(system, 'system')}_credentials" for system in systems],
    }
