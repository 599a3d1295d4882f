"""The answers to what orchestrators cannot compute: hours, quiet hours, scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.operations import Compute
from engine.program import Program
from engine.runtime.state import StateError, checked_time


def computed(
    program: Program, node: str, attributes: Mapping[str, Any], at: float
) -> dict[str, Any]:
    """The report that a worker makes of a computed command: `result`, and `hold` in seconds.

    node: as the command and the worker contract call it.  attributes: what is known of the
    customer.  at: now, in seconds since Monday 00:00 (`clock_seconds`).
    Raises StateError for a node at which nothing is computed, and for a time that is none.
    """
    found = program.nodes.get(node)
    if found is None or not isinstance(found.operation, Compute):
        known = (one.id for one in program.nodes.values() if isinstance(one.operation, Compute))
        raise StateError(
            f"at “{node}” nothing is computed",
            mend=f"ask for one of: {', '.join(known) or 'none; this journey computes nothing'}.",
        )
    result, hold = found.operation.compute(attributes.get, checked_time(at, node))
    return {"result": result, "hold": hold}
