"""Many customers walking together: the first steps of first contacts, column by column.

Until a customer comes to something shared, nothing happens that depends on others. So new
customers may walk in numpy as far as every step knows how; the rest they walk one by one.
What comes out is bit for bit the same, only sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.distributions import Constant, Distribution, Uniform
from engine.plan import CLOSED, PlannedStep, purpose_number
from simulator.contact import Contact, Values
from simulator.distributions import quantile
from simulator.records import Mark
from simulator.streams import Keys, uniforms

if TYPE_CHECKING:
    from simulator.world import World

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Customers in their first contact, an element each; see `Contact` for the meaning.

    demand, entry: the demand that they belong to, and the step at which they came in, the same
    for all.  notes: attributes written so far, a column of values each, None where there is none.
    """

    customers: NDArray[np.int64]
    demand: int
    entry: int
    needs: NDArray[np.int16]
    starts: Floats
    times: Floats
    marks: NDArray[np.int64]
    notes: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.customers)

    def part(self, chosen: Mask) -> Crowd:
        """Those who are chosen."""
        return Crowd(
            self.customers[chosen],
            self.demand,
            self.entry,
            self.needs[chosen],
            self.starts[chosen],
            self.times[chosen],
            self.marks[chosen],
            {name: values[chosen] for name, values in self.notes.items()},
        )

    def later(self, seconds: Floats) -> Crowd:
        """The same, so many seconds later each."""
        return replace(self, times=self.times + seconds)

    def marked(self, marks: int, unmarks: int = 0) -> Crowd:
        """The same, with marks set and others taken away."""
        return replace(self, marks=self.marks & ~unmarks | marks)

    def noting(self, name: str, values: NDArray[Any]) -> Crowd:
        """The same, with an attribute written."""
        return replace(self, notes={**self.notes, name: values})


CrowdWalk = Callable[[Crowd], Iterator[tuple[str, Crowd]]]
"""Takes a crowd through a step: for each exit those who take it, at their new times."""


class CrowdDraws:
    """Draws of whole crowds; the same numbers as `Draws` gives to one contact after another.

    needs: indexes of what customers may want.  needs_of_population: the population says it.
    """

    def __init__(self, keys: Keys, needs: dict[str, int], needs_of_population: bool) -> None:
        self._keys = keys
        self.needs = needs
        self.needs_of_population = needs_of_population

    def uniform(self, planned: PlannedStep, purpose: str) -> Callable[[Crowd], Floats]:
        """Uniform draws in (0, 1) of everybody in a crowd."""
        keys, number = self._keys, purpose_number(f"{planned.id}/{purpose}")
        return lambda crowd: uniforms(keys[crowd.customers], number)

    def value(
        self, planned: PlannedStep, purpose: str, distribution: Distribution
    ) -> Callable[[Crowd], Floats]:
        """Everybody's draw from a distribution."""
        uniform, of = self.uniform(planned, purpose), _column_quantile(distribution)
        return lambda crowd: of(uniform(crowd))

    def chance(self, planned: PlannedStep, purpose: str, share: float) -> Callable[[Crowd], Mask]:
        """Who belongs to this share of visits."""
        if share <= 0 or share >= 1:
            return lambda crowd: np.full(len(crowd), share >= 1)
        uniform = self.uniform(planned, purpose)
        return lambda crowd: uniform(crowd) < share


def _column_quantile(distribution: Distribution) -> Callable[[Floats], Floats]:
    if isinstance(distribution, Constant):
        value = distribution.value
        return lambda draws: np.full(len(draws), value)
    if isinstance(distribution, Uniform):
        low, width = distribution.low, distribution.high - distribution.low
        return lambda draws: low + width * draws
    # With logarithms, numpy's results may differ in the last bit from one machine to another.
    of = quantile(distribution)
    return lambda draws: np.array([of(draw) for draw in draws.tolist()])


class CrowdWalker:
    """Lets crowds in: together as far as steps know how, then each on their own."""

    def __init__(self, world: World, walks: dict[int, CrowdWalk]) -> None:
        self._world = world
        self._walks = walks

    def let_in(self, step: int, crowd: Crowd) -> None:
        """Walk from `step` on until everybody ended or came to something shared."""
        at = [(step, crowd)]
        while at:
            step, crowd = at.pop()
            if step not in self._walks:
                self._disperse(step, crowd)
                continue
            planned = self._world.plan.steps[step]
            for exit_name, part in self._walks[step](crowd):
                if len(part):
                    at.extend(self._through(planned, exit_name, part))

    def _through(
        self, planned: PlannedStep, exit_name: str, crowd: Crowd
    ) -> Iterator[tuple[int, Crowd]]:
        """Count those who take an exit; where it leads, unless they end there."""
        world = self._world
        at = planned.exits.index(exit_name) if planned.exits else 0
        code = world.exit_codes[planned.index] + at
        world.counts[code] += int(np.count_nonzero(crowd.marks & Mark.MEASURED))
        target = planned.targets[at] if planned.exits else CLOSED
        if target != CLOSED:
            yield target, crowd
            return
        late = crowd.times > world.horizon
        marks = np.where(late, crowd.marks & ~Mark.RESOLVED | Mark.UNFINISHED, crowd.marks)
        world.contacts.write_columns(
            customer=crowd.customers,
            number=1,
            issue=1,
            nth=1,
            entry=crowd.entry,
            need=crowd.needs,
            start=crowd.starts,
            end=crowd.times,
            waited=0.0,
            last_exit=code,
            marks=marks,
            asked_again=0,
            asked_seconds=0.0,
        )
        world.leave(len(crowd))

    def _disperse(self, step: int, crowd: Crowd) -> None:
        world = self._world
        given = world.plan.assumptions.demand[crowd.demand].attributes
        names = list(crowd.notes)
        noted = zip(*(crowd.notes[name].tolist() for name in names), strict=True)
        columns = (crowd.customers, crowd.needs, crowd.starts, crowd.times, crowd.marks)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for customer, need, start, time, marks in rows:
            values: Values = dict(given)
            if names:
                own = zip(names, next(noted), strict=True)
                values.update((name, value) for name, value in own if value is not None)
            contact = Contact(customer, 1, crowd.entry, start, values, marks)
            contact.time = time
            contact.need = need
            world.walk(contact, step)
