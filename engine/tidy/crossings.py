"""How many links cross, and putting places of a column in another order so that fewer do."""

from __future__ import annotations

from bisect import bisect_right

from engine.tidy.layers import Layers

Order = list[list[int]]
"""The places of each column, from the top."""


def crossings(layers: Layers, order: Order) -> int:
    """How many pairs of links cross, if places stand in this order."""
    place = [0] * len(layers.column)
    for column in order:
        for number, one in enumerate(column):
            place[one] = number
    return sum(between(layers, column, place) for column in order)


def between(layers: Layers, column: list[int], place: list[int]) -> int:
    """Crossings between a column and the next one."""
    ends: list[int] = []
    found = 0
    for one in column:
        for target in layers.out[one]:
            end = place[target]
            at = bisect_right(ends, end)
            found += len(ends) - at
            ends.insert(at, end)
    return found
