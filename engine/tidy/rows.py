"""How far down each place of a column lies: chains and long links straight, the rest balanced.

Brandes and Köpf, “Fast and simple horizontal coordinate assignment”, 2001: places are joined
to straight lines in four ways, each is packed, and the middle of the four is taken. Packed
with longest paths between lines, which needs none of the classes of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from engine.tidy.layers import Layers, Order
from engine.tidy.measures import GAP, LANE, on_grid, rise, up_to_grid

_BEND_GAP = 28
"""From a card to a long link that passes it."""


def rows(layers: Layers, order: Order) -> list[int]:
    """The middle of each place, on the grid; those of a column are in this order."""
    crossed = _crossing_long_links(layers, order)
    ways = [
        _Way(layers, order, crossed, to_right=to_right, upwards=upwards).rows()
        for to_right in (True, False)
        for upwards in (False, True)
    ]
    spans = [max(way) - min(way) for way in ways]
    narrow = ways[spans.index(min(spans))]
    top, bottom = min(narrow), max(narrow)
    for number, way in enumerate(ways):
        shift = bottom - max(way) if number % 2 else top - min(way)
        ways[number] = [row + shift for row in way]
    return [on_grid(sum(sorted(four)[1:3]) / 2) for four in zip(*ways, strict=True)]


def separation(layers: Layers, above: int, below: int) -> int:
    """How far the rows of two places are apart at least, on the grid."""
    is_step = layers.is_step(above), layers.is_step(below)
    gap = LANE if not any(is_step) else GAP if all(is_step) else _BEND_GAP
    fall = layers.heights[above] - rise(layers.heights[above]) if is_step[0] else 0
    return up_to_grid(fall + gap + (rise(layers.heights[below]) if is_step[1] else 0))


def _crossing_long_links(layers: Layers, order: Order) -> set[tuple[int, int]]:
    """Links that cross a link between two bends: they give way to it."""
    place = {one: number for column in order for number, one in enumerate(column)}
    found = set()
    for column in order:
        inner = [
            (place[one], place[other])
            for one in column
            if not layers.is_step(one)
            for other in layers.out[one]
            if not layers.is_step(other)
        ]
        if not inner:
            continue
        for one in column:
            for other in layers.out[one]:
                if not layers.is_step(one) and not layers.is_step(other):
                    continue
                at, to = place[one], place[other]
                if any((at - a) * (to - b) < 0 for a, b in inner):
                    found.add((one, other))
    return found


@dataclass
class _Way:
    """One of the four ways: which neighbours to stand level with, and where to begin."""

    layers: Layers
    order: Order
    crossed: set[tuple[int, int]]
    to_right: bool
    upwards: bool

    def rows(self) -> list[float]:
        """The middle of each place."""
        columns = [column[::-1] if self.upwards else column for column in self.order]
        root = self._lines(columns)
        packed = self._packed(columns, root)
        sign = -1 if self.upwards else 1
        return [sign * packed[root[one]] for one in range(len(root))]

    def _lines(self, columns: Order) -> list[int]:
        """For each place the first place of the line that it is part of."""
        layers = self.layers
        place = [0.0] * len(layers.column)
        for column in columns:
            for number, one in enumerate(column):
                place[one] = number
        root = list(range(len(place)))
        is_taken = [False] * len(place)
        for column in columns if self.to_right else reversed(columns):
            last = -1.0
            for one in column:
                near = [a for a, _ in layers.into[one]] if self.to_right else layers.out[one]
                if not near:
                    continue
                near = sorted(dict.fromkeys(near), key=place.__getitem__)
                half = (len(near) - 1) // 2
                for other in near[half : half + 2 - len(near) % 2]:
                    pair = (other, one) if self.to_right else (one, other)
                    if place[other] > last and not is_taken[other] and pair not in self.crossed:
                        last = place[other]
                        is_taken[other] = True
                        root[one] = root[other]
                        break
        return root

    def _packed(self, columns: Order, root: list[int]) -> list[float]:
        """How far down each line lies, if all lie as far up as they can and hold together."""
        below: dict[int, dict[int, int]] = {one: {} for one in root}
        above: dict[int, dict[int, int]] = {one: {} for one in root}
        for column in columns:
            for one, other in pairwise(column):
                pair = (other, one) if self.upwards else (one, other)
                apart = separation(self.layers, *pair)
                a, b = root[one], root[other]
                below[a][b] = above[b][a] = max(apart, below[a].get(b, 0))
        order = [one for one in below if not above[one]]
        missing = {one: len(near) for one, near in above.items()}
        for one in order:
            for other in below[one]:
                missing[other] -= 1
                if not missing[other]:
                    order.append(other)
        at = [0.0] * len(root)
        for one in order:
            at[one] = max((at[other] + apart for other, apart in above[one].items()), default=0)
        for one in reversed(order):
            if below[one]:
                at[one] = max(at[one], min(at[to] - apart for to, apart in below[one].items()))
        return at
