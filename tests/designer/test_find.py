"""Every text and number is found, by any of its words, and Enter goes there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from designer.find import FindBar
from designer.find_texts import Texts
from designer.selection import Selection
from designer.session import Session
from engine.document import Document, read_document
from engine.edits import SetField
from engine.layout import CanvasNote, Frame
from engine.shipped import sample_path
from tests.designer.journeys import broken, large, with_sub_journey

Key = Qt.Key


class Bench:
    """A find bar over a canvas."""

    def __init__(self, document: Document, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session(document)
        self.selection = Selection(self.session)
        self.asked: list[tuple[object, object]] = []
        self.selection.field_asked.connect(lambda *to: self.asked.append(to))
        self.window = QWidget()
        self.window.resize(800, 600)
        qtbot.addWidget(self.window)
        self.canvas = QLineEdit(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.canvas.setFocus()
        self.bar = FindBar(self.session, self.selection, self.window)
        self.bar.open()

    def close(self) -> None:
        self.bar.close_find()
        self.selection.close()

    @property
    def field(self) -> QLineEdit:
        return self.bar.findChild(QLineEdit)

    def type(self, text: str) -> list[tuple[str, str]]:
        """What is found, and where."""
        if text.isascii():
            self.field.clear()
            self.qtbot.keyClicks(self.field, text)
        else:  # Qt's tests have no keys for these
            self.field.setText(text)
        return self.hits()

    def hits(self) -> list[tuple[str, str]]:
        view = self.bar.findChild(QListView)
        model, lower = view.model(), Qt.ItemDataRole.UserRole + 1
        rows = (model.index(n, 0) for n in range(model.rowCount()))
        return [(row.data(), row.data(lower)) for row in rows]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.field, key)

    @property
    def count(self) -> str:
        return self.bar.findChild(QLabel).text()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(broken(), qtbot)
    yield bench
    bench.close()


def test_names_come_first(bench: Bench) -> None:
    found = bench.type("menu")
    assert found[0] == ("Main menu", "Menu")
    assert ("Menu", "Main menu › type") in found
    assert ("menu", "Main menu › id") in found
    assert bench.count == f"1 of {len(found)}"


def test_case_and_accents_do_not_matter(bench: Bench) -> None:
    assert bench.type("CAFE")[0][1] == "Main menu › note"
    assert bench.type("Café’s")[0][1] == "Main menu › note"


def test_several_words_must_all_be_there_be_it_around(bench: Bench) -> None:
    found = bench.type("main pay")
    assert ("Pay a bill", "Main menu › options › Pay a bill › name") in found
    assert bench.type("main nonsense") == []
    assert bench.count == "not found"


def test_enter_goes_to_step_and_field(bench: Bench) -> None:
    bench.type("pay a")
    bench.press(Key.Key_Return)
    assert bench.asked == [("menu", "options/pay/name")]
    assert bench.selection.step == "menu"


def test_arrows_choose_and_the_count_tells_which(bench: Bench) -> None:
    found = bench.type("menu")
    bench.press(Key.Key_Down)
    assert bench.count == f"2 of {len(found)}"
    bench.press(Key.Key_Up, Key.Key_Up)
    assert bench.count == f"{len(found)} of {len(found)}"


def test_a_click_goes_there_too(bench: Bench, qtbot: QtBot) -> None:
    bench.type("thank you")
    view = bench.bar.findChild(QListView)
    at = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.asked == [("thanks", "name")]


def test_escape_closes_it_and_gives_the_focus_back(bench: Bench) -> None:
    bench.press(Key.Key_Escape)
    assert not bench.bar.isVisible()
    assert bench.canvas.hasFocus()
    bench.bar.open()
    assert bench.field.hasFocus()


def test_the_button_closes_it(bench: Bench, qtbot: QtBot) -> None:
    closing = next(b for b in bench.bar.findChildren(QToolButton) if b.accessibleName() == "Close")
    with qtbot.waitSignal(bench.bar.closed):
        qtbot.mouseClick(closing, Qt.MouseButton.LeftButton)


def test_a_long_text_is_shown_from_where_it_was_found(bench: Bench) -> None:
    text = "word " * 100 + "needle in it"
    bench.session.do(SetField("Note", "journey.steps.menu.note", text))
    shown, _ = bench.type("needle")[0]
    assert shown.startswith("…")
    assert shown.endswith("needle in it")


def test_it_follows_the_document(bench: Bench) -> None:
    assert bench.type("renamed") == []
    bench.session.do(SetField("Rename", "journey.steps.thanks.name", "Renamed"))
    assert bench.hits()[0] == ("Renamed", "Announcement")
    bench.session.undo()
    assert bench.hits() == []


def test_a_step_of_a_sub_journey_is_found_and_shown(qtbot: QtBot) -> None:
    bench = Bench(with_sub_journey(), qtbot)
    assert bench.type("is unknown")[0] == ("Is unknown", "Identity check › Exit")
    bench.press(Key.Key_Return)
    assert bench.selection.graph == "check"
    bench.close()


def test_numbers_assumptions_and_lists_are_found(qtbot: QtBot) -> None:
    bench = Bench(read_document(sample_path("bankunited")), qtbot)
    assert ("91.6 % (0.916)", "Virtual agent › intents › card › recognition") in bench.type(
        "card 91.6"
    )
    assert bench.type("card 0.916")
    assert bench.type("opening 07:00")[0][1].startswith("Open? › hours")
    shown, where = bench.type("advisers agents")[0]
    assert where == "staffing › Advisers › agents"
    assert "," in shown, "the hours of a day are one text"
    bench.press(Key.Key_Return)
    assert bench.asked == [(None, "assumptions/staffing/advisers/agents")]
    bench.close()


def test_conditions_are_found_as_they_are_said(qtbot: QtBot) -> None:
    bench = Bench(read_document(sample_path("omnichannel_retail")), qtbot)
    found = [where for text, where in bench.type("at risk of leaving is")]
    assert any("branches" in where for where in found)
    bench.close()


def test_frames_and_notes_are_found_and_selected(qtbot: QtBot) -> None:
    document = broken()
    layout = document.layout.model_copy(
        update={
            "frames": [Frame(id="first", title="First part", x=0, y=0, width=10, height=10)],
            "notes": [CanvasNote(id="ask", text="Ask the <b>lawyers</b>", x=0, y=0)],
        }
    )
    bench = Bench(document.model_copy(update={"layout": layout}), qtbot)
    assert bench.type("lawyers") == [("Ask the <b>lawyers</b>", "notes")]
    bench.press(Key.Key_Return)
    assert bench.selection.selected.notes == ("ask",)
    bench.type("first part")
    bench.press(Key.Key_Return)
    assert bench.selection.selected.frames == ("first",)
    bench.close()


def test_only_what_changed_is_read_again() -> None:
    texts, document = Texts(), large(100)
    before = texts.entries(document)
    edit = SetField("Rename", "journey.steps.s5.name", "Another")
    after = texts.entries(edit.apply(document)[0])
    assert len(after) == len(before)
    new = [entry for entry, old in zip(after, before, strict=True) if entry is not old]
    assert {entry.step.id if entry.step else None for entry in new} <= {"s5", None}
