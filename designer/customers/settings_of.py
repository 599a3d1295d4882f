"""The numbers of a step that may be otherwise: its design, its assumptions, its teams' people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from engine.document import Document
from engine.model import Model
from engine.steps.base import Step
from engine.value_english import words

_MOST: Final = 200
_NOT_RUN: Final = frozenset({"emotion"})
"""Numbers that say nothing of what happens."""


@dataclass(frozen=True, slots=True)
class Setting:
    """place: in the document.  value: the number there, or the numbers of a list."""

    place: str
    label: str
    value: float | list[float]


def settings_of(document: Document, step: Step) -> list[Setting]:
    """In the order: people, assumptions, design."""
    assumed = document.assumptions.steps.get(step.id) or type(step).assumptions()
    found = [
        *_people(document, step),
        *_numbers(_plain(assumed), f"assumptions/steps/{step.id}", ()),
    ]
    home = _home(document, step)
    if home is not None:
        design = {k: v for k, v in _plain(step).items() if k not in _NOT_RUN}
        found += _numbers(design, f"{home}/steps/{step.id}", ())
    return found[:_MOST]


def _plain(model: Model) -> dict[str, Any]:
    """All its fields, those at their defaults too."""
    return model.model_dump(mode="json", by_alias=True)


def _people(document: Document, step: Step) -> Iterator[Setting]:
    for team in step.served_by(document.journey):
        staffing = document.assumptions.staffing.get(team.id)
        if staffing is not None:
            label = f"{team.name or team.id}: {words('agents')}"
            agents = [float(one) for one in staffing.agents]
            yield Setting(f"assumptions/staffing/{team.id}/agents", label, agents)


def _numbers(plain: Any, place: str, path: tuple[str, ...]) -> Iterator[Setting]:
    """Every number below this place, with the way to it as its name."""
    if isinstance(plain, bool) or plain is None:
        return
    if isinstance(plain, (int, float)):
        yield Setting(place, " · ".join(map(words, path)), float(plain))
    elif isinstance(plain, dict):
        for key, value in plain.items():
            yield from _numbers(value, f"{place}/{key}", (*path, key))
    elif isinstance(plain, list):
        for number, value in enumerate(plain):
            name = value.get("id") if isinstance(value, dict) else None
            key = name if isinstance(name, str) else str(number)
            yield from _numbers(value, f"{place}/{key}", (*path, key))


def _home(document: Document, step: Step) -> str | None:
    """The place of the graph in which the step stands."""
    journey = document.journey
    if any(one is step for one in journey.steps):
        return "journey"
    for sub in journey.sub_journeys:
        if any(one is step for one in sub.steps):
            return f"journey/sub_journeys/{sub.id}"
    return None
