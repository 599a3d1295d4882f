"""What the exits of steps are called for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from engine.journey import Journey
from engine.steps.base import Step
from engine.steps.control import SubJourney
from engine.steps.decide import ConditionStep, NextBestAction, Split
from engine.steps.talk import Menu


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def exit_label(step: Step, exit_name: str, journey: Journey) -> str:
    """The name that the designer gave what the exit stands for, or the exit's own in words."""
    given = (one.name for one in _choices(step, journey) if one.id == exit_name)
    return next(given, "") or exit_name.replace("_", " ").strip()


def _choices(step: Step, journey: Journey) -> Iterable[_Named]:
    match step:
        case Menu():
            return step.options
        case ConditionStep():
            return step.branches
        case Split():
            return step.variants
        case NextBestAction():
            return step.candidates
        case SubJourney():
            called = journey.sub_journey(step.journey)
            return called.outcomes if called else ()
    return ()
