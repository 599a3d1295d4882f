"""Orders to start from, before they are improved."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from statistics import fmean

from engine.tidy.flow import Flow
from engine.tidy.layers import Layers, Order


def by_walk(layers: Layers, *, from_left: bool) -> Order:
    """Places in the order in which a walk in depth along the links finds them."""
    into = [[one for one, _ in near] for near in layers.into]
    near, back = (layers.out, into) if from_left else (into, layers.out)
    seen = [False] * len(near)
    order = _empty(layers)
    waiting = deque(one for one, before in enumerate(back) if not before)
    while waiting:
        one = waiting.popleft()
        if not seen[one]:
            seen[one] = True
            order[layers.column[one]].append(one)
            waiting.extendleft(reversed(near[one]))
    return order


def by_level(layers: Layers, flow: Flow, levels: Sequence[float | None]) -> Order:
    """Places as far down as the steps lie now; at least one step must lie somewhere."""
    known = {step: level for step, level in enumerate(levels) if level is not None}
    _guess(flow, known)
    for chain in layers.chains:
        first, last = known[chain[0]], known[chain[-1]]
        for number, bend in enumerate(chain[1:-1], start=1):
            known[bend] = first + (last - first) * number / (len(chain) - 1)
    order = _empty(layers)
    for one in sorted(range(len(layers.column)), key=known.__getitem__):
        order[layers.column[one]].append(one)
    return order


def _guess(flow: Flow, known: dict[int, float]) -> None:
    """Steps that lie nowhere are taken to be amid those that they are linked to."""
    near: list[list[int]] = [[] for _ in flow.names]
    for link in flow.links:
        near[link.source].append(link.target)
        near[link.target].append(link.source)
    missing = [step for step in range(len(near)) if step not in known]
    while missing:
        found = {
            step: fmean(known[other] for other in near[step] if other in known)
            for step in missing
            if any(other in known for other in near[step])
        }
        known.update(found)
        missing = [step for step in missing if step not in found]


def _empty(layers: Layers) -> Order:
    return [[] for _ in range(max(layers.column, default=-1) + 1)]
