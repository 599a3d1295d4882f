"""Moving what is selected, and pulling frames and notes larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from designer.canvas.gestures import START
from designer.canvas.in_sight import in_sight
from designer.canvas.measures import snapped
from designer.canvas.paper import FrameItem, PaperItem
from designer.canvas.places import with_places
from designer.selection import LinkKey
from engine.edits import Edit
from engine.frame_edits import resize_frame, resize_note
from engine.graph_edits import move_onto_link
from engine.moves import Position, inside, move_all

if TYPE_CHECKING:
    from designer.canvas.view import JourneyView

_NEAR = 6.0
"""Cards that nearly line up do."""
_LEAST = 64.0

Guide = tuple[QPointF, QPointF]


class MoveGesture:
    """Moves all that is selected, frames with what lies in them; a new step drops into a link."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, view: JourneyView, at: QPointF) -> None:
        self._view, self._pressed = view, at
        self._has_moved = False
        self._link: LinkKey | None = None
        scene, selected = view.journey_scene, view.selection.selected
        steps, frames, notes = (list(x) for x in (selected.steps, selected.frames, selected.notes))
        for frame in selected.frames:
            more = inside(view.session.document, frame)
            steps, frames, notes = steps + more[0], frames + more[1], notes + more[2]
        self._steps = {name: QPointF(scene.cards[name].pos()) for name in dict.fromkeys(steps)}
        self._papers = {
            **{name: scene.frames[name] for name in dict.fromkeys(frames)},
            **{name: scene.notes[name] for name in dict.fromkeys(notes)},
        }
        self._paper_places = {name: QPointF(item.pos()) for name, item in self._papers.items()}
        starts = [*self._steps.values(), *self._paper_places.values()]
        # What lies furthest up and left is put on the grid, the rest keeps its distance.
        self._anchor = min(starts, key=lambda p: (p.x(), p.y())) if starts else QPointF()
        self._others = self._rects_in_sight() if len(self._steps) == 1 else []

    def _rects_in_sight(self) -> list[QRectF]:
        """Where the steps lie with which a moved one may come into line."""
        seen = self._view.seen()
        cards = self._view.journey_scene.cards
        rects = [c.scene_rect() for n, c in cards.items() if n not in self._steps and c.isVisible()]
        return [rect for rect in rects if rect.intersects(seen)]

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Show everything at its new place; with Alt, off the grid."""
        away = self._view.mapFromScene(self._pressed) - at
        self._has_moved = self._has_moved or away.manhattanLength() >= START
        if not self._has_moved:
            return
        by = self._view.mapToScene(at) - self._pressed
        guides: list[Guide] = []
        if not modifiers & Qt.KeyboardModifier.AltModifier:
            by, guides = self._in_order(by)
        self._show(by)
        self._mark(self._link_below(at))
        self._view.show_aids(guides)

    def _in_order(self, by: QPointF) -> tuple[QPointF, list[Guide]]:
        """Moved a little further: in line with a step that is seen, else onto the grid."""
        to = self._anchor + by
        on_grid = QPointF(snapped(to.x()), snapped(to.y()))
        if len(self._steps) != 1 or self._papers:
            return on_grid - self._anchor, []
        height = self._view.journey_scene.cards[next(iter(self._steps))].rect().height()
        guides: list[Guide] = []
        for rect in self._others:
            if abs(rect.left() - to.x()) <= _NEAR:
                on_grid.setX(rect.left())
                ends = sorted((to.y(), rect.top()))
                x = rect.left()
                guides.append((QPointF(x, ends[0] - 20), QPointF(x, ends[1] + height + 20)))
                break
        for rect in self._others:
            if abs(rect.center().y() - to.y() - height / 2) <= _NEAR:
                y = rect.center().y()
                on_grid.setY(y - height / 2)
                left, right = sorted((to.x(), rect.left()))
                guides.append((QPointF(left - 20, y), QPointF(right + rect.width() + 20, y)))
                break
        return on_grid - self._anchor, guides

    def _show(self, by: QPointF) -> None:
        self._by = by
        self._view.journey_scene.show_moved({n: place + by for n, place in self._steps.items()})
        for name, item in self._papers.items():
            item.setPos(self._paper_places[name] + by)

    def _link_below(self, at: QPoint) -> LinkKey | None:
        """The link that a single step without links would be put into."""
        if len(self._steps) != 1 or self._papers:
            return None
        name = next(iter(self._steps))
        scene = self._view.journey_scene
        card = scene.cards[name]
        is_linked = any(name in {key[0], item.link.to} for key, item in scene.links.items())
        if is_linked or not card.exits:
            return None
        return scene.link_at(self._view.mapToScene(at))

    def _mark(self, link: LinkKey | None) -> None:
        links = self._view.journey_scene.links
        if self._link in links and self._link != link:
            links[self._link].mark(is_target=False)
        self._link = link
        if link is not None:
            links[link].mark(is_target=True)

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Move it in the document, too."""
        if not self._has_moved:
            self._select_one(at, modifiers)
            return
        link = self._link
        self._mark(None)
        edit = self._edit(link)
        if edit is not None:
            self._view.session.do(edit)
        self._view.journey_scene.show_as_it_is()

    def _edit(self, link: LinkKey | None) -> Edit | None:
        steps = {n: _corner(p + self._by) for n, p in self._steps.items()}
        if link is not None:
            ((name, place),) = steps.items()
            document = self._view.session.document
            return in_sight(document, move_onto_link(document, name, *link, place))
        if self._by.isNull():
            return None
        scene = self._view.journey_scene
        places = {n: _corner(p + self._by) for n, p in self._paper_places.items()}
        frames = {n: p for n, p in places.items() if n in scene.frames}
        notes = {n: p for n, p in places.items() if n not in frames}
        document = self._view.session.document
        edit = with_places(document, scene.shown_places(), move_all(document, steps, frames, notes))
        return in_sight(document, edit)

    def _select_one(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """A click on one of several that are selected leaves it alone selected."""
        adds = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if not modifiers & adds:
            hit = self._view.journey_scene.hit(self._view.mapToScene(at))
            self._view.selection.select(
                [hit.step] if hit.step else [],
                [],
                [hit.frame] if hit.frame else [],
                [hit.note] if hit.note else [],
            )

    def cancel(self) -> None:
        """Everything back to where the document has it."""
        self._mark(None)
        if self._has_moved:
            self._view.journey_scene.show_as_it_is()


class ResizeGesture:
    """Pulls the lower right corner of a frame or a note."""

    cursor = Qt.CursorShape.SizeFDiagCursor

    def __init__(self, view: JourneyView, item: PaperItem, at: QPointF) -> None:
        self._view, self._item, self._pressed = view, item, at
        self._before = QRectF(item.rect())

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002
        """Show the new size, on the grid."""
        by = self._view.mapToScene(at) - self._pressed
        width = max(_LEAST, snapped(self._before.width() + by.x()))
        height = max(_LEAST, snapped(self._before.height() + by.y()))
        self._item.show_size(width, height)

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002
        """Make it so large in the document, too."""
        now = self._item.rect()
        if now == self._before:
            return
        session, place = self._view.session, self._item.pos()
        rect = (place.x(), place.y(), now.width(), now.height())
        if isinstance(self._item, FrameItem):
            session.do(resize_frame(session.document, self._item.frame.id, rect))
        else:
            name = next(n for n, i in self._view.journey_scene.notes.items() if i is self._item)
            session.do(resize_note(session.document, name, rect))

    def cancel(self) -> None:
        """As large as before."""
        self._view.journey_scene.show_as_it_is()


def _corner(place: QPointF) -> Position:
    return place.x(), place.y()
