"""Policy: may we, and is it the time to?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from engine.calendar import (
    DAY,
    OpenHours,
    OpenSpan,
    TimeOfDay,
    open_test,
    seconds_of,
    until_time_of_day,
)
from engine.conditions import Compare
from engine.distributions import Constant, Distribution
from engine.model import AttributeId, PurposeId, Seconds, Share, Weight
from engine.operations import (
    DONE,
    Command,
    Compute,
    Decide,
    Hold,
    Operation,
    Pass,
    Results,
    leaving,
)
from engine.profile import Channel
from engine.short_english import hours_in_english, name_of, time_in_english
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

if TYPE_CHECKING:
    from engine.journey import Journey, SubJourneyDefinition


class ConsentAssumptions(StepAssumptions):
    """How many customers consent."""

    granted: Share = 0.7
    """Share of customers whose consent is on record or, if asked, who give it."""


class Consent(Step):
    """Is there consent for this purpose on this channel?"""

    type: Literal["consent"] = "consent"
    title: ClassVar[str] = "Consent"
    group: ClassVar[Group] = Group.GUARD
    help: ClassVar[str] = "Lets only those pass who consented to the purpose."
    icon: ClassVar[str] = "consent"
    assumptions: ClassVar[AssumptionsType] = ConsentAssumptions

    purpose: PurposeId
    channel: Channel | None = None
    """The channel consented to; every channel, if left out."""
    ask: bool = False
    """Ask the customer now instead of looking the consent up."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """The first purpose that needs consent, or else the first of all."""
        needing = [one.id for one in journey.purposes if one.legal_basis == "consent"]
        return {"purpose": next(iter([*needing, *(p.id for p in journey.purposes)]), "marketing")}

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Granted or refused."""
        return ("granted", "refused")

    def says(self, journey: Journey) -> str:
        """What for, and on which channel."""
        doing = "asks for" if self.ask else "for"
        channel = "" if self.channel is None else f" · {self.channel}"
        return f"{doing} {name_of(journey.purposes, self.purpose)}{channel}"


class BusinessHours(Step):
    """Is it open?"""

    type: Literal["business_hours"] = "business_hours"
    title: ClassVar[str] = "Business hours"
    group: ClassVar[Group] = Group.GUARD
    help: ClassVar[str] = "Asks whether it is within the opening hours."
    icon: ClassVar[str] = "business_hours"

    hours: OpenHours = [OpenSpan()]

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Open or closed."""
        return ("open", "closed")

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """The clock says it."""
        is_open = open_test(self.hours)
        results = leaving(*self.exits(journey))
        return (
            Compute(self.kind, results, lambda _, now: ("open" if is_open(now) else "closed", 0.0)),
        )

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """When it is open."""
        return f"open {hours_in_english(self.hours)}"


class IdentifyAssumptions(StepAssumptions):
    """How identification goes."""

    verified: Share = 0.9
    """Share of customers who can be verified."""
    duration: Distribution = Constant(value=30)
    """Seconds it takes."""


class Identify(Step):
    """Who is it?"""

    type: Literal["identify"] = "identify"
    title: ClassVar[str] = "Identify"
    group: ClassVar[Group] = Group.GUARD
    help: ClassVar[str] = "Recognises and verifies the customer."
    icon: ClassVar[str] = "identify"
    assumptions: ClassVar[AssumptionsType] = IdentifyAssumptions
    takes_time: ClassVar[bool] = True

    method: Annotated[str, Field(max_length=200)] = ""
    """How: voice, code, portal login, questions."""
    attribute: AttributeId | None = None
    """Where it is kept that the customer is verified (true or false)."""
    recognises: bool = False
    """Who is known to be verified already passes at once."""

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Verified or not."""
        return ("verified", "failed")

    def operations(self, journey: Journey) -> tuple[Operation, ...]:
        """Who is known to be verified need not be verified again, if the design says so."""
        verify = super().operations(journey)
        if not (self.recognises and self.attribute):
            return verify
        known = Compare(op="eq", attribute=self.attribute, value=True)
        results: Results = {"verified": "verified", "unknown": 1}
        return (Decide((("verified", known),), "unknown", results), *verify)

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How."""
        return f"by {self.method}" if self.method.strip() else "verifies who it is"

    def asked(self) -> tuple[str, ...]:
        """Who the customer is."""
        return self.writes()

    def writes(self) -> tuple[str, ...]:
        """Whether the customer is verified."""
        return (self.attribute,) if self.attribute else ()


class ContactCapAssumptions(StepAssumptions):
    """How often customers were contacted before the journey."""

    earlier: Annotated[
        dict[Annotated[str, Field(pattern=r"^[0-9]{1,3}$")], Weight], Field(min_length=1)
    ] = {"0": 1.0}
    """For each number of contacts that we started within the window before: how many
    customers had that many, relative to each other."""


class ContactCap(Step):
    """Is it too much, or too late in the evening?"""

    type: Literal["contact_cap"] = "contact_cap"
    title: ClassVar[str] = "Contact cap and quiet hours"
    group: ClassVar[Group] = Group.GUARD
    help: ClassVar[str] = "Limits how often and when customers are contacted."
    icon: ClassVar[str] = "contact_cap"
    assumptions: ClassVar[AssumptionsType] = ContactCapAssumptions
    takes_time: ClassVar[bool] = True

    max_contacts: Annotated[int, Field(ge=1, le=1000)] | None = None
    """At most so many contacts that we start, within the window."""
    window: Seconds = 7 * 86_400.0
    """Seconds over which contacts are counted."""
    quiet_from: TimeOfDay | None = None
    """From this time of day on nobody is contacted."""
    quiet_to: TimeOfDay | None = None
    """Until this time of day."""
    when_quiet: Literal["hold", "skip"] = "hold"
    """In quiet hours: hold the customer until they end, or take another way."""

    @classmethod
    def beginning(
        cls,
        journey: Journey,  # noqa: ARG003
        within: SubJourneyDefinition | None,  # noqa: ARG003
    ) -> dict[str, Any]:
        """Three contacts a week."""
        return {"max_contacts": 3}

    @model_validator(mode="after")
    def _both_ends(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("quiet hours need both quiet_from and quiet_to")
        return self

    def exits(self, journey: Journey) -> tuple[str, ...]:  # noqa: ARG002
        """Allowed; and, where the design makes them possible, capped and quiet."""
        possible = {
            "allowed": True,
            "capped": self.max_contacts is not None,
            "quiet": self.quiet_from is not None and self.when_quiet == "skip",
        }
        return tuple(name for name, is_possible in possible.items() if is_possible)

    def handed_over(self) -> Iterator[tuple[str, str, str]]:
        """Counting over all journeys."""
        if self.max_contacts is not None:
            yield (
                "max_contacts, window",
                "An orchestrator sees one journey, not all contacts with the customer.",
                "Let the worker of “contact_cap” count them in the contact history.",
            )

    def operations(self, journey: Journey) -> tuple[Operation, ...]:  # noqa: ARG002
        """Quiet hours by the clock; then how often, which only the platform knows."""
        quiet = self._quiet()
        if self.max_contacts is None:
            return (*quiet, Pass(leaving("allowed")))
        return (*quiet, Command(self.kind, leaving("allowed", "capped")))

    def _quiet(self) -> tuple[Operation, ...]:
        end = self.quiet_to
        if self.quiet_from is None or end is None:
            return ()
        is_quiet = self.quiet_test()
        if self.when_quiet == "skip":
            results: Results = {"allowed": 1, "quiet": "quiet"}
            return (
                Compute(
                    "quiet_hours",
                    results,
                    lambda _, now: ("quiet" if is_quiet(now) else "allowed", 0.0),
                ),
            )
        hold = Compute(
            "quiet_hours",
            {"allowed": 1},
            lambda _, now: ("allowed", until_time_of_day(end, now) if is_quiet(now) else 0.0),
        )
        return hold, Hold({DONE: 2})

    def quiet_test(self) -> Callable[[float], bool]:
        """A function that tells whether a time (seconds since Monday 00:00) is quiet."""
        begin, end = seconds_of(self.quiet_from or "00:00"), seconds_of(self.quiet_to or "00:00")

        def is_quiet(now: float) -> bool:
            time = now % DAY
            return begin <= time < end if begin <= end else time >= begin or time < end

        return is_quiet

    def says(self, journey: Journey) -> str:  # noqa: ARG002
        """How often, and when not."""
        most = self.max_contacts
        cap = "" if most is None else f"{most} in {time_in_english(self.window)}"
        quiet = f"quiet {self.quiet_from}–{self.quiet_to}" if self.quiet_from else ""
        return " · ".join(filter(None, (cap, quiet))) or "no cap"
