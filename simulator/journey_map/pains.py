"""Pains found by simulation: by rules, each a sentence with its number and interval.

Worst first: by what they take from all customers' modelled satisfaction, in log-odds an issue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from engine.document import Document
from engine.experience import Satisfaction
from simulator.journey_map.model import Figure, MapStep, Pain
from simulator.report.values import shown

if TYPE_CHECKING:
    from simulator.journey_map.simulated import Tallies
    from simulator.journey_map.tally import Pairs, Tally

LEAST: Final = 0.02
"""Of the visits to a step: what surely happens to fewer is no pain of the step's."""

_WAIT_TARGETS: Final = ("asa", "mean_wait")

Kind = Literal[
    "long_wait", "gave_up", "turned_away", "told_again", "misrecognised", "transferred", "unmet"
]


@dataclass(frozen=True, slots=True)
class _Rule:
    """kind: of the pain.  measure: what share of visits it happens to.  says: {} is that share.

    cost: of which coefficient how much is lost by it, as a numerator in the tallies.
    """

    kind: Kind
    measure: str
    says: str
    coefficient: str
    events: str


_RULES: Final = (
    _Rule("gave_up", "gave_up", "{} of those who come here give up.", "unresolved", "gave_up"),
    _Rule(
        "turned_away",
        "turned_away",
        "{} of those who come here are turned away: closed, full, or after too long a wait.",
        "unresolved",
        "turned_away",
    ),
    _Rule(
        "unmet",
        "unmet_after_help",
        "{} of those who come here leave with their need not met.",
        "unresolved",
        "unmet_after_help",
    ),
    _Rule(
        "misrecognised",
        "misrecognised",
        "{} of those who come here are not understood by the AI agent.",
        "misrecognised",
        "misrecognised",
    ),
    _Rule("transferred", "transferred", "{} are transferred from here.", "transfer", "transferred"),
    _Rule(
        "told_again",
        "told_again",
        "{} must tell again here what they have told before.",
        "told_again",
        "told_again",
    ),
)


def pains(every: Tallies, document: Document, long_wait: float) -> list[Pain]:
    """Everything that hurts on the map, worst first."""
    model = document.assumptions.experience.satisfaction
    targets = [
        one.at_most
        for one in document.scenarios.targets
        if one.kpi in _WAIT_TARGETS and one.at_most is not None
    ]
    found: list[Pain] = []
    for step in every.drawn.steps:
        case = _Case(every, step, model)
        found += [pain for rule in _RULES if (pain := case.by(rule)) is not None]
        wait = case.wait(long_wait, min(targets, default=None))
        found += [wait] if wait is not None else []
    return sorted(found, key=lambda pain: -pain.lost)


@dataclass(frozen=True, slots=True)
class _Case:
    every: Tallies
    step: MapStep
    model: Satisfaction

    def by(self, rule: _Rule) -> Pain | None:
        figure = self.every.figure(self._of, rule.measure)
        if figure is None or figure.is_above < LEAST:
            return None
        said = rule.says.format(with_interval(figure, "share"))
        lost = self._lost(rule.coefficient, rule.events)
        return Pain(kind=rule.kind, step=self.step.id, sentence=said, figure=figure, lost=lost)

    def wait(self, long_wait: float, target: float | None) -> Pain | None:
        """The mean against the document's target, if it has one; else how many wait long."""
        mean = self.every.figure(self._of, "mean_wait")
        long = self.every.figure(self._of, "long_wait")
        if mean is None or long is None:
            return None
        lost = self._lost("minute_waited", "minutes_waited")
        if target is not None and mean.is_above > target:
            said = (
                f"The mean wait is {with_interval(mean, 'seconds')}; "
                f"the target is at most {shown(target, 'seconds')}."
            )
            return Pain(kind="long_wait", step=self.step.id, sentence=said, figure=mean, lost=lost)
        if long.is_above < LEAST:
            return None
        said = f"{with_interval(long, 'share')} wait longer than {_time(long_wait)} here."
        return Pain(kind="long_wait", step=self.step.id, sentence=said, figure=long, lost=lost)

    @property
    def _of(self) -> Callable[[Tally], Pairs]:
        name = self.step.id
        return lambda one: one.steps[name]

    def _lost(self, coefficient: str, events: str) -> float:
        """By the coefficient, for each issue."""
        happened = sum(top for top, _ in self.every.pairs(self._of, events))
        issues = sum(bottom for _, bottom in self.every.pairs(self._of, "issues"))
        weight: float = getattr(self.model, coefficient).value
        return -weight * happened / issues if issues else 0.0


def _time(seconds: float) -> str:
    minutes = seconds / 60
    if seconds >= 60 and minutes.is_integer():
        return f"{minutes:.0f} minute{'' if minutes == 1 else 's'}"
    return f"{seconds:g} seconds"


def with_interval(figure: Figure, unit: str) -> str:
    """The number, and its interval in brackets if there is one; nothing is below zero."""
    if figure.low is None or figure.high is None:
        return shown(figure.value, unit)
    top = min(1.0, figure.high) if unit == "share" else figure.high
    said, low, high = (shown(max(0.0, one), unit) for one in (figure.value, figure.low, top))
    return said if low == high else f"{said} ({low} to {high})"
