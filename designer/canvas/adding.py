"""Adding steps where the user is: after an exit, into a link, or at a place of their own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from designer.canvas.in_sight import in_sight
from designer.canvas.measures import CARD_HEIGHT, CARD_WIDTH, COLUMN, ROW, snapped
from designer.canvas.scene import JourneyScene
from designer.canvas.view import Want
from designer.selection import LinkKey, Selection
from designer.session import Session
from engine.edits import Edit, Several, add_step, move_steps
from engine.graph_edits import append_step, insert_on_link
from engine.new_step import new_step
from engine.steps.base import Step

Place = tuple[float, float]


def add(session: Session, selection: Selection, scene: JourneyScene, kind: str, want: Want) -> str:
    """Add a step of this type where it is wanted, select it, and return its id."""
    step = new_step(session.document, kind, selection.graph)
    edit = _edit(session, selection, scene, step, want)
    session.do(in_sight(session.document, edit))
    selection.select([step.id])
    selection.revealed.emit(step.id)
    return step.id


def _edit(
    session: Session, selection: Selection, scene: JourneyScene, step: Step, want: Want
) -> Edit:
    document = session.document
    link = want.link
    if link is None and want.exit in scene.links:
        # The exit leads somewhere already: what is added comes in between.
        link = want.exit
    if link is not None and step.exits(document.journey):
        at, making_room = _between(scene, link, want.at)
        edit = insert_on_link(document, *link, step, at)
        return (
            Several(edit.label, (move_steps(document, making_room), edit)) if making_room else edit
        )
    if want.exit is not None:
        card = scene.cards[want.exit[0]]
        near = want.at or card.pos() + QPointF(COLUMN, 0)
        return append_step(document, *want.exit, step, free_place(scene, _upper_left(near, want)))
    near = _upper_left(want.at or scene.content_rect().bottomLeft() + QPointF(0, ROW), want)
    return add_step(document, step, free_place(scene, near), selection.graph)


def _upper_left(near: QPointF, want: Want) -> QPointF:
    """A place that somebody pointed at becomes the middle of the card's left side."""
    return near - QPointF(0, CARD_HEIGHT / 2) if want.at is not None else near


def free_place(scene: JourneyScene, near: QPointF) -> Place:
    """The free place on the grid nearest to this one: here, or in a row below or above."""
    x, y = snapped(near.x()), snapped(near.y())
    taken = [card.scene_rect().adjusted(-16, -16, 16, 16) for card in scene.cards.values()]
    for row in range(2 * len(taken) + 2):
        down = (row + 1) // 2 * (1 if row % 2 else -1) * ROW
        spot = QRectF(x, y + down, CARD_WIDTH, CARD_HEIGHT)
        if not any(spot.intersects(rect) for rect in taken):
            return x, y + down
    return x, y


def _between(
    scene: JourneyScene, link: LinkKey, at: QPointF | None
) -> tuple[Place, dict[str, Place]]:
    """A place on the link, and new places for the cards that must make room for it."""
    item = scene.links[link]
    source, target = scene.cards[link[0]], scene.cards[item.link.to or ""]
    if item.is_back:
        near = at or QPointF(*_middle(source.scene_rect(), target.scene_rect()))
        return free_place(scene, near + QPointF(0, ROW)), {}
    gap = target.pos().x() - source.pos().x()
    if at is not None and gap >= 2 * COLUMN:
        return free_place(scene, at - QPointF(CARD_WIDTH / 2, CARD_HEIGHT / 2)), {}
    place = (snapped(source.pos().x() + COLUMN), snapped(target.pos().y()))
    by = 2 * COLUMN - gap
    if by <= 0:
        return free_place(scene, QPointF(*place)), {}
    border = target.pos().x() - 1
    return place, {
        name: (card.pos().x() + by, card.pos().y())
        for name, card in scene.cards.items()
        if card.pos().x() > border and name != link[0] and not card.is_pinned
    }


def _middle(one: QRectF, other: QRectF) -> Place:
    both = one.united(other).center()
    return both.x(), both.y()
