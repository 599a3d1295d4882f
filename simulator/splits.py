"""Runs split into groups: by channel, segment, intent, team, or interval of the day.

A contact belongs to the channel on which it came in and to what its customer wanted then; an
issue or a customer to the group of its first contact; a visit to that of its contact, and to the
team that answered. Segments are of customers: by an attribute of the population or the demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Assumptions, Chance, Choices, Mix
from engine.errors import DocumentError
from engine.journey import Journey
from engine.plan import Plan
from engine.profile import Channel, Value
from simulator.counted_time import DailyInterval
from simulator.histories import Rows
from simulator.kpis import By
from simulator.measured import Measured, Part
from simulator.needs import needs
from simulator.population import attribute_sampler

UNKNOWN = "unknown"
"""The group of what nobody knows: of a missing value, or of a contact that never ended."""

USUAL_MINUTES = 30
"""Of an interval, if nothing else is said."""

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Split:
    """By what to split.

    attribute: of a segment.  minutes: length of an interval; a day has a whole number of them.
    """

    by: By
    attribute: str = ""
    minutes: int = USUAL_MINUTES

    @property
    def name(self) -> str:
        """Its name in files and on the command line."""
        match self.by:
            case "segment":
                return f"segment={self.attribute}"
            case "interval":
                return f"interval={self.minutes}"
            case _:
                return self.by


def refuse_split(split: Split, journey: Journey, assumptions: Assumptions) -> None:
    """DocumentError if the journey cannot be split so."""
    if split.by == "interval" and (split.minutes < 1 or 1440 % split.minutes):
        raise DocumentError(
            f"a day has no whole number of intervals of {split.minutes} minutes",
            where=f"--by {split.name}",
            mend="choose a length that divides 1440, such as 15, 30 or 60.",
        )
    if split.by == "team" and not journey.teams:
        raise DocumentError(
            "the journey has no teams", where="--by team", mend="split by something else."
        )
    if split.by == "segment":
        _refuse_attribute(split, assumptions)


def _refuse_attribute(split: Split, assumptions: Assumptions) -> None:
    mixes = assumptions.population
    given = {name for demand in assumptions.demand for name in demand.attributes}
    usable = [name for name, mix in mixes.items() if _values(mix)]
    usable += sorted(given - mixes.keys())
    named = f"choose {', '.join(usable)}." if usable else "give the population an attribute."
    where = f"--by {split.name}"
    if split.attribute not in mixes.keys() | given:
        raise DocumentError(
            f"neither the population nor a demand has an attribute “{split.attribute}”",
            where=where,
            mend=named,
        )
    if split.attribute not in usable:
        raise DocumentError(
            f"“{split.attribute}” is a number, and has too many values to split by",
            where=where,
            mend=named,
        )


def _values(mix: Mix | None) -> list[Value]:
    """Every value that a mix can give; none of a number, which has too many."""
    match mix:
        case Choices():
            return list(mix.weights)
        case Chance():
            return [True, False]
        case _:
            return []


def groups(split: Split, plan: Plan) -> list[str]:
    """Every group that there may be, in the order to show them."""
    match split.by:
        case "channel":
            names = [*dict.fromkeys(_channel(plan, one) for one in plan.entries.values()), UNKNOWN]
        case "segment":
            names = [*map(label, _segment_values(split, plan)), UNKNOWN]
        case "intent":
            names = [*needs(plan), UNKNOWN]
        case "team":
            names = [team.id for team in plan.journey.teams]
        case "interval":
            starts = range(0, 1440, split.minutes)
            names = [f"{start // 60:02}:{start % 60:02}" for start in starts]
    return list(dict.fromkeys(names))


def parts(split: Split, whole: Measured) -> Iterator[tuple[str, Measured]]:
    """Each group's part of a run, the groups in their order."""
    names = groups(split, whole.plan)
    for name, part in zip(names, _parts(split, whole, names), strict=True):
        yield name, whole.part(part)


def _parts(split: Split, whole: Measured, names: Sequence[str]) -> Iterator[Part]:
    match split.by:
        case "interval":
            length = split.minutes * 60.0
            for number in range(len(names)):
                yield Part(time=DailyInterval(number * length, length))
        case "team":
            team = whole.records.queue.column("team")
            for number in range(len(names)):
                yield Part(visits=team == number, teams=[number])
        case _:
            contacts, visits = _codes(split, whole, {name: at for at, name in enumerate(names)})
            for number in range(len(names)):
                yield Part(contacts == number, visits == number)


def _codes(split: Split, whole: Measured, numbers: dict[str, int]) -> tuple[Codes, Codes]:
    """The number of each contact's group, and of each visit's to a queue."""
    contacts, queue = whole.records.contacts, whole.records.queue
    if split.by == "segment":
        of_customer = _segments(split, whole, numbers)
        return of_customer[contacts.column("customer")], of_customer[queue.column("customer")]
    if split.by == "channel":
        of_step = np.full(len(whole.plan.steps), numbers[UNKNOWN], np.int64)
        for entry in whole.plan.entries.values():
            of_step[entry] = numbers[_channel(whole.plan, entry)]
        codes = of_step[contacts.column("entry")]
    else:
        # The last one is for the index -1, which stands for a need that nobody knows.
        of_need = [*(numbers[name] for name in needs(whole.plan)), numbers[UNKNOWN]]
        codes = np.array(of_need, np.int64)[contacts.column("need")]
    return codes, np.append(codes, numbers[UNKNOWN])[_contacts_of_visits(whole)]


def _contacts_of_visits(whole: Measured) -> Rows:
    """The row of each visit's contact; -1, so the last one, if it has none."""
    queue = whole.records.queue
    return whole.histories.rows_of(queue.column("customer"), queue.column("number"))


def _channel(plan: Plan, entry: int) -> str:
    channel: Channel | None = plan.steps[entry].step.contact_channel()
    return UNKNOWN if channel is None else channel.value


# ---- segments


def _segment_values(split: Split, plan: Plan) -> list[Value]:
    found = _values(plan.assumptions.population.get(split.attribute))
    given = [one.attributes.get(split.attribute) for one in plan.assumptions.demand]
    return [*found, *(value for value in given if value is not None)]


def label(value: Value | None) -> str:
    """What a group of customers with this value is called."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case _:
            return f"{value:g}"


def _segments(split: Split, whole: Measured, numbers: dict[str, int]) -> Codes:
    """The number of each customer's group: what the demand says, else the population."""
    assumptions, records = whole.plan.assumptions, whole.records
    codes = np.full(len(records.demands), numbers[UNKNOWN], np.int64)
    mix = assumptions.population.get(split.attribute)
    drawn: Any = None if mix is None else attribute_sampler(records.keys, split.attribute, mix)
    for number, demand in enumerate(assumptions.demand):
        own = np.flatnonzero(records.demands == number)
        if split.attribute in demand.attributes:
            codes[own] = numbers[label(demand.attributes[split.attribute])]
        elif drawn is not None:
            codes[own] = [numbers[label(drawn(customer))] for customer in own.tolist()]
    return codes
