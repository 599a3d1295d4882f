"""The first page: new, open, go on with a file, begin with a sample, drop a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from designer.theme import look
from designer.welcome import WelcomePage
from designer.welcome_tiles import RecentTile, SampleTile
from engine.shipped import sample_names

Open = Callable[..., WelcomePage]


@pytest.fixture
def page(qtbot: QtBot) -> Open:
    def show(recent: list[Path] | None = None, size: tuple[int, int] = (1200, 900)) -> WelcomePage:
        page = WelcomePage(recent or [])
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        qtbot.waitExposed(page)
        return page

    return show


@pytest.fixture
def here(tmp_path: Path) -> Path:
    path = tmp_path / "bank.journey.json"
    path.write_text("{}", encoding="utf-8")
    return path


def button(page: WelcomePage, name: str) -> QAbstractButton:
    buttons = page.findChildren(QAbstractButton)
    return next(one for one in buttons if one.accessibleName().startswith(name))


def test_new_and_open_are_asked_for(page: Open, qtbot: QtBot) -> None:
    shown = page()
    with qtbot.waitSignal(shown.new_asked):
        qtbot.mouseClick(button(shown, "New journey"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.open_asked):
        qtbot.keyClick(button(shown, "Open a journey"), Qt.Key.Key_Space)


def test_there_is_a_tile_for_every_sample_the_starter_first(page: Open, qtbot: QtBot) -> None:
    shown = page()
    tiles = shown.findChildren(SampleTile)
    assert len(tiles) == len(sample_names())
    assert tiles[0].accessibleName() == "Sample Starter: a call and somebody to answer it"
    assert tiles[0].accessibleDescription().startswith("Three steps to begin with")
    with qtbot.waitSignal(shown.sample_asked) as asked:
        qtbot.keyClick(tiles[0], Qt.Key.Key_Return)
    assert asked.args == ["starter"]


def test_a_recent_file_opens_and_a_missing_one_does_not(
    page: Open, here: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    gone = tmp_path / "gone.journey.json"
    shown = page([gone, here])
    missing, found = shown.findChildren(RecentTile)
    assert missing.accessibleName() == f"gone, {tmp_path}, not found"
    assert not missing.isEnabled()
    with qtbot.waitSignal(shown.file_asked) as asked:
        qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    assert asked.args == [here]


def test_the_list_of_files_can_be_exchanged(page: Open, here: Path, qtbot: QtBot) -> None:
    shown = page()
    shown.show_recent([here])
    qtbot.waitUntil(lambda: [t.isVisible() for t in shown.findChildren(RecentTile)] == [True])
    shown.show_recent([])
    qtbot.waitUntil(lambda: not shown.findChildren(RecentTile))


def test_a_file_can_be_dropped(page: Open, here: Path, qtbot: QtBot) -> None:
    shown = page()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(here)), QUrl("https://example.org/x")])
    action, mouse = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), action, data, mouse, keys)
    QApplication.sendEvent(shown.viewport(), entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(shown.file_asked) as asked:
        dropping = QDropEvent(QPointF(5, 5), action, data, mouse, keys)
        QApplication.sendEvent(shown.viewport(), dropping)
    assert asked.args == [here]


def test_text_that_is_dropped_is_not_taken(page: Open) -> None:
    shown = page()
    data = QMimeData()
    data.setText("a journey")
    entering = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(shown.viewport(), entering)
    assert not entering.isAccepted()


def test_all_of_it_is_reached_by_tab(page: Open, here: Path, qtbot: QtBot) -> None:
    shown = page([here])
    button(shown, "New journey").setFocus()
    qtbot.waitUntil(button(shown, "New journey").hasFocus)
    seen = []
    for _ in range(3 + len(sample_names())):
        widget = QApplication.focusWidget()
        assert widget is not None
        assert widget.accessibleName()
        seen.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert len(set(seen)) == 3 + len(sample_names())
    assert QApplication.focusWidget() is seen[0]


def columns(page: WelcomePage) -> int:
    return len({tile.x() for tile in page.findChildren(SampleTile)})


def test_there_are_as_many_columns_as_there_is_room_for(page: Open, qtbot: QtBot) -> None:
    shown = page()
    qtbot.waitUntil(lambda: columns(shown) == 3)
    shown.resize(400, 900)
    qtbot.waitUntil(lambda: columns(shown) == 1)
    tiles = shown.findChildren(SampleTile)
    qtbot.waitUntil(lambda: all(tile.height() == tile.sizeHint().height() for tile in tiles))


def test_it_fits_at_twice_the_text_size_and_in_the_dark(
    page: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    shown = page(size=(900, 900))
    tile = shown.findChildren(SampleTile)[0]
    before = tile.height()
    look.apply(qapp, "dark", 2.0)
    try:
        qtbot.waitUntil(lambda: tile.height() > 1.7 * before)
        assert shown.widget().width() <= shown.viewport().width()
        ground = shown.grab().toImage().pixelColor(4, 400)
        assert ground == look.active().ground
    finally:
        look.apply(qapp, "light")


def test_a_sample_shows_its_journey(page: Open) -> None:
    tile = page().findChildren(SampleTile)[0]
    picture = tile.grab().toImage()
    colours = {picture.pixelColor(x, 60).name() for x in range(picture.width())}
    groups = look.active().groups
    for group in ("entry", "people", "finish"):
        assert groups[group].name() in colours
