"""Whatever is done and taken back, the canvas shows the document, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from designer.canvas.view import Want
from designer.workspace import Workspace
from engine.align import Alignment
from engine.document import document_to_bytes, read_document
from engine.edits import close_exit, connect, disconnect
from engine.errors import EditError
from engine.frame_edits import add_frame, add_note, collapse_frame, resize_frame
from engine.graph_edits import rename_step
from engine.next_steps import next_steps
from engine.shipped import sample_path
from tests.designer.desks import Desks

COMMANDS = 500
Command = Callable[[Workspace, random.Random], object]


def _some(space: Workspace, chance: random.Random, most: int = 4) -> list[str]:
    names = list(space.canvas.scene.cards)
    return chance.sample(names, min(len(names), chance.randint(1, most)))


def _select(space: Workspace, chance: random.Random) -> None:
    space.selection.select(_some(space, chance))


def _exit(space: Workspace, chance: random.Random) -> tuple[str, str] | None:
    cards = [card for card in space.canvas.scene.cards.values() if card.exits]
    if not cards:
        return None
    card = chance.choice(cards)
    return card.step.id, chance.choice(card.exits).name


def _add(space: Workspace, chance: random.Random) -> None:
    graph, key = space.selection.graph, _exit(space, chance)
    want = Want(exit=key) if key and chance.random() < 0.8 else Want()
    source = key[0] if want.exit and key else None
    kinds = [s.kind for s in next_steps(space.session.document, source, None, graph)]
    space.canvas.add(chance.choice(kinds), want)


def _connect(space: Workspace, chance: random.Random) -> None:
    key = _exit(space, chance)
    if key:
        to = chance.choice(list(space.canvas.scene.cards))
        space.session.do(connect(space.session.document, *key, to))


def _close(space: Workspace, chance: random.Random) -> None:
    key = _exit(space, chance)
    if key:
        space.session.do(close_exit(space.session.document, *key))


def _disconnect(space: Workspace, chance: random.Random) -> None:
    links = list(space.canvas.scene.links)
    if links:
        space.session.do(disconnect(space.session.document, *chance.choice(links)))


def _frame(space: Workspace, chance: random.Random) -> None:
    rect = (chance.randrange(-200, 800), chance.randrange(-200, 400), 400.0, 240.0)
    graph = space.selection.graph
    space.session.do(add_frame(space.session.document, "Frame", rect, graph))


def _note(space: Workspace, chance: random.Random) -> None:
    place = (float(chance.randrange(900)), float(chance.randrange(500)))
    space.session.do(add_note(space.session.document, "Note", place, space.selection.graph))


def _fold(space: Workspace, chance: random.Random) -> None:
    for name, item in list(space.canvas.scene.frames.items())[:1]:
        document = space.session.document
        if chance.random() < 0.5:
            space.session.do(collapse_frame(document, name, not item.frame.collapsed))
        else:
            rect = (item.frame.x, item.frame.y, chance.randrange(100, 900), 300.0)
            space.session.do(resize_frame(document, name, rect))


def _rename(space: Workspace, chance: random.Random) -> None:
    name = chance.choice(list(space.canvas.scene.cards))
    space.session.do(rename_step(space.session.document, name, f"Step {chance.randrange(99)}"))


def _nudge(space: Workspace, chance: random.Random) -> None:
    _select(space, chance)
    space.canvas.view.nudged.emit(chance.randint(-5, 5), chance.randint(-5, 5))


def _align(space: Workspace, chance: random.Random) -> None:
    _select(space, chance)
    space.align(chance.choice(list(Alignment)))


def _duplicate(space: Workspace, chance: random.Random) -> None:
    _select(space, chance)
    space.duplicate()


def _remove(space: Workspace, chance: random.Random) -> None:
    _select(space, chance)
    space.remove(reconnect=chance.random() < 0.5)


def _pin(space: Workspace, chance: random.Random) -> None:
    _select(space, chance)
    space.toggle_pin()


def _tidy(space: Workspace, chance: random.Random) -> None:
    space.tidy(only_selected=len(space.selection.steps) > 1 and chance.random() < 0.5)


def _sub_journey(space: Workspace, chance: random.Random) -> None:
    if chance.random() < 0.3:
        space.new_sub_journey()
    subs = [sub.id for sub in space.session.document.journey.sub_journeys]
    space.selection.show_graph(chance.choice([None, None, *subs]))


def _undo(space: Workspace, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        space.session.undo()


def _redo(space: Workspace, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        space.session.redo()


COMMON: tuple[Command, ...] = (_add, _connect, _nudge, _undo, _undo, _redo)
RARE: tuple[Command, ...] = (
    _close, _disconnect, _frame, _note, _fold, _rename, _align, _duplicate, _remove, _pin, _tidy,
    _sub_journey,
)  # fmt: skip


def _picture(space: Workspace) -> dict[str, object]:
    """All that the canvas shows, in plain values."""
    scene = space.canvas.scene
    return {
        "cards": {
            name: (card.step, card.exits, card.pos().toTuple(), card.isVisible(), card.is_pinned)
            for name, card in scene.cards.items()
        },
        "links": {
            key: (item.link, item.start.toTuple(), item.end.toTuple(), item.isVisible())
            for key, item in scene.links.items()
        },
        "open": set(scene.open_exits),
        "frames": {n: (i.frame, i.scene_rect(), i.steps_inside) for n, i in scene.frames.items()},
        "notes": {n: (i.note, i.scene_rect()) for n, i in scene.notes.items()},
        "items": len(scene.items()),
    }


@pytest.mark.parametrize("sample", ["bankunited", "omnichannel_retail"])
def test_after_500_random_commands_the_canvas_shows_the_document(sample: str, desks: Desks) -> None:
    chance = random.Random(sample)
    desks.settings.reduced_motion = True
    space = desks.open(read_document(sample_path(sample)))
    before = document_to_bytes(space.session.document)
    done = 0
    for number in range(COMMANDS):
        command = chance.choice(COMMON if chance.random() < 0.6 else RARE)
        if len(space.canvas.scene.cards) > 60:
            command = _undo
        try:
            command(space, chance)
            done += 1
        except (EditError, IndexError):
            continue
        if number % 50 == 49:
            fresh = desks.open(space.session.document)
            fresh.selection.show_graph(space.selection.graph)
            assert _picture(space) == _picture(fresh), command
    assert done > COMMANDS * 0.8
    while space.session.undo_label is not None:
        space.session.undo()
    assert document_to_bytes(space.session.document) == before
    while space.session.redo_label is not None:
        space.session.redo()
    again = desks.open(space.session.document)
    again.selection.show_graph(space.selection.graph)
    assert _picture(space) == _picture(again)
