"""How much of a journey conformance vectors walk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.export.vector import Vector
from engine.program import Program


def coverage(program: Program, vectors: Sequence[Vector]) -> dict[str, Any]:
    """Steps and exits that are taken, and those that are not: plain JSON values."""
    steps = {step for vector in vectors for step in vector.expected.steps}
    exits = {
        f"{step}.{name}"
        for vector in vectors
        for step, name in zip(vector.expected.steps, vector.exits, strict=False)
    }
    every = [f"{planned.id}.{name}" for planned in program.plan.steps for name in planned.exits]
    missing = [planned.id for planned in program.plan.steps if planned.id not in steps]
    return {
        "format": "wayline/coverage",
        "version": 1,
        "paths": len(vectors),
        "steps": {"all": len(program.plan.steps), "taken": len(steps), "missing": missing},
        "exits": {
            "all": len(every),
            "taken": len(exits),
            "missing": [name for name in every if name not in exits],
        },
    }
