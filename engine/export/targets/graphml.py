"""GraphML: the journey as a graph for those who analyse it, with sub-journeys in their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from engine.export.target import Loss, Severity, Status, target
from engine.plan import CLOSED, PlannedStep
from engine.program import Program
from engine.short_english import name_of

NAME: Final = "graphml"
_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _losses(_program: Program) -> Iterator[Loss]:
    yield Loss(
        "",
        "conditions, parameters, times",
        NAME,
        Severity.INFO,
        "A graph says which step may follow which, not when or how.",
        "Take the journey itself for the rest; the ids are the same.",
    )


@target(
    NAME,
    "GraphML for analysis",
    Status.DOCUMENT,
    "networkx 3.6 reads it; nothing executes it",
    losses=_losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """A node a step, an edge an exit that leads to a step."""
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    steps = program.plan.steps
    nodes = {step.id: _of_step(program, step) for step in steps}
    edges = [edge for step in steps for edge in _edges(program, step)]
    _keys(root, "node", nodes.values())
    _keys(root, "edge", (values for *_, values in edges))
    graph = ET.SubElement(root, "graph", {"id": program.plan.journey.id, "edgedefault": "directed"})
    for name, values in nodes.items():
        _data(ET.SubElement(graph, "node", {"id": name}), "node", values)
    for name, source, to, values in edges:
        ends = {"id": name, "source": source, "target": to}
        _data(ET.SubElement(graph, "edge", ends), "edge", values)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return {f"{program.plan.journey.id}.graphml": f"{head}\n{text}\n".encode()}


def _of_step(program: Program, planned: PlannedStep) -> dict[str, str]:
    """What is said of a step; within: the step whose sub-journey it is in."""
    step, journey = planned.step, program.plan.journey
    channel = step.contact_channel()
    ways = zip(planned.exits, planned.targets, strict=True)
    return {
        "name": step.name,
        "type": step.kind,
        "group": step.group.value,
        "stage": name_of(journey.stages, step.stage) if step.stage else "",
        "owner": step.owner,
        "channel": channel.value if channel else "",
        "within": planned.id.rpartition("__")[0],
        "closed_exits": ", ".join(name for name, to in ways if to == CLOSED),
    }


def _edges(
    program: Program, planned: PlannedStep
) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    for name, to in zip(planned.exits, planned.targets, strict=True):
        if to != CLOSED:
            label = planned.step.exit_label(name, program.plan.journey)
            values = {"exit": name, "label": label}
            yield f"{planned.id}.{name}", planned.id, program.plan.steps[to].id, values


def _keys(root: ET.Element, kind: str, rows: Iterable[dict[str, str]]) -> None:
    names = dict.fromkeys(name for values in rows for name in values)
    for name in names:
        key = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": "string"}
        ET.SubElement(root, "key", key)


def _data(element: ET.Element, kind: str, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if value:
            data = ET.SubElement(element, "data", {"key": f"{kind}-{name}"})
            data.text = _NO_XML.sub("\ufffd", value)
