"""Tidy with frames: they go with their steps, and no other step comes to lie in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPointF, QRectF

from designer.canvas.measures import CARD_WIDTH, ROW, snapped
from designer.canvas.places import heights_of, places_of
from engine.document import Document
from engine.edits import Edit, Several, move_steps
from engine.frame_edits import MARGIN, TITLE, resize_frame
from engine.journey import Graph
from engine.moves import inside
from engine.tidy import tidied

Places = Mapping[str, tuple[float, float]]
Areas = Mapping[str, QRectF]


def tidy_edit(
    document: Document, graph: Graph, name: str | None, only: Collection[str] | None
) -> Edit | None:
    """The edit that tidies the graph (`name`: of a sub-journey); None if it is tidy.

    only: ids of the steps to tidy; all others stay.
    """
    work = _Tidying(document, graph, name)
    places, areas = work.best(only)
    known = document.layout.positions
    # Steps without a place get one, even where they are drawn already.
    moved = {step: at for step, at in places.items() if tuple(known.get(step, ())) != tuple(at)}
    if not moved:
        return None
    count = len(only) if only is not None else len(graph.steps)
    label = f"Tidy {count} steps" if count != 1 else "Tidy a step"
    edits: list[Edit] = [move_steps(document, moved)]
    for frame, area in areas.items():
        if area != work.areas[frame]:
            rect = (area.x(), area.y(), area.width(), area.height())
            edits.append(resize_frame(document, frame, rect))
    return Several(label, tuple(edits))


class _Tidying:
    """Where everything is now, and where it may go."""

    def __init__(self, document: Document, graph: Graph, name: str | None) -> None:
        self._document, self._graph = document, graph
        self.now: Places = places_of(document, graph)
        self._heights = heights_of(document, graph)
        frames = [frame for frame in document.layout.frames if frame.graph == name]
        self.areas = {f.id: QRectF(f.x, f.y, f.width, f.height) for f in frames}
        self._members = {f.id: inside(document, f.id)[0] for f in frames}

    def best(self, only: Collection[str] | None) -> tuple[Places, Areas]:
        """Steps and frames afterwards: as tidy as can be without a step in a foreign frame."""
        places = self._tidied(only)
        areas = self._fitted(places)
        if only is not None or self._is_clear(places, areas):
            return places, areas
        framed = {step for steps in self._members.values() for step in steps}
        free = [step.id for step in self._graph.steps if step.id not in framed]
        places = self._tidied(free)
        if not self._is_clear(places, self.areas):
            places = self._below_the_frames(places, free)
        return places, self.areas

    def _tidied(self, only: Collection[str] | None) -> Places:
        journey = self._document.journey
        found = tidied(
            self._graph,
            {step.id: step.exits(journey) for step in self._graph.steps},
            dict(self.now),
            pinned=self._document.layout.pinned,
            only=only,
            heights=self._heights,
        )
        return {**self.now, **found}

    def _fitted(self, places: Places) -> Areas:
        """Frames around the steps that are in them, if any of these moved."""
        return {
            frame: self._around(steps, places)
            if any(places[step] != self.now[step] for step in steps)
            else self.areas[frame]
            for frame, steps in self._members.items()
        }

    def _around(self, steps: Collection[str], places: Places) -> QRectF:
        area = QRectF()
        for step in steps:
            area = area.united(QRectF(*places[step], CARD_WIDTH, self._heights[step]))
        return area.adjusted(-MARGIN, -MARGIN - TITLE, MARGIN, MARGIN)

    def _is_clear(self, places: Places, areas: Areas) -> bool:
        """Whether every step lies in the frames that it was in, and in no other."""
        for frame, area in areas.items():
            own = set(self._members[frame])
            for step, (x, y) in places.items():
                middle = QPointF(x + CARD_WIDTH / 2, y + self._heights[step] / 2)
                if area.contains(middle) != (step in own):
                    return False
        return True

    def _below_the_frames(self, places: Places, free: Collection[str]) -> Places:
        """All steps that are in no frame, pushed down together; pinned ones stay."""
        pinned = set(self._document.layout.pinned)
        loose = [step for step in free if step not in pinned]
        top = min((places[step][1] for step in loose), default=0.0)
        low = max((area.bottom() for area in self.areas.values()), default=top)
        by = snapped(low + ROW - top)
        return {**places, **{step: (places[step][0], places[step][1] + by) for step in loose}}
