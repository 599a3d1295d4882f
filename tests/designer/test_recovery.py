"""After a crash, what was not saved is offered again; trouble never disturbs the editing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from designer.recovery import journal_file
from designer.recovery.journal import Journal
from designer.recovery.left_over import Recoverable, left_over
from designer.recovery.owner import Owner, this_process
from designer.session import Session
from engine.document import document_to_bytes, read_document
from engine.edits import SetField, add_step, move_steps
from engine.shipped import sample_path
from engine.steps.talk import Announcement

AT = Path("/journeys/bank.journey.json")
GONE = Owner(pid=os.getpid(), started="before", boot=this_process().boot)
"""A process that had this one's number before it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def session() -> Session:
    return Session(read_document(sample_path("bankunited")), AT)


@pytest.fixture
def journal(folder: Path, session: Session) -> Iterator[Journal]:
    """Written by a process that is gone when it is looked for."""
    journal = Journal(folder, session, "0" * 64, pause=10)
    yield journal
    journal.discard()


@pytest.fixture(autouse=True)
def _owner_is_gone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "living" not in request.fixturenames:
        monkeypatch.setattr(journal_file, "this_process", lambda: GONE)


@pytest.fixture
def living() -> None:
    """Journals are this process's own."""


def rename(name: str) -> SetField:
    return SetField("Rename the journey", "journey.name", name)


def only(folder: Path) -> Recoverable:
    (found,) = left_over(folder)
    return found


def names(folder: Path) -> list[str]:
    return [found.document.journey.name for found in left_over(folder)]


def test_what_was_not_saved_is_found_with_what_a_person_needs_to_know(
    folder: Path, session: Session, journal: Journal
) -> None:
    session.do(add_step(session.document, Announcement(id="hello", name="Hello"), (5.0, 6.0)))
    session.do(rename("Changed"))
    journal.flush()
    found = only(folder)
    assert found.document == session.document
    assert document_to_bytes(found.document) == document_to_bytes(session.document)
    assert found.saved == read_document(sample_path("bankunited"))
    assert (found.path, found.name, found.on_disk) == (AT, "bank.journey.json", "0" * 64)
    assert found.last_change == "Rename the journey"
    assert found.step_count == len(session.document.journey.steps)
    assert abs((datetime.now(UTC) - found.when).total_seconds()) < 60


def test_an_untitled_document_is_found_too(folder: Path) -> None:
    session = Session(read_document(sample_path("starter")))
    journal = Journal(folder, session)
    session.do(rename("Never saved"))
    journal.close()
    assert (only(folder).path, only(folder).name) == (None, "Never saved")


def test_a_restored_session_is_unsaved_and_can_be_undone(
    folder: Path, session: Session, journal: Journal
) -> None:
    session.do(rename("Changed"))
    session.do(move_steps(session.document, {"call": (1.0, 2.0)}))
    journal.close()
    found = only(folder)
    restored, its_journal = found.restore()
    assert restored.document == session.document
    assert restored.path == AT
    assert restored.is_changed
    assert restored.history == ["Restore unsaved changes"]
    # Only the new journal is left, and a second crash loses nothing either.
    assert not found.file.exists()
    assert only(folder).document == session.document
    restored.undo()
    assert document_to_bytes(restored.document) == document_to_bytes(found.saved)
    assert not restored.is_changed
    its_journal.discard()
    assert left_over(folder) == []
