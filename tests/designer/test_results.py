"""Cards and tables say what the command says, and say it to everybody."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from designer.results import KpiCards, ResultsTable, step_rows, team_rows
from designer.results.faces import Face, Tone, faces
from designer.results.rows import Row, as_text
from designer.runs import RunResults, RunSettings
from engine.document import Document, read_document
from engine.errors import WaylineError
from engine.scenarios import Target
from engine.shipped import sample_path
from simulator.cli import main
from simulator.kpis import KPIS
from simulator.report.values import shown
from tests.designer import hands
from tests.designer.journeys import with_sub_journey

WORDS = ("simulate", "bankunited", "--replications", "12", "--jobs", "1", "--by", "team", "--json")


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(sample_path("bankunited"))


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    """What the command says of the baseline and of a scenario."""
    return {name: _command(name) for name in ("", "after")}


def _command(scenario: str) -> dict[str, Any]:
    from contextlib import redirect_stdout  # noqa: PLC0415

    with redirect_stdout(io.StringIO()) as out:
        assert main([*WORDS, *(("--scenario", scenario) if scenario else ())]) == 0
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def before(told: dict[str, dict[str, Any]]) -> RunResults:
    return RunResults("a", None, RunSettings(replications=12), told[""])


@pytest.fixture
def after(told: dict[str, dict[str, Any]]) -> RunResults:
    return RunResults("b", "after", RunSettings(replications=12), told["after"])


def face(found: list[Face], kpi: str) -> Face:
    return next(one for one in found if one.kpi == kpi)


@pytest.fixture
def cards(qtbot: QtBot) -> KpiCards:
    made = KpiCards()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def texts(cards: KpiCards) -> str:
    return "\n".join(card.accessibleName() for card in cards.cards)


def test_every_number_is_that_of_the_command(
    cards: KpiCards, before: RunResults, told: dict[str, dict[str, Any]]
) -> None:
    cards.show_results(before)
    assert len(cards.cards) >= 8
    for card in cards.cards:
        said = told[""]["kpis"][card.face.kpi]
        assert card.face.value == shown(said["value"], said["unit"])
        half = shown((said["high"] - said["low"]) / 2, said["unit"])
        assert card.face.half_width.removeprefix("± ") in half
        assert card.face.value in card.accessibleName()
        assert KPIS[card.face.kpi].formula in card.accessibleDescription()
        assert KPIS[card.face.kpi].source in card.accessibleDescription()
    assert not any(card.face.change.text for card in cards.cards)


def test_changes_come_with_an_interval_or_cannot_be_told(
    before: RunResults, after: RunResults
) -> None:
    found = faces(after, before)
    better = face(found, "abandonment_rate").change
    assert better.tone is Tone.GOOD
    assert better.text.startswith("better: ▼")
    assert " points ± " in better.text
    worse = face(faces(before, after), "abandonment_rate").change
    assert worse.tone is Tone.BAD
    assert worse.text.startswith("worse: ▲")
    assert "worse, we are sure" in face(faces(before, after), "abandonment_rate").explained
    # Without a better way there is neither good nor bad.
    assert face(found, "occupancy").change.tone is Tone.PLAIN
    assert face(found, "aht").change.text == "can’t tell yet"
    same = faces(before, before)
    assert {one.change.text for one in same} == {"as before"}


def test_targets_are_kept_missed_or_open(before: RunResults) -> None:
    rate = before.kpis["abandonment_rate"]
    assert rate.low is not None
    assert rate.high is not None
    for bound, word, tone in (
        (rate.high + 0.01, "kept", Tone.GOOD),
        (rate.low - 0.01, "missed", Tone.BAD),
        ((rate.low + rate.high) / 2, "can’t tell yet", Tone.PLAIN),
    ):
        target = Target(kpi="abandonment_rate", at_most=bound)
        line = face(faces(before, targets=[target]), "abandonment_rate").target
        assert (word in line.text, line.tone) == (True, tone)
        assert "≤" in line.text
    # A KPI with a target has a card, headline or not.
    aim = Target(kpi="utilisation", at_least=0.1)
    assert "≥ 10 %" in face(faces(before, targets=[aim]), "utilisation").target.text


def test_nothing_is_concluded_while_a_run_goes_on(
    cards: KpiCards, before: RunResults, told: dict[str, dict[str, Any]]
) -> None:
    going_on = RunResults("a", None, RunSettings(), told["after"], is_whole=False)
    cards.show_results(going_on, before, [Target(kpi="asa", at_most=1)])
    assert not any(card.face.change.text or card.face.target.text for card in cards.cards)


def test_stale_results_say_so(cards: KpiCards, before: RunResults) -> None:
    cards.show_results(before)
    assert "before your change" not in texts(cards)
    picture, kept = cards.cards[0].grab().toImage(), list(cards.cards)
    cards.show_results(before, is_stale=True)
    assert texts(cards).count("From before your change") == len(cards.cards)
    assert cards.cards[0].grab().toImage() != picture
    cards.show_results(before)
    assert cards.cards[0].grab().toImage() == picture
    assert list(cards.cards) == kept


def test_cards_are_reached_by_keyboard_and_lead_on(
    qtbot: QtBot, cards: KpiCards, before: RunResults
) -> None:
    cards.show_results(before)
    hands.bring(cards)
    qtbot.waitUntil(cards.cards[1].isVisible)
    cards.cards[0].setFocus()
    hands.key(Qt.Key.Key_Tab)
    assert cards.cards[1].hasFocus()
    with qtbot.waitSignal(cards.chosen) as heard:
        hands.key(Qt.Key.Key_Return)
    assert heard.args == [cards.cards[1].face.kpi]


def test_with_nothing_to_show_it_offers_to_run(
    qtbot: QtBot, cards: KpiCards, before: RunResults
) -> None:
    cards.show_results(before)
    cards.show_results(None)
    assert cards.cards == []
    [button] = [b for b in cards.findChildren(QPushButton) if b.isVisible()]
    with qtbot.waitSignal(cards.run_asked):
        button.click()


# ---- tables


@pytest.fixture
def table(qtbot: QtBot, before: RunResults, document: Document) -> ResultsTable:
    made = ResultsTable("Steps", "Run the journey to see its steps here.")
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show_table(step_rows(before, document))
    made.show()
    qtbot.waitExposed(made)
    return made


def view(table: ResultsTable) -> QTableView:
    return table.findChild(QTableView)


def column(table: ResultsTable, number: int) -> list[str]:
    model = view(table).model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_steps_have_their_names_and_the_numbers_of_the_command(
    table: ResultsTable, told: dict[str, dict[str, Any]], document: Document
) -> None:
    said = told[""]["steps"]
    names = {step.id: step.name for step in document.journey.steps}
    assert column(table, 0) == [names[step] for step in said]
    assert column(table, 1) == [shown(row["visits"]["value"], "count") for row in said.values()]
    waits = [row["mean_wait"]["value"] for row in said.values()]
    assert column(table, 3) == ["" if one is None else shown(one, "seconds") for one in waits]


def test_teams_have_their_numbers(before: RunResults, document: Document) -> None:
    table = team_rows(before, document)
    [row] = table.rows
    assert row.name == "Advisers"
    place = [one.id for one in table.columns].index("occupancy")
    assert row.readings[place] == before.splits["team"]["advisers"]["occupancy"]
    assert row.step is None


def test_steps_in_sub_journeys_lead_to_where_they_are(before: RunResults) -> None:
    data = {**before.data, "steps": {"identify__hello": before.data["steps"]["adviser"]}}
    called = RunResults("c", None, RunSettings(), data)
    [row] = step_rows(called, with_sub_journey()).rows
    assert (row.name, row.step) == ("Identify them › Hello", "hello")


def test_it_is_sorted_with_what_has_no_value_last(table: ResultsTable) -> None:
    order = column(table, 0)
    for way in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        view(table).sortByColumn(1, way)
        visits = [float(one.replace(",", "")) for one in column(table, 1)]
        assert visits == sorted(visits, reverse=way == Qt.SortOrder.DescendingOrder)
        view(table).sortByColumn(3, way)
        assert column(table, 3)[0] != ""
        assert column(table, 3)[-1] == ""
    view(table).sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert column(table, 0) == sorted(order, key=str.casefold)
    view(table).sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert column(table, 0) == order


def test_it_is_searched_and_stays_where_it_was(
    table: ResultsTable, before: RunResults, document: Document
) -> None:
    field, model = table.findChild(QLineEdit), view(table).model()
    order = column(table, 0)
    view(table).setCurrentIndex(model.index(2, 0))
    QTest.keyClicks(field, order[2][:4].upper())
    assert order[2] in column(table, 0)
    assert len(column(table, 0)) < len(order)
    table.show_table(step_rows(before, document))
    assert view(table).currentIndex().data() == order[2]
    field.setText("no such step")
    [button] = [b for b in table.findChildren(QPushButton) if b.text() == "Show all"]
    assert button.isVisible()
    button.click()
    assert column(table, 0) == order


def test_a_row_leads_to_its_step(qtbot: QtBot, table: ResultsTable, before: RunResults) -> None:
    first, second = list(before.steps)[:2]
    hands.bring(table)
    index = view(table).model().index(1, 2)
    with qtbot.waitSignal(table.chosen) as heard:
        QTest.mouseClick(
            view(table).viewport(),
            Qt.MouseButton.LeftButton,
            pos=view(table).visualRect(index).center(),
        )
    assert heard.args == [second]
    view(table).setFocus()
    hands.key(Qt.Key.Key_Up)
    with qtbot.waitSignal(table.chosen) as heard:
        hands.key(Qt.Key.Key_Return)
    assert heard.args == [first]


def test_it_is_copied_and_saved_as_exact_as_it_is(
    table: ResultsTable, tmp_path: Path, told: dict[str, dict[str, Any]]
) -> None:
    hands.bring(table)
    view(table).setFocus()
    hands.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
    path = tmp_path / "steps.csv"
    table.save(str(path))
    saved = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert copied == saved
    for row in saved:
        said = told[""]["steps"][row["id"]]["visits"]
        assert [float(row[k]) for k in ("visits", "visits_low", "visits_high")] == [
            said[key] for key in ("value", "low", "high")
        ]
    assert next(row for row in saved if row["id"] == "call")["mean_wait"] == ""


def test_a_place_is_asked_for_and_failing_is_told(
    qtbot: QtBot, table: ResultsTable, tmp_path: Path
) -> None:
    [button] = [b for b in table.findChildren(QPushButton) if b.text() == "Save…"]
    button.click()
    dialog = table.window().findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "here.csv"))
    dialog.reject()
    assert (tmp_path / "here.csv").exists()
    with qtbot.waitSignal(table.failed) as heard:
        table.save(str(tmp_path / "no" / "folder.csv"))
    assert isinstance(heard.args[0], WaylineError)


def test_names_from_files_are_no_markup_and_no_formulas(
    table: ResultsTable, before: RunResults, document: Document
) -> None:
    rows = step_rows(before, document)
    hostile = Row("call", "=<b>1+1</b>\n\t" + "x" * 5000, rows.rows[0].readings, "call")
    shown_rows = type(rows)(rows.what, rows.columns, [hostile])
    table.show_table(shown_rows)
    index = view(table).model().index(0, 0)
    assert "\n" not in index.data()
    assert len(index.data()) <= 200
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    [row] = csv.DictReader(io.StringIO(as_text(shown_rows, [hostile], ",")))
    assert row["name"].startswith("'=")
