"""Places for steps that have none, beside those that they are linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.journey import Graph
from engine.tidy.arrangement import Places, tidied
from engine.tidy.flow import flow_of
from engine.tidy.measures import CARD_HEIGHT, COLUMN, on_grid
from engine.tidy.room import Room


def placed_beside(
    graph: Graph,
    exits: Mapping[str, Sequence[str]],
    positions: Places,
    heights: Mapping[str, float],
) -> Places:
    """Where all steps of `graph` lie, those that lie somewhere where they are."""
    flow = flow_of(graph, exits, heights)
    found = {name: positions[name] for name in flow.names if name in positions}
    room = Room()
    for name, height in zip(flow.names, flow.heights, strict=True):
        if name in found:
            room.take(*found[name], height)
    before: dict[str, list[str]] = {name: [] for name in flow.names}
    after: dict[str, list[str]] = {name: [] for name in flow.names}
    for link in flow.links:
        before[flow.names[link.target]].append(flow.names[link.source])
        after[flow.names[link.source]].append(flow.names[link.target])
    # What was placed shows the way to the steps next to it.
    waiting = list(found)
    for name in waiting:
        for other in (*after[name], *before[name]):
            if other not in found:
                x, y = _wanted(before[other], after[other], found)
                height = max(CARD_HEIGHT, heights.get(other, CARD_HEIGHT))
                found[other] = x, room.free_below(x, y, height)
                room.take(*found[other], height)
                waiting.append(other)
    lone = [name for name in flow.names if name not in found]
    return tidied(graph, exits, found, only=lone, heights=heights) if lone else found


def _wanted(before: Sequence[str], after: Sequence[str], found: Places) -> tuple[float, float]:
    """Right of what leads to a step; left of what it leads to, if nothing else is known."""
    sources = [found[name] for name in before if name in found]
    if sources:
        x, y = max(sources)
        return on_grid(x + COLUMN), on_grid(y)
    x, y = min(found[name] for name in after if name in found)
    return on_grid(x - COLUMN), on_grid(y)
