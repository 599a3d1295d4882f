"""What explains the exits of each step type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.plan import Plan
from engine.steps.base import Step
from simulator.watching import Sight


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit with all that is known about it.

    waited: seconds in the queue, None without one.  ahead: how many waited already.
    """

    plan: Plan
    sight: Sight
    waited: float | None = None
    ahead: int | None = None

    @property
    def exit(self) -> str:
        """The exit that was taken."""
        return self.sight.exit

    @property
    def assumed(self) -> Any:
        """The step's assumptions."""
        return self.sight.planned.assumptions

    def label(self, exit_name: str) -> str:
        """What an exit is called."""
        return f"“{self.sight.planned.step.exit_label(exit_name, self.plan.journey)}”"


Because = Callable[[Seen, Any], str]
WhyNot = Callable[[Seen, Any, str], str]
_Function = TypeVar("_Function", Because, WhyNot)

_BECAUSE: dict[type[Step], Because] = {}
_WHY_NOT: dict[type[Step], WhyNot] = {}


def because(*kinds: type[Step]) -> Callable[[Because], Because]:
    """Decorates the function that says why such a step was left by this exit."""
    return lambda function: _registered(_BECAUSE, kinds, function)


def why_not(*kinds: type[Step]) -> Callable[[WhyNot], WhyNot]:
    """Decorates the function that says why such a step was not left by another exit."""
    return lambda function: _registered(_WHY_NOT, kinds, function)


def _registered(
    where: dict[type[Step], _Function], kinds: tuple[type[Step], ...], function: _Function
) -> _Function:
    where.update(dict.fromkeys(kinds, function))
    return function


def reason(seen: Seen) -> str:
    """The reason for the exit that was taken; empty where there is nothing to say."""
    step = seen.sight.planned.step
    say = _BECAUSE.get(type(step))
    return say(seen, step) if say else ""


def other_ways(seen: Seen) -> dict[str, str]:
    """For each exit that was not taken why not."""
    planned = seen.sight.planned
    say = _WHY_NOT.get(type(planned.step))
    return {
        name: (say(seen, planned.step, name) if say else "")
        or f"the step was left by {seen.label(seen.exit)}"
        for name in planned.exits
        if name != seen.exit
    }
