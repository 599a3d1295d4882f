"""The history as a list: where one is, what is undone, and the way to any of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.history_list import HistoryList
from designer.session import Session
from engine.edits import SetField
from tests.designer.journeys import broken


@pytest.fixture
def session() -> Session:
    session = Session(broken())
    for name in ("A", "B", "C"):
        session.do(SetField(f"Rename to <i>{name}</i>", "journey.name", name))
    return session


@pytest.fixture
def history(session: Session, qtbot: QtBot) -> Iterator[HistoryList]:
    shown = HistoryList(session)
    qtbot.addWidget(shown)
    shown.resize(240, 300)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close_history()


def spoken(history: HistoryList) -> list[str]:
    model, role = history.model(), Qt.ItemDataRole.AccessibleTextRole
    return [model.index(n, 0).data(role) for n in range(model.rowCount())]


def test_it_says_what_was_done_and_where_one_is(history: HistoryList, session: Session) -> None:
    session.undo()
    assert spoken(history) == [
        "As it was opened",
        "Rename to <i>A</i>",
        "Rename to <i>B</i>, now",
        "Rename to <i>C</i>, undone",
    ]
    assert history.currentIndex().row() == 2


def test_a_click_goes_there(history: HistoryList, session: Session, qtbot: QtBot) -> None:
    def click(row: int) -> None:
        at = history.visualRect(history.model().index(row, 0)).center()
        qtbot.mouseClick(history.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click(0)
    assert session.document.journey.name == "Broken"
    click(2)
    assert session.document.journey.name == "B"
    assert session.position == 2


def test_keys_go_there(history: HistoryList, session: Session, qtbot: QtBot) -> None:
    history.setFocus()
    qtbot.keyClick(history, Qt.Key.Key_Up)
    assert session.position == 3, "looking is not going"
    qtbot.keyClick(history, Qt.Key.Key_Return)
    assert session.position == 2


def test_it_grows_and_forgets_what_is_overtaken(history: HistoryList, session: Session) -> None:
    session.go_to(1)
    session.do(SetField("Another", "journey.name", "D"))
    assert spoken(history) == ["As it was opened", "Rename to <i>A</i>", "Another, now"]


def test_what_is_undone_looks_different(history: HistoryList, session: Session) -> None:
    def looks(row: int) -> bytes:
        shot = history.grab(history.visualRect(history.model().index(row, 0)))
        return bytes(shot.toImage().constBits())

    session.go_to(2)
    undone = looks(3)
    session.go_to(0)
    session.go_to(3)
    history.setCurrentIndex(history.model().index(0, 0))
    assert looks(3) != undone
