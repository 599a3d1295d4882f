"""The plan: a journey made flat, every exit resolved, everything by index.

What the plan says is what runs: the simulator reads it, and so do the exports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

import networkx as nx

from engine.assumptions import Assumptions
from engine.conditions import Lookup
from engine.document import Document
from engine.errors import PlanError
from engine.journey import Graph, Journey
from engine.steps.base import Step, StepAssumptions
from engine.steps.control import SubJourney
from engine.steps.finish import Exit

CLOSED: Final = -1
"""The target of an exit that is closed on purpose: the contact ends there."""

MAX_NESTING: Final = 20
MAX_ROWS: Final = 200_000
"""Sub-journeys that call others twice double the plan on every level."""


_Step = TypeVar("_Step", bound=Step)
_Assumptions = TypeVar("_Assumptions", bound=StepAssumptions)
_Any = TypeVar("_Any")


def _checked(value: object, kind: type[_Any]) -> _Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One row of the plan.

    id: the step's id; in a sub-journey, after the calling step's id and `__`.
    targets: for each of `exits` the index of the step it leads to, or CLOSED.
    scope: the attributes by which this step's own names are known in the plan.
    in_cycle: whether a contact may come here more than once.
    """

    index: int
    id: str
    step: Step
    exits: tuple[str, ...]
    targets: tuple[int, ...]
    scope: Mapping[str, str]
    assumptions: StepAssumptions
    in_cycle: bool

    def designed(self, kind: type[_Step]) -> _Step:
        """The step's design, as the type that whoever asks knows how to handle."""
        return _checked(self.step, kind)

    def assumed(self, kind: type[_Assumptions]) -> _Assumptions:
        """The step's assumptions, as the model of its type."""
        return _checked(self.assumptions, kind)

    def attribute(self, name: str) -> str:
        """What the plan calls the attribute that this step knows as `name`."""
        return self.scope.get(name, name)

    def lookup(self, lookup: Lookup) -> Lookup:
        """`lookup` for this step's own attribute names."""
        if not self.scope:
            return lookup
        return lambda name: lookup(self.scope.get(name, name))


@dataclass(frozen=True, slots=True)
class Plan:
    """A journey ready to run.

    entries: index of the step at which customers of each entry step come in.
    """

    journey: Journey
    assumptions: Assumptions
    steps: tuple[PlannedStep, ...]
    entries: Mapping[str, int]


def purpose_number(text: str) -> int:
    """A 64-bit number that stands for `text`, the same on every machine and at every time.

    Random draws are keyed by it, so a step's draws depend on its id, never on its place.
    """
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "little")


def make_plan(document: Document) -> Plan:
    """Plan the journey of `document`; PlanError if an exit leads nowhere or an id is doubtful."""
    builder = _Builder(document)
    entries = {
        step.id: builder.place(step.id)
        for step in document.journey.steps
        if type(step).starts_contact
    }
    if not entries:
        raise PlanError("the journey has no entry", mend="add an inbound contact.")
    steps = builder.resolved()
    return Plan(document.journey, document.assumptions, steps, MappingProxyType(entries))


@dataclass(frozen=True, slots=True)
class _Call:
    """A graph in the place where it is called from; the journey itself has no caller."""

    graph: Graph
    prefix: str
    scope: Mapping[str, str]
    caller: _Call | None
    calling_step: str


class _Builder:
    """Walks the journey and its sub-journeys and gives every step an index."""

    def __init__(self, document: Document) -> None:
        self._journey = document.journey
        self._assumptions = document.assumptions.steps
        self._rows: list[tuple[str, Step, _Call]] = []
        self._index: dict[str, int] = {}
        self._known: dict[str, Step] = {}
        self._links: dict[str, dict[tuple[str, str], str | None]] = {}
        self._add(_Call(document.journey, "", MappingProxyType({}), None, ""), 0)

    def place(self, name: str) -> int:
        return self._index[name]

    def resolved(self) -> tuple[PlannedStep, ...]:
        rows = [(*row, *self._ways(*row)) for row in self._rows]
        looping = _indexes_in_cycles([targets for *_, targets in rows])
        return tuple(
            PlannedStep(
                index=index,
                id=path,
                step=step,
                exits=exits,
                targets=targets,
                scope=call.scope,
                assumptions=self._assumptions.get(step.id) or type(step).assumptions(),
                in_cycle=index in looping,
            )
            for index, (path, step, call, exits, targets) in enumerate(rows)
        )

    def _add(self, call: _Call, depth: int) -> None:
        if depth > MAX_NESTING:
            raise PlanError(
                "sub-journeys call each other without end",
                where=call.calling_step,
                mend="let no sub-journey call one that contains it.",
            )
        self._links[call.prefix] = {(link.from_, link.exit): link.to for link in call.graph.links}
        for step in call.graph.steps:
            path = call.prefix + step.id
            # The same step comes again when a sub-journey is called from several places.
            if path in self._index or self._known.setdefault(step.id, step) is not step:
                raise PlanError(f"the id “{step.id}” is used twice", mend="give one a new id.")
            if len(self._rows) == MAX_ROWS:
                raise PlanError(
                    f"with all its sub-journeys the journey has more than {MAX_ROWS:,} steps",
                    where=f"step {path}",
                    mend="let sub-journeys call fewer others.",
                )
            self._index[path] = len(self._rows)
            self._rows.append((path, step, call))
            if isinstance(step, SubJourney):
                self._add(self._called(step, call), depth + 1)

    def _called(self, step: SubJourney, call: _Call) -> _Call:
        called = self._journey.sub_journey(step.journey)
        if called is None or not called.steps:
            raise PlanError(
                f"the sub-journey “{step.journey}” is missing or empty",
                where=call.prefix + step.id,
                mend="choose one that has steps.",
            )
        prefix = f"{call.prefix}{step.id}__"
        scope = {one.id: prefix + one.id for one in called.inputs}
        return _Call(called, prefix, MappingProxyType(scope), call, step.id)

    def _ways(self, path: str, step: Step, call: _Call) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The exits of a step and where each leads."""
        if isinstance(step, SubJourney):
            called = self._journey.sub_journey(step.journey)
            first = called.steps[0].id if called and called.steps else ""
            return ("start",), (self._index[f"{path}__{first}"],)
        if isinstance(step, Exit) and call.caller is not None:
            target = self._target(call.caller, call.calling_step, step.outcome)
            return (step.outcome,), (target,)
        exits = step.exits(self._journey)
        return exits, tuple(self._target(call, step.id, name) for name in exits)

    def _target(self, call: _Call, step: str, exit_name: str) -> int:
        links = self._links[call.prefix]
        if (step, exit_name) not in links:
            raise PlanError(
                f"the exit “{exit_name}” leads nowhere",
                where=f"step {call.prefix}{step}",
                mend="link it to a step, or close it.",
            )
        to = links[step, exit_name]
        if to is None:
            return CLOSED
        if call.prefix + to not in self._index:
            raise PlanError(
                f"the exit “{exit_name}” leads to “{to}”, which does not exist",
                where=f"step {call.prefix}{step}",
                mend="link it to a step that exists.",
            )
        return self._index[call.prefix + to]


def _indexes_in_cycles(targets: Iterable[tuple[int, ...]]) -> set[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    for index, ways in enumerate(targets):
        graph.add_edges_from((index, way) for way in ways if way != CLOSED)
    looping = {node for node in graph if graph.has_edge(node, node)}
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            looping |= component
    return looping
