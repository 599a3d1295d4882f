"""The steps and links of a graph by number: what a layout needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.journey import Graph, SubJourneyDefinition
from engine.steps.base import Group
from engine.tidy.measures import CARD_HEIGHT


@dataclass(frozen=True, slots=True)
class FlowLink:
    """A link between two steps, and how far down the source's right side it begins (0 to 1)."""

    source: int
    target: int
    port: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps by number, in the order of the document, and the links between different ones."""

    names: tuple[str, ...]
    heights: tuple[float, ...]
    entries: tuple[int, ...]
    """Steps at which customers come in."""
    links: tuple[FlowLink, ...]
    """Ordered by source, then from top to bottom of its exits."""


def flow_of(graph: Graph, exits: Mapping[str, Sequence[str]], heights: Mapping[str, float]) -> Flow:
    """The flow of `graph`; links that lead nowhere, to their own step or from no exit do not count.

    exits: of each step, from top to bottom.
    heights: of the cards that are not as high as most.
    """
    names = tuple(step.id for step in graph.steps)
    number = {name: index for index, name in enumerate(names)}
    entries = [n for n, step in enumerate(graph.steps) if step.group is Group.ENTRY]
    if isinstance(graph, SubJourneyDefinition) and names:
        entries = [0, *(entry for entry in entries if entry)]
    found: list[tuple[int, int, FlowLink]] = []
    for link in graph.links:
        source, target = number.get(link.from_), number.get(link.to or "")
        ports = exits.get(link.from_, ())
        if source is None or target is None or source == target or link.exit not in ports:
            continue
        place = ports.index(link.exit)
        found.append((source, place, FlowLink(source, target, (place + 1) / (len(ports) + 1))))
    found.sort(key=lambda one: one[:2])
    tall = tuple(max(CARD_HEIGHT, heights.get(name, CARD_HEIGHT)) for name in names)
    return Flow(names, tall, tuple(entries), tuple(link for *_, link in found))


def part_of(flow: Flow, steps: Sequence[int]) -> Flow:
    """These steps alone, with the links between them."""
    number = {step: index for index, step in enumerate(steps)}
    return Flow(
        tuple(flow.names[step] for step in steps),
        tuple(flow.heights[step] for step in steps),
        tuple(number[step] for step in flow.entries if step in number),
        tuple(
            FlowLink(number[link.source], number[link.target], link.port)
            for link in flow.links
            if link.source in number and link.target in number
        ),
    )


def components(flow: Flow) -> list[list[int]]:
    """The steps that hang together, the component of the first step first."""
    near: list[list[int]] = [[] for _ in flow.names]
    for link in flow.links:
        near[link.source].append(link.target)
        near[link.target].append(link.source)
    seen = [False] * len(near)
    found = []
    for start in range(len(near)):
        if seen[start]:
            continue
        seen[start] = True
        together = [start]
        for step in together:
            for other in near[step]:
                if not seen[other]:
                    seen[other] = True
                    together.append(other)
        found.append(sorted(together))
    return found
