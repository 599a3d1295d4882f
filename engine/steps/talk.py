"""Talking with the customer without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from engine.beginnings import some_channel
from engine.distributions import Constant, Distribution, Lognormal, Uniform
from engine.model import (
    AttributeId,
    Identifier,
    Model,
    Money,
    Name,
    PurposeId,
    Seconds,
    Share,
    Weight,
)
from engine.profile import LIVE_CHANNELS, Channel
from engine.short_english import counted, name_of, shortened, time_in_english
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition

MESSAGING = frozenset(Channel) - {Channel.VOICE, Channel.CHAT}


class MessageAssumptions(StepAssumptions):
    """How messages fare."""

    delivered: Share = 1.0
    """Share of messages that reach the customer."""
    cost: Money = 0.0
    """Cost of one message."""


class Message(Step):
    """A message to the customer; it does not wait for an answer."""

    type: Literal["message"] = "message"
    title: ClassVar[str] = "Message"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = "Sends an email, text message, push or portal note."
    icon: ClassVar[str] = "message"
    assumptions: ClassVar[AssumptionsType] = MessageAssumptions

    channel: Annotated[Channel, Field(json_schema_extra={"among": "messaging"})] = Channel.EMAIL
    purpose: PurposeId | None = None
    """Why the message is sent; a consent-based purpose needs a consent gate before."""
    template: Annotated[str, Field(max_length=200)] = ""
    """The template's name in the system that sends it."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """On a channel that the journey has."""
        return {"channel": some_channel(journey, Channel.EMAIL, MESSAGING)}

    @model_validator(mode="after")
    def _messaging(self) -> Self:
        if self.channel not in MESSAGING:
            raise ValueError(f"a message cannot be sent by {self.channel}")
        return self

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Accepted for delivery, or refused."""
        return ("sent", "failed")

    def says(self, journey: Journey) -> str:
        """The channel, and why it is sent or what."""
        if self.purpose is None:
            return f"{self.channel} · {self.template}" if self.template else self.channel.value
        return f"{self.channel} · {name_of(journey.purposes, self.purpose)}"

    def purpose_used(self) -> str | None:
        """Why it is sent."""
        return self.purpose

    def contact_channel(self) -> Channel | None:
        """The channel it is sent by."""
        return self.channel


class AnnouncementAssumptions(StepAssumptions):
    """How long announcements last."""

    duration: Distribution = Constant(value=15)
    """Seconds until the announcement is over."""


class Announcement(Step):
    """Something is said to the caller."""

    type: Literal["announcement"] = "announcement"
    title: ClassVar[str] = "Announcement"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = "Plays a recorded or synthetic announcement."
    icon: ClassVar[str] = "announcement"
    assumptions: ClassVar[AssumptionsType] = AnnouncementAssumptions
    channels: ClassVar[frozenset[Channel]] = frozenset({Channel.VOICE})
    takes_time: ClassVar[bool] = True

    text: Annotated[str, Field(max_length=5000)] = ""
    """What is said."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """One way on."""
        return ("played",)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """What is said."""
        return f"“{shortened(self.text, 30)}”" if self.text.strip() else self.type_in_words()


class Option(Model):
    """One choice of a menu."""

    id: Identifier
    name: Name


class MenuAssumptions(StepAssumptions):
    """What callers choose, and how long it takes them."""

    weights: dict[Identifier, Weight] = {}
    """How often each option is chosen, relative to each other; equally, if left out."""
    no_input: Share = 0.0
    """Share that says and presses nothing."""
    no_match: Share = 0.0
    """Share that is not understood."""
    duration: Distribution = Uniform(low=10, high=30)
    """Seconds until a choice is made."""


class Menu(Step):
    """The customer chooses from options."""

    type: Literal["menu"] = "menu"
    title: ClassVar[str] = "Menu"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = "Asks the customer to choose one of several options."
    icon: ClassVar[str] = "menu"
    assumptions: ClassVar[AssumptionsType] = MenuAssumptions
    channels: ClassVar[frozenset[Channel]] = LIVE_CHANNELS
    takes_time: ClassVar[bool] = True

    options: Annotated[list[Option], Field(min_length=1, max_length=50)]
    attribute: AttributeId | None = None
    """Where the choice is kept (the option's id)."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """Two options."""
        return {"options": [Option(id=f"option_{n}", name=f"Option {n}") for n in (1, 2)]}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Every option, and what happens without a usable answer."""
        return (*(option.id for option in self.options), "no_input", "no_match")

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How many options there are."""
        return counted(len(self.options), "option")

    def exit_label(self, exit_name: str, journey: Journey) -> str:  # noqa: ARG002
        """The option's name."""
        return name_of(self.options, exit_name)

    def writes(self) -> tuple[str, ...]:
        """The choice."""
        return (self.attribute,) if self.attribute else ()


class VoicemailAssumptions(StepAssumptions):
    """Who leaves a message, and how long it is."""

    leaves: Share = 0.6
    """Share that leaves a message; the others hang up at once."""
    duration: Distribution = Lognormal(mean=35, cv=0.6)
    """Seconds a message lasts, as far as the recording goes."""


class Voicemail(Step):
    """The caller may leave a message, which somebody deals with later."""

    type: Literal["voicemail"] = "voicemail"
    title: ClassVar[str] = "Voicemail"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = (
        "Lets the caller leave a message; link “left” to the case or callback that deals with it."
    )
    icon: ClassVar[str] = "voicemail"
    assumptions: ClassVar[AssumptionsType] = VoicemailAssumptions
    channels: ClassVar[frozenset[Channel]] = frozenset({Channel.VOICE})
    takes_time: ClassVar[bool] = True

    max_seconds: Annotated[Seconds, Field(ge=1)] = 120
    """When the recording stops."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """A message is left, or none."""
        return ("left", "hung_up")

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How long the message may be."""
        return f"message of up to {time_in_english(self.max_seconds)}"

    def wait_bound(self) -> Seconds | None:
        """The recording stops then."""
        return self.max_seconds


class SurveyAssumptions(StepAssumptions):
    """Who answers, and what."""

    response_rate: Share = 0.2
    """Share that answers."""
    scores: dict[str, Weight] = {}
    """How often each score is given, relative to each other; equally, if left out."""
    duration: Distribution = Constant(value=30)
    """Seconds that answering takes."""


class Survey(Step):
    """The customer is asked how it was."""

    type: Literal["survey"] = "survey"
    title: ClassVar[str] = "Survey"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = "Asks for satisfaction (CSAT), recommendation (NPS) or effort (CES)."
    icon: ClassVar[str] = "survey"
    assumptions: ClassVar[AssumptionsType] = SurveyAssumptions
    takes_time: ClassVar[bool] = True

    question: Literal["csat", "nps", "ces"] = "csat"
    """CSAT asks for 1 to 5, NPS for 0 to 10, CES for 1 to 7."""
    attribute: AttributeId | None = None
    """Where the score is kept."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Answered or not."""
        return ("answered", "no_answer")

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """The question with its scale."""
        scale = self.scale()
        return f"{self.question.upper()} from {scale[0]} to {scale[-1]}"

    def scale(self) -> range:
        """The scores that can be given."""
        return {"csat": range(1, 6), "nps": range(11), "ces": range(1, 8)}[self.question]

    def writes(self) -> tuple[str, ...]:
        """The score."""
        return (self.attribute,) if self.attribute else ()
