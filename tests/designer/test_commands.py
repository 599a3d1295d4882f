"""Commands are found by a few letters and done where the focus was; keys are listed by menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from designer import command_palette
from designer.about import About, versions
from designer.command_palette import CommandPalette
from designer.fuzzy import score
from designer.shortcut_page import ShortcutPage

Key = Qt.Key
TABLE = (
    ("File", "New journey", "Ctrl+N"),
    ("File", "&Save", "Ctrl+S"),
    ("Edit", "Undo: Move “Salt && pepper”", "Ctrl+Z"),
    ("View", "Zoom in", "Ctrl++"),
    ("View", "Zoom to fit", "Ctrl+1"),
    ("Journey", "Tidy", ""),
)


class Window(QMainWindow):
    """A window with some actions and a text."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.setCentralWidget(self.text)
        self.done: list[tuple[str, bool]] = []
        self.all = [self._made(*row) for row in TABLE]

    def _made(self, menu: str, text: str, keys: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(text)
        action.setProperty("menu", menu)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: self.done.append((text, self.text.hasFocus())))
        return action

    def action(self, text: str) -> QAction:
        return next(one for one in self.all if one.text() == text)


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setattr(command_palette, "_lately", [])
    window = Window()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    qtbot.waitExposed(window)
    window.text.setFocus()
    return window


def opened(window: Window) -> CommandPalette:
    palette = CommandPalette(window.all, window)
    palette.open()
    return palette


def rows(palette: CommandPalette | ShortcutPage) -> list[str]:
    model = palette.findChild(QListView).model()
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def field(palette: CommandPalette | ShortcutPage) -> QLineEdit:
    return palette.findChild(QLineEdit)


def test_letters_in_order_are_enough_and_starts_of_words_count_most() -> None:
    assert score("ztf", "Zoom to fit") is not None
    assert score("ftz", "Zoom to fit") is None
    assert score("", "anything") == 0
    better, worse = score("zf", "Zoom to fit"), score("zf", "Azure offer")
    assert better is not None
    assert worse is not None
    assert better > worse
    assert score("uber", "Übersicht") is not None


def test_enter_does_the_best_with_the_focus_where_it_was(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    assert field(palette).hasFocus()
    qtbot.keyClicks(field(palette), "zi")
    assert rows(palette)[0] == "Zoom in"
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(field(palette), Key.Key_Return)
    assert window.done == [("Zoom in", True)]


def test_arrows_choose_another_and_go_round(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    qtbot.keyClicks(field(palette), "zoom")
    found = rows(palette)
    assert found == ["Zoom in", "Zoom to fit"]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up):
        qtbot.keyClick(field(palette), key)
    qtbot.keyClick(field(palette), Key.Key_Return)
    assert window.done == [("Zoom to fit", True)]


def test_a_click_does_it_too(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    view = palette.findChild(QListView)
    at = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.done == [("&Save", True)]


def test_escape_closes_it_and_the_focus_goes_back(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(field(palette), Key.Key_Escape)
    assert window.text.hasFocus()
    assert window.done == []


def test_a_click_elsewhere_closes_it(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    with qtbot.waitSignal(palette.closed):
        window.text.setFocus()
    assert window.text.hasFocus()


def test_what_was_done_last_comes_first(window: Window, qtbot: QtBot) -> None:
    for letters in ("tidy", "save"):
        palette = opened(window)
        qtbot.keyClicks(field(palette), letters)
        qtbot.keyClick(field(palette), Key.Key_Return)
    assert rows(opened(window))[:3] == ["Save", "Tidy", "New journey"]


def test_what_cannot_be_done_now_comes_last_and_is_not_done(window: Window, qtbot: QtBot) -> None:
    window.action("New journey").setEnabled(False)
    palette = opened(window)
    assert rows(palette)[-1] == "New journey"
    qtbot.keyClicks(field(palette), "new")
    qtbot.keyClick(field(palette), Key.Key_Return)
    assert window.done == []


def test_the_menu_can_be_typed_as_well(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    qtbot.keyClicks(field(palette), "view zoom")
    assert rows(palette) == ["Zoom in", "Zoom to fit"]
    qtbot.keyClicks(field(palette), "xyz")
    assert rows(palette) == []


def test_names_are_read_without_the_marks_of_menus(window: Window) -> None:
    palette = opened(window)
    assert "Undo: Move “Salt & pepper”" in rows(palette)
    model = palette.findChild(QListView).model()
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Save, File, Ctrl+S"


def test_it_stays_inside_a_small_window(window: Window, qtbot: QtBot) -> None:
    palette = opened(window)
    window.resize(300, 200)
    qtbot.waitUntil(lambda: window.rect().contains(palette.geometry()))


def test_keys_are_listed_by_menu_and_searched(window: Window, qtbot: QtBot) -> None:
    page = ShortcutPage(window.all, window)
    page.open()
    assert rows(page)[:3] == ["File", "New journey", "Save"]
    qtbot.keyClicks(field(page), "ctrl+1")
    assert rows(page) == ["View", "Zoom to fit"]
    field(page).setText("journey")
    assert rows(page) == ["File", "New journey", "Journey", "Tidy"]
    with qtbot.waitSignal(page.destroyed):
        qtbot.keyClick(field(page), Key.Key_Escape)


def test_about_names_the_versions_and_copies_them(window: Window, qtbot: QtBot) -> None:
    about = About(window)
    about.open()
    names = [name for name, _ in versions()]
    assert names == ["Wayline", "Python", "Qt", "PySide6", "System"]
    copying = next(b for b in about.findChildren(QPushButton) if b.text() == "Copy versions")
    qtbot.mouseClick(copying, Qt.MouseButton.LeftButton)
    assert "PySide6 6." in QGuiApplication.clipboard().text()
    with qtbot.waitSignal(about.destroyed):
        qtbot.keyClick(about, Key.Key_Escape)
