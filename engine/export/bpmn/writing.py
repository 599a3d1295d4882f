"""A BPMN graph as XML, in a dialect, with its diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element as Xml

from engine.export.bpmn.building import bpmn_graph
from engine.export.bpmn.dialect import Dialect, xml
from engine.export.bpmn.graph import Element, Flow, Kind, Scope
from engine.export.bpmn.places import Box, boxes
from engine.export.bpmn.routes import Point, routes
from engine.export.numbers import plain_number
from engine.program import Program

_NAMESPACES: Final = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def bpmn_bytes(program: Program, dialect: Dialect) -> bytes:
    """The journey as BPMN 2.0 XML; the same bytes for the same journey."""
    process = bpmn_graph(program)
    definitions = xml(
        "bpmn:definitions",
        {
            **{f"xmlns:{prefix}": uri for prefix, uri in _NAMESPACES.items()},
            **{f"xmlns:{prefix}": uri for prefix, uri in dialect.namespaces.items()},
            "id": "Definitions",
            "targetNamespace": "http://wayline/journey",
            "exporter": "Wayline",
            **dialect.head,
        },
    )
    definitions.append(_Process(program, dialect).written(process))
    definitions.extend(_messages(process, dialect))
    definitions.extend(_diagrams(program, process))
    ET.indent(definitions)
    text: bytes = ET.tostring(definitions, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def process_id(program: Program) -> str:
    """What the process is called where it is started; no step can be called so."""
    return f"Journey_{program.plan.journey.id}"


def message_id(process: Scope, event: str) -> str:
    """The id of the message that stands for an event: events are numbered as they come."""
    return f"Message_{_events(process).index(event) + 1}"


def _events(process: Scope) -> list[str]:
    found = (
        element.event
        for scope in process.scopes()
        for element in scope.elements.values()
        if element.event is not None
    )
    return list(dict.fromkeys(found))


def _messages(process: Scope, dialect: Dialect) -> Iterator[Xml]:
    for event in _events(process):
        message = xml("bpmn:message", {"id": message_id(process, event), "name": event})
        message.extend(_extended(dialect.message()))
        yield message


def _extended(extensions: list[Xml]) -> list[Xml]:
    return [xml("bpmn:extensionElements", None, *extensions)] if extensions else []


class _Process:
    """Writes scopes; what stands in an element has an order that the schema prescribes."""

    def __init__(self, program: Program, dialect: Dialect) -> None:
        self._program = program
        self._dialect = dialect
        self._process: Scope | None = None

    def written(self, process: Scope) -> Xml:
        self._process = process
        journey = self._program.plan.journey
        named = {"id": process_id(self._program), "name": journey.name, "isExecutable": "true"}
        head = {**named, **self._dialect.process}
        element = xml("bpmn:process", head)
        if journey.note:
            element.append(xml("bpmn:documentation", text=journey.note))
        element.extend(self._contents(process))
        return element

    def _contents(self, scope: Scope) -> Iterator[Xml]:
        ends: dict[str, list[Xml]] = {name: [] for name in scope.elements}
        for flow in scope.flows:
            ends[flow.target].append(xml("bpmn:incoming", text=flow.id))
        for flow in scope.flows:
            ends[flow.source].append(xml("bpmn:outgoing", text=flow.id))
        for element in scope.elements.values():
            yield self._element(element, ends[element.id])
        for flow in scope.flows:
            yield self._flow(flow)

    def _element(self, element: Element, ends: list[Xml]) -> Xml:
        tag, more = self._tag(element)
        head = {"id": element.id, "name": element.name, **more}
        if element.host is not None:
            head["attachedToRef"] = element.host
        if element.default is not None:
            head["default"] = element.default
        written = xml(f"bpmn:{tag}", head)
        step = element.node.planned.step if element.node else None
        if step is not None and step.note and element.node and element.node.is_first:
            written.append(xml("bpmn:documentation", text=step.note))
        written.extend(_extended(self._dialect.extension(element)))
        written.extend(ends)
        written.extend(self._meaning(element))
        return written

    def _tag(self, element: Element) -> tuple[str, Mapping[str, str]]:
        if element.kind is Kind.WORK:
            return self._dialect.task(element)
        if element.kind is Kind.SCRIPT:
            script = self._dialect.script(element)
            return script.tag, script.attributes
        return element.kind.value, {}

    def _meaning(self, element: Element) -> Iterator[Xml]:
        if element.inside is not None:
            yield from self._contents(element.inside)
        if element.kind is Kind.SCRIPT:
            script = self._dialect.script(element)
            if script.text is not None:
                yield xml("bpmn:script", text=script.text)
        if element.event is not None and self._process is not None:
            reference = {"messageRef": message_id(self._process, element.event)}
            yield xml("bpmn:messageEventDefinition", {"id": f"{element.id}-message", **reference})
        elif element.kind in {Kind.CATCH, Kind.BOUNDARY}:
            yield xml(
                "bpmn:timerEventDefinition",
                {"id": f"{element.id}-timer"},
                _expression("bpmn:timeDuration", self._dialect.duration(element)),
            )

    def _flow(self, flow: Flow) -> Xml:
        head = {
            "id": flow.id,
            "name": flow.name,
            "sourceRef": flow.source,
            "targetRef": flow.target,
        }
        written = xml("bpmn:sequenceFlow", head)
        if flow.guard is not None:
            text = self._dialect.condition(flow.guard)
            written.append(_expression("bpmn:conditionExpression", text))
        return written


def _expression(tag: str, text: str) -> Xml:
    return xml(tag, {"xsi:type": "bpmn:tFormalExpression"}, text=text)


# ---- the diagram


def _diagrams(program: Program, process: Scope) -> Iterator[Xml]:
    """A plane for the process, and one for each sub-process."""
    for scope in process.scopes():
        owner = scope.id or process_id(program)
        places = boxes(program, scope)
        plane = xml("bpmndi:BPMNPlane", {"id": f"Plane_{owner}", "bpmnElement": owner})
        plane.extend(_shape(scope.elements[name], box) for name, box in places.items())
        plane.extend(_edge(name, way) for name, way in routes(scope, places).items())
        yield xml("bpmndi:BPMNDiagram", {"id": f"Diagram_{owner}"}, plane)


def _shape(element: Element, box: Box) -> Xml:
    head = {"id": f"Shape_{element.id}", "bpmnElement": element.id}
    if element.kind is Kind.SUB:
        head["isExpanded"] = "false"
    if element.kind is Kind.CHOICE:
        head["isMarkerVisible"] = "true"
    numbers = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    bounds = xml("dc:Bounds")
    for name, value in numbers.items():
        bounds.set(name, plain_number(value))
    return xml("bpmndi:BPMNShape", head, bounds)


def _edge(flow: str, way: list[Point]) -> Xml:
    edge = xml("bpmndi:BPMNEdge", {"id": f"Edge_{flow}", "bpmnElement": flow})
    for x, y in way:
        point = xml("di:waypoint")
        point.set("x", plain_number(x))
        point.set("y", plain_number(y))
        edge.append(point)
    return edge
