"""A recording on the canvas: what its columns say of a time, as a picture for the layer."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF

from designer.canvas.scene import JourneyScene
from designer.replay.agents import Agents
from designer.replay.chosen import Chosen, Counts
from designer.replay.dots import Dots, Sample
from designer.replay.filters import Filters
from designer.replay.layer import (
    BAR,
    BELOW,
    CrewSign,
    CrowdSign,
    Picture,
    QueueSign,
    ReplayLayer,
    bar_room,
)
from designer.replay.places import Floats, Places, graph_of
from designer.replay.signs import MOST
from designer.selection import Selection
from designer.session import Session
from engine.steps.people import Callback, Case, HumanAgent
from simulator.recording.columns import Column

MOST_DOTS = 1000
"""So many customers are shown at once, at most."""

_PITCH = 9.0
"""From one standing dot to the next, if there is room."""
_ROOM_FOR_COUNT = 56.0
_FEW = 8
"""So many dots are counted at a glance."""

ColouredBy = Literal["channel", "outcome"]


class Stage(QObject):
    """Shows one recording in a scene, as long as it is open.

    It follows cards that are moved, frames that are collapsed and graphs that are entered.
    """

    def __init__(
        self,
        everybody: Chosen,
        session: Session,
        selection: Selection,
        scene: JourneyScene,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.recording = recording = everybody.recording
        self._everybody = everybody
        self._session, self._selection, self._scene = session, selection, scene
        self._agents = Agents(recording)
        self._glide = 0.0
        self._time = recording.window[0]
        self.layer = ReplayLayer()
        self.chosen = everybody
        self.kinds: tuple[str, ...] = ()
        """What is told apart, those with a sign of their own first and in their order."""
        self._places: Places | None = None
        self._sample: Sample | None = None
        self.colour_by("channel")
        scene.addItem(self.layer)
        scene.far_layers.append(self.layer)
        scene.mirrored.connect(self._on_elsewhere)
        scene.dragged.connect(self._on_elsewhere)
        scene.looks_different.connect(self._on_looks)

    def close_stage(self) -> None:
        """Take it off the canvas."""
        self._scene.mirrored.disconnect(self._on_elsewhere)
        self._scene.dragged.disconnect(self._on_elsewhere)
        self._scene.looks_different.disconnect(self._on_looks)
        self._scene.far_layers.remove(self.layer)
        self._scene.removeItem(self.layer)
        self._paint_anew()

    # ---- what is shown

    def filter(self, filters: Filters) -> None:
        """Show only these."""
        whole = filters == Filters()
        self.chosen = self._everybody if whole else Chosen(self.recording, filters)
        self._sample = None

    def glide_for(self, seconds: float) -> None:
        """A dot is on its way along links for so many simulated seconds; 0: it jumps."""
        if seconds != self._glide:
            self._glide = seconds
            self._sample = None

    def colour_by(self, by: ColouredBy) -> None:
        """Give each channel, or each outcome that a contact will come to, a sign."""
        contacts, recording = self.recording.contacts, self.recording
        column = contacts.channel if by == "channel" else contacts.outcome
        names = recording.channels if by == "channel" else recording.outcomes
        counts = np.bincount(column, minlength=len(names))
        order = np.argsort(-counts, kind="stable")
        number = np.empty(len(names), np.int64)
        number[order] = np.minimum(np.arange(len(names)), MOST)
        self._kind = number[column]
        self.kinds = tuple(names[at] for at in order.tolist() if counts[at])

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Those that contacts come to, the most frequent first."""
        names = self.recording.outcomes
        counts = np.bincount(self.recording.contacts.outcome, minlength=len(names))
        return tuple(names[at] for at in np.argsort(-counts, kind="stable").tolist() if counts[at])

    def set_seen(self, seen: bool) -> None:
        """Whether it is to be seen on the canvas."""
        self.layer.setVisible(seen)
        if seen:
            self.show(self._time)
        self._paint_anew()

    @property
    def every(self) -> int:
        """Every how manieth customer is shown as a dot."""
        return self._sampled().every

    def show(self, time: float) -> Counts:
        """Draw this time; how many are where then."""
        self._time = time
        counts = self.chosen.counts(time)
        if self.layer.isVisible():
            places, dots = self._placed(), self._sampled().at(time, self._glide)
            self.layer.show_picture(self._picture(places, dots, counts, time))
        return counts

    # ---- where it is

    def _paint_anew(self) -> None:
        """An overview leaves nothing behind that Qt would know to paint over."""
        for view in self._scene.views():
            view.viewport().update()

    def _on_looks(self) -> None:
        """Something looks different; perhaps cards are back from where they were dragged to."""
        if self._places is not None and not self._places.still_holds(self._scene):
            self._on_elsewhere()

    def _on_elsewhere(self) -> None:
        """Cards moved, or another graph is shown."""
        before, self._places = self._places, None
        if before is None or not self.layer.isVisible():
            self._sample = None
            return
        # Dots go the same ways, wherever these are now.
        if not self._placed().ways.are(before.ways):
            self._sample = None
        self.show(self._time)

    def _placed(self) -> Places:
        if self._places is None:
            document = self._session.document
            graph = graph_of(self.recording, document, self._selection.graph)
            self._places = Places(self.recording, document, graph, self._scene)
            self.layer.cover(self._scene.content_rect())
            self._crews = self._people(self._places)
        return self._places

    def _people(self, places: Places) -> list[tuple[QRectF, list[int]]]:
        """Where people work: the cards' areas, and the numbers of the teams."""
        journey, found = self._session.document.journey, []
        numbers = {team: number for number, team in enumerate(self.recording.teams)}
        for number, name in enumerate(places.graph.cards):
            card = self._scene.cards.get(name)
            if card is None or not places.is_card[number]:
                continue
            if isinstance(card.step, HumanAgent | Callback | Case):
                teams = [team.id for team in card.step.served_by(journey)]
                own = [numbers[team] for team in teams if team in numbers]
                found.append((places.areas[number], own))
        return found

    def _sampled(self) -> Sample:
        if self._sample is None:
            every = self.chosen.sampling(MOST_DOTS, self._glide)
            self._sample = Sample(self.chosen, every, self._placed().ways)
        return self._sample

    # ---- the picture

    def _picture(self, places: Places, dots: Dots, counts: Counts, time: float) -> Picture:
        on_ways = places.on_ways(dots.taken, dots.through, dots.share)
        card = places.graph.card_of[dots.at]
        seen = card >= 0
        standing, crowds = self._stand(places, card[seen], dots.waits[seen], counts)
        points = np.vstack([on_ways, standing])
        contacts = np.concatenate([dots.gliding, dots.standing[seen]])
        kinds = self._kind[contacts]
        by_kind = {
            kind: [QPointF(x, y) for x, y in points[kinds == kind].tolist()]
            for kind in np.unique(kinds).tolist()
        }
        return Picture(by_kind, self._queues(places, counts), self._crew_signs(time), crowds)

    def _queues(self, places: Places, counts: Counts) -> list[QueueSign]:
        waiting = self._by_spot(places, counts.waiting_at)
        longest = max(1, self._everybody.longest_queue)
        return [
            QueueSign(places.spots[at], int(waiting[at]), float(waiting[at]) / longest)
            for at in np.flatnonzero(waiting).tolist()
        ]

    def _by_spot(self, places: Places, per_step: Column) -> Column:
        card = places.graph.card_of
        seen = card >= 0
        spots = places.spot_of[card[seen]]
        return np.bincount(spots, weights=per_step[seen], minlength=len(places.spots))

    def _crew_signs(self, time: float) -> list[CrewSign]:
        busy, there = self._agents.at(time)
        return [
            CrewSign(area, int(busy[teams].sum()), int(there[teams].sum()))
            for area, teams in self._crews
        ]

    def _stand(
        self, places: Places, card: Column, waits: Column, counts: Counts
    ) -> tuple[Floats, list[CrowdSign]]:
        """Where those stand who are at a step: on the card's lower edge, or in its queue.

        How many there are is said where they cannot be counted.
        """
        waiting = self._by_spot(places, counts.waiting_at)
        present = self._by_spot(places, counts.present_at) - waiting
        lengths = np.maximum(
            BAR, waiting / max(1, self._everybody.longest_queue) * bar_room(places.boxes[:, 2])
        )
        spot = places.spot_of[card]
        rank, size = _ranked(spot * 2 + waits)
        room = np.where(waits, lengths[spot] - BAR, places.boxes[spot, 2] - _ROOM_FOR_COUNT)
        pitch = np.minimum(_PITCH, room / np.maximum(size - 1, 1))
        x = places.boxes[spot, 0] + np.where(waits, BAR / 2, _PITCH) + rank * pitch
        y = places.boxes[spot, 1] + places.boxes[spot, 3] + np.where(waits, BELOW, 0)
        ends = places.boxes[:, 0].copy()
        np.maximum.at(ends, spot[~waits], x[~waits])
        many = present > (_FEW if self.every == 1 else 0)
        crowds = [
            CrowdSign(QPointF(ends[at] + _PITCH, places.spots[at].bottom()), int(present[at]))
            for at in np.flatnonzero(many).tolist()
        ]
        return np.column_stack([x, y]), crowds


def _ranked(group: Column) -> tuple[Column, Column]:
    """For each its number among those of its group, from 0, and how many these are."""
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group) if len(group) else np.zeros(0, np.int64)
    rank = np.empty(len(group))
    rank[order] = np.arange(len(group)) - (np.cumsum(sizes) - sizes)[group[order]]
    return rank, sizes[group]
