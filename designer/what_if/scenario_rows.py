"""The baseline and the scenarios as rows: what is different, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.change_english import changes_in_english
from engine.document import Document
from engine.errors import WaylineError

KPIS_SHOWN = (
    "abandonment_rate",
    "asa",
    "service_level",
    "containment",
    "cost_per_contact",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One KPI of a scenario.  said: with interval and verdict, for who asks.

    tone: "good", "bad" or "" as the difference to the baseline is.
    """

    text: str
    said: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """id: None for the baseline.  changes: a sentence each."""

    id: str | None
    name: str
    changes: Sequence[str]
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What is different, in one line."""
        return "; ".join(self.changes)


def sentences(document: Document, scenario: str) -> list[str]:
    """A sentence for each change of the scenario; what is wrong with it, if it does not fit."""
    try:
        return changes_in_english(document, scenario)
    except WaylineError as error:
        return [f"{error.what}"]
