"""The numbers that only simulation needs: demand, population, staffing, the period."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from pydantic import Field, SerializeAsAny, model_validator

from engine.calendar import TimeOfDay, Weekday
from engine.conditions import Literal_
from engine.distributions import Distribution
from engine.experience import Experience
from engine.model import (
    AttributeId,
    Count,
    Identifier,
    Model,
    Money,
    Name,
    Seconds,
    Share,
    StepId,
    TeamId,
    Weight,
)
from engine.steps.base import StepAssumptions

Interval = Annotated[float, Field(ge=1, le=86_400, json_schema_extra={"unit": "s"})]


class Period(Model):
    """What one replication covers: so many days, from midnight of the start day."""

    start_day: Weekday = Weekday.MONDAY
    days: Annotated[int, Field(ge=1, le=3660)] = 1
    warm_up: Seconds = 0
    """Contacts that begin in the first so many seconds are simulated but not counted."""


AtLeastASecond = Annotated[Seconds, Field(ge=1)]


class Surge(Model):
    """For a while more customers come than usual: a campaign, a news event, a bill run.

    Either `times` as many as usual, or so many `customers` on top of the usual ones. What of
    it lies beyond the period does not happen; at midnight it goes on.
    """

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    day: Count = 0
    """On which day of the period it begins, from 0."""
    starts_at: TimeOfDay = "09:00"
    lasts: AtLeastASecond = 3600
    times: Annotated[float, Field(ge=0, le=1000)] | None = None
    """Factor on the usual rate while it lasts."""
    customers: Annotated[float, Field(ge=0, le=50_000_000)] | None = None
    """Expected customers in all who come on top, independent of the day's factor."""
    half_life: AtLeastASecond | None = None
    """Seconds in which the rate of these customers halves; evenly spread, if left out."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.times is None) == (self.customers is None):
            raise ValueError("a surge needs exactly one of times and customers")
        if self.half_life is not None and self.customers is None:
            raise ValueError("a half_life belongs to customers, not to times")
        return self


class Demand(Model):
    """When customers come in at one entry.

    The expected number in interval i of a day is `per_day` · shape[i] / sum(shape), times
    the day's index and, if `day_variation` is given, times that day's Gamma factor of
    mean 1. Customers come at random (Poisson) unless `spacing` says how regularly.
    """

    id: Identifier
    entry: StepId
    name: Annotated[str, Field(max_length=200)] = ""
    per_day: Annotated[float, Field(ge=0, le=50_000_000)]
    """Expected customers on a day whose index is 1."""
    starts_at: TimeOfDay = "00:00"
    """When the first interval of the shape begins."""
    interval: Interval = 86_400
    """Length of each interval of the shape."""
    shape: Annotated[list[Weight], Field(min_length=1, max_length=1440)] = [1.0]
    """How the day's customers are spread over the intervals, relative to each other."""
    day_of_week: dict[Weekday, Weight] = {}
    """Each weekday's index; a day that is not named has none. Left out: 1 on every day."""
    day_variation: Annotated[float, Field(gt=0, le=1e9)] | None = None
    """Shape of the Gamma factor of each day; the smaller, the more days differ."""
    spacing: Distribution | None = None
    """Shape of the gaps between customers, scaled to the expected gap; Poisson if left out."""
    surges: Annotated[list[Surge], Field(max_length=200)] = []
    """When more customers come than usual."""
    attributes: dict[AttributeId, Literal_] = {}
    """Attributes that all these customers have."""


class Choices(Model):
    """A text or choice: each value with its weight."""

    kind: Literal["choices"] = "choices"
    weights: Annotated[dict[Name, Weight], Field(min_length=1, max_length=500)]
    missing: Share = 0.0


class Chance(Model):
    """A yes or no: the share for whom it is true."""

    kind: Literal["chance"] = "chance"
    true: Share
    missing: Share = 0.0


class Numbers(Model):
    """A number with a distribution."""

    kind: Literal["numbers"] = "numbers"
    of: Distribution
    missing: Share = 0.0


Mix = Annotated[Choices | Chance | Numbers, Field(discriminator="kind")]


class Break(Model):
    """On every working day people of a team are away for a while; who is busy finishes first."""

    name: Annotated[str, Field(max_length=200)] = ""
    starts_at: TimeOfDay
    """A time of day before the schedule's own start is after midnight."""
    lasts: Annotated[Seconds, Field(ge=1, le=86_400)] = 1800
    share: Share = 1.0
    """Share of the people there who are away; breaks at the same time add up."""


class Newcomers(Model):
    """People who are still learning: each contact makes them faster.

    The n-th contact of each takes 1 + extra · n^-learning times as long as usual: the power
    law of practice (Newell and Rosenbloom 1981), as Gans, Liu, Mandelbaum, Shen and Ye use it
    for agents (2010).
    """

    share: Share
    """Share of the team's people who are new."""
    extra: Annotated[float, Field(ge=0, le=100)] = 0.4
    """How much longer the first contact takes, as a share of the usual time."""
    learning: Annotated[float, Field(ge=0, le=10)] = 0.3
    """How fast they learn: the power by which the extra time falls."""

    def pace(self, contact: int) -> float:
        """The time of the contact with this number, from 1, as a multiple of the usual."""
        return 1.0 + self.extra * math.pow(contact, -self.learning)


Speed = Annotated[float, Field(gt=0, le=10)]


class Staffing(Model):
    """How many people of a team work when, and what they cost."""

    agents: Annotated[list[Count], Field(min_length=1, max_length=1440)]
    """Scheduled people in each interval from `starts_at`; nobody outside."""
    starts_at: TimeOfDay = "00:00"
    interval: Interval = 86_400
    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)] = list(Weekday)
    """Days on which the team works."""
    shrinkage: Share = 0.0
    """Share of scheduled time lost, evenly over the day: training, meetings and the like.

    The breaks and the absence given here come on top, so they must not be counted in it again.
    """
    breaks: Annotated[list[Break], Field(max_length=50)] = []
    """When people are away on every working day; paid all the same."""
    absence: Share = 0.0
    """Probability that a scheduled person is missing for a whole day; paid all the same.

    Each person and day is drawn independently. Person k works in every interval for which at
    least k people are scheduled.
    """
    cost_per_hour: Money = 0.0
    handle_time_factor: Annotated[float, Field(gt=0, le=100)] = 1.0
    """How long this team takes, as a multiple of the steps' handle times."""
    newcomers: Newcomers | None = None
    """People who are still learning; nobody, if left out."""
    concurrency: Annotated[list[Speed], Field(min_length=1, max_length=20)] = [1.0]
    """How fast each contact goes on when an agent has one, two, … in hand at once: as many as
    there are numbers, at steps that allow it (chat); 1 is the speed of one alone."""
    finishes_queue: bool = True
    """At closing time, those who wait are still served; else they find nobody."""


class Outage(Model):
    """For a while steps fail, or people of teams are missing: a bot, a system, a site."""

    id: Identifier
    name: Annotated[str, Field(max_length=200)] = ""
    steps: Annotated[list[StepId], Field(max_length=1000)] = []
    """AI agents and system actions that fail at once."""
    teams: Annotated[list[TeamId], Field(max_length=1000)] = []
    """Teams of which people are missing; who is busy finishes first."""
    missing: Share = 1.0
    """Share of those teams' people who are missing."""
    pauses: bool = False
    """Work in progress stands still until it is over, and goes on then (a system is down); else
    who is busy finishes first."""
    day: Count = 0
    """On which day of the period it begins, from 0; not used if it recurs."""
    starts_at: TimeOfDay = "09:00"
    """When it begins on that day; not used if it recurs."""
    lasts: Seconds = 3600
    """Not used if there is a `duration`."""
    every: Distribution | None = None
    """It recurs at random: seconds from the end of one to the start of the next.

    The first begins that long after the period starts.
    """
    duration: Distribution | None = None
    """Seconds that it lasts, drawn each time."""


class Source(Model):
    """Where a number, or all numbers below a place, come from."""

    at: Annotated[str, Field(min_length=1, max_length=300)]
    """A place in the document, such as assumptions/demand/calls/per_day."""
    basis: Literal["article", "measured", "assumed"]
    note: Annotated[str, Field(max_length=1000)] = ""


class Assumptions(Model):
    """Everything that simulation needs beyond the journey itself."""

    period: Period = Period()
    demand: Annotated[list[Demand], Field(max_length=200)] = []
    population: dict[AttributeId, Mix] = {}
    """For each attribute how it is distributed among customers."""
    need: AttributeId | None = None
    """The attribute of the population that says what a customer truly wants (an intent's id)."""
    staffing: dict[TeamId, Staffing] = {}
    """For each team its schedule."""
    experience: Experience = Experience()
    """How it becomes modelled satisfaction and effort."""
    outages: Annotated[list[Outage], Field(max_length=200)] = []
    steps: dict[StepId, SerializeAsAny[StepAssumptions]] = {}
    """For each step its assumptions; those of its type's defaults, if left out."""
    sources: Annotated[list[Source], Field(max_length=10_000)] = []
