"""W511 to W516: assumptions speak of what exists, and somebody comes in at every entry."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assumptions import Demand, Period, Surge
from engine.calendar import DAY, Weekday, seconds_of
from engine.steps.ai_agent import AIAgent, AIAgentAssumptions
from engine.steps.base import Step, StepAssumptions
from engine.steps.talk import Menu, MenuAssumptions, Survey, SurveyAssumptions
from engine.validation.finding import Severity, listed, quoted
from engine.validation.places import Places
from engine.validation.registry import Flaw, rule
from engine.validation.rules.choices import own_choices
from engine.validation.subject import Subject


@rule(
    "W511",
    Severity.ERROR,
    "Demand at what is no entry",
    why="Customers can only come in where the journey begins.",
    mend="Name an inbound contact, an outbound audience or a business event of the journey.",
)
def _demand_elsewhere(subject: Subject) -> Iterator[Flaw]:
    entries = {spot.step.id for spot in subject.graphs[0].starts()}
    for demand in subject.assumptions.demand:
        if demand.entry not in entries:
            entry = quoted(demand.entry)
            what = f"The demand {quoted(demand.id)} is for {entry}, which is no entry."
            yield Flaw(what, field=f"assumptions/demand/{demand.id}/entry")


@rule(
    "W512",
    Severity.WARNING,
    "Entry without demand",
    why="In a simulation nobody will come in here.",
    mend="Say in the assumptions how many customers come in here a day.",
)
def _entry_without_demand(subject: Subject) -> Iterator[Flaw]:
    awaited = {demand.entry for demand in subject.assumptions.demand}
    for spot in subject.spots:
        awaited |= {entry for _, entry in subject.assumed(spot.step).later_entries()}
    for spot in subject.graphs[0].starts():
        if spot.step.id not in awaited:
            yield Flaw(f"There is no demand for {spot.said}: nobody will come.", spot)


@rule(
    "W513",
    Severity.ERROR,
    "Demand that is spread over nothing",
    why="All weights are zero, so nothing says when these customers come.",
    mend="Give at least one interval and one weekday a weight above zero.",
)
def _demand_without_shape(subject: Subject) -> Iterator[Flaw]:
    for demand in subject.assumptions.demand:
        days = demand.day_of_week.values()
        if demand.per_day and (not any(demand.shape) or (days and not any(days))):
            what = f"The demand {quoted(demand.id)} never comes: all its weights are zero."
            yield Flaw(what, field=f"assumptions/demand/{demand.id}")


@rule(
    "W514",
    Severity.ERROR,
    "Numbers for a choice that does not exist",
    why="The numbers would be ignored, and the choice that they are meant for has none.",
    mend="Name one of the step's own choices, or remove the numbers.",
)
def _numbers_of_nothing(subject: Subject) -> Iterator[Flaw]:
    for spot in subject.spots:
        for field, named, known in tables(spot.step, subject.assumed(spot.step)):
            for name in named:
                if name not in known:
                    what = f"The assumptions of {spot.said} name {quoted(name)} in {field}."
                    mend = f"Name one of {listed(known, 12)}, or remove it." if known else ""
                    yield Flaw(what, spot, field, mend)


def tables(step: Step, assumed: StepAssumptions) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each table of numbers by name: its field, the names in it, and those that there are."""
    if isinstance(step, Menu) and isinstance(assumed, MenuAssumptions):
        yield "weights", list(assumed.weights), own_choices(step)
    if isinstance(step, AIAgent) and isinstance(assumed, AIAgentAssumptions):
        yield "intents", list(assumed.intents), own_choices(step)
    if isinstance(step, Survey) and isinstance(assumed, SurveyAssumptions):
        yield "scores", list(assumed.scores), [str(score) for score in step.scale()]


@rule(
    "W515",
    Severity.WARNING,
    "Source of a number that does not exist",
    why="A note on where a number comes from is of use only at that number.",
    mend="Correct the place, or remove the note.",
)
def _source_of_nothing(subject: Subject) -> Iterator[Flaw]:
    places = Places(subject.document) if subject.assumptions.sources else None
    for number, source in enumerate(subject.assumptions.sources):
        if places and not places.exists(source.at):
            what = f"There is nothing at {quoted(source.at)}, for which a source is given."
            yield Flaw(what, field=f"assumptions/sources/{number}/at")


@rule(
    "W516",
    Severity.WARNING,
    "Surge without effect",
    why="It changes nothing: the period is over before it, or there are none whom it multiplies.",
    mend="Let it begin within the period, and a factor when customers come; or give customers.",
)
def _surge_of_nothing(subject: Subject) -> Iterator[Flaw]:
    period = subject.assumptions.period
    for demand in subject.assumptions.demand:
        for number, surge in enumerate(demand.surges):
            field = f"assumptions/demand/{demand.id}/surges/{number}"
            name = quoted(surge.name or surge.id)
            start = surge.day * DAY + seconds_of(surge.starts_at)
            if start >= period.days * DAY:
                yield Flaw(
                    f"The surge {name} begins after the last day of the period.", field=field
                )
            elif surge.times is not None and not _anybody_comes(demand, surge, period):
                what = f"The surge {name} multiplies nobody: no customers usually come then."
                yield Flaw(what, field=field)


def _anybody_comes(demand: Demand, surge: Surge, period: Period) -> bool:
    """Whether the demand usually has customers at some time of the surge within the period."""
    start = surge.day * DAY + seconds_of(surge.starts_at)
    end = start + surge.lasts
    days, opening = list(Weekday), seconds_of(demand.starts_at)
    # After a week it is all the same again.
    for day in range(surge.day, min(int(end // DAY) + 1, surge.day + 9, period.days)):
        weekday = days[(period.start_day.number + day) % 7]
        if demand.day_of_week and not demand.day_of_week.get(weekday):
            continue
        for number, weight in enumerate(demand.shape):
            begins = day * DAY + opening + number * demand.interval
            if weight and begins < end and begins + demand.interval > start:
                return demand.per_day > 0
    return False
