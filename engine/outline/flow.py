"""Puts a journey into the order of its flow.

From an entry the main way goes down at one level: after each step comes the step that most of
the rest lies behind. The other ways are indented below the exit that leads to them. A step is
shown once; further exits that lead to it name it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from engine.journey import Graph, Journey
from engine.outline.reach import reach
from engine.outline.rows import ROOT, Kind, Outline, Row
from engine.steps.base import Step


def outline(journey: Journey) -> Outline:
    """The rows of a journey and its sub-journeys."""
    result = Outline()
    entries = [step.id for step in journey.steps if type(step).starts_contact]
    _Flow(result, journey, journey, None).fill(entries, ROOT)
    for sub in journey.sub_journeys:
        head = result.add(Kind.SUB_JOURNEY, ("sub", sub.id), ROOT, graph=sub.id)
        first = [step.id for step in sub.steps[:1]]
        _Flow(result, journey, sub, sub.id).fill(first, head.number)
    return result


class _Flow:
    """One graph on its way into the outline."""

    def __init__(self, result: Outline, journey: Journey, graph: Graph, name: str | None) -> None:
        self._result, self._name = result, name
        self._steps: dict[str, Step] = {}
        for step in graph.steps:
            self._steps.setdefault(step.id, step)
        self._exits = {
            name: tuple(dict.fromkeys(step.exits(journey))) for name, step in self._steps.items()
        }
        self._to: dict[tuple[str, str], str | None] = {}
        for link in graph.links:
            if link.to is None or link.to in self._steps:
                self._to.setdefault((link.from_, link.exit), link.to)
        self._reach = reach({name: self._targets(name) for name in self._steps})
        self._side: deque[Row] = deque()

    def fill(self, starts: Iterable[str], parent: int) -> None:
        """Show all steps: what is reached from `starts` first, then the rest."""
        for start in starts:
            self._main_way(start, parent)
        self._side_ways()
        rest = [name for name in self._steps if not self._is_shown(name)]
        if not rest:
            return
        head = self._result.add(Kind.UNREACHED, ("unreached", self._name), parent, graph=self._name)
        led_to = {to for name in rest for to in self._targets(name) if to != name}
        # Those that nothing leads to begin; what is left then are circles.
        for name in (*(one for one in rest if one not in led_to), *rest):
            self._main_way(name, head.number)
            self._side_ways()

    def _targets(self, name: str) -> list[str]:
        ends = (self._to.get((name, exit_name)) for exit_name in self._exits[name])
        return [to for to in ends if to is not None]

    def _is_shown(self, name: str) -> bool:
        return name in self._result.of_step

    def _main_way(self, start: str, parent: int) -> None:
        """Show the step, and what follows it on the same level."""
        step: str | None = start
        while step is not None and not self._is_shown(step):
            step = self._show(step, parent)

    def _side_ways(self) -> None:
        while self._side:
            exit_row = self._side.popleft()
            if exit_row.to is not None:
                self._main_way(exit_row.to, exit_row.number)

    def _show(self, name: str, parent: int) -> str | None:
        """Add the rows of a step and its exits; returns the step on the main way after it."""
        row = self._result.add(
            Kind.STEP, ("step", name), parent, graph=self._name, step=self._steps[name]
        )
        self._result.of_step[name] = row.number
        exits = self._exits[name]
        new = [to for to in dict.fromkeys(self._targets(name)) if not self._is_shown(to)]
        main = max(new, key=self._reach.__getitem__) if new else None
        if len(exits) == 1 and main is not None:
            return main
        for exit_name in exits:
            self._show_exit(row, exit_name, main)
        return main

    def _show_exit(self, row: Row, exit_name: str, main: str | None) -> None:
        key = (row.step.id if row.step else "", exit_name)
        to = self._to.get(key)
        added = self._result.add(
            Kind.EXIT,
            ("exit", *key),
            row.number,
            graph=self._name,
            step=row.step,
            exit=exit_name,
            to=to,
            is_closed=key in self._to and to is None,
        )
        self._result.of_exit[key] = added.number
        if to is not None and to != main:
            self._side.append(added)
