"""Findings follow the document, in time, and without stopping the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from pytestqt.qtbot import QtBot

from designer.problems import Checker
from designer.session import Session
from engine.edits import SetField, close_exit, connect, move_steps
from engine.validation import Severity, validate
from tests.designer.journeys import broken, large


@pytest.fixture
def session() -> Session:
    return Session(broken())


@pytest.fixture
def checker(session: Session, qtbot: QtBot) -> Iterator[Checker]:
    checker = Checker(session)
    qtbot.waitUntil(lambda: checker.is_current)
    yield checker
    checker.close()


def test_it_finds_what_validation_finds(checker: Checker, session: Session) -> None:
    assert checker.findings == validate(session.document)
    assert checker.counts == {Severity.ERROR: 2, Severity.WARNING: 3}
    assert checker.counts[Severity.HINT] == 0
    assert [finding.field for finding in checker.by_step["menu"]] == ["other", "no_match", None]
    assert "done" not in checker.by_step


def test_it_tells_of_other_findings_after_a_change(
    checker: Checker, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(checker.findings_changed):
        session.do(close_exit(session.document, "menu", "other"))
        assert not checker.is_current
    assert checker.counts[Severity.ERROR] == 1
    with qtbot.waitSignal(checker.findings_changed):
        session.undo()
    assert checker.counts[Severity.ERROR] == 2


def test_the_newest_document_wins(checker: Checker, session: Session, qtbot: QtBot) -> None:
    told = []
    checker.findings_changed.connect(lambda: told.append(checker.counts[Severity.ERROR]))
    for exit_name in ("other", "no_match"):
        session.do(close_exit(session.document, "menu", exit_name))
    qtbot.waitUntil(lambda: checker.is_current)
    assert told == [0], "what was done in one go is checked once"


def test_a_result_that_is_overtaken_is_not_told(qtbot: QtBot) -> None:
    session = Session(large(400))
    checker = Checker(session)
    told = []
    checker.findings_changed.connect(lambda: told.append(list(checker.findings)))
    # The first check is under way, and its result comes after this change.
    session.do(connect(session.document, "s0", "arrived", None))
    qtbot.waitUntil(lambda: checker.is_current)
    assert told == [validate(session.document)]
    checker.close()


def test_who_goes_on_changing_is_told_all_the_same(session: Session, qtbot: QtBot) -> None:
    checker = Checker(session)
    qtbot.waitUntil(lambda: checker.is_current)
    told: list[int] = []
    checker.findings_changed.connect(lambda: told.append(len(checker.findings)))
    typing = QTimer()
    typing.setInterval(40)

    def type_on() -> None:
        at = "journey.steps.menu.note"
        session.do(SetField("Type", at, f"{len(session.history)}"), together="typing")

    typing.timeout.connect(type_on)
    typing.start()
    session.do(close_exit(session.document, "menu", "other"))
    qtbot.waitUntil(lambda: bool(told))
    assert typing.isActive()
    typing.stop()
    qtbot.waitUntil(lambda: checker.is_current)
    checker.close()


def test_moving_steps_needs_no_check(checker: Checker, session: Session) -> None:
    session.do(move_steps(session.document, {"menu": (5.0, 5.0)}))
    assert checker.is_current


def test_the_same_findings_are_not_told_again(
    checker: Checker, session: Session, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(checker.findings_changed):
        session.do(SetField("Rename", "journey.name", "Another"))
        qtbot.waitUntil(lambda: checker.is_current)


def test_that_there_are_no_findings_is_told_as_well(qtbot: QtBot) -> None:
    session = Session(broken())
    empty = session.document.journey.model_copy(update={"steps": [], "links": []})
    session.do(SetField("Clear", "journey", empty))
    checker = Checker(session)
    assert not checker.is_ready
    with qtbot.waitSignal(checker.findings_changed):
        pass
    assert checker.is_ready
    checker.close()


def test_closed_while_it_checks_it_says_nothing_more(session: Session, qtbot: QtBot) -> None:
    checker = Checker(session)
    with qtbot.assertNotEmitted(checker.findings_changed):
        checker.close()
        session.do(close_exit(session.document, "menu", "other"))
        QThreadPool.globalInstance().waitForDone()
        qtbot.waitUntil(lambda: QThreadPool.globalInstance().activeThreadCount() == 0)
