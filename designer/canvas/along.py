"""What follows steps, or leads to them, along the links."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from engine.journey import Graph


def along(graph: Graph, steps: Iterable[str], *, forward: bool) -> list[str]:
    """Ids of these steps and of all that can be reached from them, or from which they can be."""
    onward: dict[str, list[str]] = {}
    for link in graph.links:
        if link.to is not None:
            source, target = (link.from_, link.to) if forward else (link.to, link.from_)
            onward.setdefault(source, []).append(target)
    found = dict.fromkeys(steps)
    todo = deque(found)
    while todo:
        for name in onward.get(todo.popleft(), []):
            if name not in found:
                found[name] = None
                todo.append(name)
    return list(found)
