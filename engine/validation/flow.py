"""The ways of contacts: the journey with every called sub-journey put in its place.

A sub-journey is copied for each call, as in the plan, so that what is known before one call
never mixes with what is known before another. Where copying would have no end (recursion)
or too much of it, a call is taken as a step that goes straight on by its exits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final, TypeVar, cast

import networkx as nx

from engine.journey import MAX_STEPS
from engine.plan import MAX_NESTING
from engine.steps.control import SubJourney
from engine.steps.finish import Exit

if TYPE_CHECKING:
    from engine.validation.subject import GraphView, Spot, Subject, Ways

MAX_PLACES: Final = 2 * MAX_STEPS
START: Final = "start"
"""The way from a calling step into the sub-journey."""

State = TypeVar("State")


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    """One copy of a graph: its steps' places are `base`, `base` + 1 and so on."""

    view: GraphView
    base: int
    caller: _Call | None = None
    spot: Spot | None = None
    inside: frozenset[str] = frozenset()


class Flow:
    """Places and the ways between them. A place is a step in one copy of its graph.

    spots: the step of each place; ways: for each place its exits and where they lead.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.spots: list[Spot] = []
        self.ways: Ways = []
        self._calls: deque[_Call] = deque()
        self._copied: set[str] = set()
        journey = subject.graphs[0]
        self.entries = [spot.local for spot in journey.starts()]
        self._copy(_Call(journey, 0))
        self._copy_uncalled(subject.graphs[1:])

    def forward(
        self,
        start: Callable[[Spot], State],
        step: Callable[[Spot, str, State], State],
        meet: Callable[[State, State], State],
    ) -> list[State | None]:
        """What holds at each place, handed on from the entries; None where nobody comes.

        start: what holds at an entry; step: what holds after an exit, given what held before
        the step; meet: what holds where two ways come together. `meet` must only ever go in
        one direction (fewer facts, or more channels), else this has no end.
        """
        states: list[State | None] = [None] * len(self.spots)
        todo = _Queue(self._rank)
        for place in self.entries:
            states[place] = start(self.spots[place])
            todo.push(place)
        while todo:
            place = todo.pop()
            state = cast("State", states[place])
            for exit_name, target in self.ways[place]:
                new = step(self.spots[place], exit_name, state)
                old = states[target]
                merged = new if old is None else meet(old, new)
                if old is None or merged != old:
                    states[target] = merged
                    todo.push(target)
        return states

    @cached_property
    def _rank(self) -> list[int]:
        """Every place's number in an order in which, but for loops, no way leads back."""
        rank = [0] * len(self.spots)
        for number, place in enumerate(_last_first(self.entries, self.ways)):
            rank[place] = number
        return rank

    def _copy(self, first: _Call) -> None:
        self._reserve(first)
        while self._calls:
            call = self._calls.popleft()
            for spot in call.view.spots:
                self.ways[call.base + spot.local] = self._ways(call, spot)

    def _reserve(self, call: _Call) -> None:
        self._calls.append(call)
        self.spots.extend(call.view.spots)
        self.ways.extend([] for _ in call.view.spots)
        if call.view.id is not None:
            self._copied.add(call.view.id)

    def _copy_uncalled(self, views: Iterable[GraphView]) -> None:
        """A sub-journey that nobody calls is looked at by itself."""
        for view in views:
            if view.id is not None and view.id not in self._copied:
                self._copy(_Call(view, len(self.spots), inside=frozenset({view.id})))

    def _ways(self, call: _Call, spot: Spot) -> list[tuple[str, int]]:
        if isinstance(spot.step, SubJourney):
            base = self._enter(call, spot, spot.step)
            if base is not None:
                return [(START, base)]
        if isinstance(spot.step, Exit) and call.caller is not None and call.spot is not None:
            back = call.spot.next(spot.step.outcome)
            return [] if back is None else [(spot.step.outcome, call.caller.base + back.local)]
        return [(name, call.base + to) for name, to in call.view.ways[spot.local]]

    def _enter(self, call: _Call, spot: Spot, step: SubJourney) -> int | None:
        """Copy what `step` calls and say where the copy begins; None if it cannot be copied."""
        called = self._subject.called(step)
        if called is None or not called[1].spots or step.journey in call.inside:
            return None
        base, view = len(self.spots), called[1]
        if base + len(view.spots) > MAX_PLACES or len(call.inside) >= MAX_NESTING:
            return None
        self._reserve(_Call(view, base, call, spot, call.inside | {step.journey}))
        return base


class _Queue:
    """Places to look at, each at most once at a time, the one of least rank first.

    In this order a place is looked at when all ways to it are, so that the work grows with
    the journey and not with the number of ways through it.
    """

    def __init__(self, rank: list[int]) -> None:
        self._rank = rank
        self._heap: list[tuple[int, int]] = []
        self._waiting: set[int] = set()

    def push(self, place: int) -> None:
        if place not in self._waiting:
            self._waiting.add(place)
            heappush(self._heap, (self._rank[place], place))

    def __bool__(self) -> bool:
        return bool(self._heap)

    def pop(self) -> int:
        place = heappop(self._heap)[1]
        self._waiting.remove(place)
        return place


def _last_first(starts: Iterable[int], ways: Ways) -> list[int]:
    """The nodes that can be reached; those that depth-first search leaves last come first."""
    seen: set[int] = set()
    left: list[int] = []
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        path = [(start, iter(ways[start]))]
        while path:
            node, rest = path[-1]
            new = next((to for _, to in rest if to not in seen), None)
            if new is None:
                left.append(node)
                path.pop()
            else:
                seen.add(new)
                path.append((new, iter(ways[new])))
    return left[::-1]


def reached(starts: Iterable[int], ways: Ways) -> set[int]:
    """The nodes that some way leads to from `starts`, these included."""
    seen = set(starts)
    todo = list(seen)
    while todo:
        for _, target in ways[todo.pop()]:
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def knots(ways: Ways, keep: Callable[[int, str], bool] | None = None) -> list[list[int]]:
    """The sets of nodes that lead to each other, along the ways that `keep` lets stand."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(
        (node, target)
        for node, exits in enumerate(ways)
        for name, target in exits
        if keep is None or keep(node, name)
    )
    parts = (sorted(part) for part in nx.strongly_connected_components(graph))
    return sorted(part for part in parts if len(part) > 1 or graph.has_edge(part[0], part[0]))
