"""The outline is in step with the canvas and does by keyboard what it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from designer.outline import OutlinePanel
from designer.problems import Checker
from designer.selection import Selection
from designer.session import Session
from engine.document import Document
from engine.edits import connect, disconnect, remove_step
from engine.journey import Journey
from engine.steps.base import Step
from tests.designer.journeys import broken, with_sub_journey

Key = Qt.Key


def summary(step: Step, journey: Journey) -> str:
    return step.summary(journey)


class Bench:
    """An outline with all that it works with."""

    def __init__(self, document: Document, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session(document)
        self.selection = Selection(self.session)
        self.checker = Checker(self.session)
        self.panel = OutlinePanel(self.session, self.selection, self.checker, summary)
        qtbot.addWidget(self.panel)
        self.panel.resize(360, 600)
        self.asked: list[tuple[object, ...]] = []
        for name in ("add_asked", "link_asked"):
            signal = getattr(self.panel, name)
            signal.connect(lambda step, exit_name, n=name: self.asked.append((n, step, exit_name)))
        self.panel.delete_asked.connect(lambda steps: self.asked.append(("delete_asked", *steps)))
        self.selection.field_asked.connect(lambda *to: self.asked.append(("field_asked", *to)))
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.tree.setFocus()
        qtbot.waitUntil(lambda: self.checker.is_current)

    def close(self) -> None:
        self.checker.close()
        self.selection.close()
        self.panel.close_outline()

    @property
    def tree(self) -> QTreeView:
        return self.panel.findChild(QTreeView)

    def texts(self) -> list[str]:
        """What is seen, from top to bottom."""
        found, index = [], self.tree.model().index(0, 0)
        while index.isValid():
            found.append(index.data())
            index = self.tree.indexBelow(index)
        return found

    def find(self, text: str) -> QModelIndex:
        index = self.tree.model().index(0, 0)
        while index.isValid() and index.data() != text:
            index = self.tree.indexBelow(index)
        assert index.isValid(), text
        return index

    def press(self, *keys: Qt.Key, alt: bool = False) -> None:
        none, with_alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
        for key in keys:
            self.qtbot.keyClick(self.tree, key, with_alt if alt else none)

    def go(self, text: str) -> None:
        self.tree.setCurrentIndex(self.find(text))

    @property
    def current(self) -> str:
        return self.tree.currentIndex().data()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(broken(), qtbot)
    yield bench
    bench.close()


def test_rows_say_all_of_it_to_screen_readers(bench: Bench) -> None:
    def spoken(text: str) -> str:
        return bench.find(text).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken("Main menu") == (
        "Main menu, Menu, 2 options, 4 exits, 2 not linked, 2 errors, 1 warning"
    )
    assert spoken("Customer calls") == "Customer calls, Inbound contact, voice, 1 exit, 1 warning"
    assert spoken("Done") == "Done, Exit, outcome · resolved"
    assert spoken("Pay a bill") == "Exit Pay a bill, Thank you, below"
    assert spoken("Other") == "Exit Other, not linked"


def test_arrows_select_on_the_canvas(bench: Bench) -> None:
    bench.go("Customer calls")
    assert bench.selection.step == "call"
    bench.press(Key.Key_Down)
    assert bench.selection.step == "menu"
    bench.press(Key.Key_Down)
    assert bench.selection.selected.links == (("menu", "pay"),)
    bench.press(Key.Key_Down)
    assert bench.selection.step == "menu", "an exit without a link stands for its step"
    assert bench.current == "Other"


def test_a_click_selects_on_the_canvas(bench: Bench, qtbot: QtBot) -> None:
    at = bench.tree.visualRect(bench.find("Thank you")).center()
    qtbot.mouseClick(bench.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.selection.step == "thanks"


def test_what_is_selected_on_the_canvas_is_selected_here(bench: Bench) -> None:
    bench.selection.select(["thanks", "lost"])
    assert {index.data() for index in bench.tree.selectedIndexes()} == {"Thank you", "<b>Lost</b>"}
    bench.selection.select(links=[("menu", "pay")])
    assert bench.current == "Pay a bill"
    bench.selection.select()
    assert bench.tree.selectedIndexes() == []


def test_several_rows_select_several_steps(bench: Bench, qtbot: QtBot) -> None:
    bench.go("Thank you")
    qtbot.keyClick(bench.tree, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert bench.selection.steps == ("thanks", "done")
    bench.press(Key.Key_Delete)
    assert bench.asked == [("delete_asked", "thanks", "done")]


def test_a_step_of_a_sub_journey_shows_its_graph(qtbot: QtBot) -> None:
    bench = Bench(with_sub_journey(), qtbot)
    bench.go("Is known")
    assert bench.selection.graph == "check"
    assert bench.selection.step == "is_known"
    bench.go("Done")
    assert bench.selection.graph is None
    bench.close()


def test_enter_opens_the_inspector(bench: Bench) -> None:
    bench.go("Main menu")
    bench.press(Key.Key_Return)
    bench.press(Key.Key_Down, Key.Key_Return)
    assert bench.asked == [("field_asked", "menu", "name"), ("field_asked", "menu", "pay")]


def test_a_double_click_opens_the_inspector(bench: Bench, qtbot: QtBot) -> None:
    at = bench.tree.visualRect(bench.find("Main menu")).center()
    qtbot.mouseClick(bench.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(bench.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.asked == [("field_asked", "menu", "name")]
    assert "Pay a bill" in bench.texts(), "it is not closed by it"


def test_f2_renames_in_place(bench: Bench, qtbot: QtBot) -> None:
    bench.go("Thank you")
    bench.press(Key.Key_F2)
    field = bench.tree.findChild(QLineEdit)
    assert field.text() == "Thank you"
    assert field.accessibleName()
    field.selectAll()
    qtbot.keyClicks(field, "Many thanks")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: bench.session.history == ["Rename step “Many thanks”"])
    assert bench.current == "Many thanks"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is bench.tree)
    bench.session.undo()
    assert bench.current == "Thank you"


def test_a_name_that_may_not_be_is_not_taken(bench: Bench, qtbot: QtBot) -> None:
    bench.go("Thank you")
    bench.press(Key.Key_F2)
    field = bench.tree.findChild(QLineEdit)
    field.clear()
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is bench.tree)
    assert bench.session.history == []
    assert bench.current == "Thank you"


def test_insert_and_slash_ask_for_a_step_after_this_one(bench: Bench) -> None:
    bench.go("Main menu")
    bench.press(Key.Key_Insert)
    bench.go("no match")
    bench.press(Key.Key_Slash)
    bench.go("Done")
    bench.press(Key.Key_Insert)
    assert bench.asked == [
        ("add_asked", "menu", "other"),
        ("add_asked", "menu", "no_match"),
        ("add_asked", "done", None),
    ]


def test_l_asks_where_the_exit_shall_lead(bench: Bench) -> None:
    bench.go("Customer calls")
    bench.press(Key.Key_L)
    bench.go("Pay a bill")
    bench.press(Key.Key_L)
    bench.go("Done")
    bench.press(Key.Key_L)  # it has no exit
    assert bench.asked == [("link_asked", "call", "arrived"), ("link_asked", "menu", "pay")]


def test_typing_a_name_finds_it_even_if_it_has_an_l(bench: Bench) -> None:
    bench.go("Done")
    bench.press(Key.Key_N, Key.Key_O, Key.Key_T, Key.Key_Space, Key.Key_L)
    assert bench.current == "Not linked yet"
    assert bench.asked == []


def test_delete_on_an_exit_unlinks_it(bench: Bench) -> None:
    bench.go("Pay a bill")
    bench.press(Key.Key_Delete)
    assert bench.session.history == ["Unlink exit “pay” of “Main menu”"]
    assert bench.current == "Pay a bill"
    bench.press(Key.Key_Delete)
    assert len(bench.session.history) == 1, "it leads nowhere already"
    assert bench.texts()[-3:] == ["Done", "<b>Lost</b>", "played"]


def test_right_follows_a_link(bench: Bench) -> None:
    bench.go("no input")
    bench.press(Key.Key_Right)
    assert bench.current == "Main menu"
    assert bench.selection.step == "menu"


def test_alt_and_arrows_put_options_in_order(bench: Bench) -> None:
    bench.go("Other")
    bench.press(Key.Key_Up, alt=True)
    assert bench.session.history == ["Move “Other” of “Main menu”"]
    assert bench.texts()[2:4] == ["Other", "Pay a bill"]
    assert bench.current == "Other"
    bench.press(Key.Key_Up, alt=True)
    bench.go("no input")
    bench.press(Key.Key_Up, alt=True)
    assert len(bench.session.history) == 1, "neither above the first nor what the type orders"


def test_the_menu_is_asked_for_by_mouse_and_key(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.panel.menu_asked) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        bench.go("Done")
        QApplication.sendEvent(bench.tree, event)
    row = bench.tree.visualRect(bench.find("Done"))
    assert bench.tree.viewport().mapFromGlobal(asked.args[0]) == row.center()


def test_what_was_closed_stays_closed_and_what_is_current_current(bench: Bench) -> None:
    bench.tree.collapse(bench.find("Main menu"))
    bench.go("Thank you")
    bench.session.do(disconnect(bench.session.document, "thanks", "played"))
    assert bench.current == "Thank you"
    assert bench.selection.step == "thanks"
    assert "Pay a bill" not in bench.texts()
    bench.tree.expand(bench.find("Main menu"))
    bench.session.undo()
    assert "Pay a bill" in bench.texts()


def test_after_a_deletion_the_row_above_is_current(bench: Bench) -> None:
    bench.go("Thank you")
    bench.session.do(remove_step(bench.session.document, "thanks"))
    assert bench.current == "no match"


def test_it_catches_up_when_it_is_shown(bench: Bench, qtbot: QtBot) -> None:
    bench.panel.hide()
    bench.session.do(connect(bench.session.document, "menu", "other", "lost"))
    bench.selection.select(["thanks"])
    bench.panel.show()
    qtbot.waitUntil(lambda: bench.texts()[-1] == "Done")
    assert "Not linked yet" not in bench.texts()
    assert bench.current == "Thank you"


def test_an_empty_journey_asks_for_a_first_step(qtbot: QtBot) -> None:
    document = broken()
    empty = document.journey.model_copy(update={"steps": [], "links": []})
    bench = Bench(document.model_copy(update={"journey": empty}), qtbot)
    button = next(b for b in bench.panel.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.asked == [("add_asked", None, None)]
    bench.close()
