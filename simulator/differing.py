"""The same customer in two cases: where their stories part, in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from simulator.reasons.chances import span
from simulator.report.values import clock_time
from simulator.trace import Event

_SAME = 1e-6
"""Seconds that are no difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first difference of two stories: the number of the event, and what is different."""

    at: int
    said: str


def first_difference(story: list[Event], other: list[Event]) -> Difference | None:
    """Where `story` is no longer as `other`; None if it is all the same."""
    for at, (one, two) in enumerate(zip_longest(story, other)):
        said = _difference(one, two)
        if said:
            before = (one or two).time
            lead = f"the same until {clock_time(before).capitalize()}; then " if at else ""
            return Difference(at, f"{lead}{said}")
    return None


def _difference(one: Event | None, two: Event | None) -> str:
    if one is None or two is None:
        longer = one or two
        goes_on = f"goes on to “{longer.name}” (contact {longer.contact})" if longer else ""
        return goes_on if one else f"ends here, and the other {goes_on}"
    if one.step != two.step:
        return f"comes to “{one.name}” instead of “{two.name}”"
    if abs(one.time - two.time) > _SAME:
        return f"comes to “{one.name}” at {clock_time(one.time)} instead of {clock_time(two.time)}"
    at = f"at “{one.name}” "
    if one.exit != two.exit:
        why = f" ({one.reason})" if one.reason else ""
        return f"{at}“{one.label}” instead of “{two.label}”{why}"
    if abs((one.waited or 0.0) - (two.waited or 0.0)) > _SAME:
        return f"{at}waited {span(one.waited or 0)} instead of {span(two.waited or 0)}"
    if abs(one.seconds - two.seconds) > _SAME:
        return f"{at}it takes {span(one.seconds)} instead of {span(two.seconds)}"
    if one.learned != two.learned:
        names = [key for key in one.learned if one.learned[key] != two.learned.get(key)]
        names += [key for key in two.learned if key not in one.learned]
        return f"{at}something else is known: {', '.join(names)}"
    return ""
