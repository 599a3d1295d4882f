"""What charts are drawn on: of a plan, its queues, ways, outcomes, channels and stages.

All of it by the indexes and exit codes that records hold, and made once for all replications.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.calendar import DAY
from engine.plan import CLOSED, Plan
from engine.short_english import words
from engine.steps.finish import Exit
from simulator.charts.milestones import Milestone, milestones
from simulator.charts.segments import Segmentation, segmentations
from simulator.charts.slots import Slots
from simulator.needs import needs
from simulator.splits import UNKNOWN
from simulator.world import exit_codes

UNFINISHED: Final = "unfinished"

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Way:
    """An exit of a planned step, by exit code. target: None if contacts end there."""

    source: int
    exit: str
    target: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How contacts end. step: a planned step at which they do, None where there is none."""

    id: str
    name: str
    step: str | None


class Frame:
    """Of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._names = {step.id: step.name for step in plan.journey.all_steps()}

    def step_name(self, index: int) -> str:
        """A planned step's name, after those of the steps that call its sub-journey."""
        path = self.plan.steps[index].id.split("__")
        return " › ".join(self._names.get(part, part) for part in path)

    @cached_property
    def slots(self) -> Slots:
        """The intervals of the measured time."""
        period = self.plan.assumptions.period
        opening = period.start_day.number * DAY
        return Slots.between(opening + period.warm_up, opening + period.days * DAY)

    # ---- where contacts go and how they end

    @cached_property
    def ways(self) -> list[Way]:
        """By exit code: where it comes from and leads to."""
        return [
            Way(one.index, name, None if target == CLOSED else target)
            for one in self.plan.steps
            for name, target in zip(one.exits or ("",), one.targets or (CLOSED,), strict=True)
        ]

    @cached_property
    def code_steps(self) -> Codes:
        """By exit code: the index of the step that it belongs to."""
        return np.array([way.source for way in self.ways], np.int64)

    @cached_property
    def first_codes(self) -> list[int]:
        """The first exit code of each step."""
        return exit_codes(self.plan)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Every way to end; the last one is to be under way when the run ends."""
        return list(self._outcomes[0].values())

    @cached_property
    def outcome_of(self) -> Codes:
        """By exit code: the number of the outcome with which contacts end by it, or the last."""
        return self._outcomes[1]

    @cached_property
    def _outcomes(self) -> tuple[dict[str, Outcome], Codes]:
        found: dict[str, Outcome] = {}
        numbers, codes = dict[str, int](), []
        for way in self.ways:
            one = self._outcome(way) if way.target is None else None
            if one is not None:
                found.setdefault(one.id, one)
                numbers.setdefault(one.id, len(numbers))
            codes.append(-1 if one is None else numbers[one.id])
        found[UNFINISHED] = Outcome(UNFINISHED, "Unfinished", None)
        # One more, for the code -1 of contacts that ended without an exit.
        return found, np.array([code if code >= 0 else len(found) - 1 for code in [*codes, -1]])

    def _outcome(self, way: Way) -> Outcome:
        planned = self.plan.steps[way.source]
        if isinstance(planned.step, Exit):
            return Outcome(planned.step.outcome, _capital(words(planned.step.outcome)), planned.id)
        name, label = self.step_name(way.source), words(way.exit)
        return Outcome(
            f"{planned.id}.{way.exit}", f"{name}: {label}" if label else name, planned.id
        )

    # ---- who comes

    @cached_property
    def channels(self) -> list[str]:
        """The channels on which contacts come in."""
        return list(dict.fromkeys(self._channels.values()))

    def entry_of(self, channel: str) -> str | None:
        """The first step at which contacts come in on this channel."""
        found = (index for index, own in self._channels.items() if own == channel)
        first = next(found, None)
        return None if first is None else self.plan.steps[first].id

    @cached_property
    def channel_of(self) -> Codes:
        """By step index: the number of the channel of contacts that come in there."""
        numbers = np.zeros(len(self.plan.steps), np.int64)
        for index, channel in self._channels.items():
            numbers[index] = self.channels.index(channel)
        return numbers

    @cached_property
    def _channels(self) -> dict[int, str]:
        found = {}
        for index in self.plan.entries.values():
            channel = self.plan.steps[index].step.contact_channel()
            found[index] = UNKNOWN if channel is None else channel.value
        return found

    @cached_property
    def needs(self) -> list[str]:
        """What customers may want; the last one is for those of whom nobody knows it."""
        return [*needs(self.plan), UNKNOWN]

    @cached_property
    def segmentations(self) -> list[Segmentation]:
        """The attributes of customers by which they are compared."""
        return list(segmentations(self.plan.assumptions))

    # ---- how far they come

    @cached_property
    def milestones(self) -> list[Milestone]:
        """What contacts reach one after the other: stages, or without any the main steps."""
        return milestones(self.plan)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
