"""Text from files is shown as text, in every place; files without a layout are laid out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from designer.window import Window
from designer.windows import Windows
from engine.document import read_document, write_document
from engine.shipped import sample_path
from tests.designer import hands
from tests.designer.states import every_state

MARKUP = "<b>x</b>" + "<table><tr><td>" * 16
"""In a label that takes it for HTML it stops the window for half a minute."""


def hostile(path: Path) -> None:
    """The retailer's journey, with markup for every text that people write."""
    plain = json.loads(sample_path("omnichannel_retail").read_text(encoding="utf-8"))
    wanted = {"name", "note", "title", "text", "touchpoint", "owner", "treatment", "template"}

    def spoilt(node: object) -> object:
        if isinstance(node, dict):
            return {
                key: MARKUP[:190] if key in wanted and isinstance(value, str) else spoilt(value)
                for key, value in node.items()
            }
        return [spoilt(item) for item in node] if isinstance(node, list) else node

    path.write_text(json.dumps(spoilt(plain)), encoding="utf-8")


def rich(root: QWidget) -> list[str]:
    """Labels that would render markup, and tips that hold some."""
    found = []
    for widget in root.findChildren(QWidget):
        is_label = isinstance(widget, QLabel) and "<b>" in widget.text()
        if is_label and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"label {widget.text()[:20]}")
        if "<b>" in widget.toolTip():
            found.append(f"tip of {type(widget).__name__}")
    return found


def test_markup_in_a_file_is_shown_as_text_everywhere(
    qtbot: QtBot, windows: Windows, tmp_path: Path
) -> None:
    file = tmp_path / "hostile.journey.json"
    hostile(file)
    window = windows.open_path(file)
    assert window is not None
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    found = {state: bad for state in every_state(window, steps=8) if (bad := rich(window))}
    assert not found
    assert all("<b>" not in item.toolTip() for item in window.work().canvas.scene.items())
    window.grab()


def test_a_file_without_a_layout_is_laid_out_without_overlaps_and_unchanged(
    windows: Windows, tmp_path: Path
) -> None:
    file = tmp_path / "plain.journey.json"
    document = read_document(sample_path("omnichannel_retail"))
    layout = document.layout.model_copy(update={"positions": {}})
    write_document(file, document.model_copy(update={"layout": layout}))
    window = windows.open_path(file)
    assert window is not None
    rects = [card.scene_rect() for card in window.work().canvas.scene.cards.values()]
    assert len(rects) == len(document.journey.steps)
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[:n])
    assert not window.isWindowModified()
    assert window.work().session.document.layout.positions == {}


def test_the_way_into_a_sub_journey_and_back(new_window: Callable[[], Window]) -> None:
    window = new_window()
    space = window.work()
    space.new_sub_journey()
    (sub,) = space.session.document.journey.sub_journeys
    assert space.selection.graph == sub.id
    assert space.canvas.breadcrumbs.isVisible()
    space.canvas.view.setFocus()
    for words in ("announcement", "exit"):
        hands.key(Qt.Key.Key_Tab)
        hands.keys(words)
        hands.key(Qt.Key.Key_Return)
    assert [s.id for s in space.session.document.journey.sub_journeys[0].steps] == list(
        space.canvas.scene.cards
    )
    assert space.session.document.journey.steps == []
    hands.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert space.selection.graph is None
    assert not space.canvas.breadcrumbs.isVisible()
    for words in ("inbound", "sub-journey"):
        hands.key(Qt.Key.Key_Tab)
        hands.keys(words)
        hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert space.selection.graph == sub.id
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    while space.session.undo_label is not None:
        space.session.undo()
    assert space.selection.graph is None
