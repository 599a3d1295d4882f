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
from engine.next_contact import Redial
from engine.profile import Channel
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition

LIVE = frozenset({Channel.VOICE, Channel.CHAT, Channel.SMS, Channel.SOCIAL, Channel.PORTAL})
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
    channels: ClassVar[frozenset[Channel]] = LIVE
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

    def writes(self) -> tuple[str, ...]:
        """The choice."""
        return (self.attribute,) if self.attribute else ()


class Intent(Model):
    """One thing a customer may want."""

    id: Identifier
    name: Name


class IntentAssumptions(Model):
    """How often an intent comes and how well it is handled."""

    share: Weight = 1.0
    """How often it comes, relative to the other intents."""
    recognition: Share = 0.9
    """Share of these customers whose intent is recognised."""
    containment: Share = 0.0
    """Share resolved without a person when the intent is recognised."""


class AIAgentAssumptions(StepAssumptions):
    """How an AI agent performs, by intent."""

    intents: dict[Identifier, IntentAssumptions] = {}
    """Numbers for each intent, by its id."""
    containment: Share = 0.0
    """Share resolved without a person, where the design names no intents."""
    contained_if_misrecognised: Share = 0.0
    """Share of misrecognised customers who leave as if resolved: false containment."""
    abandons: Share = 0.0
    """Share that hangs up on the AI agent."""
    fails: Share = 0.0
    """Share of conversations that end in a technical failure."""
    duration: Distribution = Lognormal(mean=90, cv=0.6)
    """Seconds a conversation lasts, without what must be asked."""
    ask_time: Distribution = Constant(value=15)
    """Seconds that it takes to ask for one thing that is not known."""
    redial: Redial = Redial()
    """What those who hung up do next."""
    recontact: Redial = Redial()
    """What those who left as if resolved, but were not, do next."""
    cost: Money = 0.0
    """Cost of one conversation."""

    def later_entries(self) -> tuple[tuple[str, str], ...]:
        """Where those come in who try again, if that is said."""
        habits = (("redial", self.redial), ("recontact", self.recontact))
        return tuple((field, habit.entry) for field, habit in habits if habit.entry is not None)


class AIAgent(Step):
    """An AI agent talks with the customer and resolves what it can."""

    type: Literal["ai_agent"] = "ai_agent"
    title: ClassVar[str] = "AI agent"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = "Resolves routine requests and hands the others over with context."
    icon: ClassVar[str] = "ai_agent"
    assumptions: ClassVar[AssumptionsType] = AIAgentAssumptions
    channels: ClassVar[frozenset[Channel]] = LIVE | {Channel.EMAIL}
    takes_time: ClassVar[bool] = True

    goal: Annotated[str, Field(max_length=2000)] = ""
    """What the AI agent is to achieve, in words."""
    intents: Annotated[list[Intent], Field(max_length=500)] = []
    """What customers may want."""
    tools: Annotated[list[Name], Field(max_length=100)] = []
    """Names of the actions it may call."""
    max_turns: Annotated[int, Field(ge=1, le=1000)] = 20
    """After so many turns it hands over."""
    intent_attribute: AttributeId | None = None
    """Where the recognised intent is kept (the intent's id)."""
    asks: Annotated[list[AttributeId], Field(max_length=50)] = []
    """Attributes that it must know; the customer is asked for those that are not known."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """How a conversation may end."""
        return ("resolved", "escalate", "failed", "abandoned")

    def asked(self) -> tuple[str, ...]:
        """What must be known."""
        return tuple(self.asks)

    def writes(self) -> tuple[str, ...]:
        """The recognised intent, and what is asked."""
        return (*((self.intent_attribute,) if self.intent_attribute else ()), *self.asks)


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

    def scale(self) -> range:
        """The scores that can be given."""
        return {"csat": range(1, 6), "nps": range(11), "ces": range(1, 8)}[self.question]

    def writes(self) -> tuple[str, ...]:
        """The score."""
        return (self.attribute,) if self.attribute else ()
