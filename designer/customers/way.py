"""A customer's way through the graph that is shown: which cards and links, in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from designer.customers.told import Event
from designer.selection import LinkKey

_MOST = 3
"""So many numbers are written at a card."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a customer goes in one graph.

    numbers: for each step the numbers of the events there, from 1.  calls: steps within whose
    sub-journey something happens.  links: those that are followed.
    """

    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    calls: frozenset[str] = frozenset()
    links: frozenset[LinkKey] = frozenset()

    def steps(self) -> set[str]:
        """Every step of the graph that the customer comes to."""
        return {*self.numbers, *self.calls}


def way_of(events: Sequence[Event], shown: Collection[str]) -> Way:
    """The way through the graph whose steps' ids are `shown`.

    Ids are the document's: a step stands in one graph only.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    calls, links = set(), set()
    for number, event in enumerate(events, 1):
        path = event.path
        if path[-1] in shown:
            numbers[path[-1]].append(number)
        calls |= {step for step in path[:-1] if step in shown}
        # An exit of a sub-journey is left by the outcome, in the graph that calls it.
        links |= {(step, event.exit) for step in path[-2:] if step in shown}
    return Way(numbers, frozenset(calls), frozenset(links))


def numbers_in_words(numbers: Sequence[int]) -> str:
    """Such as 3, or 3 · 7 · 12 … where a step is come to more often."""
    said = " · ".join(map(str, numbers[:_MOST]))
    return f"{said} …" if len(numbers) > _MOST else said
