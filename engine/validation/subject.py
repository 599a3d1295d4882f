"""The document as the rules look at it: indexed once, whatever is doubtful in it.

Nothing here may raise: ids may be double, links may dangle, sub-journeys may be missing.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from engine.profile import Attribute, ValueType
from engine.skill_level import WORST_LEVEL
from engine.steps.control import SubJourney
from engine.validation.finding import quoted

if TYPE_CHECKING:
    from engine.conditions import Condition
    from engine.document import Document
    from engine.journey import Graph, Input, Journey, Link, SubJourneyDefinition, Team
    from engine.profile import Purpose
    from engine.steps.base import Step, StepAssumptions
    from engine.validation.channels import Channels
    from engine.validation.facts import Facts
    from engine.validation.flow import Flow

Kind = TypeVar("Kind", bound="Step")
Ways = list[list[tuple[str, int]]]
"""For each node its exits that lead to another node, with that node's number."""


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A step in its place, with the answers that many rules ask it for.

    position: its number over all steps of the document; local: its number in its own graph.
    """

    position: int
    local: int
    graph: GraphView
    step: Step
    exits: tuple[str, ...]
    conditions: tuple[tuple[str, Condition], ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    @property
    def said(self) -> str:
        """The step's name in quotation marks."""
        return quoted(self.step.name)

    def links(self, exit_name: str) -> list[Link]:
        """The links from one exit; a sound journey has exactly one."""
        return self.graph.links.get((self.step.id, exit_name), [])

    def next(self, exit_name: str) -> Spot | None:
        """The step that an exit leads to; None if it leads nowhere or is closed."""
        links = self.links(exit_name)
        to = links[0].to if links else None
        return None if to is None else self.graph.by_id.get(to)


@dataclass(slots=True, eq=False)
class GraphView:
    """The journey's own graph (id None) or that of a sub-journey.

    attributes: what its steps may read, by the names that they know it by.
    by_id: its steps; of several with one id, the first, as it would be for a reader.
    """

    id: str | None
    graph: Graph
    inputs: Mapping[str, Input]
    attributes: Mapping[str, Attribute]
    spots: list[Spot] = field(default_factory=list)
    by_id: dict[str, Spot] = field(default_factory=dict)
    links: dict[tuple[str, str], list[Link]] = field(default_factory=dict)
    ways: Ways = field(default_factory=list)

    def starts(self) -> list[Spot]:
        """Where customers come in: at the entries, in a sub-journey at its first step."""
        if self.id is not None:
            return self.spots[:1]
        return [spot for spot in self.spots if type(spot.step).starts_contact]

    def owns(self, name: str) -> bool:
        """Whether `name` means a journey's attribute here, not an input of the sub-journey."""
        return name not in self.inputs


class Subject:
    """A document prepared for the rules."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.journey: Journey = document.journey
        self.assumptions = document.assumptions
        self.attributes: dict[str, Attribute] = self.journey.known_attributes()
        self.purposes: dict[str, Purpose] = {one.id: one for one in self.journey.purposes}
        self.graphs = [self._view(None, self.journey, {})]
        self.graphs += [self._sub_view(sub) for sub in self.journey.sub_journeys]
        self.subs: dict[str, tuple[SubJourneyDefinition, GraphView]] = {}
        for sub, view in zip(self.journey.sub_journeys, self.graphs[1:], strict=True):
            self.subs.setdefault(sub.id, (sub, view))
        self.spots: list[Spot] = []
        for view in self.graphs:
            self._fill(view)
        self._teams: dict[tuple[tuple[str, ...], tuple[str, ...], int], list[Team]] = {}

    def of(self, kind: type[Kind]) -> Iterator[tuple[Spot, Kind]]:
        """Every step of one type, in the order of the document."""
        for spot in self.spots:
            if isinstance(spot.step, kind):
                yield spot, spot.step

    def assumed(self, step: Step) -> StepAssumptions:
        """The numbers assumed about a step; its type's own if none are given."""
        return self.assumptions.steps.get(step.id) or type(step).assumptions()

    def called(self, step: SubJourney) -> tuple[SubJourneyDefinition, GraphView] | None:
        """The sub-journey that a step calls, or None if there is no such thing."""
        return self.subs.get(step.journey)

    def able(self, skills: list[str], teams: list[str], level: int = WORST_LEVEL) -> list[Team]:
        """The teams that can serve a step with these `skills`, `teams` and `level`."""
        key = (tuple(skills), tuple(teams), level)
        if key not in self._teams:
            self._teams[key] = self.journey.teams_for(skills, teams, level)
        return self._teams[key]

    @cached_property
    def flow(self) -> Flow:
        """The ways that contacts take through the journey and its sub-journeys."""
        from engine.validation.flow import Flow  # noqa: PLC0415 - made only if a rule asks

        return Flow(self)

    @cached_property
    def facts(self) -> Facts:
        """What is certain wherever a contact comes."""
        from engine.validation.facts import Facts  # noqa: PLC0415 - made only if a rule asks

        return Facts(self)

    @cached_property
    def channels(self) -> Channels:
        """The channels on which contacts come to each step."""
        from engine.validation.channels import Channels  # noqa: PLC0415 - only if a rule asks

        return Channels(self)

    def _sub_view(self, sub: SubJourneyDefinition) -> GraphView:
        return self._view(sub.id, sub, {one.id: one for one in sub.inputs})

    def _view(self, name: str | None, graph: Graph, inputs: Mapping[str, Input]) -> GraphView:
        own = {key: _as_attribute(one) for key, one in inputs.items()}
        attributes: Mapping[str, Attribute] = ChainMap(own, self.attributes)
        return GraphView(name, graph, inputs, attributes if own else self.attributes)

    def _fill(self, view: GraphView) -> None:
        for link in view.graph.links:
            view.links.setdefault((link.from_, link.exit), []).append(link)
        for local, step in enumerate(view.graph.steps):
            spot = self._spot(local, view, step)
            self.spots.append(spot)
            view.spots.append(spot)
            view.by_id.setdefault(step.id, spot)
        view.ways = [_ways(spot) for spot in view.spots]

    def _spot(self, local: int, view: GraphView, step: Step) -> Spot:
        return Spot(
            position=len(self.spots),
            local=local,
            graph=view,
            step=step,
            exits=self._exits(step),
            conditions=tuple(step.conditions()),
            reads=step.reads(),
            writes=step.writes(),
        )

    def _exits(self, step: Step) -> tuple[str, ...]:
        """The step's exits, each once: a double name is for a rule of its own."""
        return tuple(dict.fromkeys(step.exits(self.journey)))


def _ways(spot: Spot) -> list[tuple[str, int]]:
    ways = ((name, spot.next(name)) for name in spot.exits)
    return [(name, to.local) for name, to in ways if to is not None]


def _as_attribute(one: Input) -> Attribute:
    # An input has no list of choices, so whatever text it holds may be compared.
    kind = ValueType.TEXT if one.type is ValueType.CHOICE else one.type
    return Attribute(id=one.id, name=one.id, type=kind, note=one.note)


def known_as(names: Mapping[str, Attribute], name: str) -> str:
    """An attribute's name for people, quoted; its id if it has none."""
    attribute = names.get(name)
    return quoted(attribute.name if attribute and attribute.name else name)
