"""Ways of flows: orthogonal, from border to border, and not through other shapes if possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.export.bpmn.graph import Element, Flow, Kind, Scope
from engine.export.bpmn.places import Box

Point = tuple[float, float]
_OUT: Final = 12.0
"""How far a flow leaves a shape before it turns."""
_MOST_TRIED: Final = 400


def routes(scope: Scope, boxes: Mapping[str, Box]) -> dict[str, list[Point]]:
    """For each flow its points, the first and last on the borders of what it connects."""
    walls = _Walls(list(boxes.values()))
    return {
        flow.id: _route(flow, scope.elements[flow.source], boxes, walls) for flow in scope.flows
    }


def _route(flow: Flow, source: Element, boxes: Mapping[str, Box], walls: _Walls) -> list[Point]:
    start, end = boxes[flow.source], boxes[flow.target]
    tried = list(islice(_candidates(source, start, end, walls), _MOST_TRIED))
    found = next((points for points in tried if walls.are_clear(points)), tried[0])
    return _straightened(found)


def _candidates(source: Element, start: Box, end: Box, walls: _Walls) -> Iterator[list[Point]]:
    """Ways in the order of how well they look."""
    if end.y > start.middle[1] and end.x < start.right + 300 and end.right > start.x:
        yield from _downwards(start, end)
    if source.kind is Kind.BOUNDARY:
        begin = (start.middle[0], start.bottom)
        yield from _from_below(begin, end, walls)
        return
    sx, sy = start.right, start.middle[1]
    tx, ty = end.x, end.middle[1]
    if tx > sx:
        for turn in (tx - _OUT, (sx + tx) / 2, sx + _OUT, tx - 2 * _OUT, sx + 2 * _OUT):
            yield [(sx, sy), (turn, sy), (turn, ty), (tx, ty)]
    for out in (_OUT, 2 * _OUT):
        for y in walls.corridors((sy + ty) / 2):
            x, back = sx + out, tx - out
            yield [(sx, sy), (x, sy), (x, y), (back, y), (back, ty), (tx, ty)]
    under = (start.middle[0], start.bottom)
    yield from _from_below(under, end, walls)


def _downwards(start: Box, end: Box) -> Iterator[list[Point]]:
    """To what lies below: from the lower border down, then into its side or its top."""
    x, y = start.middle[0], end.middle[1]
    if end.x > x + _OUT:
        yield [(x, start.bottom), (x, y), (end.x, y)]
    yield [(x, start.bottom), (x, end.y - _OUT), (end.middle[0], end.y - _OUT),
           (end.middle[0], end.y)]  # fmt: skip


def _from_below(begin: Point, end: Box, walls: _Walls) -> Iterator[list[Point]]:
    x, top = begin
    tx, ty = end.x, end.middle[1]
    if tx > x + _OUT and ty > top:
        yield [begin, (x, ty), (tx, ty)]
    for y in walls.corridors(max(top + _OUT, ty)):
        if y > top:
            yield [begin, (x, y), (tx - _OUT, y), (tx - _OUT, ty), (tx, ty)]


def _straightened(points: list[Point]) -> list[Point]:
    """Without points that lie on the line between their neighbours."""
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        is_turn = not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])
        if here != kept[-1] and is_turn:
            kept.append(here)
    return [*kept, points[-1]]


class _Walls:
    """All shapes of a plane, as what a flow should not pass through."""

    def __init__(self, boxes: list[Box]) -> None:
        sides = [(box.x + 1, box.y + 1, box.right - 1, box.bottom - 1) for box in boxes]
        self._sides: NDArray[np.float64] = np.array(sides, dtype=np.float64).reshape(-1, 4)
        tops = {box.y - _OUT for box in boxes} | {box.bottom + _OUT for box in boxes}
        self._corridors = np.array(sorted(tops))

    def corridors(self, near: float) -> list[float]:
        """Heights at which there may be room between shapes, the nearest first."""
        order = np.argsort(np.abs(self._corridors - near), kind="stable")
        return [float(self._corridors[at]) for at in order]

    def are_clear(self, points: list[Point]) -> bool:
        """Whether a way passes through no shape."""
        left, top, right, bottom = self._sides.T
        for (x1, y1), (x2, y2) in pairwise(points):
            crossed = (
                (min(x1, x2) < right)
                & (max(x1, x2) > left)
                & (min(y1, y2) < bottom)
                & (max(y1, y2) > top)
            )
            if crossed.any():
                return False
        return True
