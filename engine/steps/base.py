"""What every step type declares about itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self

from pydantic import Field

from engine.model import Identifier, Model, Name, Note, Seconds, StageId
from engine.operations import Command, Operation, leaving
from engine.profile import Channel
from engine.short_english import shortened, words

if TYPE_CHECKING:
    from engine.conditions import Condition
    from engine.journey import Journey, SubJourneyDefinition, Team


LONGEST_SUMMARY: Final = 60


class Group(StrEnum):
    """How the palette groups the step types."""

    ENTRY = "entry"
    TALK = "talk"
    DECIDE = "decide"
    PEOPLE = "people"
    TIME = "time"
    GUARD = "guard"
    DATA = "data"
    CONTROL = "control"
    FINISH = "finish"


class StepAssumptions(Model):
    """Numbers about a step that only simulation needs; never exported as executable."""

    def later_entries(self) -> tuple[tuple[str, str], ...]:
        """Entries at which customers of the step come in again: the field that says so, the id."""
        return ()


# A name of its own, because in the step classes `type` is a field.
AssumptionsType = type[StepAssumptions]


class Step(Model):
    """One step of a journey: its design fields. Subclasses are the step types.

    A subclass declares a `type` tag, the class variables below, its design fields, and
    overrides `exits`, `reads` and `writes` where the answers depend on those fields.
    """

    title: ClassVar[str]
    group: ClassVar[Group]
    help: ClassVar[str]
    icon: ClassVar[str]
    assumptions: ClassVar[AssumptionsType] = StepAssumptions
    channels: ClassVar[frozenset[Channel]] = frozenset(Channel)
    takes_time: ClassVar[bool] = False
    bounded: ClassVar[bool] = False
    starts_contact: ClassVar[bool] = False
    off_line: ClassVar[bool] = False
    """The customer does not stay on the line for it, so a telephone line becomes free."""

    id: Identifier
    name: Name
    note: Note = ""
    stage: StageId | None = None
    """The stage of the journey map that this step belongs to."""
    touchpoint: Annotated[str, Field(max_length=200)] = ""
    """What the customer sees or hears here, for the journey map."""
    owner: Annotated[str, Field(max_length=200)] = ""
    """Who answers for this step."""
    emotion: Annotated[int, Field(ge=-2, le=2)] | None = None
    """How the customer is expected to feel, from -2 to +2."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """The design fields of a new step in `within`, or the journey itself, but id and name.

        Whatever the type cannot be without, and what makes it do something sensible at once.
        """
        return {}

    @property
    def kind(self) -> str:
        """The step type's tag, as it stands in the document."""
        return str(type(self).model_fields["type"].default)

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Names of the outcomes that must be linked or closed, in the order to show them."""
        return ()

    def exit_label(self, exit_name: str, journey: Journey) -> str:  # noqa: ARG002
        """What an exit is called on the canvas."""
        return words(exit_name)

    def summary(self, journey: Journey) -> str:
        """One short line for people that says what the step does: at most 60 characters."""
        return shortened(self.says(journey), LONGEST_SUMMARY) or self.type_in_words()

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """What the step does, in a few words: its type, if that says it all."""
        return self.type_in_words()

    @classmethod
    def type_in_words(cls) -> str:
        """The title as it stands within a sentence."""
        return cls.title if cls.title[1:2].isupper() else cls.title[:1].lower() + cls.title[1:]

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """What has to be done, first to last; by default somebody does it and reports the exit."""
        results = leaving(*self.exits(journey))
        return (Command(self.kind, results, sends=self.reads(), sets=self.writes()),)

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """What an orchestrator must leave to another platform: the feature, why, what to do."""
        yield from ()

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Each condition of this step with the name of the field or branch it stands in."""
        yield from ()

    def with_condition(self, name: str, condition: Condition) -> Self:  # noqa: ARG002
        """The same step with another condition in the place that `conditions` calls `name`."""
        return self

    def reads(self) -> tuple[str, ...]:
        """Attributes that are read outside of conditions."""
        return ()

    def writes(self) -> tuple[str, ...]:
        """Attributes that may be written before the step is left."""
        return ()

    def asked(self) -> tuple[str, ...]:
        """Attributes that the customer is asked for here, unless they are known."""
        return ()

    def purpose_used(self) -> str | None:
        """The purpose for which this step contacts the customer or uses their data."""
        return None

    def contact_channel(self) -> Channel | None:
        """The channel this step itself names; None if it works on the contact's own."""
        return None

    def served_by(self, journey: Journey) -> list[Team]:  # noqa: ARG002
        """The teams that may do the work here, be they named or not."""
        return []

    def calls(self) -> str | None:
        """The sub-journey that takes place here."""
        return None

    def wait_bound(self) -> Seconds | None:
        """The longest time in seconds that the design lets a customer spend here, if it says."""
        return None
