"""Whether customers contact us once more: about the same need, or about something new."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from engine.calendar import OpenHours
from engine.distributions import Distribution, Lognormal
from engine.model import Model, Share, StepId


class Redial(Model):
    """What customers do after they gave up or were not helped: some try again."""

    probability: Share = 0.0
    """Share of them that contacts us again."""
    delay: Distribution = Lognormal(mu=7.09, sigma=1.2)
    """Seconds from giving up to the next contact."""
    max_contacts: Annotated[int, Field(ge=1, le=250)] = 10
    """Nobody contacts us more often than this about one need."""
    entry: StepId | None = None
    """The entry at which they come in then, perhaps on another channel; the same if left out."""
    hours: OpenHours | None = None
    """They come only within these hours: who would come outside comes some time in the next."""


class NextContact(Model):
    """Some customers who end here contact us again later."""

    entry: StepId
    """The entry at which they come in then."""
    probability: Share = 1.0
    """Share of the customers who end here that does so."""
    delay: Distribution = Lognormal(mean=86_400, cv=1)
    """Seconds from the end of this contact to the next one."""
    hours: OpenHours | None = None
    """They come only within these hours: who would come outside comes some time in the next."""
    new_issue: bool = True
    """It is about something new; else still about the same need."""
