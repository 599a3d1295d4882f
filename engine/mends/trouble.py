"""A finding and the document that it is in, as the quick fixes look at them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from engine.document import Document
from engine.edit_kinds import lost
from engine.journey import Graph, Journey
from engine.steps.base import Step
from engine.validation.finding import Finding, quoted
from engine.validation.subject import GraphView, Spot, Subject

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Trouble:
    """What to mend. Whatever is asked for and not there is an EditError."""

    document: Document
    finding: Finding

    @property
    def journey(self) -> Journey:
        """The journey that it is in."""
        return self.document.journey

    @cached_property
    def subject(self) -> Subject:
        """The document as the rules look at it."""
        return Subject(self.document)

    @cached_property
    def view(self) -> GraphView:
        """The graph that the finding's step is in, as the rules look at it."""
        for view in self.subject.graphs:
            if view.id == self.finding.graph:
                return view
        raise lost("journey", quoted(self.finding.graph or ""))

    @property
    def graph(self) -> Graph:
        """The graph that the finding's step is in."""
        return self.view.graph

    @property
    def spot(self) -> Spot:
        """The finding's step in its place."""
        found = self.view.by_id.get(self.finding.step or "")
        if found is None:
            raise lost("journey", quoted(self.finding.step or ""))
        return found

    @property
    def step(self) -> Step:
        """The finding's step."""
        return self.spot.step

    @property
    def name(self) -> str:
        """The id of the finding's step."""
        return self.step.id

    @property
    def field(self) -> str:
        """The exit, branch, field or place that the finding names; empty if it names none."""
        return self.finding.field or ""

    def part(self, number: int) -> str:
        """A part of the place that the finding names, from 0; empty if it has fewer."""
        parts = self.field.split("/")
        return parts[number] if number < len(parts) else ""

    def step_as(self, kind: type[Kind]) -> Kind:
        """The finding's step, which must be of this type."""
        if not isinstance(self.step, kind):
            raise lost("journey", quoted(self.name))
        return self.step

    def assumed_as(self, kind: type[Kind]) -> Kind:
        """What is assumed of the finding's step, which must be of this type."""
        assumed = self.subject.assumed(self.step)
        if not isinstance(assumed, kind):
            raise lost("assumptions.steps", quoted(self.name))
        return assumed

    @property
    def entries(self) -> list[Step]:
        """The steps at which customers come into the journey."""
        return [spot.step for spot in self.subject.graphs[0].starts()]
