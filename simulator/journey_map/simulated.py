"""The map with what simulated customers felt: replications, estimates, pains, moments of truth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.document import Document, content_hash, document_to_bytes, parse_document
from engine.plan import Plan, make_plan
from simulator.experiment import Progress, Settings, over_processes
from simulator.journey_map.drawn import drawn_map
from simulator.journey_map.model import Felt, Figure, JourneyMap, RunFacts
from simulator.journey_map.moments import moments_of_truth
from simulator.journey_map.pains import pains
from simulator.journey_map.tally import Pairs, Places, Tally, tally
from simulator.measured import Measured
from simulator.replication import replicate
from simulator.statistics import ratio_estimate

LONG_WAIT: Final = 120.0
"""Seconds from which on a wait is long, unless the user says otherwise."""

REPLICATIONS: Final = 20

_SHOWN: Final = (
    "visits",
    "share",
    "issues",
    "mean_wait",
    "long_wait",
    "abandonment_rate",
    "unmet",
    "lost",
    "told_again",
    "misrecognised",
    "transferred",
    "nps",
    "sentiment",
)
"""What of the tallies stands on the map, in this order."""


@dataclass(frozen=True)
class Tallies:
    """All replications' tallies, and estimates from them."""

    drawn: JourneyMap
    tallies: Sequence[Tally]
    level: float

    def pairs(self, of: Callable[[Tally], Pairs], measure: str) -> list[tuple[float, float]]:
        """A measure's numerators and denominators, one a replication."""
        return [pairs[measure] for one in self.tallies if measure in (pairs := of(one))]

    def figure(self, of: Callable[[Tally], Pairs], measure: str) -> Figure | None:
        """The estimate of a measure; None where it does not apply."""
        pairs = self.pairs(of, measure)
        if not pairs:
            return None
        tops, bottoms = zip(*pairs, strict=True)
        found = ratio_estimate(tops, bottoms, self.level)
        if found is None:
            return None
        if math.isnan(found.half_width):
            return Figure(value=found.value)
        return Figure(value=found.value, low=found.low, high=found.high)

    def figures(self, of: Callable[[Tally], Pairs]) -> dict[str, Figure]:
        """All estimates that stand on the map."""
        found = {name: self.figure(of, name) for name in _SHOWN}
        return {name: one for name, one in found.items() if one is not None}

    def felt(self, of: Callable[[Tally], Pairs]) -> Felt | None:
        """The simulated experience, as an emotion from -2 to +2."""
        found, worst, best = (self.figure(of, f"satisfied{end}") for end in ("", "_worst", "_best"))
        if found is None or worst is None or best is None:
            return None
        return Felt(
            value=_emotion(found.value),
            low=None if found.low is None else _emotion(found.low),
            high=None if found.high is None else _emotion(found.high),
            worst=_emotion(worst.value),
            best=_emotion(best.value),
        )


def _emotion(satisfied: float) -> float:
    """From -2 (nobody is satisfied) to +2 (everybody is); no interval reaches beyond."""
    return 4.0 * min(1.0, max(0.0, satisfied)) - 2.0


def simulated_map(
    document: Document,
    settings: Settings,
    scenario: str | None = None,
    long_wait: float = LONG_WAIT,
    progress: Progress | None = None,
) -> JourneyMap | None:
    """Simulate `document` (with the scenario's changes already made) and draw its map.

    The same document and settings give the same map, with any number of processes. On
    KeyboardInterrupt the replications that are complete are kept; None if there are none.
    """
    make_plan(document)
    tallies: list[Tally] = []
    work, interrupted = _Work(document_to_bytes(document), settings, long_wait), False
    try:
        for one in over_processes(work, settings):
            tallies.append(one)
            if progress is not None:
                progress(len(tallies), settings.replications)
    except KeyboardInterrupt:
        interrupted = True
    if not tallies:
        return None
    facts = RunFacts(
        scenario=scenario,
        content_sha256=content_hash(document),
        seed=settings.seed,
        replications=len(tallies),
        interrupted=interrupted,
        level=settings.level,
        long_wait=long_wait,
    )
    return _filled(Tallies(drawn_map(document), tallies, settings.level), facts, document)


def _filled(every: Tallies, facts: RunFacts, document: Document) -> JourneyMap:
    drawn = every.drawn

    def step(name: str) -> Callable[[Tally], Pairs]:
        return lambda one: one.steps[name]

    def stage(name: str) -> Callable[[Tally], Pairs]:
        return lambda one: one.stages[name]

    return drawn.model_copy(
        update={
            "steps": [
                one.model_copy(
                    update={
                        "felt": every.felt(step(one.id)),
                        "measures": every.figures(step(one.id)),
                    }
                )
                for one in drawn.steps
            ],
            "stages": [
                one.model_copy(
                    update={
                        "felt": every.felt(stage(one.id)),
                        "measures": every.figures(stage(one.id)),
                    }
                )
                for one in drawn.stages
            ],
            "whole": every.felt(lambda one: one.whole),
            "pains": pains(every, document, facts.long_wait),
            "moments": moments_of_truth(every),
            "run": facts,
        }
    )


@dataclass
class _Work:
    """What a process does for one replication; it plans the journey once."""

    document: bytes
    settings: Settings
    long_wait: float
    _planned: tuple[Plan, Places] | None = field(default=None, repr=False)

    def __getstate__(self) -> tuple[bytes, Settings, float]:
        """Only what every process cannot make for itself."""
        return self.document, self.settings, self.long_wait

    def __setstate__(self, state: tuple[bytes, Settings, float]) -> None:
        """Start without a plan."""
        self.document, self.settings, self.long_wait = state
        self._planned = None

    def __call__(self, replication: int) -> Tally:
        """Simulate and count one replication."""
        if self._planned is None:
            document = parse_document(self.document)
            plan = make_plan(document)
            self._planned = plan, Places.on(drawn_map(document), plan)
        plan, places = self._planned
        records = replicate(plan, self.settings.seed, replication, record_visits=True)
        return tally(Measured(plan, records, self.settings.thresholds), places, self.long_wait)
