"""How good an arrangement is: links as straight lines between the cards, and where they cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from engine.tidy.flow import Flow
from engine.tidy.measures import CARD_WIDTH, COLUMN

_NOT_LEVEL = 40


def crossings(flow: Flow, columns: Sequence[int], rows: Sequence[float]) -> int:
    """How many pairs of links cross, if they were straight lines.

    rows: how far down the middles of the cards lie.
    """
    strips: dict[int, list[tuple[float, float]]] = {}
    for link in flow.links:
        source, target = link.source, link.target
        down = (link.port - 0.5) * flow.heights[source]
        _cut(
            (2 * columns[source] + 1, rows[source] + down),
            (2 * columns[target], rows[target]),
            strips,
        )
    return sum(_inversions(strip) for strip in strips.values())


def length(flow: Flow, rows: Sequence[float]) -> float:
    """How far all links together lead up or down; one that is not level counts for more."""
    ways = (abs(rows[link.source] - rows[link.target]) for link in flow.links)
    return sum(way + _NOT_LEVEL for way in ways if way)


def _cut(
    one: tuple[int, float], other: tuple[int, float], strips: dict[int, list[tuple[float, float]]]
) -> None:
    """Cut a line where cards begin and end: edge 2n is the left one of column n, 2n + 1 the right.

    Each strip gets the line's level at its left and at its right.
    """
    if one[0] > other[0]:
        one, other = other, one
    (first, level), (last, end) = one, other
    left = _across(first)
    slope = (end - level) / (_across(last) - left)
    at = level
    for edge in range(first, last):
        to = level + slope * (_across(edge + 1) - left)
        strips.setdefault(edge, []).append((at, to))
        at = to


def _across(edge: int) -> int:
    return edge // 2 * COLUMN + edge % 2 * CARD_WIDTH


def _inversions(strip: list[tuple[float, float]]) -> int:
    """How many pairs of lines swap sides between the left and the right of a strip."""
    found, ends = 0, list[float]()
    for _, end in sorted(strip):
        at = bisect_right(ends, end)
        found += len(ends) - at
        ends.insert(at, end)
    return found
