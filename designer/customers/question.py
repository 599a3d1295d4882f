"""What is asked of `wayline trace`, as its words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.scenarios import Addition, AnyChange, Change, Multiplication

MOST_LISTED = 500
BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Case:
    """In which replication of which run.  scenario: None for the baseline."""

    seed: int = 1
    scenario: str | None = None
    replication: int = 0

    def _words(self) -> list[str]:
        return [f"--seed={self.seed}", f"--replication={self.replication}"]

    def words(self) -> list[str]:
        """Of everything that happens in this case alone."""
        scenario = [] if self.scenario is None else [f"--scenario={self.scenario}"]
        return [*scenario, *self._words()]

    def words_against(self, other: Other) -> list[str]:
        """Of another case beside this one."""
        in_scenario = self.scenario if other.scenario is None else other.scenario
        scenario = [] if in_scenario in {None, BASELINE} else [f"--scenario={in_scenario}"]
        change = [] if other.change is None else [f"--change={change_in_words(other.change)}"]
        return [*scenario, *change, f"--against={self.scenario or BASELINE}", *self._words()]


@dataclass(frozen=True, slots=True)
class Other:
    """Another case: another scenario of the document (or the baseline), or a single change."""

    scenario: str | None = None
    change: AnyChange | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Which customers to list: an outcome (None: any) in this contact or a later one; the order."""

    outcome: str | None = None
    contact: int = 1
    order: str = "number"

    def _words(self) -> list[str]:
        outcome = [] if self.outcome is None else [f"--outcome={self.outcome}"]
        return [*outcome, f"--contact={self.contact}"]

    def list_words(self, case: Case) -> list[str]:
        """Ask for the list."""
        listed = [f"--list={MOST_LISTED}", f"--sort={self.order}"]
        return ["trace", "-", "--json", *self._words(), *listed, *case.words()]

    def random_words(self, case: Case, draw: int) -> list[str]:
        """Ask for the story of one of them; the same for the same `draw`."""
        return ["trace", "-", "--json", *self._words(), f"--random={draw}", *case.words()]


def story_words(case: Case, customer: int, other: Other | None = None, form: str = "") -> list[str]:
    """Ask for a customer's story, with another case beside it.

    form: “json” or “csv”; text if empty.
    """
    how = [f"--{form}"] if form else []
    beside = case.words() if other is None else case.words_against(other)
    return ["trace", "-", *how, f"--customer={customer}", *beside]


def change_in_words(change: AnyChange) -> str:
    """As after `--change`."""
    match change:
        case Change():
            return f"{change.at}={json.dumps(change.to)}"
        case Addition():
            return f"{change.at}+={change.add!r}"
        case Multiplication():
            return f"{change.at}*={change.times!r}"
        case _:
            raise ValueError("a removal cannot be asked for as a single change")
