"""What stands on a journey map, as plain values that go to other programs and come back."""

from __future__ import annotations

from typing import Literal

from engine.model import Model


class Figure(Model):
    """A number over all replications with its interval; no bounds with one replication."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def is_above(self) -> float:
        """What it surely is, at least: the lower bound, or the value where there is none."""
        return self.value if self.low is None else self.low


class Felt(Figure):
    """Simulated experience from -2 to +2, modelled.

    low and high are the interval over replications; worst and best are what every coefficient
    at the low or high end of its range gives.
    """

    worst: float
    best: float


class Pain(Model):
    """Something that hurts at a step, found by simulation."""

    kind: Literal[
        "long_wait", "gave_up", "turned_away", "told_again", "misrecognised", "transferred", "unmet"
    ]
    step: str
    sentence: str
    figure: Figure
    lost: float
    """What it costs all customers: log-odds of being satisfied an issue."""


class Moment(Model):
    """A moment of truth: a step that makes or breaks how customers feel."""

    kind: Literal["changes_most", "decides"]
    step: str
    sentence: str
    weight: float


class MapStage(Model):
    """A stage: what is expected of its steps, and how customers left it."""

    id: str
    name: str
    note: str = ""
    expected: float | None = None
    felt: Felt | None = None
    measures: dict[str, Figure] = {}


class MapStep(Model):
    """A step of the journey as the customer meets it.

    owner: who answers for it, else the teams that serve there.
    """

    id: str
    name: str
    type: str
    stage: str | None = None
    touchpoint: str = ""
    channels: list[str] = []
    owner: str = ""
    expected: int | None = None
    felt: Felt | None = None
    measures: dict[str, Figure] = {}


class Coefficient(Model):
    """A number of the formula, with its range and what it counts."""

    id: str
    value: float
    low: float
    high: float
    says: str


class RunFacts(Model):
    """What was simulated."""

    scenario: str | None
    content_sha256: str
    seed: int
    replications: int
    interrupted: bool
    level: float
    long_wait: float


class JourneyMap(Model):
    """A journey's map; without `run` it holds only what the designer expects.

    steps: in the order of the map; those without a stage come last.  pains: worst first.
    """

    format: Literal["wayline/journey-map"] = "wayline/journey-map"
    version: Literal[1] = 1
    journey: str
    name: str
    modelled: str
    """What the simulated experience is, and what it is not."""
    formula: str
    coefficients: list[Coefficient]
    stages: list[MapStage]
    steps: list[MapStep]
    whole: Felt | None = None
    """How customers felt in the end."""
    pains: list[Pain] = []
    moments: list[Moment] = []
    run: RunFacts | None = None

    def steps_of(self, stage: str | None) -> list[MapStep]:
        """The steps of a stage, or without one."""
        return [step for step in self.steps if step.stage == stage]

    def pains_of(self, step: str) -> list[Pain]:
        """What hurts at a step, worst first."""
        return [pain for pain in self.pains if pain.step == step]

    def moments_of(self, step: str) -> list[Moment]:
        """Why a step is a moment of truth, if it is one."""
        return [moment for moment in self.moments if moment.step == step]
