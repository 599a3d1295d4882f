"""Where nodes and bands of a flow lie: columns from left to right, ways back apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

GAP: Final = 0.03
"""Between nodes of a column, of the height."""
LABEL: Final = 0.11
"""Room that a label needs."""
LEAST: Final = 0.004
"""A node that is no lower."""
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Link:
    """So much from a node to another; several links of the same two are one."""

    source: str
    target: str
    amount: float


@dataclass(slots=True)
class Node:
    """amount: what comes in or goes out, the larger.  top: where it begins, from 0 to 1."""

    id: str
    column: int = 0
    amount: float = 0.0
    top: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class Layout:
    """links: those that go to the right.  back: the others.  scale: height of an amount of 1."""

    nodes: dict[str, Node]
    links: list[Link]
    back: list[Link]
    columns: int
    scale: float = field(default=0.0)


def layout(links: Iterable[Link]) -> Layout:
    """Place all nodes of these links."""
    merged = _merged(links)
    back = _ways_back(merged)
    onward = [link for link in merged if (link.source, link.target) not in back]
    nodes = {name: Node(name) for link in merged for name in (link.source, link.target)}
    _set_columns(nodes, onward)
    _set_amounts(nodes, onward)
    columns = max((node.column for node in nodes.values()), default=0) + 1
    made = Layout(
        nodes, onward, [link for link in merged if (link.source, link.target) in back], columns
    )
    _place(made)
    return made


def _merged(links: Iterable[Link]) -> list[Link]:
    amounts: dict[tuple[str, str], float] = {}
    for link in links:
        key = link.source, link.target
        amounts[key] = amounts.get(key, 0.0) + link.amount
    return [Link(*key, amount) for key, amount in amounts.items()]


def _ways_back(links: list[Link]) -> set[tuple[str, str]]:
    """Links that lead to where the way came from, when walking along the largest ones first."""
    onward: dict[str, list[str]] = {}
    for link in sorted(links, key=lambda one: -one.amount):
        onward.setdefault(link.source, []).append(link.target)
    targets = {link.target for link in links}
    starts = [name for name in onward if name not in targets] or list(onward)
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for start in [*starts, *onward]:
        if start not in done:
            _walk(start, onward, done, back)
    return back


def _walk(
    start: str, onward: Mapping[str, list[str]], done: set[str], back: set[tuple[str, str]]
) -> None:
    """Depth first, without recursion: journeys may be long."""
    on_way, stack = {start}, [(start, iter(onward.get(start, ())))]
    while stack:
        name, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            stack.pop()
            on_way.discard(name)
            done.add(name)
        elif target in on_way:
            back.add((name, target))
        elif target not in done:
            on_way.add(target)
            stack.append((target, iter(onward.get(target, ()))))


def _set_columns(nodes: dict[str, Node], links: list[Link]) -> None:
    """As far to the right as the longest way there."""
    incoming: dict[str, int] = dict.fromkeys(nodes, 0)
    outgoing: dict[str, list[str]] = {}
    for link in links:
        incoming[link.target] += 1
        outgoing.setdefault(link.source, []).append(link.target)
    todo = [name for name, count in incoming.items() if not count]
    while todo:
        name = todo.pop()
        for target in outgoing.get(name, ()):
            nodes[target].column = max(nodes[target].column, nodes[name].column + 1)
            incoming[target] -= 1
            if not incoming[target]:
                todo.append(target)


def _set_amounts(nodes: dict[str, Node], links: list[Link]) -> None:
    into: dict[str, float] = {}
    out: dict[str, float] = {}
    for link in links:
        out[link.source] = out.get(link.source, 0.0) + link.amount
        into[link.target] = into.get(link.target, 0.0) + link.amount
    for name, node in nodes.items():
        node.amount = max(into.get(name, 0.0), out.get(name, 0.0))


def _place(made: Layout) -> None:
    """Nodes of a column below each other, near those from which they get most."""
    columns: list[list[Node]] = [[] for _ in range(made.columns)]
    for node in made.nodes.values():
        columns[node.column].append(node)
    made.scale = min(_scale_of(column) for column in columns)
    for column in columns:
        _stack(column, made.scale)
    for number in range(_ROUNDS):
        for column in columns if number % 2 else reversed(columns):
            column.sort(key=lambda node: _wanted(made, node))
            _stack(column, made.scale)


def _scale_of(column: list[Node]) -> float:
    """The height of an amount of 1 with which a column's nodes and their labels have room."""
    scale = 1.0 / max(1e-9, sum(node.amount for node in column))
    while sum(_room(node, scale) for node in column) > 1.0 and len(column) * LABEL < 0.9:
        scale *= 0.95
    return scale


def _room(node: Node, scale: float) -> float:
    return max(node.amount * scale + GAP, LABEL)


def _wanted(made: Layout, node: Node) -> float:
    """Where a node would lie best: in the middle of those it is linked with."""
    total = weight = 0.0
    for link in made.links:
        if node.id in (link.source, link.target):
            other = made.nodes[link.target if link.source == node.id else link.source]
            total += link.amount * (other.top + other.height / 2)
            weight += link.amount
    return total / weight if weight else node.top


def _stack(column: list[Node], scale: float) -> None:
    rooms = [_room(node, scale) for node in column]
    free = max(0.0, 1.0 - sum(rooms))
    gap = min(free / len(column), 0.08)
    top = max(0.0, free - gap * (len(column) - 1)) / 2
    # Where there is no room for all labels, they lie closer.
    closer = min(1.0, 1.0 / sum(rooms))
    for node, room in zip(column, rooms, strict=True):
        node.height = max(node.amount * scale, LEAST)
        node.top = top + (room * closer - node.height) / 2
        top += room * closer + gap
