"""W111 to W114: loops take time and have an end, and nobody waits beyond the journey's limit."""

from __future__ import annotations

from collections.abc import Iterator

from engine.steps.base import Step
from engine.steps.control import RetryLoop, SubJourney
from engine.steps.guard import ContactCap
from engine.steps.time import Wait, WaitForEvent
from engine.validation.finding import Severity, listed
from engine.validation.flow import START, knots
from engine.validation.registry import Flaw, rule
from engine.validation.subject import Spot, Subject

_LIMITED = {RetryLoop: "again", ContactCap: "allowed"}


def surely_takes_time(step: Step) -> bool:
    """Whether time may pass in the step; not if its own fields say that none does."""
    match step:
        case Wait():
            return step.duration != 0
        case WaitForEvent():
            return step.timeout != 0
        case ContactCap():
            return step.quiet_from is not None and step.when_quiet == "hold"
        case _:
            return type(step).takes_time


def is_limited(step: Step, exit_name: str) -> bool:
    """Whether a contact can leave by this exit only so many times.

    A call that the flow could not follow is given the benefit of the doubt.
    """
    if isinstance(step, SubJourney):
        return exit_name != START
    if isinstance(step, ContactCap) and step.max_contacts is None:
        return False
    return _LIMITED.get(type(step)) == exit_name


def endless(subject: Subject) -> Iterator[tuple[list[Spot], bool]]:
    """Each loop without a limit, and whether some round in it takes no time at all."""
    flow = subject.flow

    def keep(place: int, exit_name: str) -> bool:
        return not is_limited(flow.spots[place].step, exit_name)

    def keep_timeless(place: int, exit_name: str) -> bool:
        return keep(place, exit_name) and not surely_takes_time(flow.spots[place].step)

    timeless = knots(flow.ways, keep_timeless)
    instant = {place for knot in timeless for place in knot}
    slow = [knot for knot in knots(flow.ways, keep) if instant.isdisjoint(knot)]
    seen: set[tuple[Spot, ...]] = set()
    for knot, is_instant in [*((k, True) for k in timeless), *((k, False) for k in slow)]:
        spots = tuple(dict.fromkeys(flow.spots[place] for place in knot))
        if spots not in seen:
            seen.add(spots)
            yield list(spots), is_instant


def _round(spots: list[Spot]) -> str:
    return listed([spot.step.name for spot in spots])


@rule(
    "W111",
    Severity.ERROR,
    "Loop without time and without a limit",
    why="A customer could go round for ever within one moment: no system can carry that out.",
    mend="Put a wait or a retry loop into it, or lead one of its steps out of the loop.",
)
def _timeless_loop(subject: Subject) -> Iterator[Flaw]:
    for spots, is_instant in endless(subject):
        if is_instant:
            yield Flaw(f"A loop takes no time and has no limit: {_round(spots)}.", spots[0])


@rule(
    "W112",
    Severity.WARNING,
    "Loop without a limit",
    why="Nothing says how often a customer may go round, and some will go round very often.",
    mend="Put a retry loop into it, which lets customers round only so many times.",
)
def _unlimited_loop(subject: Subject) -> Iterator[Flaw]:
    for spots, is_instant in endless(subject):
        if not is_instant:
            what = f"Nothing limits how often customers go round through {_round(spots)}."
            yield Flaw(what, spots[0])


@rule(
    "W113",
    Severity.WARNING,
    "Waits for an event without a timeout",
    why="If the event never comes, the customer waits for ever.",
    mend="Give it a timeout, and link the exit for those for whom time is up.",
)
def _event_without_timeout(subject: Subject) -> Iterator[Flaw]:
    for spot, step in subject.of(WaitForEvent):
        if step.timeout is None:
            yield Flaw(f"{spot.said} waits for its event without a timeout.", spot, "timeout")


@rule(
    "W114",
    Severity.ERROR,
    "Wait beyond the journey's limit",
    why="No customer is meant to be in the journey that long, so the wait cannot end in time.",
    mend="Shorten the wait, or raise the journey's limit.",
)
def _wait_beyond_limit(subject: Subject) -> Iterator[Flaw]:
    limit = subject.journey.limit
    for spot in subject.spots:
        bound = spot.step.wait_bound()
        if bound is not None and bound > limit:
            what = (
                f"{spot.said} may last {bound:,.15g} s, longer than the journey's limit "
                f"of {limit:,.15g} s."
            )
            yield Flaw(what, spot)
