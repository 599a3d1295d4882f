"""The graph that is shown, as items; it follows the session and changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from designer.canvas.card import CardItem, Exit
from designer.canvas.collapsing import hidden_in
from designer.canvas.heat_marks import HeatMarks
from designer.canvas.hit import Hit, hit_of
from designer.canvas.link import LinkItem, OpenExit
from designer.canvas.links import Links
from designer.canvas.obstacles import Rect
from designer.canvas.paper import FrameItem, NoteItem
from designer.canvas.places import Place, Places
from designer.selection import LinkKey, Selected, Selection
from designer.session import Change, Session
from engine.document import Document
from engine.journey import Graph, Journey, Link
from engine.steps.base import Step
from engine.validation.finding import Severity

_AIR = 1200.0
"""So far beyond the outermost item the canvas may be moved."""


class JourneyScene(QGraphicsScene):
    """Cards, links, frames and notes of the graph that is shown, by their ids.

    looks_different: something moved, came, went or looks different.
    dragged: cards are drawn elsewhere for a moment, while the mouse moves them.
    mirrored: the document changed, or another graph is shown: what was begun before is over.
    settling: what moves by itself shall be where it belongs now.
    """

    looks_different = Signal()
    dragged = Signal()
    mirrored = Signal()
    settling = Signal()

    def __init__(
        self, session: Session, selection: Selection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._selection = session, selection
        self.cards: dict[str, CardItem] = {}
        self.open_exits: dict[LinkKey, OpenExit] = {}
        self.frames: dict[str, FrameItem] = {}
        self.notes: dict[str, NoteItem] = {}
        self.far_layers: list[QGraphicsItem] = []
        """What is painted also where all else is an overview."""
        self._ways = Links(self.cards, self.frames, self.addItem, self._remove)
        self.links = self._ways.items
        # Where the cards were shown last, and how tall: what an edit does not move is left alone.
        self._places: dict[str, tuple[float, float, float]] = {}
        self._given = Places()
        self._marked = Selected()
        self._severities: Mapping[str, Severity] = {}
        self._heat: HeatMarks | None = None
        self._shown: Document | None = None
        self._content: QRectF | None = None
        self._stop = session.listen(self._on_change)
        selection.changed.connect(self.show_selection)
        selection.graph_changed.connect(self._on_graph)
        self._mirror(None)

    def close(self) -> None:
        """Follow the session no longer."""
        self._stop()

    # ---- following the document

    def _on_change(self, change: Change) -> None:
        self._mirror(change.touched)
        self.mirrored.emit()

    def _on_graph(self) -> None:
        self._ways.start_anew()
        self._mirror(None)
        self.mirrored.emit()

    def _mirror(self, touched: frozenset[str] | None) -> None:
        """Show the document as it is; `touched`: the steps that may look different, or all."""
        document, graph = self._session.document, self._selection.shown_graph
        if touched is not None and (not touched or self._is_more_than_graph(document)):
            touched = None
        before, self._shown = self._shown, document
        came_or_went = self.cards.keys() ^ {step.id for step in graph.steps}
        moved, spots = self._mirror_cards(document, graph, touched)
        self._ways.mirror(graph, touched, same_cards=not came_or_went)
        if self._heat is not None:
            self._warm(self._heat)
        is_laid_out_anew = before is None or before.layout is not document.layout
        hidden = self._ways.inside
        if touched is None or came_or_went or is_laid_out_anew:
            self._mirror_paper(document)
            self._hide_collapsed()
        is_anew = touched is None or bool(hidden) or bool(self._ways.inside)
        self._ways.route(moved, spots, anew=is_anew)
        self._fit_scene_rect()
        self.show_selection()

    def _is_more_than_graph(self, document: Document) -> bool:
        """Whether names of teams, stages and the like changed, which cards may speak of."""
        before = self._shown
        if before is None:
            return True
        fields = [f for f in Journey.model_fields if f not in {"steps", "links"}]
        return any(getattr(before.journey, f) is not getattr(document.journey, f) for f in fields)

    def _mirror_cards(
        self, document: Document, graph: Graph, touched: frozenset[str] | None
    ) -> tuple[set[str], list[Rect]]:
        """Cards as in the document; returns which came or moved, and where cards came or went."""
        steps = {step.id: step for step in graph.steps}
        moved: set[str] = set()
        spots: list[Rect] = []
        for name in [name for name in self.cards if name not in steps]:
            spots += self._forget_card(name)
        linked = {(link.from_, link.exit): link for link in graph.links}
        places = self._given.of(document, graph)
        pinned = set(document.layout.pinned)
        for name, step in steps.items():
            card = self.cards.get(name)
            if card is None or touched is None or name in touched or card.step is not step:
                card = self._show_card(card, step, document.journey, linked)
            place = (*places[name], card.height)
            if place != self._places.get(name):
                self._places[name] = place
                card.setPos(*places[name])
                moved.add(name)
                spots += self._ways.put_card(name)
            if card.is_pinned is not (name in pinned):
                card.mark(is_pinned=name in pinned)
        return moved, spots

    def _show_card(
        self,
        card: CardItem | None,
        step: Step,
        journey: Journey,
        linked: Mapping[LinkKey, Link],
    ) -> CardItem:
        exits = tuple(
            _exit(step, name, linked.get((step.id, name)), journey) for name in step.exits(journey)
        )
        summary = step.summary(journey)
        if card is None:
            card = CardItem(step, summary, exits)
            card.show_severity(self._severities.get(step.id))
            self.addItem(card)
            self.cards[step.id] = card
        else:
            card.show_step(step, summary, exits)
        self._show_open_exits(card)
        return card

    def _show_open_exits(self, card: CardItem) -> None:
        name = card.step.id
        for key in [key for key in self.open_exits if key[0] == name]:
            self._remove(self.open_exits.pop(key))
        for exit_ in card.exits:
            if not exit_.is_linked and not exit_.is_closed:
                label = exit_.label if len(card.exits) > 1 else ""
                at = card.exit_point(exit_.name) - card.pos()
                self.open_exits[name, exit_.name] = OpenExit(card, exit_.name, label, at)

    def _forget_card(self, name: str) -> list[Rect]:
        for key in [key for key in self.open_exits if key[0] == name]:
            del self.open_exits[key]
        self._remove(self.cards.pop(name))
        self._places.pop(name, None)
        return self._ways.forget_card(name)

    def _mirror_paper(self, document: Document) -> None:
        shown = self._selection.graph
        frames = {f.id: f for f in document.layout.frames if f.graph == shown}
        notes = {n.id: n for n in document.layout.notes if n.graph == shown}
        for name in [name for name in self.frames if name not in frames]:
            self._remove(self.frames.pop(name))
        for name in [name for name in self.notes if name not in notes]:
            self._remove(self.notes.pop(name))
        for name, frame in frames.items():
            item = self.frames.get(name)
            if item is None:
                item = self.frames[name] = FrameItem(frame)
                self.addItem(item)
            item.show_frame(frame)
        for name, note in notes.items():
            paper = self.notes.get(name)
            if paper is None:
                paper = self.notes[name] = NoteItem(note)
                self.addItem(paper)
            paper.show_note(note)

    def _remove(self, item: QGraphicsItem) -> None:
        parent = item.parentItem()
        if parent is not None:
            item.setParentItem(None)  # type: ignore[arg-type]
        if item.scene() is self:
            self.removeItem(item)

    # ---- collapsed frames

    def _hide_collapsed(self) -> None:
        """What lies in a collapsed frame is not seen, nor are frames and notes in it."""
        hidden = hidden_in(self._session.document, self.frames)
        self._ways.inside = hidden.steps
        for name, card in self.cards.items():
            card.setVisible(name not in hidden.steps)
        for name, frame in self.frames.items():
            frame.setVisible(name not in hidden.frames)
        for name, note in self.notes.items():
            note.setVisible(name not in hidden.notes)

    def shown_places(self) -> dict[str, Place]:
        """Where the cards are drawn, also those that have no place in the document."""
        return self._given.of(self._session.document, self._selection.shown_graph)

    def is_hidden(self, step: str) -> bool:
        """Whether the step is in a collapsed frame."""
        return step in self._ways.inside

    # ---- for the eye only, while something is dragged

    def show_moved(self, places: Mapping[str, QPointF]) -> None:
        """Draw these cards elsewhere; the document stays as it is."""
        for name, place in places.items():
            self.cards[name].setPos(place)
            self._places.pop(name, None)
        self._ways.follow(places)
        self._content = None
        self.dragged.emit()

    def show_as_it_is(self) -> None:
        """Draw everything where the document has it."""
        self._mirror(frozenset({""}))

    def settle(self) -> None:
        """Let nothing move by itself: its places are about to be asked for."""
        self.settling.emit()

    # ---- selection, problems, colours

    def show_selection(self) -> None:
        """Mark what is selected."""
        self._mark(self._marked, is_selected=False)
        self._mark(self._selection.selected, is_selected=True)
        self._marked = self._selection.selected
        self.looks_different.emit()

    def _mark(self, selected: Selected, *, is_selected: bool) -> None:
        found: list[CardItem | LinkItem | FrameItem | NoteItem] = [
            *(self.cards[name] for name in selected.steps if name in self.cards),
            *(self.links[key] for key in selected.links if key in self.links),
            *(self.frames[name] for name in selected.frames if name in self.frames),
            *(self.notes[name] for name in selected.notes if name in self.notes),
        ]
        for item in found:
            item.mark(is_selected=is_selected)

    def show_severities(self, severities: Mapping[str, Severity]) -> None:
        """Badges: for each step with a problem how bad the worst one is."""
        self._severities = severities
        for name, card in self.cards.items():
            card.show_severity(severities.get(name))
        self.looks_different.emit()

    def show_heat(self, heat: HeatMarks | None) -> None:
        """Show what a run came to on cards and links; None: nothing of it."""
        self._heat = heat
        self._warm(heat or HeatMarks())
        self.looks_different.emit()

    @property
    def heat(self) -> HeatMarks | None:
        """What is shown of a run."""
        return self._heat

    def _warm(self, heat: HeatMarks) -> None:
        for name, card in self.cards.items():
            card.show_heat(heat.steps.get(name), is_stale=heat.is_stale)
        for key, link in self.links.items():
            link.show_heat(heat.links.get(key), is_stale=heat.is_stale)

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        for item in self.items():
            item.update()
        self._ways.restyle()
        self.looks_different.emit()

    # ---- what is where

    def hit(self, at: QPointF) -> Hit:
        """What is at this place; what lies on top is found first."""
        return hit_of(self.items(at), at)

    def link_at(self, at: QPointF, but: Iterable[str] = ()) -> LinkKey | None:
        """The link at this place that leaves and reaches none of the steps `but`."""
        without = set(but)
        for item in self.items(at):
            if isinstance(item, LinkItem) and not {item.key[0], item.link.to} & without:
                return item.key
        return None

    def content_rect(self) -> QRectF:
        """What all visible items cover."""
        if self._content is None:
            self._content = self._covered()
        return QRectF(self._content)

    def _covered(self) -> QRectF:
        rect = QRectF()
        for items in (self.cards, self.frames, self.notes):
            for item in items.values():
                if item.isVisible():
                    rect = rect.united(item.scene_rect())
        for link in self.links.values():
            if link.is_back and link.isVisible():
                rect = rect.united(link.sceneBoundingRect())
        return rect

    def _fit_scene_rect(self) -> None:
        self._content = None
        rect = self.content_rect().adjusted(-_AIR, -_AIR, _AIR, _AIR)
        if rect != self.sceneRect():
            self.setSceneRect(rect)


def _exit(step: Step, name: str, link: Link | None, journey: Journey) -> Exit:
    is_closed = link is not None and link.to is None
    label = step.exit_label(name, journey)
    return Exit(name, label, link is not None and not is_closed, is_closed)
