"""The channels on which contacts come to each step."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from engine.conditions import attributes_in
from engine.profile import Channel
from engine.steps.decide import ConditionStep
from engine.validation.cases import is_possible

if TYPE_CHECKING:
    from engine.validation.subject import Spot, Subject

Some = frozenset[Channel]
_SIGNAL = "channel"


class Channels:
    """For each step the channels of the contacts that may come to it."""

    def __init__(self, subject: Subject) -> None:
        self._let_through = cache(_let_through)
        flow = subject.flow
        states = flow.forward(_of_entry, self._after, lambda one, other: one | other)
        self._at: dict[Spot, Some] = {}
        for spot, state in zip(flow.spots, states, strict=True):
            self._at[spot] = self._at.get(spot, frozenset()) | (state or frozenset())

    def _after(self, spot: Spot, exit_name: str, before: Some) -> Some:
        if not _asks_for_channel(spot):
            return before
        return before & self._let_through(spot, exit_name)

    def at(self, spot: Spot) -> Some:
        """The channels of contacts at this step; empty if nobody comes here."""
        return self._at.get(spot, frozenset())

    def after(self, spot: Spot, exit_name: str) -> Some:
        """The channels of contacts that leave this step by an exit."""
        return self._after(spot, exit_name, self.at(spot))


def _of_entry(spot: Spot) -> Some:
    channel = spot.step.contact_channel()
    return frozenset() if channel is None else frozenset({channel})


def _asks_for_channel(spot: Spot) -> bool:
    if not isinstance(spot.step, ConditionStep) or not spot.graph.owns(_SIGNAL):
        return False
    return any(_SIGNAL in attributes_in(condition) for _, condition in spot.conditions)


def _let_through(spot: Spot, exit_name: str) -> Some:
    """The channels on which a contact may leave a condition by this exit."""
    names = [name for name, _ in spot.conditions]
    number = names.index(exit_name) if exit_name in names else len(names)
    tests = [condition for _, condition in spot.conditions]
    return frozenset(
        channel
        for channel in Channel
        if is_possible(
            tests[number : number + 1],
            tests[:number],
            spot.graph.attributes,
            {_SIGNAL: channel.value},
        )
    )
