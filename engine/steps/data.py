"""Working with other systems and with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from engine.beginnings import attribute_to_write, some_value
from engine.condition_english import attribute_in_english, value_said
from engine.conditions import Literal_
from engine.distributions import Distribution, Exponential
from engine.model import AttributeId, Model, Money, Name, PurposeId, Seconds, Share
from engine.operations import Assign, Command, Operation, Put, Timeout, leaving
from engine.short_english import enumerated
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.conditions import Lookup
    from engine.journey import Journey, SubJourneyDefinition
    from engine.profile import Attribute, Value


class SystemActionAssumptions(StepAssumptions):
    """How the other system behaves."""

    latency: Distribution = Exponential(mean=1)
    """Seconds until it answers."""
    failure: Share = 0.0
    """Share of actions that fail."""
    cost: Money = 0.0
    """Cost of one action."""


class SystemAction(Step):
    """Another system does something: CRM, health record, billing, any API."""

    type: Literal["system_action"] = "system_action"
    title: ClassVar[str] = "System action"
    group: ClassVar[Group] = Group.DATA
    help: ClassVar[str] = "Reads or changes something in another system."
    icon: ClassVar[str] = "system_action"
    assumptions: ClassVar[AssumptionsType] = SystemActionAssumptions
    takes_time: ClassVar[bool] = True

    system: Name
    """Which system: CRM, EHR, billing."""
    action: Annotated[str, Field(max_length=200)] = ""
    """What it is to do."""
    uses: Annotated[list[AttributeId], Field(max_length=200)] = []
    """Attributes that are sent to it."""
    returns: Annotated[list[AttributeId], Field(max_length=200)] = []
    """Attributes that it answers with."""
    purpose: PurposeId | None = None
    """Why the customer's data are used here."""
    timeout: Seconds | None = None
    """Seconds after which its answer is no longer awaited."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """The customer file, which nearly everybody has."""
        return {"system": "CRM"}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """How it may end."""
        plain = ("success", "failure")
        return plain if self.timeout is None else (*plain, "timeout")

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """The other system answers, or is too slow."""
        timeout = None if self.timeout is None else Timeout(self.timeout, "timeout")
        results = leaving(*self.exits(journey))
        return (Command(self.kind, results, self.reads(), self.writes(), timeout),)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """Which system, and what it does."""
        return f"{self.system} · {self.action}" if self.action.strip() else self.system

    def reads(self) -> tuple[str, ...]:
        """What is sent."""
        return tuple(self.uses)

    def writes(self) -> tuple[str, ...]:
        """What comes back."""
        return tuple(self.returns)

    def purpose_used(self) -> str | None:
        """Why the data are used."""
        return self.purpose

    def wait_bound(self) -> Seconds | None:
        """The timeout."""
        return self.timeout


class Assignment(Model):
    """One attribute gets a value, another attribute's value, or a number added to it."""

    attribute: AttributeId
    value: Literal_ | None = None
    copy_of: AttributeId | None = None
    add: Annotated[float, Field(ge=-1e15, le=1e15)] | None = None
    forget: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [self.value is not None, self.copy_of is not None, self.add is not None]
        if sum(given) + self.forget != 1:
            raise ValueError("an assignment needs exactly one of value, copy_of, add and forget")
        return self

    def result(self, lookup: Lookup) -> Value | None:
        """The attribute's new value; adding to a missing or other value starts from 0."""
        return self.put().result(lookup)

    def put(self) -> Put:
        """The assignment as an operation knows it."""
        return Put(self.attribute, self.value, self.copy_of, self.add)

    def in_english(self, attributes: Mapping[str, Attribute]) -> str:
        """Such as: tier = “gold”; tries + 1; forgets age."""
        name = attribute_in_english(self.attribute, attributes)
        if self.forget:
            return f"forgets {name}"
        if self.add is not None:
            return f"{name} {'+' if self.add >= 0 else '−'} {abs(self.add):,.10g}"
        if self.copy_of is not None:
            return f"{name} = {attribute_in_english(self.copy_of, attributes)}"
        return name if self.value is None else f"{name} = {value_said(self.value)}"


class SetAttributes(Step):
    """Something is noted about the customer."""

    type: Literal["set_attributes"] = "set_attributes"
    title: ClassVar[str] = "Set attributes"
    group: ClassVar[Group] = Group.DATA
    help: ClassVar[str] = "Keeps something that later steps need to know."
    icon: ClassVar[str] = "set_attributes"

    set: Annotated[list[Assignment], Field(min_length=1, max_length=100)]

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """One attribute with a value."""
        attribute = attribute_to_write(journey)
        if attribute is None:
            return {"set": [Assignment(attribute="note", value="yes")]}
        return {"set": [Assignment(attribute=attribute.id, value=some_value(attribute))]}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """One way on."""
        return ("done",)

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """One assignment after the other."""
        puts = tuple(one.put() for one in self.set)
        return (Assign(puts, leaving(*self.exits(journey))),)

    def says(self, journey: Journey) -> str:
        """What is set to what."""
        known = journey.known_attributes()
        if len(self.set) == 1:
            return self.set[0].in_english(known)
        names = dict.fromkeys(one.attribute for one in self.set)
        return f"sets {enumerated([attribute_in_english(name, known) for name in names])}"

    def reads(self) -> tuple[str, ...]:
        """What is copied."""
        return tuple(one.copy_of for one in self.set if one.copy_of is not None)

    def writes(self) -> tuple[str, ...]:
        """What is set."""
        return tuple(one.attribute for one in self.set if not one.forget)
