"""Rows for cards that are tidy but for a few: what lies well stays where it is.

New rows differ from the present levels by shifts. Where neighbours are shifted alike, taking the
shift back changes nothing but that less moves; a card that is shifted otherwise than all
around it was out of its row, and goes with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from engine.tidy.layers import Layers, Order
from engine.tidy.measures import ROW, on_grid
from engine.tidy.rows import separation

_ROUNDS = 3


def steadied(
    layers: Layers, order: Order, rows: list[int], levels: Sequence[float | None]
) -> list[int]:
    """Rows in this order with the same straight lines, and near the present levels of steps."""
    shifts = _shifts(layers, order, rows, levels)
    lines = _lines(layers, rows)
    wanted = {
        line[0]: median_low(rows[one] + shifts[one] for one in line) for line in lines.values()
    }
    first = {one: line[0] for line in lines.values() for one in line}
    down = _apart(layers, order, rows, first, wanted, sign=1)
    up = _apart(layers, order, rows, first, wanted, sign=-1)
    return [on_grid((down[first[one]] + up[first[one]]) / 2) for one in range(len(rows))]


def _shifts(
    layers: Layers, order: Order, rows: list[int], levels: Sequence[float | None]
) -> list[float]:
    """How far each place is to be moved back, much like its neighbours."""
    near = [
        [*(a for a, _ in into), *out] for into, out in zip(layers.into, layers.out, strict=True)
    ]
    for column in order:
        for one, other in pairwise(column):
            near[one].append(other)
            near[other].append(one)
    known = [None if level is None else level - rows[one] for one, level in enumerate(levels)]
    shifts: list[float | None] = [*known, *[None] * (len(rows) - len(known))]
    usual = median_low(shift for shift in shifts if shift is not None)
    for _ in range(_ROUNDS):
        for one, others in enumerate(near):
            around = sorted(shift for n in others if (shift := shifts[n]) is not None)
            if around:
                shifts[one] = _fitting(shifts[one], around)
    return [usual if shift is None else shift for shift in shifts]


def _fitting(own: float | None, around: list[float]) -> float:
    """The shift of a place among those of its neighbours, which are sorted."""
    low, high = around[(len(around) - 1) // 2], around[len(around) // 2]
    if own is None:
        return low
    own = min(max(own, around[0]), around[-1])
    return own if low - ROW <= own <= high + ROW else min(max(own, low), high)


def _lines(layers: Layers, rows: list[int]) -> dict[int, list[int]]:
    """The places of each straight line, by the first of them."""
    lines: dict[int, list[int]] = {}
    first = list(range(len(rows)))
    for one in sorted(range(len(rows)), key=layers.column.__getitem__):
        for before, _ in layers.into[one]:
            if rows[before] == rows[one]:
                first[one] = first[before]
        lines.setdefault(first[one], []).append(one)
    return lines


def _apart(
    layers: Layers,
    order: Order,
    rows: list[int],
    first: dict[int, int],
    wanted: dict[int, float],
    *,
    sign: int,
) -> dict[int, float]:
    """Lines where they are wanted, or as far down (sign 1) or up (-1) as others push them."""
    pushed: dict[int, list[tuple[int, int]]] = {line: [] for line in wanted}
    for column in order:
        for above, below in pairwise(column):
            apart = separation(layers, above, below)
            one, other = (above, below) if sign > 0 else (below, above)
            pushed[first[other]].append((first[one], apart))
    at: dict[int, float] = {}
    for line in sorted(wanted, key=lambda one: sign * rows[one]):
        least = [sign * at[other] + apart for other, apart in pushed[line]]
        at[line] = sign * max([sign * wanted[line], *least])
    return at
