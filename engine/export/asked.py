"""What exports ask of others at a node, as plain JSON: the same words in every target."""

from __future__ import annotations

from typing import Any

from engine.operations import Command, Compute, Listen
from engine.program import Node
from engine.runtime.commands import parameters_of


def asked_of(node: Node, operation: Command | Compute) -> dict[str, Any]:
    """A command: who is to do what, with what, and what may be reported.

    sends: attributes that go with it.  sets: attributes that its report may give values to.
    results: what may be reported; what a timer brings about is left out.
    """
    return {
        "step": node.planned.id,
        "name": operation.name,
        "parameters": parameters_of(node.planned.step),
        "sends": list(operation.sends),
        "sets": list(operation.sets) if isinstance(operation, Command) else [],
        "results": node.reports,
    }


def listened_for(node: Node, listen: Listen) -> dict[str, Any]:
    """Which event of another system is waited for."""
    return {"step": node.planned.id, "event": listen.event}
