"""AI agents: what customers want of them, and how well they do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from engine.distributions import Constant, Distribution, Lognormal
from engine.model import AttributeId, Identifier, Model, Money, Name, Share, Weight
from engine.next_contact import Redial
from engine.profile import LIVE_CHANNELS, Channel
from engine.short_english import counted
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey


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
    channels: ClassVar[frozenset[Channel]] = LIVE_CHANNELS | {Channel.EMAIL}
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

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How many intents it knows, or what it is to achieve."""
        what = counted(len(self.intents), "intent") if self.intents else self.goal.strip()
        return f"AI agent · {what}" if what else self.type_in_words()

    def asked(self) -> tuple[str, ...]:
        """What must be known."""
        return tuple(self.asks)

    def writes(self) -> tuple[str, ...]:
        """The recognised intent, and what is asked."""
        return (*((self.intent_attribute,) if self.intent_attribute else ()), *self.asks)
