"""How customers felt, as modelled from what happened to them: never a measurement.

Where a coefficient comes from stands at its field; each has a range within which other
people's numbers lie, so that a result can be shown as a range too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from engine.model import Model

_Bounded = Annotated[float, Field(ge=-20, le=20)]
_Points = Annotated[float, Field(ge=0, le=100)]


class Coefficient(Model):
    """A number of the model, with the range that is plausible for it."""

    value: _Bounded
    low: _Bounded
    high: _Bounded

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError("the value must lie between low and high")
        return self


class Satisfaction(Model):
    """The log-odds that a customer is satisfied (4 or 5 of 5) with how an issue was handled.

    log(p ÷ (1 - p)) is the sum of `base` and of each other coefficient times how often it
    happened. Set so that 86 % are satisfied after one contact and 44 % after the fourth, the
    end points that SQM reports; the weight of waiting is small (Garcia et al. 2012).
    """

    base: Coefficient = Coefficient(value=1.82, low=1.5, high=2.1)
    """An issue that is resolved in one contact, with no wait: 86 % satisfied."""
    further_contact: Coefficient = Coefficient(value=-0.69, low=-0.9, high=-0.5)
    """For each contact after the first."""
    transfer: Coefficient = Coefficient(value=-0.6, low=-1.0, high=-0.2)
    """For each contact in which the customer was transferred."""
    switch_without_context: Coefficient = Coefficient(value=-0.4, low=-0.8, high=0.0)
    """For each contact on another channel in which the customer had to tell things again."""
    told_again: Coefficient = Coefficient(value=-0.2, low=-0.4, high=0.0)
    """For each thing that the customer had to tell again."""
    minute_waited: Coefficient = Coefficient(value=-0.08, low=-0.25, high=0.0)
    """For each minute spent in queues."""
    unresolved: Coefficient = Coefficient(value=-1.2, low=-2.0, high=-0.6)
    """If the need was not met in the end; those who gave up are among these."""
    misrecognised: Coefficient = Coefficient(value=-0.5, low=-1.0, high=0.0)
    """For each contact in which an AI agent did not understand what the customer wants."""


class Effort(Model):
    """Points for each thing that makes it hard; an issue has at most 100.

    An index of events after Dixon, Toman and DeLisi (2013), no survey score.
    """

    further_contact: _Points = 25
    """For each contact after the first."""
    transfer: _Points = 15
    """For each contact in which the customer was transferred."""
    channel_switch: _Points = 10
    """For each contact on another channel than the one before."""
    told_again: _Points = 10
    """For each thing that the customer had to tell again."""
    misrecognised: _Points = 15
    """For each contact in which an AI agent did not understand what the customer wants."""


class MappedPoint(Model):
    """What a share of satisfied customers corresponds to."""

    satisfied: Annotated[float, Field(ge=0, le=1)]
    score: Annotated[float, Field(ge=-100, le=100)]


class Mapping(Model):
    """The user's own relation between modelled satisfaction and another score.

    Straight lines between the points, flat beyond them. Wayline has none of its own: a score
    that nobody fitted to these customers would be made up.
    """

    points: Annotated[list[MappedPoint], Field(min_length=2, max_length=100)]
    source: Annotated[str, Field(min_length=1, max_length=1000)]
    """What it was fitted to."""

    @model_validator(mode="after")
    def _rising(self) -> Self:
        shares = [point.satisfied for point in self.points]
        if any(second <= first for first, second in pairwise(shares)):
            raise ValueError("the points must be in the order of satisfied, each only once")
        return self


class Experience(Model):
    """How what happened to customers becomes modelled satisfaction, effort and scores."""

    satisfaction: Satisfaction = Satisfaction()
    effort: Effort = Effort()
    nps: Mapping | None = None
    """Only with your own mapping: the Net Promoter Score from modelled satisfaction."""
    sentiment: Mapping | None = None
    """Only with your own mapping: sentiment from modelled satisfaction."""
