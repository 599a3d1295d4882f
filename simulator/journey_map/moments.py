"""Moments of truth: by two rules, told with their numbers.

changes_most: the step changes modelled experience most, over all customers: the mean change at
it, up or down, times the share of customers who come there. decides: how customers feel in the
end depends on the way by which they leave the step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simulator.journey_map.model import MapStep, Moment
from simulator.journey_map.rows import signed

if TYPE_CHECKING:
    from simulator.journey_map.simulated import Tallies

RULE: Final = (
    "A moment of truth is one of the three steps that change modelled experience most (mean change "
    "at the step × share of customers who come there, at least 0.1 points for every customer), or "
    "a step to which a tenth of the customers come and after which those who leave by its best and "
    "by its worst exit (each taken by a twentieth at least) end half a point apart or more."
)
MOST: Final = 3
LEAST_CHANGE: Final = 0.1
LEAST_SHARE: Final = 0.1
LEAST_OF_EXIT: Final = 0.05
LEAST_GAP: Final = 0.5

_POINTS: Final = 4.0
"""Of emotion for a probability of 1."""


def moments_of_truth(every: Tallies) -> list[Moment]:
    """All of them, the weightiest of each rule first."""
    changing = [one for step in every.drawn.steps for one in _changing(every, step)]
    changing.sort(key=lambda one: -one.weight)
    deciding = [one for step in every.drawn.steps for one in _deciding(every, step)]
    deciding.sort(key=lambda one: -one.weight)
    return [*changing[:MOST], *deciding[:MOST]]


def _changing(every: Tallies, step: MapStep) -> Iterator[Moment]:
    name = step.id
    change = every.figure(lambda one: one.steps[name], "changed")
    share = every.figure(lambda one: one.steps[name], "issues")
    if change is None or share is None or not share.value:
        return
    points = _POINTS * change.value
    if points >= LEAST_CHANGE:
        said = (
            f"Changes experience by {points / share.value:.1f} points, up or down, for the "
            f"{share.value * 100:.0f} % of customers who come here."
        )
        yield Moment(kind="changes_most", step=name, sentence=said, weight=points)


def _deciding(every: Tallies, step: MapStep) -> Iterator[Moment]:
    name = step.id
    share = every.figure(lambda one: one.steps[name], "issues")
    if share is None or share.value < LEAST_SHARE:
        return
    ends = dict(_ends(every, name))
    if len(ends) < 2:
        return
    best, worst = max(ends, key=ends.__getitem__), min(ends, key=ends.__getitem__)
    gap = ends[best] - ends[worst]
    if gap >= LEAST_GAP:
        said = (
            f"Decides how it ends: who leaves by “{_words(best)}” at {signed(ends[best])}, "
            f"who leaves by “{_words(worst)}” at {signed(ends[worst])}."
        )
        yield Moment(kind="decides", step=name, sentence=said, weight=gap * share.value)


def _ends(every: Tallies, step: str) -> Iterator[tuple[str, float]]:
    """For each exit that enough customers take how they feel in the end."""
    exits = every.tallies[0].ends.get(step, {})
    sums = {
        name: [
            sum(part) for part in zip(*every.pairs(lambda one: one.ends[step], name), strict=True)
        ]
        for name in exits
    }
    taken = sum(count for _, count in sums.values())
    for name, (total, count) in sums.items():
        if taken and count >= LEAST_OF_EXIT * taken:
            yield name, _POINTS * total / count - 2.0


def _words(exit_name: str) -> str:
    return exit_name.replace("_", " ")
