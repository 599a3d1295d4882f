"""The program of a plan: every operation by name, and where each of its results leads.

It is the plan as orchestrators see it. `engine.runtime` runs it, exports write it down, each in
the words of its target.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.canonical_json import canonical_bytes
from engine.conditions import Condition, Lookup, with_atoms
from engine.document import Document
from engine.model import to_plain
from engine.operations import (
    Assign,
    Command,
    Compute,
    Decide,
    Delay,
    End,
    Listen,
    Operation,
    Pass,
    Put,
    Timeout,
)
from engine.plan import CLOSED, Plan, PlannedStep, make_plan
from engine.profile import Value, ValueType
from engine.steps.control import SubJourney

PART = "-"
"""Between a step's id and the number of its second, third … operation: no id contains it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operation in its place.

    id: the step's id in the plan; of its second operation followed by `-2`, and so on.
    ways: for each result the id of the node it leads to; None: the contact ends there.
    """

    id: str
    planned: PlannedStep
    operation: Operation
    ways: Mapping[str, str | None]

    @property
    def is_first(self) -> bool:
        """Whether the step begins here."""
        return self.id == self.planned.id

    @property
    def timeout(self) -> Timeout | None:
        """When what is waited for here is called off."""
        operation = self.operation
        return operation.timeout if isinstance(operation, (Command, Listen)) else None

    @property
    def reports(self) -> list[str]:
        """The results that are reported or decided: all but the one that a timer brings about."""
        late = self.timeout
        return [name for name in self.ways if late is None or name != late.result]


@dataclass(frozen=True, slots=True)
class Program:
    """A journey as operations.

    nodes: by id, in the plan's order.  entries: ids of the nodes where contacts begin.
    attributes: the type of all that may be known: attributes, signals, inputs of sub-journeys.
    choices: the values that an attribute may have, where they are listed.
    sha256: of the journey's section of the document; contacts under way belong to it.
    """

    document: Document
    plan: Plan
    nodes: Mapping[str, Node]
    entries: tuple[str, ...]
    attributes: Mapping[str, ValueType]
    choices: Mapping[str, tuple[str, ...]]
    sha256: str

    def signals_at(self, entry: str) -> dict[str, Value | None]:
        """What is known of every contact that comes in at `entry`, before what is given of it."""
        channel = self.nodes[entry].planned.step.contact_channel()
        return {"channel": channel.value if channel else None, "contact_number": 1, "waited": 0}


def make_program(document: Document) -> Program:
    """The program of `document`; PlanError if it cannot be planned."""
    plan = make_plan(document)
    nodes = {node.id: node for planned in plan.steps for node in _nodes(plan, planned)}
    entries = tuple(plan.steps[index].id for index in plan.entries.values())
    known = {name: one.type for name, one in plan.journey.known_attributes().items()}
    attributes = MappingProxyType(known | dict(_inputs(plan)))
    digest = hashlib.sha256(canonical_bytes(to_plain(plan.journey))).hexdigest()
    listed = {name: tuple(one.choices) for name, one in plan.journey.known_attributes().items()}
    choices = MappingProxyType({name: values for name, values in listed.items() if values})
    return Program(document, plan, MappingProxyType(nodes), entries, attributes, choices, digest)


def _inputs(plan: Plan) -> Iterator[tuple[str, ValueType]]:
    for planned in plan.steps:
        if isinstance(planned.step, SubJourney):
            called = plan.journey.sub_journey(planned.step.journey)
            for one in called.inputs if called else ():
                yield f"{planned.id}__{one.id}", one.type


def _nodes(plan: Plan, planned: PlannedStep) -> Iterator[Node]:
    operations = planned.step.operations(plan.journey)
    if planned.exits and isinstance(operations[0], End):
        # An exit of a sub-journey: the contact goes on where that was called.
        operations = (Pass({planned.exits[0]: planned.exits[0]}),)
    for number, operation in enumerate(operations):
        ways = {name: _target(plan, planned, way) for name, way in operation.results.items()}
        yield Node(
            id=_node_id(planned, number),
            planned=planned,
            operation=_resolved(operation, planned),
            ways=MappingProxyType(ways),
        )


def _node_id(planned: PlannedStep, number: int) -> str:
    return f"{planned.id}{PART}{number + 1}" if number else planned.id


def _target(plan: Plan, planned: PlannedStep, way: str | int) -> str | None:
    if isinstance(way, int):
        return _node_id(planned, way)
    target = planned.targets[planned.exits.index(way)]
    return None if target == CLOSED else plan.steps[target].id


def _resolved(operation: Operation, planned: PlannedStep) -> Operation:
    """The operation with attributes called what the plan calls them."""
    name = planned.attribute
    match operation:
        case Decide():
            cases = tuple((one, _renamed(when, planned)) for one, when in operation.cases)
            return replace(operation, cases=cases)
        case Assign():
            puts = tuple(_put(one, planned, into=operation.into) for one in operation.puts)
            return replace(operation, puts=puts)
        case Command():
            sends, sets = tuple(map(name, operation.sends)), tuple(map(name, operation.sets))
            return replace(operation, sends=sends, sets=sets)
        case Compute():
            return _computed(operation, planned)
        case Delay():
            attribute = None if operation.attribute is None else name(operation.attribute)
            return replace(operation, attribute=attribute)
        case _:
            return operation


def _computed(operation: Compute, planned: PlannedStep) -> Compute:
    compute = operation.compute

    def in_plan(lookup: Lookup, time: float) -> tuple[str, float]:
        return compute(planned.lookup(lookup), time)

    sends = tuple(map(planned.attribute, operation.sends))
    return replace(operation, sends=sends, compute=in_plan)


def _renamed(condition: Condition, planned: PlannedStep) -> Condition:
    if not planned.scope:
        return condition
    return with_atoms(
        condition,
        lambda atom: atom.model_copy(update={"attribute": planned.attribute(atom.attribute)}),
    )


def _put(put: Put, planned: PlannedStep, *, into: bool) -> Put:
    copied = None if put.copy_of is None else planned.attribute(put.copy_of)
    target = f"{planned.id}__{put.attribute}" if into else planned.attribute(put.attribute)
    return replace(put, attribute=target, copy_of=copied)
