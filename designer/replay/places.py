"""Where planned steps and exits are on the canvas: cards, and ways along the links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from designer.canvas.collapsing import hidden_in
from designer.canvas.link import LinkItem
from designer.canvas.scene import JourneyScene
from designer.replay.dots import Ways
from designer.selection import LinkKey
from engine.document import Document
from engine.journey import Journey
from engine.steps.control import SubJourney
from engine.steps.finish import Exit
from simulator.recording import Recording

_SAMPLES = 33
"""Points of a way; between them dots go straight."""

_BETWEEN = re.compile("__(?=[a-z0-9])")

Floats = NDArray[np.float64]


def _bezier(count: int) -> Floats:
    """What weighs the four controls of a cubic curve at so many points, the last its end."""
    at = np.arange(1, count + 1)[:, None] / count
    return np.hstack([(1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3])


_BEZIER = _bezier(12)


@dataclass(frozen=True)
class Graph:
    """How a recording's steps and exits belong to the graph that is shown.

    cards: ids of its steps.  card_of: for each planned step the number of its card, -1 if it
    is in another graph; of what happens in a sub-journey that is not shown, the step that calls it.
    keys: for each exit code the link that it is here; None if it is none.
    """

    cards: tuple[str, ...]
    card_of: NDArray[np.int64]
    keys: tuple[LinkKey | None, ...]


def graph_of(recording: Recording, document: Document, shown: str | None) -> Graph:
    """The graph that is shown: a sub-journey's id, or None for the journey itself."""
    journey = document.journey
    graph = (journey.sub_journey(shown) if shown is not None else None) or journey
    numbers = {step.id: number for number, step in enumerate(graph.steps)}
    called = _called(journey)
    ends = {s.id for g in journey.graphs() for s in g.steps if isinstance(s, Exit)}
    paths = [_BETWEEN.split(name) for name in recording.steps]
    levels = [_level(path, shown, called) for path in paths]
    card_of = [
        -1 if level is None else numbers.get(path[level], -1)
        for path, level in zip(paths, levels, strict=True)
    ]
    keys: list[LinkKey | None] = []
    for step, name, _target in recording.exits:
        path, level = paths[step], levels[step]
        # An end in a sub-journey is the exit of the step that calls it.
        depth = len(path) - 1 - (len(path) > 1 and path[-1] in ends)
        keys.append((path[depth], name) if level == depth else None)
    return Graph(tuple(numbers), np.array(card_of, np.int64), tuple(keys))


def _called(journey: Journey) -> dict[str, str]:
    """For each step that calls a sub-journey which one."""
    steps = (step for graph in journey.graphs() for step in graph.steps)
    return {step.id: step.journey for step in steps if isinstance(step, SubJourney)}


def _level(path: list[str], shown: str | None, called: Mapping[str, str]) -> int | None:
    """Which part of a planned step's path is a step of the graph that is shown."""
    if shown is None:
        return 0
    found = (n for n in range(1, len(path)) if called.get(path[n - 1]) == shown)
    return next(found, None)


class Places:
    """Where it all is now: made anew whenever cards or links lie elsewhere.

    areas: each card's rectangle, or that of the collapsed frame that hides it.  is_card: whether
    the card itself is seen.  spots: the areas that there are, and spot_of: which is each card's;
    boxes: the same as x, y, width and height.
    """

    def __init__(
        self, recording: Recording, document: Document, graph: Graph, scene: JourneyScene
    ) -> None:
        self.graph = graph
        self.is_card = np.zeros(len(graph.cards), bool)
        self._frame_of = hidden_in(document, scene.frames).steps
        self.areas = [self._area(scene, number, name) for number, name in enumerate(graph.cards)]
        self.spots, self.spot_of = _spots(self.areas)
        self.boxes = np.array([area.getRect() for area in self.spots]).reshape(-1, 4)
        self._number = np.full(len(graph.keys), -1, np.int64)
        ways: list[Floats] = []
        through: list[Floats] = []
        for code, key in enumerate(graph.keys):
            item = scene.links.get(key) if key is not None else None
            if key is not None and item is not None and item.isVisible():
                self._number[code] = len(ways)
                corners = _corners(item)
                ways.append(_spread(corners))
                card = scene.cards[key[0]]
                entry = card.entry_point() if card.isVisible() else item.start
                through.append(_spread(np.vstack([[(entry.x(), entry.y())], corners])))
        self._ways = np.array(ways).reshape(-1, _SAMPLES, 2)
        self._through = np.array(through).reshape(-1, _SAMPLES, 2)
        source = graph.card_of[[step for step, _, _ in recording.exits]]
        # The last one is for the target -1.
        target = np.append(graph.card_of, -1)[[to for _, _, to in recording.exits]]
        self.ways = Ways(self._number >= 0, source, target)

    def _area(self, scene: JourneyScene, number: int, name: str) -> QRectF:
        card = scene.cards.get(name)
        if card is None:
            return QRectF()
        self.is_card[number] = card.isVisible()
        if card.isVisible():
            return card.scene_rect()
        frame = scene.frames.get(self._frame_of.get(name, ""))
        return frame.scene_rect() if frame is not None else card.scene_rect()

    def still_holds(self, scene: JourneyScene) -> bool:
        """Whether all cards are where they were."""
        areas = [self._area(scene, at, name) for at, name in enumerate(self.graph.cards)]
        return areas == self.areas

    def on_ways(
        self, taken: NDArray[np.int64], through: NDArray[np.bool_], share: Floats
    ) -> Floats:
        """Where dots are (x, y) at these shares of their ways."""
        number = self._number[taken]
        exact = np.clip(share, 0.0, 1.0) * (_SAMPLES - 1)
        whole = np.minimum(exact.astype(np.int64), _SAMPLES - 2)
        part = (exact - whole)[:, None]
        found = np.empty((len(taken), 2))
        for table, own in ((self._ways, ~through), (self._through, through)):
            rows, at = number[own], whole[own]
            found[own] = table[rows, at] * (1 - part[own]) + table[rows, at + 1] * part[own]
        return found


def _spots(areas: list[QRectF]) -> tuple[list[QRectF], NDArray[np.int64]]:
    """Those that differ, and which of them each is: what a frame hides is all in one place."""
    numbers: dict[tuple[float, float, float, float], int] = {}
    rects = [(area.x(), area.y(), area.width(), area.height()) for area in areas]
    of = [numbers.setdefault(rect, len(numbers)) for rect in rects]
    return [QRectF(*rect) for rect in numbers], np.array(of, np.int64)


def _corners(item: LinkItem) -> Floats:
    """Points along the curve of a link, without its arrow."""
    whole = item.path()
    elements = [whole.elementAt(number) for number in range(whole.elementCount())]
    controls = [(item.start.x(), item.start.y())]
    for number in range(1, len(elements) - 2, 3):
        if elements[number].type != QPainterPath.ElementType.CurveToElement:
            break
        controls += [(one.x, one.y) for one in elements[number : number + 3]]
    points = np.array(controls)
    if len(points) < 4:
        return np.vstack([points[:1], [(item.end.x(), item.end.y())]])
    curves = np.stack([points[n : len(points) - 3 + n : 3] for n in range(4)], axis=1)
    return np.vstack([points[:1], (_BEZIER @ curves).reshape(-1, 2)])


def _spread(corners: Floats) -> Floats:
    """Points in equal distances along a way through these."""
    lengths = np.append(0.0, np.cumsum(np.hypot(*np.diff(corners, axis=0).T)))
    at = np.linspace(0.0, lengths[-1], _SAMPLES)
    return np.column_stack([np.interp(at, lengths, corners[:, axis]) for axis in (0, 1)])
