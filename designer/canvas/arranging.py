"""Putting what is selected in order: align, distribute, tidy, nudge, pin, frame."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF

from designer.canvas.measures import GRID
from designer.canvas.places import with_places
from designer.canvas.scene import JourneyScene
from designer.selection import Selection
from designer.session import Session
from engine.align import Alignment, aligned
from engine.edits import Several
from engine.frame_edits import add_frame, add_note, resize_frame, resize_note
from engine.fresh_ids import unused_id
from engine.moves import inside, move_all, pin, unpin

_LEAST = 64.0


def align(session: Session, selection: Selection, scene: JourneyScene, how: Alignment) -> None:
    """Bring the selected steps into line, or distribute them."""
    cards = {name: scene.cards[name] for name in selection.steps}
    places = {name: (card.pos().x(), card.pos().y()) for name, card in cards.items()}
    sizes = {name: (c.rect().width(), c.rect().height()) for name, c in cards.items()}
    new = {name: (round(x), round(y)) for name, (x, y) in aligned(places, sizes, how).items()}
    moved = {name: new[name] for name in cards if new[name] != places[name]}
    if moved:
        edit = move_all(session.document, moved)
        session.do(with_places(session.document, scene.shown_places(), edit))


def nudge(
    session: Session, selection: Selection, scene: JourneyScene, right: int, down: int
) -> None:
    """Move all that is selected by so many units of the grid; those in a row are one entry."""
    selected, by = selection.selected, QPointF(right * GRID, down * GRID)
    steps, frames, notes = list(selected.steps), list(selected.frames), list(selected.notes)
    for frame in selected.frames:
        more = inside(session.document, frame)
        steps, frames, notes = steps + more[0], frames + more[1], notes + more[2]
    if not (steps or frames or notes):
        return

    def moved(place: QPointF) -> tuple[float, float]:
        return (place + by).x(), (place + by).y()

    edit = move_all(
        session.document,
        {name: moved(scene.cards[name].pos()) for name in steps},
        {name: moved(scene.frames[name].pos()) for name in frames},
        {name: moved(scene.notes[name].pos()) for name in notes},
    )
    edit = with_places(session.document, scene.shown_places(), edit)
    session.do(edit, together=("nudge", selected))


def stretch(
    session: Session, selection: Selection, scene: JourneyScene, right: int, down: int
) -> None:
    """Make the selected frames and notes larger by so many units of the grid."""
    document, edits = session.document, []
    for names, items, resize in (
        (selection.selected.frames, scene.frames, resize_frame),
        (selection.selected.notes, scene.notes, resize_note),
    ):
        for name in names:
            area = items[name].scene_rect()
            width = max(_LEAST, area.width() + right * GRID)
            height = max(_LEAST, area.height() + down * GRID)
            edits.append(resize(document, name, (area.x(), area.y(), width, height)))
    if edits:
        label = edits[0].label if len(edits) == 1 else f"Resize {len(edits)} frames and notes"
        session.do(Several(label, tuple(edits)), together=("stretch", selection.selected))


def toggle_pin(session: Session, selection: Selection) -> None:
    """Pin the selected steps where they are; if all are pinned, unpin them."""
    steps = selection.steps
    if steps:
        are_pinned = set(steps) <= set(session.document.layout.pinned)
        session.do((unpin if are_pinned else pin)(session.document, steps))


def frame_selected(session: Session, selection: Selection, scene: JourneyScene) -> str:
    """A frame around the selected steps, or an empty one; returns its id."""
    document = session.document
    name = unused_id({one.id for one in document.layout.frames}, "frame")
    title = QCoreApplication.translate("Canvas", "Frame")
    if selection.steps and set(selection.steps) <= document.layout.positions.keys():
        edit = add_frame(document, title, selection.steps, selection.graph, name)
    else:
        corner = scene.content_rect().bottomLeft()
        rect = (round(corner.x()), round(corner.y()) + 64, 480, 240)
        edit = add_frame(document, title, rect, selection.graph, name)
    session.do(edit)
    selection.select(frames=[name])
    return name


def note_at(session: Session, selection: Selection, at: QPointF) -> str:
    """A new note at this place; returns its id."""
    document = session.document
    name = unused_id({one.id for one in document.layout.notes}, "note")
    text = QCoreApplication.translate("Canvas", "Note")
    session.do(add_note(document, text, (round(at.x()), round(at.y())), selection.graph, name))
    selection.select(notes=[name])
    return name
