"""What is certain wherever a contact comes, whichever way it took.

A fact is certain at a step if every way there brings it about: a consent was granted, it
was found to be open, an attribute was written. Several gates on several ways count as
well as one gate before all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from engine.profile import Channel
from engine.steps.data import SetAttributes
from engine.steps.guard import BusinessHours, Consent
from engine.validation.cases import surely_known

if TYPE_CHECKING:
    from engine.validation.subject import Spot, Subject

Fact = tuple[str, ...]
OPEN: Fact = ("open",)


def written(attribute: str) -> Fact:
    """The journey's attribute has a value."""
    return ("written", attribute)


def consented(purpose: str, channel: Channel | None) -> Fact:
    """The customer consented to `purpose` on `channel`; on any channel at all, if None."""
    return ("consented", purpose, channel or "")


class Facts:
    """Which facts are certain at each step, over all the ways that lead there."""

    def __init__(self, subject: Subject) -> None:
        self._bits: dict[Fact, int] = {}
        self._late = {one.id for one in subject.journey.attributes if not one.given}
        effect = cache(self._effect)

        def after(spot: Spot, exit_name: str, before: int) -> int:
            gained, lost = effect(spot, exit_name)
            return (before | gained) & ~lost

        flow = subject.flow
        states = flow.forward(lambda _: 0, after, lambda one, other: one & other)
        self._at: dict[Spot, int] = {}
        for spot, state in zip(flow.spots, states, strict=True):
            if state is not None:
                self._at[spot] = self._at.get(spot, state) & state

    def is_reached(self, spot: Spot) -> bool:
        """Whether contacts can come to this step at all."""
        return spot in self._at

    def are_certain(self, fact: Fact, spot: Spot) -> bool:
        """Whether every contact that comes to this step has `fact` behind it."""
        return bool(self._at.get(spot, 0) & self._bits.get(fact, 0))

    def _mask(self, facts: Iterable[Fact]) -> int:
        mask = 0
        for fact in facts:
            mask |= self._bits.setdefault(fact, 1 << len(self._bits))
        return mask

    def _effect(self, spot: Spot, exit_name: str) -> tuple[int, int]:
        """What leaving a step by an exit makes certain, and what it makes uncertain."""
        lost = {written(name) for name in _forgotten(spot) if spot.graph.owns(name)}
        gained = {*granted(spot, exit_name), *self._written(spot, exit_name)} - lost
        return self._mask(gained), self._mask(lost)

    def _written(self, spot: Spot, exit_name: str) -> Iterator[Fact]:
        names = set(spot.writes)
        for name, condition in spot.conditions:
            if name == exit_name:
                names |= surely_known(condition)
        for name in sorted(names & self._late):
            if spot.graph.owns(name):
                yield written(name)


def _forgotten(spot: Spot) -> set[str]:
    gone: set[str] = set()
    if isinstance(spot.step, SetAttributes):
        for one in spot.step.set:
            (gone.add if one.forget else gone.discard)(one.attribute)
    return gone


def granted(spot: Spot, exit_name: str) -> Iterator[Fact]:
    """What the policy asked at a step makes certain for those who leave it by this exit."""
    step = spot.step
    if isinstance(step, BusinessHours) and exit_name == "open":
        yield OPEN
    if isinstance(step, Consent) and exit_name == "granted":
        yield consented(step.purpose, None)
        for channel in Channel if step.channel is None else [step.channel]:
            yield consented(step.purpose, channel)
