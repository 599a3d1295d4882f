"""Letting time pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from engine.calendar import TimeOfDay, until_time_of_day
from engine.condition_english import attribute_in_english
from engine.distributions import Distribution, Exponential
from engine.model import AttributeId, Seconds, Share
from engine.operations import (
    DONE,
    Compute,
    Delay,
    Hold,
    Listen,
    Operation,
    Timeout,
    leaving,
)
from engine.short_english import time_in_english
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition


class Wait(Step):
    """The journey pauses, for a duration or until a time."""

    type: Literal["wait"] = "wait"
    title: ClassVar[str] = "Wait"
    group: ClassVar[Group] = Group.TIME
    help: ClassVar[str] = (
        "Waits for a duration, until a time of day, or for an attribute's seconds."
    )
    icon: ClassVar[str] = "wait"
    takes_time: ClassVar[bool] = True
    off_line: ClassVar[bool] = True

    duration: Seconds | None = None
    """Seconds to wait."""
    until: TimeOfDay | None = None
    """Wait until this time of day comes next."""
    attribute: AttributeId | None = None
    """Wait as many seconds as this attribute says."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """An hour."""
        return {"duration": 3600.0}

    @model_validator(mode="after")
    def _one(self) -> Self:
        if [self.duration, self.until, self.attribute].count(None) != 2:
            raise ValueError("a wait needs exactly one of duration, until and attribute")
        return self

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """One way on."""
        return ("done",)

    def operations(self, journey: Journey) -> tuple[Operation, ...]:  # noqa: ARG002
        """Until a time of day: how long that is must be known first."""
        done = leaving(DONE)
        if self.until is None:
            return (Delay(done, self.duration or 0.0, self.attribute),)
        until = self.until
        told = Compute(
            "time_until", {DONE: 1}, lambda _, now: (DONE, until_time_of_day(until, now))
        )
        return told, Hold(done)

    def says(self, journey: Journey) -> str:
        """For how long, or until when."""
        if self.until is not None:
            return f"until {self.until}"
        if self.attribute is not None:
            known = journey.known_attributes()
            return f"as long as {attribute_in_english(self.attribute, known)} says"
        return f"for {time_in_english(self.duration or 0)}"

    def reads(self) -> tuple[str, ...]:
        """The attribute that says how long."""
        return (self.attribute,) if self.attribute else ()

    def wait_bound(self) -> Seconds | None:
        """The wait itself, where the design says it."""
        return self.duration if self.until is None else 86_400


class WaitForEventAssumptions(StepAssumptions):
    """Whether and when the event comes."""

    happens: Share = 0.5
    """Share of customers for whom the event ever happens."""
    delay: Distribution = Exponential(mean=3600)
    """Seconds until it happens, for those for whom it does."""


class WaitForEvent(Step):
    """The journey waits until something happens, but not longer than the timeout."""

    type: Literal["wait_for_event"] = "wait_for_event"
    title: ClassVar[str] = "Wait for event"
    group: ClassVar[Group] = Group.TIME
    help: ClassVar[str] = "Waits for an event: an answer, a payment, a visit."
    icon: ClassVar[str] = "wait_for_event"
    assumptions: ClassVar[AssumptionsType] = WaitForEventAssumptions
    takes_time: ClassVar[bool] = True
    off_line: ClassVar[bool] = True

    event: Annotated[str, Field(min_length=1, max_length=200)]
    """The event's name in the system that reports it."""
    timeout: Seconds | None = None
    """Seconds after which waiting ends."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """Some event, and a day at most."""
        return {"event": "something.happened", "timeout": 86_400.0}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """It happened, or time is up."""
        return ("happened", "timed_out") if self.timeout is not None else ("happened",)

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """Whichever comes first."""
        timeout = None if self.timeout is None else Timeout(self.timeout, "timed_out")
        return (Listen(self.event, leaving(*self.exits(journey)), "happened", timeout),)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """The event, and for how long."""
        return (
            self.event
            if self.timeout is None
            else (f"{self.event} · up to {time_in_english(self.timeout)}")
        )

    def wait_bound(self) -> Seconds | None:
        """The timeout."""
        return self.timeout
