"""Problems are listed, lead to where they are, and are mended at a click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from designer.problems import Checker, ProblemsPanel
from designer.selection import Selection
from designer.session import Session
from designer.theme import look
from engine.document import Document
from engine.edits import Edit, SetField, Splice, close_exit, connect
from engine.validation import Finding, Severity
from tests.designer.journeys import broken, large, sound, with_sub_journey


@dataclass(frozen=True)
class Way:
    label: str
    edit: Edit


def ways(document: Document, finding: Finding) -> list[Way]:
    """Mend an exit that leads nowhere, as long as it does."""
    if finding.code != "W101" or finding.step is None or finding.field is None:
        return []
    links = {(link.from_, link.exit) for link in document.journey.links}
    if (finding.step, finding.field) in links:
        return []
    close = close_exit(document, finding.step, finding.field)
    link = connect(document, finding.step, finding.field, "done")
    return [Way("Close the exit", close), Way("Link it to “Done” & go", link)]


class Bench:
    """A panel with all that it works with."""

    def __init__(self, document: Document, qtbot: QtBot) -> None:
        self.session = Session(document)
        self.selection = Selection(self.session)
        self.checker = Checker(self.session)
        self.panel = ProblemsPanel(self.checker, self.session, self.selection, ways)
        qtbot.addWidget(self.panel)
        self.panel.resize(900, 300)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.qtbot = qtbot
        self.asked: list[tuple[object, object]] = []
        self.selection.field_asked.connect(lambda *where: self.asked.append(where))
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.checker.is_current)

    def close(self) -> None:
        self.checker.close()
        self.selection.close()

    @property
    def list(self) -> QListView:
        return self.panel.findChild(QListView)

    def row(self, number: int) -> QModelIndex:
        return self.list.model().index(number, 0)

    @property
    def rows(self) -> list[str]:
        return [self.row(n).data() for n in range(self.list.model().rowCount())]

    def button(self, text: str) -> QPushButton:
        buttons = self.panel.findChildren(QPushButton)
        return next(b for b in buttons if b.isVisible() and b.accessibleName() == text)

    def click(self, text: str) -> None:
        self.qtbot.mouseClick(self.button(text), Qt.MouseButton.LeftButton)
        self.wait()

    def toggle(self, severity: Severity) -> None:
        name = f"Show {severity}s: {self.checker.counts[severity]}"
        buttons = self.panel.findChildren(QToolButton)
        button = next(b for b in buttons if b.accessibleName() == name)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(broken(), qtbot)
    yield bench
    bench.close()


def test_it_lists_the_worst_first(bench: Bench) -> None:
    assert len(bench.rows) == 5
    assert bench.rows[0] == "“Main menu” leads nowhere by its exit “other”."
    spoken = bench.row(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Error: {bench.rows[0]} Main menu › Other"


def test_a_click_goes_to_the_step_and_the_field(bench: Bench, qtbot: QtBot) -> None:
    area = bench.list.visualRect(bench.row(1))
    qtbot.mouseClick(bench.list.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert bench.asked == [("menu", "no_match")]
    assert bench.selection.step == "menu"


def test_enter_goes_there_as_well(bench: Bench, qtbot: QtBot) -> None:
    bench.list.setFocus()
    qtbot.keyClick(bench.list, Qt.Key.Key_Down)
    assert bench.asked == []
    qtbot.keyClick(bench.list, Qt.Key.Key_Return)
    assert bench.asked == [("menu", "no_match")]


def test_a_problem_in_a_sub_journey_shows_it(qtbot: QtBot) -> None:
    bench = Bench(with_sub_journey(), qtbot)
    number = next(n for n, row in enumerate(bench.rows) if "Is unknown" in row)
    bench.list.setCurrentIndex(bench.row(number))
    qtbot.keyClick(bench.list, Qt.Key.Key_Return)
    assert bench.selection.graph == "check"
    assert bench.selection.step == "is_unknown"
    bench.close()


def test_a_fix_is_one_edit_and_goes_with_its_problem(bench: Bench) -> None:
    bench.click("Close the exit")
    assert bench.session.history == ["Close exit “other” of “Main menu”"]
    assert bench.rows[0] == "“Main menu” leads nowhere by its exit “no_match”."
    assert bench.list.currentIndex().row() == 0
    assert QApplication.focusWidget() is bench.list, "the button is gone, the focus is not"
    bench.session.undo()
    bench.wait()
    assert len(bench.rows) == 5


def test_a_mend_that_has_an_ampersand_keeps_it(bench: Bench) -> None:
    assert bench.button("Link it to “Done” & go").text().endswith("&& go")


def test_all_of_a_kind_are_fixed_as_one(bench: Bench) -> None:
    bench.click("Fix all 2 of this kind: Link it to “Done” & go")
    assert len(bench.session.history) == 1
    links = {(link.from_, link.exit): link.to for link in bench.session.document.journey.links}
    assert links["menu", "other"] == links["menu", "no_match"] == "done"
    assert not [row for row in bench.rows if "leads nowhere" in row]
    bench.session.undo()
    assert len(bench.session.document.journey.links) == 5


def test_a_problem_that_is_gone_meanwhile_is_not_mended_again(bench: Bench) -> None:
    # The check of this change has not come back yet, so the buttons are still there.
    bench.session.do(close_exit(bench.session.document, "menu", "other"))
    bench.qtbot.mouseClick(bench.button("Close the exit"), Qt.MouseButton.LeftButton)
    assert len(bench.session.history) == 1
    bench.wait()


def test_a_mend_that_fails_says_why_and_changes_nothing(qtbot: QtBot) -> None:
    session = Session(broken())
    checker, selection = Checker(session), Selection(session)

    def badly(_document: Document, _finding: Finding) -> list[Way]:
        return [Way("Try", Splice("Try", "journey.links", 99, 1, ()))]

    panel = ProblemsPanel(checker, session, selection, badly)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: checker.is_current)
    button = next(b for b in panel.findChildren(QPushButton) if b.accessibleName() == "Try")
    button.click()
    assert session.history == []

    def said() -> str:
        return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())

    qtbot.waitUntil(lambda: "it changed in the meantime: try again." in said())
    checker.close()
    selection.close()


def test_the_filter_looks_for_words_and_severities(bench: Bench, qtbot: QtBot) -> None:
    field = bench.panel._filter._field
    qtbot.keyClicks(field, "MENU nowhere")
    assert len(bench.rows) == 2
    field.setText("no such thing")
    assert bench.rows == []
    bench.click("Show all")
    assert len(bench.rows) == 5
    bench.toggle(Severity.WARNING)
    assert len(bench.rows) == 2
    bench.toggle(Severity.ERROR)
    assert bench.rows == []


def test_where_it_is_can_be_searched_for_in_the_designers_words(bench: Bench) -> None:
    bench.panel._filter._field.setText("other main")
    assert bench.rows == ["“Main menu” leads nowhere by its exit “other”."]


def test_a_step_can_be_shown_whatever_is_filtered(bench: Bench) -> None:
    bench.toggle(Severity.WARNING)
    bench.panel.show_step("lost")
    assert bench.list.currentIndex().data() == "No way leads to “<b>Lost</b>”."


def test_without_problems_it_says_so(qtbot: QtBot) -> None:
    bench = Bench(sound(), qtbot)
    assert bench.rows == []
    assert not bench.list.isVisible()
    said = [label.text() for label in bench.panel.findChildren(QLabel) if label.isVisible()]
    assert "No problems. The journey can be simulated and exported." in said
    bench.close()


def test_the_current_problem_stays_current_when_others_go(bench: Bench) -> None:
    bench.list.setCurrentIndex(bench.row(4))
    before = bench.list.currentIndex().data()
    bench.session.do(close_exit(bench.session.document, "menu", "other"))
    bench.wait()
    assert bench.list.currentIndex().data() == before


def test_markup_in_a_name_is_painted_as_text(bench: Bench) -> None:
    bench.panel.show_step("lost")
    assert "<b>" not in bench.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    plain = pixels(bench)
    bench.session.do(SetField("Rename", "journey.steps.lost.name", "Lost"))
    bench.wait()
    assert pixels(bench) != plain


def pixels(bench: Bench) -> bytes:
    shot: QPixmap = bench.list.grab(bench.list.visualRect(bench.list.currentIndex()))
    return bytes(shot.toImage().constBits())


def test_it_can_be_walked_by_tab_and_every_stop_has_a_name(bench: Bench) -> None:
    seen = []
    for _ in range(12):
        bench.qtbot.keyClick(QApplication.focusWidget() or bench.panel, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        assert widget.accessibleName(), widget
        seen.append(widget)
    assert bench.list in seen
    assert bench.button("Close the exit") in seen


def test_it_follows_colours_and_text_size(bench: Bench, qapp: QApplication) -> None:
    row = bench.list.visualRect(bench.row(0)).height()
    look.apply(qapp, "dark", 2.0)
    try:
        assert bench.list.visualRect(bench.row(0)).height() > 1.7 * row
        assert not bench.panel.grab().isNull()
    finally:
        look.apply(qapp, "light")


def test_thousands_of_findings_are_listed_at_once(qtbot: QtBot) -> None:
    bench = Bench(large(3000), qtbot)
    bench.list.setCurrentIndex(bench.row(1000))
    assert len(bench.rows) > 2000
    words = bench.panel._filter._field
    words.setText("number 2999")
    assert 0 < len(bench.rows) < 10
    bench.close()
