"""A tidy arrangement of a graph: where its cards lie, with what must stay where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.journey import Graph
from engine.tidy.component import Drawing, Place
from engine.tidy.flow import Flow, components, flow_of, part_of
from engine.tidy.measures import CARD_HEIGHT, CARD_WIDTH, COLUMN, GRID, on_grid, rise, up_to_grid
from engine.tidy.packing import Box, packed
from engine.tidy.room import Room

Places = dict[str, tuple[float, float]]
"""The upper left corners of cards by the ids of their steps."""


def tidied(
    graph: Graph,
    exits: Mapping[str, Sequence[str]],
    positions: Mapping[str, Sequence[float]],
    *,
    pinned: Collection[str] = (),
    only: Collection[str] | None = None,
    heights: Mapping[str, float] | None = None,
) -> Places:
    """Where the steps of `graph` lie after tidying; the same again once they lie there.

    exits: of each step, from top to bottom.
    positions: where steps lie now, if they do: their order is kept where it is no bad one.
    pinned: steps that stay where they are.
    only: steps to tidy; all others stay where they are. All, if it is left out.
    heights: of cards that are higher than most.
    """
    tall = {name: max(CARD_HEIGHT, height) for name, height in (heights or {}).items()}
    flow = flow_of(graph, exits, tall)
    now = {
        name: (float(positions[name][0]), float(positions[name][1]))
        for name in flow.names
        if name in positions
    }
    chosen = [n for n, name in enumerate(flow.names) if only is None or name in set(only)]
    moved = {flow.names[n] for n in chosen}
    stays = {name for name in now if name not in moved or name in set(pinned)}
    tidying = _Tidying(part_of(flow, chosen), now, stays, tall)
    return now | tidying.places()


class _Tidying:
    """Steps to tidy, and the cards that stay."""

    def __init__(self, flow: Flow, now: Places, stays: set[str], tall: Mapping[str, float]) -> None:
        self._now, self._stays, self._tall = now, stays, tall
        parts = [part_of(flow, steps) for steps in components(flow)]
        # Lone steps come last, in rows of their own.
        parts.sort(key=lambda part: len(part.names) == 1)
        self._parts = [(part, Drawing(part)) for part in parts]

    def places(self) -> Places:
        """Where all these steps lie."""
        if not self._stays:
            return self._drawn(self._now)
        now = self._now
        worth = self._cost(now) if self._is_settled(now) else None
        while True:
            # Cards that stay push others out of their rows: only what is better counts.
            better = self._now | self._settled(self._drawn(now))
            cost = self._cost(better)
            if worth is not None and cost >= worth:
                return now
            now, worth = better, cost

    def _drawn(self, now: Places) -> Places:
        """All components as if no other card were in their way."""
        found: Places = {}
        loose: list[Places] = []
        for part, drawing in self._parts:
            places = self._arranged(part, drawing, now)
            held = [name for name in part.names if name in self._stays]
            if held:
                found |= _moved(places, _shift(places, self._now, held))
            else:
                loose.append(places)
        moves = packed([self._box(places) for places in loose])
        group: Places = {}
        for places, move in zip(loose, moves, strict=True):
            group |= _moved(places, move)
        known = [name for name in group if name in now]
        below = (0.0, self._below()) if self._stays else (0.0, 0.0)
        return found | _moved(group, _shift(group, now, known) if known else below)

    def _arranged(self, part: Flow, drawing: Drawing, now: Places) -> Places:
        present: list[Place | None] = [None] * len(part.names)
        for number, (name, height) in enumerate(zip(part.names, part.heights, strict=True)):
            if name in now:
                present[number] = now[name][0], now[name][1] + rise(height)
        found = drawing.arranged(present)
        return {
            name: (x, row + CARD_HEIGHT / 2 - rise(height))
            for name, height, (x, row) in zip(part.names, part.heights, found, strict=True)
        }

    def _settled(self, wanted: Places) -> Places:
        """Cards where they are wanted, or as far below as they must for those that stay."""
        room = Room()
        for name in self._stays:
            room.take(*self._now[name], self._height(name))
        found: Places = {}
        for part, _ in self._parts:
            lowest: dict[float, float] = {}
            names = [name for name in part.names if name not in self._stays]
            for name in sorted(names, key=wanted.__getitem__):
                x, y = wanted[name]
                y = room.free_below(x, max(y, lowest.get(x, y)), self._height(name))
                room.take(x, y, self._height(name))
                found[name], lowest[x] = (x, y), y
        return found

    def _is_settled(self, now: Places) -> bool:
        """Whether all lie in columns, on the grid and apart."""
        for part, drawing in self._parts:
            free = [n for n, name in enumerate(part.names) if name not in self._stays]
            if any(part.names[n] not in now for n in free):
                return False
            places = [now[part.names[n]] for n in free]
            lefts = {
                x - drawing.columns[n] * COLUMN for n, (x, _) in zip(free, places, strict=True)
            }
            if len(lefts) > 1 or any(y % GRID or left % GRID for left in lefts for _, y in places):
                return False
        settled = self._settled(now)
        return all(now[name] == place for name, place in settled.items())

    def _cost(self, now: Places) -> float:
        found = 0.0
        for part, drawing in self._parts:
            rows = [now[n][1] + rise(h) for n, h in zip(part.names, part.heights, strict=True)]
            found += drawing.cost(rows)
        left, top, right, bottom = self._box(
            {n: now[n] for part, _ in self._parts for n in part.names}
        )
        return found + right - left + bottom - top

    def _below(self) -> float:
        """Below all cards that stay."""
        lowest = max(self._now[name][1] + self._height(name) for name in self._stays)
        return up_to_grid(lowest + COLUMN / 2)

    def _box(self, places: Places) -> Box:
        return (
            min(x for x, _ in places.values()),
            min(y for _, y in places.values()),
            max(x for x, _ in places.values()) + CARD_WIDTH,
            max(y + self._height(name) for name, (_, y) in places.items()),
        )

    def _height(self, name: str) -> float:
        return self._tall.get(name, CARD_HEIGHT)


def _shift(places: Places, now: Places, names: Iterable[str]) -> tuple[float, float]:
    """The move after which the named cards lie nearest to where they are now."""
    known = [(now[name], places[name]) for name in names]
    across = sorted(here[0] - there[0] for here, there in known)
    down = sorted(here[1] - there[1] for here, there in known)
    middle = (len(known) - 1) // 2
    return on_grid(across[middle]), on_grid(down[middle])


def _moved(places: Places, move: tuple[float, float]) -> Places:
    return {name: (x + move[0], y + move[1]) for name, (x, y) in places.items()}
