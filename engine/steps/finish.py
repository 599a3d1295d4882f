"""How journeys end and what they achieve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from engine.model import Identifier, Money
from engine.next_contact import NextContact
from engine.operations import End, Operation
from engine.short_english import words
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition


class ExitAssumptions(StepAssumptions):
    """What customers do after the contact ended here."""

    next: Annotated[list[NextContact], Field(max_length=20)] = []
    """Later contacts, each for a share of the customers."""

    def later_entries(self) -> tuple[tuple[str, str], ...]:
        """Where they come in."""
        return tuple(("next", later.entry) for later in self.next)


class Exit(Step):
    """The contact ends here."""

    type: Literal["exit"] = "exit"
    title: ClassVar[str] = "Exit"
    group: ClassVar[Group] = Group.FINISH
    help: ClassVar[str] = "The contact ends with this outcome."
    icon: ClassVar[str] = "exit"
    assumptions: ClassVar[AssumptionsType] = ExitAssumptions

    outcome: Identifier = "done"
    """What it is counted as; in a sub-journey, the way on in the calling journey."""
    resolved: bool = True
    """Whether the customer's need is met."""
    value: Money = 0.0
    """What it is worth."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,
    ) -> dict[str, Any]:
        """In a sub-journey an outcome that it declares, if possible one that no exit has yet."""
        if within is None:
            return {}
        declared = [one.id for one in within.outcomes]
        used = {step.outcome for step in within.steps if isinstance(step, Exit)}
        return {"outcome": next((one for one in declared if one not in used), declared[0])}

    def operations(self, journey: Journey) -> tuple[Operation, ...]:  # noqa: ARG002
        """It ends; in a sub-journey the plan goes on in the calling one."""
        return (End(self.outcome, self.resolved, self.value),)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """The outcome."""
        met = "resolved" if self.resolved else "not resolved"
        is_plain = self.outcome == type(self).model_fields["outcome"].default
        return f"outcome · {met if is_plain else words(self.outcome)}"


class Goal(Step):
    """The customer does what we hoped for; the journey may go on."""

    type: Literal["goal"] = "goal"
    title: ClassVar[str] = "Goal"
    group: ClassVar[Group] = Group.FINISH
    help: ClassVar[str] = "Counts customers who get here: a conversion."
    icon: ClassVar[str] = "goal"

    value: Money = 0.0
    """What it is worth."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """One way on."""
        return ("reached",)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """What it is worth."""
        return f"goal · worth {self.value:,.10g}" if self.value else self.type_in_words()
