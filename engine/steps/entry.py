"""Where customers come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field

from engine.beginnings import some_channel
from engine.condition_english import in_english
from engine.conditions import Condition
from engine.model import Count, PurposeId
from engine.operations import Decide, Operation, Pass, leaving
from engine.profile import Channel
from engine.short_english import counted, name_of
from engine.steps.base import Group, Step

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition


def _coming_in(exit_name: str) -> tuple[Operation, ...]:
    """Nothing is decided: the customer is there."""
    return (Pass(leaving(exit_name)),)


class InboundContact(Step):
    """A customer contacts us."""

    type: Literal["inbound_contact"] = "inbound_contact"
    title: ClassVar[str] = "Inbound contact"
    group: ClassVar[Group] = Group.ENTRY
    help: ClassVar[str] = "A customer calls, writes or opens the portal."
    icon: ClassVar[str] = "inbound"
    starts_contact: ClassVar[bool] = True

    channel: Channel = Channel.VOICE
    lines: Count | None = None
    """So many contacts may be on the line at once (trunks); the next one finds it busy.

    A line is free again when the contact ends or comes to a step for which nobody stays on the
    line: a wait, a callback, a case.
    """

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """On a channel that the journey has."""
        return {"channel": some_channel(journey, Channel.VOICE)}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """One way on; and busy, where lines are limited."""
        return ("arrived",) if self.lines is None else ("arrived", "blocked")

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """Counting lines."""
        if self.lines is not None:
            yield (
                "lines",
                "An orchestrator does not know how many contacts are on the line.",
                "Let the platform that takes the contact answer “inbound_contact”.",
            )

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """The platform says whether a line is free."""
        return _coming_in("arrived") if self.lines is None else super().operations(journey)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """The channel, and how many lines there are."""
        lines = "" if self.lines is None else f" · {counted(self.lines, 'line')}"
        return f"{self.channel}{lines}"

    def contact_channel(self) -> Channel | None:
        """The channel the customer chose."""
        return self.channel


class OutboundAudience(Step):
    """We turn to the customers of an audience."""

    type: Literal["outbound_audience"] = "outbound_audience"
    title: ClassVar[str] = "Outbound audience"
    group: ClassVar[Group] = Group.ENTRY
    help: ClassVar[str] = "Customers who fit a condition are taken into the journey."
    icon: ClassVar[str] = "audience"
    starts_contact: ClassVar[bool] = True

    channel: Channel = Channel.EMAIL
    purpose: PurposeId | None = None
    """Why these customers are turned to."""
    who: Condition | None = None
    """Which customers belong to the audience; everybody, if left out."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """On a channel that the journey has."""
        return {"channel": some_channel(journey, Channel.EMAIL)}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """In the audience, or not."""
        return ("selected",) if self.who is None else ("selected", "not_selected")

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """Who is in the audience is known from their attributes."""
        if self.who is None:
            return _coming_in("selected")
        cases = (("selected", self.who),)
        return (Decide(cases, "not_selected", leaving(*self.exits(journey))),)

    def says(self, journey: Journey) -> str:
        """The channel, and who is turned to or why."""
        if self.who is not None:
            return f"{self.channel} · {in_english(self.who, journey.known_attributes())}"
        why = f"for {name_of(journey.purposes, self.purpose)}" if self.purpose else "everybody"
        return f"{self.channel} · {why}"

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """The audience's own."""
        if self.who is not None:
            yield "who", self.who

    def with_condition(self, name: str, condition: Condition) -> Self:
        """Another audience."""
        return self.model_copy(update={"who": condition}) if name == "who" else self

    def purpose_used(self) -> str | None:
        """The campaign's purpose."""
        return self.purpose

    def contact_channel(self) -> Channel | None:
        """The channel the campaign uses."""
        return self.channel


class BusinessEvent(Step):
    """Something happened in another system: a missed appointment, a late parcel."""

    type: Literal["business_event"] = "business_event"
    title: ClassVar[str] = "Business event"
    group: ClassVar[Group] = Group.ENTRY
    help: ClassVar[str] = "Another system reports an event about a customer."
    icon: ClassVar[str] = "event"
    starts_contact: ClassVar[bool] = True

    event: Annotated[str, Field(min_length=1, max_length=200)]
    """The event's name in the system that reports it."""
    channel: Channel = Channel.PORTAL

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """Some event."""
        channel = some_channel(journey, Channel.PORTAL)
        return {"event": "something.happened", "channel": channel}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """One way on."""
        return ("occurred",)

    def operations(self, journey: Journey) -> tuple[Operation, ...]:  # noqa: ARG002
        """It has happened."""
        return _coming_in("occurred")

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """The event."""
        return f"on {self.event}"

    def contact_channel(self) -> Channel | None:
        """The channel that the journey starts on."""
        return self.channel
