"""How long an execution may get at worst, to hold it against the language's limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import networkx as nx

from engine.operations import Assign, Command, Compute, Count, Delay, Listen
from engine.program import Node, Program

_AROUND: Final = 20
"""Events before the first step and after the last, and more than there are."""


@dataclass(frozen=True, slots=True)
class Worst:
    """events: of the history.  seconds: of all designed timers."""

    events: float
    seconds: float


def worst_case(program: Program) -> Worst | None:
    """The longest way through; None if it can go round without end."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(program.nodes)
    rounds = 0
    for node in program.nodes.values():
        counted = node.operation.again if isinstance(node.operation, Count) else None
        rounds += node.operation.most if isinstance(node.operation, Count) else 0
        targets = {way for result, way in node.ways.items() if way and result != counted}
        graph.add_edges_from((node.id, way) for way in targets)
    if not nx.is_directed_acyclic_graph(graph):
        return None
    # Between two rounds of any loop, no node is passed twice.
    times = rounds + 1
    return Worst(
        events=_AROUND + times * _longest(program, graph, _events),
        seconds=times * _longest(program, graph, _seconds),
    )


def _longest(program: Program, graph: nx.DiGraph[str], length: Callable[[Node], float]) -> float:
    longest: dict[str, float] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        after = max((longest[one] for one in graph.successors(name)), default=0.0)
        longest[name] = length(program.nodes[name]) + after
    return max(longest.values())


def _events(node: Node) -> float:
    """Entered and left, for each of the node's states; a task has four events more."""
    match node.operation:
        case Command() | Compute():
            return 6 + 2 + 2
        case Listen():
            return 6
        case Assign(puts=puts):
            return 6.0 * len(puts)
        case Count():
            return 4
        case _:
            return 2


def _seconds(node: Node) -> float:
    match node.operation:
        case Delay(seconds=seconds):
            return seconds
        case Command(timeout=timeout) | Listen(timeout=timeout) if timeout is not None:
            return timeout.seconds
        case _:
            return 0
