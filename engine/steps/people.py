"""Work done by people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

from pydantic import Field

from engine.calendar import OpenHours
from engine.distributions import Constant, Distribution, Exponential, Lognormal
from engine.model import AttributeId, Count, Model, Name, Seconds, Share, SkillId, TeamId
from engine.next_contact import Redial
from engine.operations import Assign, Command, Operation, Put, Results, Timeout, leaving
from engine.profile import Channel
from engine.short_english import counted, name_of, time_in_english
from engine.skill_level import WORST_LEVEL, Level
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey, Team

WORST_PRIORITY: Final = 9
SERVED: Final = frozenset({"resolved", "unresolved", "transferred"})
"""Exits of those who came to talk with an agent."""

Priority = Annotated[int, Field(ge=1, le=WORST_PRIORITY)]


def who_in_english(journey: Journey, teams: list[str], skills: list[str]) -> str:
    """Whom a step asks for: a team or skill by name, several by number."""
    if teams:
        only = len(teams) == 1
        return name_of(journey.teams, teams[0]) if only else counted(len(teams), "team")
    if skills:
        only = len(skills) == 1
        return name_of(journey.skills, skills[0]) if only else counted(len(skills), "skill")
    return "any team"


class CallbackOffer(Model):
    """When waiting customers are offered to be called back."""

    expected_wait: Seconds = 180
    """Offered when the expected wait is longer than this."""
    queue_length: Count | None = None
    """Offered instead when so many wait already."""


class OverflowRule(Model):
    """More teams are asked for customers who waited long."""

    after: Seconds
    """Seconds in the queue."""
    teams: Annotated[list[TeamId], Field(max_length=50)] = []
    """Teams that are asked besides; every team with the skills, if left out."""
    level: Level = WORST_LEVEL
    """Only those whose level is this or better."""


class HumanAgentAssumptions(StepAssumptions):
    """How long handling lasts, how long customers wait, what comes of it."""

    handle_time: Distribution = Lognormal(mean=300, cv=1.1)
    """Seconds the agent talks with the customer, hold included."""
    handle_time_by_need: dict[Name, Distribution] = {}
    """The same for customers who truly want this (an intent's id), recognised or not."""
    after_call_work: Distribution | None = None
    """Seconds the agent needs afterwards before the next contact."""
    after_call_share: Share = 1.0
    """Share of contacts that need after-call work."""
    patience: Distribution | None = Lognormal(mu=5.865, sigma=1.948)
    """Seconds a customer is willing to wait; null: for ever."""
    resolution: Share = 1.0
    """Share of handled contacts that are resolved."""
    callback_acceptance: Share = 0.5
    """Share of those who are offered a callback that takes it."""
    transfer: Share = 0.0
    """Share of handled contacts that are transferred (if the design allows it)."""
    ask_time: Distribution = Constant(value=45)
    """Seconds that it takes to ask for one thing that should be known and is not."""
    redial: Redial = Redial()
    """What those who gave up, or found the queue full or closed, do next."""
    recontact: Redial = Redial()
    """What those whose need was not resolved do next."""

    def later_entries(self) -> tuple[tuple[str, str], ...]:
        """Where those come in who try again, if that is said."""
        habits = (("redial", self.redial), ("recontact", self.recontact))
        return tuple((field, habit.entry) for field, habit in habits if habit.entry is not None)


class HumanAgent(Step):
    """A person of a team helps the customer, after a wait in a queue if need be."""

    type: Literal["human_agent"] = "human_agent"
    title: ClassVar[str] = "Human agent"
    group: ClassVar[Group] = Group.PEOPLE
    help: ClassVar[str] = "Queues for an agent with the right skills."
    icon: ClassVar[str] = "human_agent"
    assumptions: ClassVar[AssumptionsType] = HumanAgentAssumptions
    takes_time: ClassVar[bool] = True

    skills: Annotated[list[SkillId], Field(max_length=20)] = []
    """Skills that the agent must have, all of them."""
    teams: Annotated[list[TeamId], Field(max_length=50)] = []
    """Teams that are asked, in this order; every team with the skills, if left out."""
    level: Level = WORST_LEVEL
    """Only agents whose level in these skills is this or better (1 is the best)."""
    agent_choice: Literal["in_order", "longest_idle"] = "in_order"
    """Of free agents of the same level: the first team that is named, or who is idle longest."""
    concurrent: bool = False
    """An agent may serve several such contacts at once, as the team's staffing allows (chat)."""
    asks: Annotated[list[AttributeId], Field(max_length=50)] = []
    """Attributes that the agent must know; the customer is asked for those that are not known."""
    sees_context: bool = True
    """What was learned before is shown to the agent; else everything is asked again."""
    priority: Priority = 5
    """1 is served first, 9 last; within one priority the longest waiting is first."""
    waiting_credit: Seconds = 0
    """Customers here are treated as if they had waited so many seconds before."""
    interruptible: bool = False
    """An agent may leave this work for more urgent work and come back to it."""
    overflow: Annotated[list[OverflowRule], Field(max_length=10)] = []
    """Which teams are asked besides, and after how long."""
    max_wait: Seconds | None = None
    """After so many seconds in the queue the customer is taken out of it."""
    capacity: Count | None = None
    """No more customers than this may wait here; the next one finds it full."""
    hours: OpenHours | None = None
    """When the queue is open."""
    can_transfer: bool = False
    """Agents may transfer the contact."""
    treatment: Annotated[str, Field(max_length=500)] = ""
    """What is heard or seen while waiting."""
    callback_offer: CallbackOffer | None = None
    """Offer to call back instead of waiting."""

    def served_by(self, journey: Journey) -> list[Team]:
        """The teams with the skills, of those that are named if any are."""
        return journey.teams_for(self.skills, self.teams, self.level)

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """How it may end; only what the design makes possible."""
        possible = {
            "resolved": True,
            "unresolved": True,
            "transferred": self.can_transfer,
            "abandoned": True,
            "timed_out": self.max_wait is not None,
            "full": self.capacity is not None,
            "closed": self.hours is not None,
            "callback": self.callback_offer is not None,
        }
        return tuple(name for name, is_possible in possible.items() if is_possible)

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """All that happens in the queue but the longest wait."""
        yield from _routing()
        if self.hours is not None:
            yield (
                "hours",
                "Orchestrators have no calendars.",
                "Let the platform that routes report “closed” outside these hours.",
            )

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """The queue and then the conversation, where only the waiting is limited."""
        exits, sets = self.exits(journey), (*self.writes(), "waited")
        if self.max_wait is None:
            return (Command(self.kind, leaving(*exits), sets=sets),)
        served = [name for name in exits if name in SERVED]
        waiting = [name for name in exits if name not in SERVED]
        timeout = Timeout(self.max_wait, "timed_out")
        queue: Results = {**leaving(*waiting), "answered": 1, "timed_out": 2}
        # Nobody reports how long they waited who were taken out of the queue.
        waited = Put("waited", add=self.max_wait)
        return (
            Command("human_agent_queue", queue, sets=("waited",), timeout=timeout),
            Command("human_agent_conversation", leaving(*served), sets=sets),
            Assign((waited,), leaving("timed_out")),
        )

    def says(self, journey: Journey) -> str:
        """Who is asked."""
        return f"queue · {who_in_english(journey, self.teams, self.skills)}"

    def writes(self) -> tuple[str, ...]:
        """What is asked."""
        return tuple(self.asks)

    def asked(self) -> tuple[str, ...]:
        """What must be known."""
        return tuple(self.asks)

    def wait_bound(self) -> Seconds | None:
        """The longest time in the queue."""
        return self.max_wait


def _routing() -> Iterator[tuple[str, str, str]]:
    yield (
        "skills, teams, priority",
        "Orchestrators do not route by skill, priority or occupancy, and know no agents.",
        "The command carries them as parameters: let the contact-centre platform route by them.",
    )


def _work(step: Callback | Case, journey: Journey) -> tuple[Operation, ...]:
    """Somebody does it, and how long it waited is known afterwards."""
    return (Command(step.kind, leaving(*step.exits(journey)), sets=("waited",)),)


class CallbackAssumptions(StepAssumptions):
    """How callbacks go."""

    reached: Share = 0.8
    """Share of attempts that reach the customer."""
    handle_time: Distribution = Lognormal(mean=300, cv=1.1)
    """Seconds of a conversation that came about."""
    attempt_time: Distribution = Constant(value=30)
    """Seconds an agent spends on an attempt that reaches nobody."""


class Callback(Step):
    """An agent calls the customer back."""

    type: Literal["callback"] = "callback"
    title: ClassVar[str] = "Callback"
    group: ClassVar[Group] = Group.PEOPLE
    help: ClassVar[str] = "An agent calls the customer back, several times if need be."
    icon: ClassVar[str] = "callback"
    assumptions: ClassVar[AssumptionsType] = CallbackAssumptions
    channels: ClassVar[frozenset[Channel]] = frozenset(Channel)
    takes_time: ClassVar[bool] = True
    off_line: ClassVar[bool] = True

    skills: Annotated[list[SkillId], Field(max_length=20)] = []
    """Skills that the agent must have, all of them."""
    teams: Annotated[list[TeamId], Field(max_length=50)] = []
    """Teams that are asked, in this order; every team with the skills, if left out."""
    priority: Priority = 5
    """1 is served first, 9 last."""
    keep_free: Count = 0
    """Agents call back only while more than so many of their team are free."""
    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    """How often the customer is called at most."""
    gap: Seconds = 1800
    """Seconds between two attempts."""
    keep_place: bool = True
    """Who took a callback instead of waiting is treated as if they had waited on."""
    within: Seconds | None = None
    """After so many seconds in line for an attempt, the customer is no longer called."""

    def served_by(self, journey: Journey) -> list[Team]:
        """The teams with the skills, of those that are named if any are."""
        return journey.teams_for(self.skills, self.teams)

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Reached or not."""
        return ("reached", "not_reached")

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """Attempts and their queue."""
        yield from _routing()

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """All attempts are the platform's."""
        return _work(self, journey)

    def says(self, journey: Journey) -> str:
        """Who calls."""
        return f"calls back · {who_in_english(journey, self.teams, self.skills)}"


class CaseAssumptions(StepAssumptions):
    """How much work a case is."""

    work: Distribution = Exponential(mean=900)
    """Seconds of work on one case."""


class Case(Step):
    """Back-office work with a promised time."""

    type: Literal["case"] = "case"
    title: ClassVar[str] = "Case"
    group: ClassVar[Group] = Group.PEOPLE
    help: ClassVar[str] = "Back-office work that must be done within a promised time."
    icon: ClassVar[str] = "case"
    assumptions: ClassVar[AssumptionsType] = CaseAssumptions
    takes_time: ClassVar[bool] = True
    off_line: ClassVar[bool] = True

    skills: Annotated[list[SkillId], Field(max_length=20)] = []
    """Skills that are needed, all of them."""
    teams: Annotated[list[TeamId], Field(max_length=50)] = []
    """Teams that are asked, in this order; every team with the skills, if left out."""
    priority: Priority = 8
    """1 is served first, 9 last."""
    keep_free: Count = 0
    """Agents take cases only while more than so many of their team are free."""
    interruptible: bool = True
    """Agents may leave it for more urgent work and come back to it."""
    promised: Seconds = 86_400
    """Seconds within which it must be done (the SLA)."""

    def served_by(self, journey: Journey) -> list[Team]:
        """The teams with the skills, of those that are named if any are."""
        return journey.teams_for(self.skills, self.teams)

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """In time or too late."""
        return ("done", "late")

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """The queue of work."""
        yield from _routing()

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """Whether it was in time is reported when it is done."""
        return _work(self, journey)

    def says(self, journey: Journey) -> str:
        """Until when, by whom."""
        who = who_in_english(journey, self.teams, self.skills)
        return f"within {time_in_english(self.promised)} · {who}"
