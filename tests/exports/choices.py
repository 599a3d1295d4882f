"""A state machine of conditions, to ask interpreters what they make of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.conditions import Condition
from engine.export.conditions.choice_rules import choice_rule


def choices(conditions: Sequence[Condition]) -> dict[str, Any]:
    """A machine that notes in `held` the number of each condition that holds."""
    states: dict[str, Any] = {"ended": {"Type": "Succeed"}}
    for number, condition in enumerate(conditions):
        following = f"c{number + 1}" if number + 1 < len(conditions) else "ended"
        rule = {**choice_rule(condition), "Next": f"h{number}"}
        states[f"c{number}"] = {"Type": "Choice", "Choices": [rule], "Default": following}
        held = {"Parameters": {"is": True}, "ResultPath": f"$.held.c{number}"}
        states[f"h{number}"] = {"Type": "Pass", **held, "Next": following}
    return {"StartAt": "c0", "States": states}
