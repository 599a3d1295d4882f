"""What is typed becomes one undoable edit, and what is wrong stays out of the journey."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.inspector.panel import Inspector
from designer.inspector.shown import ASSUMPTIONS
from designer.session import Session
from engine.document import read_document
from engine.edits import SetField, add_step
from engine.shipped import sample_path
from engine.steps.people import HumanAgent
from engine.steps.time import Wait
from tests.designer.inspector_hands import (
    adviser,
    line,
    opened,
    shown_inspector,
    write,
)

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
DEMAND = ("demand", "retail")


@pytest.fixture
def session() -> Session:
    return Session(read_document(sample_path("bankunited")))


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Iterator[Inspector]:
    inspector = shown_inspector(session, qtbot)
    yield inspector
    inspector.stop_listening()


def test_what_is_typed_is_taken_back_at_once_and_until_the_field_is_left(
    session: Session, inspector: Inspector
) -> None:
    page = opened(inspector, "adviser")
    field = line(page, "capacity")
    assert field.placeholderText() == "unlimited"
    QTest.keyClicks(field, "120")
    assert adviser(session).capacity == 120
    assert session.history == ["Change queue capacity of “Adviser”"]
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(field, "5")
    assert len(session.history) == 2
    QTest.keyClick(field, Key.Key_Z, Ctrl)
    assert (field.text(), adviser(session).capacity) == ("120", 120)
    QTest.keyClick(field, Key.Key_Z, Ctrl)
    assert (field.text(), adviser(session).capacity) == ("", None)
    QTest.keyClick(field, Key.Key_Y, Ctrl)
    assert (field.text(), adviser(session).capacity) == ("120", 120)


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("priority", "12", "It must be between 1 and 9."),
        ("priority", "1.5", "Only whole numbers can stand here."),
        ("priority", "", "Something must stand here."),
        ("capacity", "many", "“many” is no number."),
        ("max_wait", "3 mn", "“3 mn” is no duration: write it like 90, 90 s, 3 min or 1 h 30 min."),
        ("max_wait", "20 years", "“20 years” is no duration"),
        ("max_wait", "9000 days", "It must be at most 3660 days."),
    ],
)
def test_what_is_wrong_stays_out_and_is_said(
    session: Session, inspector: Inspector, field: str, text: str, problem: str
) -> None:
    page = opened(inspector, "adviser")
    start, edit = adviser(session), line(page, field)
    before = edit.text()
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_Delete)
    QTest.keyClicks(edit, text)
    row = page.form.rows[field]
    assert row.message.startswith(problem)
    assert edit.property("wrong")
    QTest.keyClick(edit, Key.Key_Tab)
    assert adviser(session) == start
    assert edit.text() == text
    QTest.keyClick(edit, Key.Key_Escape)
    assert row.message == ""
    assert not edit.property("wrong")
    assert adviser(session) == start
    assert edit.text() == before


def test_durations_and_shares_are_written_as_people_do(
    session: Session, inspector: Inspector
) -> None:
    wait = line(opened(inspector, "adviser"), "max_wait")
    for text, seconds, said in [
        ("90", 90, "1 min 30 s"),
        ("3 min", 180, "3 min"),
        ("1 h 30 min", 5400, "1 h 30 min"),
        ("0,5 h", 1800, "30 min"),
        ("1:00:05", 3605, "1 h 5 s"),
        ("2 days", 172_800, "2 days"),
    ]:
        write(wait, text)
        assert adviser(session).max_wait == seconds
        QTest.keyClick(wait, Key.Key_Return)
        assert wait.text() == said
    share = line(opened(inspector, "adviser", ASSUMPTIONS), "transfer")
    for text in ("16", "16 %", "16,0%"):
        write(share, text)
        QTest.keyClick(share, Key.Key_Return)
        assert share.text() == "16 %"
    assert session.document.assumptions.steps["adviser"].model_dump()["transfer"] == 0.16


def test_escape_takes_back_what_was_typed_since_the_last_stop(
    session: Session, inspector: Inspector
) -> None:
    field = line(opened(inspector, "adviser"), "priority")
    write(field, "7")
    QTest.keyClick(field, Key.Key_Escape)
    assert (field.text(), adviser(session).priority) == ("5", 5)


def test_a_wrong_text_does_not_wander_to_another_step(
    session: Session, inspector: Inspector
) -> None:
    session.do(add_step(session.document, HumanAgent(id="second", name="Second")))
    page = opened(inspector, "adviser")
    write(line(page, "capacity"), "abc")
    page = opened(inspector, "second")
    assert line(page, "capacity").text() == ""
    assert page.form.rows["capacity"].message == ""


def test_changes_from_elsewhere_are_shown_without_losing_cursor_and_focus(
    session: Session, inspector: Inspector
) -> None:
    page = opened(inspector, "adviser")
    field = line(page, "treatment")
    write(field, "Soft music")
    field.setCursorPosition(4)
    session.do(SetField("Elsewhere", "journey.steps.adviser.priority", 2))
    assert line(page, "priority").text() == "2"
    assert field.hasFocus()
    assert (field.text(), field.cursorPosition()) == ("Soft music", 4)
    QTest.keyClicks(field, "er")
    assert adviser(session).treatment == "Softer music"


def test_a_time_of_day_takes_the_place_of_a_duration(
    session: Session, inspector: Inspector
) -> None:
    session.do(add_step(session.document, Wait(id="pause", name="Pause", duration=60)))
    page = opened(inspector, "pause")
    start = session.document
    write(line(page, "until"), "9:30")
    wait = next(one for one in session.document.journey.steps if one.id == "pause")
    assert isinstance(wait, Wait)
    assert (wait.duration, wait.until) == (None, "09:30")
    assert line(page, "duration").text() == ""
    field = line(page, "until")
    field.clear()
    field.textEdited.emit("")
    assert "exactly one" in page.form.rows["until"].message
    assert page.form.rows["until"].message.endswith("So far it is not in the journey.")
    write(line(page, "duration"), "5 min")
    assert page.form.rows["until"].message == ""
    wait = next(one for one in session.document.journey.steps if one.id == "pause")
    assert isinstance(wait, Wait)
    assert (wait.duration, wait.until) == (300, None)
    session.go_to(1)
    assert session.document == start
