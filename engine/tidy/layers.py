"""Columns of places: steps, and a bend in every column that a long link passes."""

from __future__ import annotations

from collections.abc import Iterable

from engine.tidy.flow import Flow, FlowLink

Order = list[list[int]]
"""The places of each column, from the top."""

MIDDLE = 0.5
"""Where a link leaves a bend, as a share of the bend's height."""


class Layers:
    """The places of one component by number: first its steps, then the bends of long links.

    Every link between places leads from one column to the next. A link back is laid from its
    target to its source here.
    """

    def __init__(self, flow: Flow, columns: list[int], links: Iterable[FlowLink]) -> None:
        self.steps = len(columns)
        self.column = list(columns)
        self.heights = [*flow.heights]
        self.into: list[list[tuple[int, float]]] = [[] for _ in columns]
        """What leads to a place, and how far down its side (0 to 1)."""
        self._out: list[list[tuple[float, int]]] = [[] for _ in columns]
        self.chains: list[tuple[int, ...]] = []
        """Each long link from left to right: a step, its bends, a step."""
        for link in links:
            self._lay(link)
        self.out = [[to for _, to in sorted(near, key=_port)] for near in self._out]
        """What a place leads to, from its uppermost exit to its lowest."""

    def is_step(self, place: int) -> bool:
        """Whether it is a step, and no bend."""
        return place < self.steps

    def _lay(self, link: FlowLink) -> None:
        here, port, last = link.source, link.port, link.target
        if self.column[here] > self.column[last]:
            here, port, last = link.target, MIDDLE, link.source
        chain = [here]
        for column in range(self.column[here] + 1, self.column[last]):
            bend = len(self.column)
            self.column.append(column)
            self.heights.append(0)
            self.into.append([])
            self._out.append([])
            self._join(here, bend, port)
            chain.append(bend)
            here, port = bend, MIDDLE
        self._join(here, last, port)
        if len(chain) > 1:
            self.chains.append((*chain, last))

    def _join(self, source: int, target: int, port: float) -> None:
        self._out[source].append((port, target))
        self.into[target].append((source, port))


def _port(end: tuple[float, int]) -> float:
    return end[0]
