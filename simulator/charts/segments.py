"""Which segment each customer belongs to, for all of them at once.

The same as `splits` finds for a part of a run; here for every attribute whose values are few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Assumptions, Chance, Choices
from engine.plan import purpose_number
from engine.steps.decide import weight_bounds
from simulator.records import Records
from simulator.splits import UNKNOWN, label
from simulator.streams import Keys, uniforms

MOST_ATTRIBUTES: Final = 4
MOST_VALUES: Final = 12
"""Of one attribute: more parts than that nobody compares."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """One attribute of customers and its values as they are shown; the last is the unknown."""

    attribute: str
    labels: tuple[str, ...]
    mix: Choices | Chance | None
    given: tuple[int | None, ...]
    """By demand: the number of the value that all of its customers have."""

    def of_customers(self, records: Records) -> NDArray[np.int64]:
        """The number of each customer's value."""
        codes = self._drawn(records.keys)
        of_demand = np.array([-1 if one is None else one for one in self.given])
        given = of_demand[records.demands]
        return np.where(given >= 0, given, codes)

    def _drawn(self, keys: Keys) -> NDArray[np.int64]:
        unknown, mix = len(self.labels) - 1, self.mix
        if mix is None:
            return np.full(len(keys), unknown, np.int64)
        purpose = f"attribute/{self.attribute}"
        draws = uniforms(keys, purpose_number(purpose))
        if isinstance(mix, Chance):
            found = np.where(draws < mix.true, 0, 1)
        else:
            items, bounds = weight_bounds(mix.weights)
            numbers = np.array([self.labels.index(label(item)) for item in items], np.int64)
            found = numbers[np.searchsorted(np.array(bounds), draws, side="right")]
        if mix.missing:
            lacks = uniforms(keys, purpose_number(f"{purpose}/missing")) < mix.missing
            found = np.where(lacks, unknown, found)
        return found


def segmentations(assumptions: Assumptions) -> Iterator[Segmentation]:
    """Of every attribute by which customers may well be compared, the first few."""
    demands, mixes = assumptions.demand, assumptions.population
    names = dict.fromkeys([*mixes, *(name for one in demands for name in one.attributes)])
    found = 0
    for name in names:
        mix = mixes.get(name)
        given = [one.attributes.get(name) for one in demands]
        drawn = _values(mix)
        labels = dict.fromkeys([*drawn, *(label(one) for one in given if one is not None)])
        usable = isinstance(mix, Choices | Chance | None) and len(labels) <= MOST_VALUES
        if usable and len(labels) > 1 and found < MOST_ATTRIBUTES:
            found += 1
            numbers = {one: number for number, one in enumerate(labels)}
            yield Segmentation(
                name,
                (*labels, UNKNOWN),
                mix if isinstance(mix, Choices | Chance) else None,
                tuple(None if one is None else numbers[label(one)] for one in given),
            )


def _values(mix: object) -> list[str]:
    match mix:
        case Choices():
            return [label(one) for one in mix.weights]
        case Chance():
            return [label(True), label(False)]
        case _:
            return []
