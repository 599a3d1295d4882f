"""Tidy in the window: frames go with their steps, selections and pins are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from pytestqt.qtbot import QtBot

from designer.canvas.gliding import Glide
from designer.settings import Settings
from designer.window import Window
from designer.workspace import Workspace
from engine.document import document_to_bytes
from engine.frame_edits import add_frame
from engine.moves import inside, move_all, pin
from tests.designer import hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def places(space: Workspace) -> dict[str, tuple[float, float]]:
    return {n: (c.pos().x(), c.pos().y()) for n, c in space.canvas.scene.cards.items()}


def scatter(space: Workspace) -> None:
    """Everything somewhere, all in one edit."""
    names = list(space.canvas.scene.cards)
    spread = {name: (n * 353 % 1500, n * 211 % 900) for n, name in enumerate(names)}
    space.session.do(move_all(space.session.document, spread))


def overlaps(space: Workspace, but: Collection[str] = ()) -> bool:
    cards = space.canvas.scene.cards
    rects = [card.scene_rect() for name, card in cards.items() if name not in but]
    return any(a.intersects(b) for n, a in enumerate(rects) for b in rects[:n])


def frame(space: Workspace, name: str, steps: list[str]) -> None:
    space.session.do(add_frame(space.session.document, name, steps, name=name))


@pytest.fixture
def space(sample_window: Callable[[str], Window]) -> Workspace:
    return sample_window("omnichannel_retail").work()


def test_tidy_is_one_entry_and_undone_at_once(space: Workspace) -> None:
    scatter(space)
    assert overlaps(space)
    before = document_to_bytes(space.session.document)
    hands.key(Qt.Key.Key_T, CTRL)
    assert not overlaps(space)
    assert space.session.history[-1] == "Tidy 34 steps"
    hands.key(Qt.Key.Key_Z, CTRL)
    assert document_to_bytes(space.session.document) == before


def test_tidied_again_nothing_changes(space: Workspace) -> None:
    scatter(space)
    hands.key(Qt.Key.Key_T, CTRL)
    done = len(space.session.history)
    hands.key(Qt.Key.Key_T, CTRL)
    assert len(space.session.history) == done


def test_pinned_steps_stay(space: Workspace) -> None:
    scatter(space)
    names = list(space.canvas.scene.cards)[3:6]
    space.session.do(pin(space.session.document, names))
    before = places(space)
    hands.key(Qt.Key.Key_T, CTRL)
    after = places(space)
    assert [after[name] for name in names] == [before[name] for name in names]
    assert sum(after[name] != before[name] for name in after) > 20
    assert not overlaps(space)


def test_only_what_is_selected_is_tidied(space: Workspace) -> None:
    scatter(space)
    before = places(space)
    chosen = list(space.canvas.scene.cards)[:6]
    space.selection.select(chosen)
    hands.key(Qt.Key.Key_T, CTRL | SHIFT)
    moved = {name for name, place in places(space).items() if place != before[name]}
    assert moved
    assert moved <= set(chosen)


@pytest.mark.parametrize("scattered", [False, True])
def test_frames_keep_exactly_their_steps(space: Workspace, scattered: bool) -> None:
    names = list(space.canvas.scene.cards)
    if scattered:
        scatter(space)
        steps = [n for n, c in space.canvas.scene.cards.items() if c.pos().x() < 500 > c.pos().y()]
    else:
        steps = names[:4]
    frame(space, "some", steps)
    own = set(inside(space.session.document, "some")[0])
    assert own
    hands.key(Qt.Key.Key_T, CTRL)
    assert set(inside(space.session.document, "some")[0]) == own
    # Where a frame cannot go along, what is in it stays as it was.
    assert not overlaps(space, but=own if scattered else ())


def test_a_selected_frame_is_tidied_inside(space: Workspace) -> None:
    scatter(space)
    steps = [n for n, c in space.canvas.scene.cards.items() if c.pos().x() < 700]
    frame(space, "left", steps)
    own = set(inside(space.session.document, "left")[0])
    before = places(space)
    space.selection.select(frames=["left"])
    hands.key(Qt.Key.Key_T, CTRL | SHIFT)
    moved = {name for name, place in places(space).items() if place != before[name]}
    assert moved
    assert moved <= own


def test_cards_glide_and_arrive_where_the_document_has_them(
    qtbot: QtBot, sample_window: Callable[[str], Window], settings: Settings
) -> None:
    space = sample_window("omnichannel_retail").work()
    scatter(space)
    before = places(space)
    settings.reduced_motion = False
    hands.key(Qt.Key.Key_T, CTRL)
    glide = space.findChild(Glide)
    assert glide is not None
    assert glide.state() is QAbstractAnimation.State.Running
    qtbot.waitUntil(lambda: not space.findChildren(Glide))
    known = space.session.document.layout.positions
    after = places(space)
    assert after != before
    assert after == {name: (x, y) for name, (x, y) in known.items()}
