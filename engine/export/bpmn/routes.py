"""Ways of flows: orthogonal, from border to border, and not through other shapes if possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.export.bpmn.graph import Kind, Scope
from engine.export.bpmn.places import Box

Point = tuple[float, float]
_OUT: Final = 12.0
"""How far a flow leaves a shape before it turns."""
_LANE: Final = 7.0
"""From one flow that turns to the next, before shapes that lie above each other."""
_MOST_TRIED: Final = 400


def routes(scope: Scope, boxes: Mapping[str, Box]) -> dict[str, list[Point]]:
    """For each flow its points, the first and last on the borders of what it connects."""
    walls = _Walls(list(boxes.values()))
    lanes = _lanes(boxes)
    return {
        flow.id: _route(
            boxes[flow.source],
            boxes[flow.target],
            walls,
            lanes[flow.target],
            is_boundary=scope.elements[flow.source].kind is Kind.BOUNDARY,
        )
        for flow in scope.flows
    }


def _lanes(boxes: Mapping[str, Box]) -> dict[str, float]:
    """How far before each shape flows turn to it: another distance than its neighbours above."""
    columns: dict[float, list[str]] = {}
    for name in sorted(boxes, key=lambda one: boxes[one].middle[1]):
        columns.setdefault(round(boxes[name].x / 100), []).append(name)
    return {
        name: _OUT + _LANE * (rank % 4)
        for column in columns.values()
        for rank, name in enumerate(column)
    }


def _route(start: Box, end: Box, walls: _Walls, lane: float, *, is_boundary: bool) -> list[Point]:
    candidates = _from_boundary if is_boundary else _candidates
    tried = islice(candidates(start, end, walls, lane), _MOST_TRIED)
    first = next(tried)
    clear = (points for points in chain([first], tried) if walls.are_clear(points))
    return _straightened(next(clear, first))


def _from_boundary(start: Box, end: Box, walls: _Walls, lane: float) -> Iterator[list[Point]]:
    if _is_below(start, end):
        yield from _downwards(start, end)
    yield from _from_below(start, end, walls, lane)


def _candidates(start: Box, end: Box, walls: _Walls, lane: float) -> Iterator[list[Point]]:
    """Ways in the order of how well they look."""
    if _is_below(start, end):
        yield from _downwards(start, end)
    sx, sy = start.right, start.middle[1]
    tx, ty = end.x, end.middle[1]
    if tx > sx:
        for turn in (tx - lane, (sx + tx) / 2, sx + _OUT, tx - _OUT, sx + 2 * _OUT):
            yield [(sx, sy), (turn, sy), (turn, ty), (tx, ty)]
    for out in (_OUT, 2 * _OUT):
        for y in walls.corridors((sy + ty) / 2):
            x, back = sx + out, tx - (lane if out == _OUT else out)
            yield [(sx, sy), (x, sy), (x, y), (back, y), (back, ty), (tx, ty)]
    yield from _from_below(start, end, walls, lane)


def _is_below(start: Box, end: Box) -> bool:
    """Whether what it leads to lies below, and not far to the right."""
    is_near = end.x < start.right + 300 and end.right > start.x
    return end.y > start.middle[1] and is_near


def _downwards(start: Box, end: Box) -> Iterator[list[Point]]:
    """To what lies below: from the lower border down, then into its side or its top."""
    x, y = start.middle[0], end.middle[1]
    if end.x > x + _OUT:
        yield [(x, start.bottom), (x, y), (end.x, y)]
    yield [(x, start.bottom), (x, end.y - _OUT), (end.middle[0], end.y - _OUT),
           (end.middle[0], end.y)]  # fmt: skip


def _from_below(start: Box, end: Box, walls: _Walls, lane: float) -> Iterator[list[Point]]:
    x, top = start.middle[0], start.bottom
    tx, ty = end.x, end.middle[1]
    if tx > x + _OUT and ty > top:
        yield [(x, top), (x, ty), (tx, ty)]
    for y in walls.corridors(max(top + _OUT, ty)):
        if y > top:
            yield [(x, top), (x, y), (tx - lane, y), (tx - lane, ty), (tx, ty)]


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
