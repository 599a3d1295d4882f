"""Documents that say nothing of where steps lie, such as one that a program wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes, read_document, write_document
from engine.graph_edits import rename_step
from engine.layout import Layout
from engine.shipped import sample_path
from tests.designer import hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, windows: Windows, tmp_path: Path) -> Window:
    path = tmp_path / "bare.journey.json"
    document = read_document(sample_path("bankunited"))
    write_document(path, document.model_copy(update={"layout": Layout()}))
    window = windows.open_path(path)
    assert window is not None
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    return window


def places(window: Window) -> dict[str, QPointF]:
    return {name: card.pos() for name, card in window.work().canvas.scene.cards.items()}


def test_looking_at_it_changes_nothing(window: Window) -> None:
    assert len(set(map(QPointF.toTuple, places(window).values()))) == len(places(window))
    assert not window.isWindowModified()
    assert window.work().session.document.layout.positions == {}


def test_an_edit_moves_no_card(window: Window) -> None:
    session, before = window.work().session, places(window)
    name = next(iter(before))
    session.do(rename_step(session.document, name, "Another name"))
    assert places(window) == before
    window.work().selection.select([name])
    window.work().remove()
    session.undo()
    assert places(window) == before


def _dragged(window: Window, name: str) -> None:
    view = window.work().canvas.view
    view.reveal(name)
    start = hands.middle(view, name)
    hands.drag(view.viewport(), start, start + QPoint(0, 160))


def _nudged(window: Window, name: str) -> None:
    window.work().selection.select([name])
    hands.key(Qt.Key.Key_Down, CTRL)


def _tidied(window: Window, _name: str) -> None:
    window.work().tidy()


@pytest.mark.parametrize("move", [_dragged, _nudged, _tidied], ids=lambda move: move.__name__)
def test_once_something_is_placed_all_is_seen_again_as_it_was(
    windows: Windows, window: Window, move: Callable[[Window, str], None]
) -> None:
    session = window.work().session
    before = document_to_bytes(session.document)
    move(window, next(iter(places(window))))
    seen = places(window)
    assert session.position == 1
    assert session.document.layout.positions.keys() == seen.keys()
    window.files().save()
    path = window.path
    assert path is not None
    window.close()
    again = windows.open_path(path)
    assert again is not None
    assert places(again) == seen
    session.undo()
    assert document_to_bytes(session.document) == before
