"""The tour: a callout beside each thing; nothing is locked; Esc ends it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from designer.theme import look
from designer.tour import Callout, Tour, TourStep

NAMES = ("steps", "canvas", "inspector", "problems", "run")


class Window(QWidget):
    """A window with five fields."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = [QLineEdit(name) for name in NAMES]
        row = QHBoxLayout(self)
        for part in self.parts:
            row.addWidget(part)
        self.resize(1000, 500)

    def steps(self) -> list[TourStep]:
        return [
            TourStep(part, f"The {name}", f"What the {name} <b>is</b> for.")
            for part, name in zip(self.parts, NAMES, strict=True)
        ]


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.parts[1].setFocus()
    return window


def callout(window: Window) -> Callout | None:
    found = [one for one in window.findChildren(Callout) if one.isVisible()]
    assert len(found) < 2
    return found[0] if found else None


def shown(window: Window) -> list[str]:
    one = callout(window)
    return [] if one is None else [label.text() for label in one.findChildren(QLabel)]


def press(window: Window, qtbot: QtBot, text: str) -> None:
    one = callout(window)
    assert one is not None
    buttons = {button.text(): button for button in one.findChildren(QPushButton)}
    qtbot.mouseClick(buttons[text], Qt.MouseButton.LeftButton)


def test_five_steps_to_the_end(window: Window, qtbot: QtBot) -> None:
    tour = Tour(window.steps(), window)
    tour.start()
    for number, name in enumerate(NAMES, 1):
        assert f"The {name}" in shown(window)
        assert f"What the {name} <b>is</b> for." in shown(window)
        assert f"{number} of 5" in shown(window)
        if number < 5:
            press(window, qtbot, "Next")
    with qtbot.waitSignal(tour.finished):
        press(window, qtbot, "Done")
    assert callout(window) is None
    assert window.parts[1].hasFocus()


def test_it_is_skipped_by_button_and_by_escape(window: Window, qtbot: QtBot) -> None:
    tour = Tour(window.steps(), window)
    tour.start()
    with qtbot.waitSignal(tour.finished):
        press(window, qtbot, "Skip")
    again = Tour(window.steps(), window)
    again.start()
    with qtbot.waitSignal(again.finished):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert callout(window) is None


def test_the_next_step_is_a_key_away_and_is_read_out(window: Window, qtbot: QtBot) -> None:
    tour = Tour(window.steps(), window)
    tour.start()
    button = QApplication.focusWidget()
    assert button is not None
    assert button.accessibleName() == "Next: The steps. What the steps <b>is</b> for. 1 of 5"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert "2 of 5" in shown(window)
    tour.end()


def test_nothing_is_locked_meanwhile(window: Window, qtbot: QtBot) -> None:
    tour = Tour(window.steps(), window)
    tour.start()
    window.parts[4].setFocus()
    qtbot.keyClicks(window.parts[4], "!")
    assert window.parts[4].text().endswith("!")
    tour.end()
    assert window.parts[4].hasFocus(), "who went elsewhere stays there"


def test_it_stands_beside_what_it_is_about_and_inside_the_window(
    window: Window, qtbot: QtBot
) -> None:
    tour = Tour(window.steps(), window)
    tour.start()
    for part in window.parts:
        for size in ((1000, 500), (700, 400)):
            window.resize(*size)
            one = callout(window)
            assert one is not None
            inside = window.rect()
            qtbot.waitUntil(lambda one=one, inside=inside: inside.contains(one.geometry()))
            place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
            qtbot.waitUntil(lambda one=one, place=place: not one.geometry().intersects(place))
        tour.go_on()


def test_what_is_not_seen_is_left_out(window: Window, qtbot: QtBot) -> None:
    window.parts[0].hide()
    tour = Tour(window.steps(), window)
    tour.start()
    assert "1 of 4" in shown(window)
    tour.end()
    nothing = Tour([], window)
    with qtbot.waitSignal(nothing.finished):
        nothing.start()


def test_all_of_its_text_is_seen_at_twice_the_size(window: Window, qapp: QApplication) -> None:
    look.apply(qapp, "dark", 2.0)
    try:
        tour = Tour(window.steps(), window)
        tour.start()
        one = callout(window)
        assert one is not None
        for label in one.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
        tour.end()
    finally:
        look.apply(qapp, "light")
