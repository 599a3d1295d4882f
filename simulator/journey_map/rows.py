"""A journey map as a table: columns of stages and steps, and rows of what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.journey_map.model import Coefficient, Felt, JourneyMap, MapStage, MapStep
from simulator.journey_map.pains import with_interval
from simulator.report.values import shown

APART: Final = "Without a stage"
CURVE: Final = "curve"
"""The id of the row in which the curves are drawn."""


@dataclass(frozen=True, slots=True)
class Column:
    """A step in its stage; a stage without steps has one column of its own, without a step."""

    stage: MapStage | None
    step: MapStep | None

    @property
    def stage_name(self) -> str:
        """What the stage is called."""
        return self.stage.name if self.stage is not None else APART

    @property
    def expected(self) -> float | None:
        """The expected emotion."""
        return self.step.expected if self.step is not None else None

    @property
    def felt(self) -> Felt | None:
        """The simulated experience."""
        return self.step.felt if self.step is not None else None


@dataclass(frozen=True, slots=True)
class Row:
    """A title, and a text for each column."""

    id: str
    title: str
    cells: Sequence[str]


def columns(of: JourneyMap) -> list[Column]:
    """All columns, stage by stage; steps without a stage come last."""
    found: list[Column] = []
    for stage in of.stages:
        own = of.steps_of(stage.id)
        found += [Column(stage, step) for step in own] or [Column(stage, None)]
    return found + [Column(None, step) for step in of.steps_of(None)]


def rows(of: JourneyMap) -> list[Row]:
    """All rows; what only a simulation tells is left out where nothing is simulated."""
    across = columns(of)

    def row(name: str, title: str, says: Callable[[MapStep], str]) -> Row:
        return Row(name, title, [says(one.step) if one.step else "" for one in across])

    found = [
        row("step", "Step", lambda step: step.name),
        row("touchpoint", "Touchpoint", lambda step: step.touchpoint or step.type),
        row("channel", "Channel", lambda step: ", ".join(map(_channel, step.channels))),
        row("owner", "Owner", lambda step: step.owner),
        row("expected", "Expected emotion", lambda step: _expected(step.expected)),
    ]
    if of.run is not None:
        found += [
            row("felt", "Simulated experience (modelled)", lambda step: felt_text(step.felt)),
            Row(CURVE, "Expected (dashed) and simulated (solid)", [""] * len(across)),
            row("counts", "Customers", _counts),
            row("waits", "Waits, leaving, telling again", _troubles),
            *(
                row(name, title, _score(name))
                for name, title in _SCORES.items()
                if any(name in step.measures for step in of.steps)
            ),
            row("pains", "Pains found", lambda step: "\n".join(_pains(of, step))),
            row("moments", "Moments of truth", lambda step: "\n".join(_moments(of, step))),
        ]
    elif any(one.expected is not None for one in across):
        found.append(Row(CURVE, "Expected", [""] * len(across)))
    return [one for one in found if one.id == CURVE or any(one.cells)]


_SCORES: Final = {"nps": "NPS, by your mapping", "sentiment": "Sentiment, by your mapping"}


def signed(value: float, digits: int = 1) -> str:
    """An emotion with its sign; 0 has none."""
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text[1:] if not text.strip("+−0.") else text


def felt_text(felt: Felt | None) -> str:
    """The experience, its interval and what the coefficients' ranges give."""
    if felt is None:
        return ""
    lines = [signed(felt.value, 2)]
    if felt.low is not None and felt.high is not None:
        lines.append(f"interval {signed(felt.low, 2)} to {signed(felt.high, 2)}")
    lines.append(f"range {signed(felt.worst)} to {signed(felt.best)}")
    return "\n".join(lines)


def coefficient_text(one: Coefficient) -> str:
    """A coefficient of the formula, its range and what it counts."""
    ends = f"{signed(one.low, 2)} to {signed(one.high, 2)}"
    return f"{signed(one.value, 2)} ({ends}), {one.says}"


def _expected(value: int | None) -> str:
    return "" if value is None else signed(value, 0)


def _channel(name: str) -> str:
    return "SMS" if name == "sms" else name.replace("_", " ")


def _counts(step: MapStep) -> str:
    visits, issues = step.measures.get("visits"), step.measures.get("issues")
    lines = [f"{shown(visits.value, 'count')} visits"] if visits is not None else []
    if issues is not None:
        lines.append(f"{shown(issues.value, 'share')} of customers’ issues")
    return "\n".join(lines)


_TROUBLES: Final = (
    ("mean_wait", "seconds", "mean wait"),
    ("long_wait", "share", "wait long"),
    ("abandonment_rate", "share", "give up waiting"),
    ("unmet", "share", "leave with their need not met"),
    ("told_again", "share", "tell something again"),
)


def _troubles(step: MapStep) -> str:
    return "\n".join(
        f"{shown(figure.value, unit)} {said}"
        for name, unit, said in _TROUBLES
        if (figure := step.measures.get(name)) is not None and figure.value
    )


def _score(name: str) -> Callable[[MapStep], str]:
    def said(step: MapStep) -> str:
        figure = step.measures.get(name)
        return "" if figure is None else with_interval(figure, "number")

    return said


def _pains(of: JourneyMap, step: MapStep) -> list[str]:
    return [f"• {pain.sentence}" for pain in of.pains_of(step.id)]


def _moments(of: JourneyMap, step: MapStep) -> list[str]:
    return [f"• {moment.sentence}" for moment in of.moments_of(step.id)]


def said_of_run(of: JourneyMap) -> str:
    """What was simulated, in one line; what to do if nothing was."""
    run = of.run
    if run is None:
        return "Nothing is simulated yet: only what is expected is shown."
    count = f"{run.replications} replication{'' if run.replications == 1 else 's'}"
    scenario = f"scenario {run.scenario}, " if run.scenario is not None else ""
    partial = " (interrupted)" if run.interrupted else ""
    return (
        f"Simulated: {scenario}{count}{partial}, {run.level * 100:g} % intervals, seed {run.seed}"
    )
