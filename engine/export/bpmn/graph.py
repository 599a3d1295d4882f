"""A program as BPMN elements and flows, before any dialect.

A step's first element has the step's own id, so that what an engine did can be told in steps.
What BPMN needs besides has that id with an ending: `-way` for the gateway that tells results
apart, `-timeout` for the timer on a task, and so on. Sub-journeys are embedded sub-processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from engine.conditions import Condition
from engine.operations import Timeout
from engine.program import Node


class Kind(StrEnum):
    """The elements that are used, as BPMN calls them."""

    START = "startEvent"
    END = "endEvent"
    MARK = "intermediateThrowEvent"
    CATCH = "intermediateCatchEvent"
    BOUNDARY = "boundaryEvent"
    CHOICE = "exclusiveGateway"
    RACE = "eventBasedGateway"
    SCRIPT = "scriptTask"
    WORK = "serviceTask"
    SUB = "subProcess"


@dataclass(frozen=True, slots=True)
class ResultIs:
    """The last result is one of these; `of_entry`: the contact came in here."""

    values: tuple[str, ...]
    of_entry: bool = False


@dataclass(frozen=True, slots=True)
class CountedAtMost:
    """The counter of this step is no more than that."""

    step: str
    most: int


Guard = Condition | ResultIs | CountedAtMost


@dataclass(slots=True)
class Element:
    """One BPMN element.

    name: for people.  node: the operation that it stands for, if it is the one.  timer: what it
    waits for, in seconds, or the node that says how long.  event: the message that it waits for.
    host: of a boundary event, the task that it sits on.  result: what a script notes as result.
    default: the flow that is taken when no other can be.  begins: the script that notes what is
    known of every contact, unless it is given.
    """

    id: str
    kind: Kind
    name: str
    node: Node | None = None
    timer: Timeout | None = None
    event: str | None = None
    host: str | None = None
    result: str | None = None
    default: str | None = None
    begins: bool = False
    inside: Scope | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """From one element to another; guard: when it is taken, None: always or by default."""

    id: str
    source: str
    target: str
    name: str
    guard: Guard | None


@dataclass(slots=True)
class Scope:
    """The process, or a sub-process: `id` is the step that calls it, "" for the process."""

    id: str
    elements: dict[str, Element] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def add(self, element: Element) -> Element:
        """Take the element in."""
        self.elements[element.id] = element
        return element

    def connect(self, source: str, target: str, name: str = "", guard: Guard | None = None) -> Flow:
        """Let a flow lead from one to the other."""
        # Numbered: two results may lead to the same place.
        number = sum(flow.source == source for flow in self.flows) + 1
        flow = Flow(f"Flow_{source}-{number}", source, target, name, guard)
        self.flows.append(flow)
        return flow

    def scopes(self) -> Iterator[Scope]:
        """This scope and all that are in it."""
        yield self
        for element in self.elements.values():
            if element.inside is not None:
                yield from element.inside.scopes()
