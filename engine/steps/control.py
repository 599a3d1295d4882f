"""Loops, and journeys within journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from engine.conditions import Literal_
from engine.model import AttributeId, Identifier, SubJourneyId
from engine.operations import Assign, Count, Operation, Put, leaving
from engine.short_english import counted, name_of, words
from engine.steps.base import Group, Step

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition


class RetryLoop(Step):
    """Lets a customer come round again, but only so often."""

    type: Literal["retry_loop"] = "retry_loop"
    title: ClassVar[str] = "Retry loop"
    group: ClassVar[Group] = Group.CONTROL
    help: ClassVar[str] = "Goes back for another try until the tries are used up."
    icon: ClassVar[str] = "retry_loop"
    bounded: ClassVar[bool] = True

    max: Annotated[int, Field(ge=1, le=1000)] = 3
    """How often a contact may go round again."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Once more, or enough."""
        return ("again", "done")

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How often."""
        return f"up to {counted(self.max, 'more round')}"

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """Counted."""
        return (Count(self.max, "again", "done", leaving(*self.exits(journey))),)

    def choose(self, rounds: int) -> str:
        """The exit for a contact that has gone round `rounds` times."""
        return "again" if rounds < self.max else "done"


class SubJourney(Step):
    """Another journey of this document takes place here."""

    type: Literal["sub_journey"] = "sub_journey"
    title: ClassVar[str] = "Sub-journey"
    group: ClassVar[Group] = Group.CONTROL
    help: ClassVar[str] = "Runs a sub-journey and goes on by its outcome."
    icon: ClassVar[str] = "sub_journey"

    journey: SubJourneyId
    """Which sub-journey."""
    inputs: dict[Identifier, AttributeId] = {}
    """For each of its inputs the attribute that it gets its value from."""
    constants: dict[Identifier, Literal_] = {}
    """For each of its other inputs a fixed value."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,
    ) -> dict[str, Any]:
        """The first sub-journey that does not lead back to the one that it would be in."""
        others = (sub.id for sub in journey.sub_journeys if not journey.leads_to(sub, within))
        return {"journey": next(others, "sub_journey")}

    def exits(self, journey: Journey) -> tuple[str, ...]:
        """The sub-journey's outcomes."""
        called = journey.sub_journey(self.journey)
        return () if called is None else tuple(outcome.id for outcome in called.outcomes)

    def operations(self, journey: Journey) -> tuple[Operation, ...]:  # noqa: ARG002
        """The inputs are handed over; the plan goes on at the sub-journey's first step."""
        constants = [Put(name, value=value) for name, value in self.constants.items()]
        inputs = [Put(name, copy_of=source) for name, source in self.inputs.items()]
        return (Assign((*constants, *inputs), leaving("start"), into=True),)

    def says(self, journey: Journey) -> str:
        """Which sub-journey."""
        return name_of(journey.sub_journeys, self.journey)

    def exit_label(self, exit_name: str, journey: Journey) -> str:
        """The outcome's name."""
        called = journey.sub_journey(self.journey)
        return words(exit_name) if called is None else name_of(called.outcomes, exit_name)

    def calls(self) -> str | None:
        """Which sub-journey."""
        return self.journey

    def reads(self) -> tuple[str, ...]:
        """What is handed over."""
        return tuple(self.inputs.values())
