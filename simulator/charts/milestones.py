"""What contacts reach one after the other: the stages of the journey, or its main steps."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from engine.plan import CLOSED, Plan
from engine.steps.base import Group

MOST: Final = 12
"""Of steps: more are no overview."""

_MAIN: Final = frozenset({Group.ENTRY, Group.TALK, Group.PEOPLE})
"""What customers notice."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stage, or a step: its planned steps, by index."""

    id: str
    name: str
    steps: tuple[int, ...]
    is_stage: bool


def milestones(plan: Plan) -> list[Milestone]:
    """In the order in which they are meant to be reached."""
    of_stages = [
        Milestone(
            stage.id,
            stage.name,
            tuple(one.index for one in plan.steps if one.step.stage == stage.id),
            is_stage=True,
        )
        for stage in plan.journey.stages
    ]
    found = [one for one in of_stages if one.steps]
    return (
        found
        or [
            Milestone(plan.steps[at].id, plan.steps[at].step.name, (at,), is_stage=False)
            for at in _by_distance(plan)
            if plan.steps[at].step.group in _MAIN
        ][:MOST]
    )


def _by_distance(plan: Plan) -> list[int]:
    """Steps in the order of how few others come before them."""
    todo, seen = deque(plan.entries.values()), dict.fromkeys(plan.entries.values())
    while todo:
        for target in plan.steps[todo.popleft()].targets:
            if target != CLOSED and target not in seen:
                seen[target] = None
                todo.append(target)
    return list(seen)
