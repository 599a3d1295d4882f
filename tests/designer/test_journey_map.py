"""The map page: what is expected, and what simulated customers felt; by keys, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from designer.journey_map import MapPage
from designer.journey_map.sheets import print_sheet, save_sheet
from designer.journey_map.table import MapTable
from designer.runs import Runs, RunSettings
from designer.selection import Selection
from designer.session import Session
from engine.document import Document, read_document
from engine.edits import replace_step
from engine.errors import SaveError
from engine.journey import Journey
from engine.shipped import sample_path
from engine.steps.talk import Announcement
from simulator.experiment import Settings
from simulator.journey_map.model import JourneyMap
from simulator.journey_map.rows import signed
from simulator.journey_map.simulated import simulated_map
from tests.designer import hands

WAIT = 60_000


@pytest.fixture(scope="module")
def patient() -> Document:
    return read_document(sample_path("patient_journey"))


@pytest.fixture(scope="module")
def simulated(patient: Document) -> JourneyMap:
    found = simulated_map(patient, Settings(replications=2))
    assert found is not None
    return found


class Desk:
    """A page with all that it follows."""

    def __init__(self, qtbot: QtBot, document: Document) -> None:
        self.session = Session(document)
        self.selection = Selection(self.session)
        self.runs = Runs(self.session)
        self.page = MapPage(self.session, self.selection, self.runs)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 760)
        self.page.show()
        qtbot.waitExposed(self.page)
        hands.bring(self.page)

    def close(self) -> None:
        self.page.close_panel()
        self.runs.close()
        self.selection.close()


@pytest.fixture
def desk(qtbot: QtBot, patient: Document) -> Iterator[Desk]:
    made = Desk(qtbot, patient)
    yield made
    made.close()


@pytest.fixture
def table(qtbot: QtBot, simulated: JourneyMap) -> MapTable:
    made = MapTable()
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show_map(simulated, is_stale=False)
    made.show()
    qtbot.waitExposed(made)
    hands.bring(made)
    made.setFocus()
    return made


def cell(table: MapTable, row: str, step: str) -> QModelIndex:
    model = table.map_model
    return model.index(model.row_of(row), model.column_of(step))


def said(table: MapTable, row: str, step: str) -> str:
    return str(cell(table, row, step).data(Qt.ItemDataRole.AccessibleTextRole))


def test_before_a_run_it_shows_what_is_expected_and_asks_for_a_run(
    qtbot: QtBot, desk: Desk
) -> None:
    page = desk.page
    assert page.said == "Run to see what simulated customers experience."
    assert page.table.map_model.row_of("felt") == -1
    assert said(page.table, "expected", "assistant") == "Portal assistant, Expected emotion: +1"
    assert said(page.table, "owner", "nurse") == "Nurse on the portal chat, Owner: Digital care"
    with qtbot.waitSignal(page.run_asked):
        qtbot.mouseClick(page.run, Qt.MouseButton.LeftButton)


def test_a_run_brings_what_the_command_says_a_change_greys_it_and_undo_brings_it_back(
    qtbot: QtBot, desk: Desk, simulated: JourneyMap
) -> None:
    page, model = desk.page, desk.page.table.map_model
    desk.runs.start(RunSettings(replications=2, jobs=1))
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.run is not None, timeout=WAIT)
    assert page.shown == simulated
    assert page.run.isHidden()
    assert page.said.startswith("Simulated: 2 replications, 95 % intervals, seed 1")
    assert not model.is_stale
    session = desk.session
    nurse = next(s for s in session.document.journey.steps if s.id == "nurse")
    session.do(replace_step(session.document, nurse.model_copy(update={"name": "A nurse"})))
    qtbot.waitUntil(lambda: model.is_stale)
    assert page.said.startswith("From before your change.")
    assert page.run.isVisible()
    assert said(page.table, "step", "nurse") == "A nurse, Prepare the visit"
    assert cell(page.table, "felt", "nurse").data().startswith(signed(felt(simulated, "nurse"), 2))
    session.undo()
    qtbot.waitUntil(lambda: not model.is_stale)
    assert page.shown == simulated


def felt(of: JourneyMap, step: str) -> float:
    found = next(one for one in of.steps if one.id == step).felt
    assert found is not None
    return found.value


def test_a_page_that_closes_while_it_asks_leaves_nothing(qtbot: QtBot, patient: Document) -> None:
    desk = Desk(qtbot, patient)
    desk.runs.start(RunSettings(replications=1, jobs=1))
    qtbot.waitUntil(lambda: "step by step" in desk.page.said, timeout=WAIT)
    desk.close()


def test_a_journey_that_cannot_be_simulated_says_so(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designer.journey_map.asked._words", lambda _: ["map", "-", "--nonsense"])
    with qtbot.waitSignal(desk.page.failed, timeout=WAIT):
        desk.runs.start(RunSettings(replications=1, jobs=1))
    qtbot.waitUntil(lambda: "step by step" not in desk.page.said)
    assert desk.page.shown is not None
    assert desk.page.shown.run is None


def test_arrows_go_from_cell_to_cell_and_enter_leads_to_the_step(
    qtbot: QtBot, table: MapTable
) -> None:
    table.setCurrentIndex(cell(table, "step", "call"))
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Down)
    assert table.map_model.step_at(table.currentIndex()) == "scheduler"
    with qtbot.waitSignal(table.chosen) as caught:
        hands.key(Qt.Key.Key_Return)
    assert caught.args == ["scheduler"]


def test_the_selection_follows_the_map_and_the_map_the_selection(desk: Desk) -> None:
    table = desk.page.table
    table.setFocus()
    table.setCurrentIndex(cell(table, "owner", "nurse"))
    assert desk.selection.step == "nurse"
    desk.selection.select(["call"])
    assert table.currentIndex() == cell(table, "owner", "call")


def test_plus_and_minus_change_what_is_expected_and_undo_takes_it_back(
    qtbot: QtBot, desk: Desk
) -> None:
    table, session = desk.page.table, desk.session
    table.setFocus()
    table.setCurrentIndex(cell(table, "expected", "call"))

    def emotion() -> int | None:
        return next(s for s in session.document.journey.steps if s.id == "call").emotion

    for _ in range(3):
        hands.keys("-")
    assert emotion() == -2
    qtbot.waitUntil(lambda: cell(table, "expected", "call").data() == "−2")
    assert table.currentIndex() == cell(table, "expected", "call")
    hands.keys("+")
    assert emotion() == -1
    session.undo()
    assert emotion() is None


def test_every_cell_is_told_in_words(table: MapTable, simulated: JourneyMap) -> None:
    number = signed(felt(simulated, "nurse"))
    assert said(table, "curve", "nurse").endswith(f"expected 0, simulated {number}")
    assert "must tell again" in said(table, "pains", "nurse")
    model = table.map_model
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            assert model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert table.accessibleName() == "Journey map"


def test_stages_stand_over_their_steps(table: MapTable, patient: Document) -> None:
    names = [stage.name for stage in patient.journey.stages]
    first = [table.map_model.index(0, at).data() for at, _ in table.map_model.stages()]
    assert first == [*names, "Without a stage"]
    assert table.columnSpan(0, 0) == 5


def test_the_coefficients_are_one_step_away(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.selection.field_asked) as caught:
        qtbot.mouseClick(desk.page._coefficients, Qt.MouseButton.LeftButton)
    assert caught.args == [None, "assumptions/experience"]


def test_a_journey_without_steps_has_an_empty_map(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Document(journey=Journey(id="none", name="None")))
    assert not desk.page.table.isVisible()
    assert not desk.page.export.isEnabled()
    desk.close()


def test_long_and_hostile_names_are_text_and_stay_in_their_cells(qtbot: QtBot) -> None:
    name = "<img src=x onerror=alert(1)>" + "W" * 150
    steps = [Announcement(id=f"s{n}", name=name, touchpoint=name) for n in range(40)]
    desk = Desk(qtbot, Document(journey=Journey(id="many", name=name, steps=steps)))
    table = desk.page.table
    assert table.map_model.columnCount() == 40
    index = cell(table, "step", "s1")
    assert index.data() == name
    assert "&lt;img" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert table.columnWidth(0) < 200
    assert table.rowHeight(1) < 300
    desk.close()


# ---- on paper and in files


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("html", b"<!doc"), ("svg", b"<svg")],
)
def test_it_is_exported(simulated: JourneyMap, tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"map.{ending}"
    save_sheet(simulated, path)
    assert path.read_bytes().startswith(begins)
    assert len(path.read_bytes()) > 5000


def test_what_cannot_be_saved_is_told(
    qtbot: QtBot, desk: Desk, tmp_path: Path, simulated: JourneyMap
) -> None:
    with pytest.raises(SaveError):
        save_sheet(simulated, tmp_path / "map.docx")
    qtbot.mouseClick(desk.page.export, Qt.MouseButton.LeftButton)
    dialog = desk.page.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(desk.page.failed):
        dialog.fileSelected.emit(str(tmp_path / "missing" / "map.pdf"))
    with qtbot.waitSignal(desk.page.told) as caught:
        dialog.fileSelected.emit(str(tmp_path / "map.pdf"))
    assert caught.args == [f"The journey map is saved as {tmp_path / 'map.pdf'}."]
    dialog.close()


def test_it_is_printed(qtbot: QtBot, desk: Desk, tmp_path: Path, simulated: JourneyMap) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_sheet(simulated, printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 5000
    qtbot.mouseClick(desk.page.print, Qt.MouseButton.LeftButton)
    dialog = desk.page.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("row", ["curve", "pains", "stage"])
def test_the_rows_are_drawn(table: MapTable, row: str) -> None:
    """What is drawn in a cell has more than one colour."""
    index = cell(table, row, "assistant")
    table.scrollTo(index)
    picture = table.viewport().grab(table.visualRect(index)).toImage()
    colours = {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert len(colours) > 4
