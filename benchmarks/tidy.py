"""Tidy beside fast-sugiyama, on the same graphs in the same run: crossings, and seconds.

`python -m benchmarks.tidy` draws links as straight lines from their exits to the left sides of
cards, in both arrangements, and counts how many pairs cross and how many foreign cards they hit.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.speed import Goal
from engine.document import read_document
from engine.journey import Graph, Link
from engine.profile import Channel
from engine.shipped import sample_names, sample_path
from engine.steps.entry import InboundContact
from engine.steps.finish import Exit
from engine.tidy import tidied
from engine.tidy.flow import Flow, flow_of
from engine.tidy.measures import CARD_HEIGHT, CARD_WIDTH, COLUMN, ROW

SEEDS = {50: 6, 200: 6, 500: 6, 2000: 2}

Exits = dict[str, tuple[str, ...]]
Positions = Sequence[tuple[float, float] | None]
"""The upper left corners of cards, by the number of the step."""


def journey_like(steps: int, seed: int) -> tuple[Graph, Exits]:
    """A graph such as journeys are: branches that join again, a few entries, retries.

    About 1.25 links a step, of which one in 25 leads back to a step that led there.
    """
    chance = random.Random(seed)
    near = int(8 + steps**0.5)
    entries = 1 + steps // 200
    out: list[list[int]] = [[] for _ in range(steps)]
    came_from: dict[int, int] = {}
    for step in range(entries, steps):
        early = range(max(0, step - near), step)
        source = max(chance.choice(early), chance.choice(early))
        tries = 8
        while len(out[source]) > 3 and (tries := tries - 1):
            source = chance.choice(early)
        out[source].append(step)
        came_from[step] = source
    for _ in range(steps * 22 // 100):
        source = chance.randrange(steps - 1)
        target = min(steps - 1, source + 1 + int(chance.expovariate(2 / near)))
        if target >= entries and len(out[source]) < 6:
            out[source].insert(chance.randrange(len(out[source]) + 1), target)
    for _ in range(steps * 5 // 100):
        target = source = chance.randrange(steps)
        for _ in range(chance.randint(1, 5)):
            target = came_from.get(target, target)
        if target != source:
            out[source].insert(chance.randrange(len(out[source]) + 1), target)
    return _graph(entries, out)


def _graph(entries: int, out: list[list[int]]) -> tuple[Graph, Exits]:
    first = [
        InboundContact(id=f"step_{n}", name=f"Entry {n}", channel=Channel.VOICE)
        for n in range(entries)
    ]
    rest = [
        Exit(id=f"step_{n}", name=f"Step {n}", outcome="over") for n in range(entries, len(out))
    ]
    links = [
        Link(**{"from": f"step_{source}", "exit": f"exit_{place}", "to": f"step_{target}"})
        for source, targets in enumerate(out)
        for place, target in enumerate(targets)
    ]
    exits = {f"step_{n}": tuple(f"exit_{k}" for k in range(len(o))) for n, o in enumerate(out)}
    return Graph(steps=[*first, *rest], links=links), exits


# ---- the two arrangements


def ours(graph: Graph, exits: Exits) -> tuple[Positions, float]:
    """Where our Tidy puts the cards, and its CPU seconds."""
    start = time.process_time()
    found = tidied(graph, exits, {})
    seconds = time.process_time() - start
    return [found[step.id] for step in graph.steps], seconds


def theirs(flow: Flow) -> tuple[Positions, float]:
    """Where fast-sugiyama puts them with our spacing, and its CPU seconds.

    It gets every pair of steps once: with two links between the same steps 0.5.3 may never end.
    """
    from fast_sugiyama import from_edges

    links = list(dict.fromkeys((link.source, link.target) for link in flow.links))
    start = time.process_time()
    layouts = from_edges(links, vertex_spacing=ROW).align_layouts_horizontal(spacing=ROW)
    seconds = time.process_time() - start
    places = layouts.to_dict()
    # It draws from the top down, in rows of its own height.
    levels = sorted({level for _, level in places.values()}, reverse=True)
    column = {level: number * COLUMN for number, level in enumerate(levels)}
    turned = {step: (column[level], across) for step, (across, level) in places.items()}
    return [turned.get(step) for step in range(len(flow.names))], seconds


# ---- what is counted


def crossings(flow: Flow, positions: Positions) -> int:
    """Pairs of links that cross, as straight lines."""
    begin, end = _lines(flow, positions)
    way = end - begin
    found = 0
    for n in range(len(begin) - 1):
        there, on = begin[n + 1 :], way[n + 1 :]
        sides = _cross(way[n], there - begin[n]) * _cross(way[n], there + on - begin[n])
        others = _cross(on, begin[n] - there) * _cross(on, end[n] - there)
        found += int(((sides < -1e-6) & (others < -1e-6)).sum())
    return found


def hit_cards(flow: Flow, positions: Positions) -> int:
    """Pairs of a link and a card that it lies on, other than those that it joins."""
    corners = np.array([place or (-1e9, -1e9) for place in positions])
    low, high = corners, corners + np.array([CARD_WIDTH, CARD_HEIGHT])
    found = 0
    for link, begin, end in zip(flow.links, *_lines(flow, positions), strict=True):
        way = np.where(end == begin, 1e-9, end - begin)
        one, other = (low - begin) / way, (high - begin) / way
        enter = np.minimum(one, other).max(axis=1).clip(min=0)
        leave = np.maximum(one, other).min(axis=1).clip(max=1)
        is_hit = enter < leave - 1e-9
        is_hit[[link.source, link.target]] = False
        found += int(is_hit.sum())
    return found


def _lines(flow: Flow, positions: Positions) -> tuple[np.ndarray, np.ndarray]:
    corners = np.array([place or (-1e9, -1e9) for place in positions])
    source = np.array([link.source for link in flow.links], dtype=int)
    target = np.array([link.target for link in flow.links], dtype=int)
    port = np.array([link.port * CARD_HEIGHT for link in flow.links])
    begin = corners[source] + np.column_stack([np.full(len(port), CARD_WIDTH), port])
    return begin, corners[target] + (0, CARD_HEIGHT / 2)


def _cross(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])


# ---- the table


class Tally:
    """Sums over graphs of one size."""

    def __init__(self) -> None:
        self.ours = self.theirs = 0
        self.slowest = 0.0

    def add(self, title: str, graph: Graph, exits: Exits) -> None:
        """Lay one graph out in both ways and print what came of it."""
        flow = flow_of(graph, exits, {})
        mine, seconds = ours(graph, exits)
        self.slowest = max(self.slowest, seconds)
        crossed = crossings(flow, mine)
        line = f"{title:<22}{len(flow.links):6}"
        line += f"{crossed:8}{hit_cards(flow, mine):7}{seconds:8.3f}"
        other, seconds = theirs(flow)
        self.ours += crossed
        self.theirs += crossings(flow, other)
        print(f"{line}{crossings(flow, other):11}{hit_cards(flow, other):7}{seconds:8.3f}")


def measured(sizes: Sequence[int]) -> list[Goal]:
    """Print a line a graph, and give the goals."""
    print(f"{'':28}{'Wayline':>15}{'':14}{'fast-sugiyama':>15}")
    names = "".join(f"{name:>{width}}" for name, width in (("crossed", 8), ("hit", 7), ("s", 8)))
    print(f"{'':<22}{'links':>6}{names}   {names}")
    samples = Tally()
    for name in sample_names():
        journey = read_document(sample_path(name)).journey
        samples.add(name, journey, {step.id: step.exits(journey) for step in journey.steps})
    goals = []
    for size in sizes:
        tally = Tally()
        for seed in range(SEEDS[size]):
            tally.add(f"{size} steps, seed {seed}", *journey_like(size, seed))
        ratio = tally.ours / max(1, tally.theirs)
        goals.append(Goal(f"crossings ÷ fast-sugiyama's, {size} steps", ratio, 1, at_least=False))
        if size in {500, 2000}:
            bound = {500: 1, 2000: 5}[size]
            what = f"CPU seconds to tidy {size} steps, the slowest"
            goals.append(Goal(what, tally.slowest, bound, at_least=False))
    return goals


def main() -> int:
    """Print all figures; exit code 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", choices=SEEDS, default=[*SEEDS])
    options = parser.parse_args()
    goals = measured(options.sizes)
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
