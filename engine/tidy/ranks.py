"""In which column each step stands: every link that leads on goes to the right."""

from __future__ import annotations

from collections import Counter

from engine.tidy.flow import Flow, FlowLink
from engine.tidy.simplex import shortest


def columns(flow: Flow, links: list[FlowLink]) -> list[int]:
    """The column of each step of a flow that hangs together, from 0.

    links: those that lead on. Entries that nothing leads to stand in the first column.
    """
    reached = {link.target for link in links}
    first = [step for step in flow.entries if step not in reached]
    # What must stand in the same column is one step here.
    stands_for = list(range(len(flow.names)))
    for step in first:
        stands_for[step] = first[0]
    weights = Counter((stands_for[link.source], stands_for[link.target]) for link in links)
    used = sorted({stands_for[step] for step in range(len(flow.names))})
    number = {step: index for index, step in enumerate(used)}
    pairs = {(number[a], number[b]): weight for (a, b), weight in weights.items()}
    ranks = _longest(len(used), list(pairs))
    shortest(ranks, pairs)
    _pull_left(ranks, pairs)
    left = min(ranks, default=0)
    return [ranks[number[stands_for[step]]] - left for step in range(len(flow.names))]


def _in_order(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    """All steps, sources before targets."""
    out: list[list[int]] = [[] for _ in range(count)]
    missing = [0] * count
    for source, target in pairs:
        out[source].append(target)
        missing[target] += 1
    order = [step for step in range(count) if not missing[step]]
    for step in order:
        for target in out[step]:
            missing[target] -= 1
            if not missing[target]:
                order.append(target)
    return order


def _longest(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    """Each step one column right of the furthest that leads to it."""
    into: list[list[int]] = [[] for _ in range(count)]
    for source, target in pairs:
        into[target].append(source)
    ranks = [0] * count
    for step in _in_order(count, pairs):
        ranks[step] = max((ranks[source] + 1 for source in into[step]), default=0)
    return ranks


def _pull_left(ranks: list[int], weights: dict[tuple[int, int], int]) -> None:
    """What is pulled to both sides alike stands next to what leads to it."""
    into: list[list[int]] = [[] for _ in ranks]
    pull = [0] * len(ranks)
    for (source, target), weight in weights.items():
        into[target].append(source)
        pull[source] += weight
        pull[target] -= weight
    for step in _in_order(len(ranks), list(weights)):
        if into[step] and not pull[step]:
            ranks[step] = max(ranks[source] + 1 for source in into[step])
