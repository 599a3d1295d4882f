"""After a crash, what was not saved is offered again; trouble never disturbs the editing."""

from __future__ import annotations

import contextlib
import os
import resource
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot

from designer.recovery import journal_file
from designer.recovery.journal import Journal, recovery_folder
from designer.recovery.left_over import Recoverable, left_over
from designer.recovery.owner import Owner, is_alive, started_by_ps, this_process
from designer.session import Session
from designer.whole_document import become
from engine.document import Document, document_to_bytes, read_document, write_document
from engine.edits import SetField, add_step, move_steps
from engine.journey import Journey
from engine.shipped import sample_path
from engine.steps.talk import Announcement

AT = Path("/journeys/bank.journey.json")
BEFORE_US = Owner(pid=os.getpid(), started="before", boot=this_process().boot)
"""A process that is gone, and whose number is now this one's."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def session() -> Session:
    return Session(read_document(sample_path("bankunited")), AT)


@pytest.fixture(autouse=True)
def _gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes journals here is gone when they are looked for."""
    monkeypatch.setattr(journal_file, "this_process", lambda: BEFORE_US)


@pytest.fixture
def journal(folder: Path, session: Session) -> Iterator[Journal]:
    journal = Journal(folder, session, "0" * 64, pause=10)
    yield journal
    journal.discard()


def rename(name: str) -> SetField:
    return SetField("Rename the journey", "journey.name", name)


def only(folder: Path) -> Recoverable:
    (found,) = left_over(folder)
    return found


def names(folder: Path) -> list[str]:
    return [found.document.journey.name for found in left_over(folder)]


# ---- found again


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


def test_a_name_that_is_no_text_is_found_again(folder: Path) -> None:
    path = Path(os.fsdecode(b"/journeys/\xff 100%.json"))
    session = Session(read_document(sample_path("starter")), path)
    journal = Journal(folder, session)
    session.do(rename("Changed"))
    journal.close()
    assert only(folder).path == path


def test_the_newest_is_offered_first_and_any_can_be_forgotten(folder: Path) -> None:
    for name in ("a", "b", "c"):
        session = Session(read_document(sample_path("starter")))
        journal = Journal(folder, session)
        session.do(rename(name))
        journal.close()
    assert sorted(names(folder)) == ["a", "b", "c"]
    moments = [found.when for found in left_over(folder)]
    assert moments == sorted(moments, reverse=True)
    next(found for found in left_over(folder) if found.document.journey.name == "b").discard()
    assert sorted(names(folder)) == ["a", "c"]


def test_a_clock_that_went_back_hides_nothing(
    folder: Path, session: Session, journal: Journal
) -> None:
    session.do(rename("From the future"))
    journal.close()
    os.utime(journal.file, (4e9, 4e9))
    assert names(folder) == ["From the future"]


def test_what_was_saved_just_before_the_crash_is_not_offered(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.journey.json"
    session = Session(read_document(sample_path("starter")), path)
    journal = Journal(folder, session)
    session.do(rename("Saved"))
    journal.close()
    write_document(path, session.document)
    assert left_over(folder) == []
    assert list(folder.iterdir()) == []


# ---- what is on disk, and when


def test_nothing_is_on_disk_while_nothing_is_unsaved(
    folder: Path, session: Session, journal: Journal
) -> None:
    journal.flush()
    assert not folder.exists()
    session.do(rename("A"))
    journal.flush()
    assert names(folder) == ["A"]
    session.undo()
    journal.flush()
    assert list(folder.iterdir()) == []
    session.redo()
    journal.flush()
    assert names(folder) == ["A"]


@pytest.mark.usefixtures("journal")
def test_the_first_change_is_written_at_once_and_later_ones_soon(
    folder: Path, session: Session, qtbot: QtBot
) -> None:
    session.do(rename("A"))
    session.do(rename("B"))
    session.do(rename("C"))
    qtbot.waitUntil(lambda: names(folder) == ["C"])
    session.do(rename("D"))
    qtbot.waitUntil(lambda: names(folder) == ["D"])


def test_after_saving_it_begins_anew(folder: Path, session: Session, journal: Journal) -> None:
    session.do(rename("Saved"))
    journal.flush()
    session.was_saved(Path("/journeys/other.journey.json"))
    journal.was_saved("1" * 64)
    assert list(folder.iterdir()) == []
    session.do(rename("Changed"))
    journal.flush()
    found = only(folder)
    assert found.path == Path("/journeys/other.journey.json")
    assert found.on_disk == "1" * 64
    assert (found.saved.journey.name, found.document.journey.name) == ("Saved", "Changed")


def test_what_is_discarded_is_gone_and_what_is_closed_unchanged_too(
    folder: Path, session: Session, journal: Journal
) -> None:
    session.do(rename("A"))
    journal.discard()
    session.do(rename("Nobody listens"))
    assert list(folder.iterdir()) == []
    other = Journal(folder, session)
    other.close()
    assert list(folder.iterdir()) == []


def test_nobody_else_can_read_it(folder: Path, session: Session, journal: Journal) -> None:
    session.do(rename("A"))
    journal.flush()
    session.do(rename("B"))
    journal.flush()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_a_long_session_keeps_it_short(
    folder: Path, session: Session, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "_MOST_CHANGES", 5)
    for number in range(23):
        session.do(rename(f"Number {number}"))
        journal.flush()
        assert names(folder) == [f"Number {number}"]
    assert journal.file.read_bytes().count(b"\n") <= 2 + 5
    assert only(folder).saved == read_document(sample_path("bankunited"))


def test_a_change_costs_its_own_size(session: Session, journal: Journal) -> None:
    session.do(rename("A"))
    journal.flush()
    before = journal.file.stat().st_size
    session.do(rename("B"))
    journal.flush()
    assert journal.file.stat().st_size - before < 500 < before


# ---- trouble


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A journal in which a tiny document is renamed to 1, 2 and 3."""
    folder = tmp_path_factory.mktemp("small")
    session = Session(Document(journey=Journey(id="j", name="0")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal_file, "this_process", lambda: BEFORE_US)
        journal = Journal(folder, session)
        for name in "123":
            session.do(rename(name))
            journal.flush()
        journal.close()
    return journal.file.read_bytes()


def names_in(file: Path, data: bytes) -> list[str]:
    file.write_bytes(data)
    return names(file.parent)


def expected(whole_lines: int) -> list[str]:
    """Names found if so many lines are whole: whose it is, the base, and the changes."""
    return [str(whole_lines - 2)] if whole_lines > 2 else []


def test_torn_at_any_byte_what_stands_before_is_found(small: bytes, tmp_path: Path) -> None:
    for size in range(len(small)):
        whole = small.count(b"\n", 0, size)
        assert names_in(tmp_path / "a.journal", small[:size]) == expected(whole), size


def test_garbled_at_any_byte_what_stands_before_is_found(small: bytes, tmp_path: Path) -> None:
    for at in range(len(small)):
        garbled = bytearray(small)
        garbled[at] ^= 1 << at % 8
        whole = small.count(b"\n", 0, at)
        assert names_in(tmp_path / "a.journal", bytes(garbled)) == expected(whole), at


def test_what_is_no_journal_is_left_alone(folder: Path, small: bytes) -> None:
    assert left_over(folder / "absent") == []
    folder.mkdir()
    (folder / "folder.journal").mkdir()
    os.mkfifo(folder / "pipe.journal")
    (folder / "empty.journal").touch()
    (folder / "link.journal").symlink_to(folder / "nowhere")
    (folder / "other.txt").write_text("x", encoding="utf-8")
    (folder / "good.journal").write_bytes(small)
    assert names(folder) == ["3"]
    assert len(list(folder.iterdir())) == 6


def test_where_nothing_can_be_written_it_is_told_once_and_editing_goes_on(
    folder: Path, session: Session, journal: Journal
) -> None:
    told: list[str] = []
    journal.failed.connect(told.append)
    folder.touch()  # a file where the folder should be
    for name in "ABC":
        session.do(rename(name))
        journal.flush()
    assert session.document.journey.name == "C"
    (message,) = told
    assert "file exists" in message.lower()
    folder.unlink()
    session.do(rename("D"))
    journal.flush()
    assert names(folder) == ["D"]
    assert len(told) == 1


@contextlib.contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_disk_that_is_full_half_way_costs_only_what_did_not_fit(
    folder: Path, session: Session, journal: Journal, qtbot: QtBot
) -> None:
    session.do(rename("A"))
    journal.flush()
    with qtbot.waitSignal(journal.failed), disk_full_at(journal.file.stat().st_size + 20):
        session.do(rename("B" * 200))
        journal.flush()
    assert names(folder) == ["A"]
    session.do(rename("C"))
    journal.flush()
    assert names(folder) == ["C"]


def test_restoring_onto_a_full_disk_keeps_the_old_journal(
    folder: Path, session: Session, journal: Journal
) -> None:
    session.do(rename("Precious"))
    journal.close()
    with disk_full_at(100):
        restored, its_journal = only(folder).restore()
    assert "crash" in its_journal.trouble
    assert restored.document == session.document
    assert names(folder) == ["Precious"]
    its_journal.discard()
    assert names(folder) == ["Precious"]


def test_a_folder_that_was_tidied_up_is_filled_again(
    folder: Path, session: Session, journal: Journal
) -> None:
    session.do(rename("A"))
    journal.flush()
    journal.file.unlink()
    folder.rmdir()
    session.do(rename("B"))
    journal.flush()
    assert names(folder) == ["B"]


def test_what_could_not_be_read_back_hides_nothing_before_it(
    folder: Path, session: Session, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "_MOST_CHANGES", 3)
    told: list[str] = []
    journal.failed.connect(told.append)
    session.do(rename("Good"))
    journal.flush()
    for number in range(4):
        # No edit makes such a text; if there ever is one, no file may hold it.
        now = session.document
        journey = now.journey.model_copy(update={"note": f"bell \a {number}"})
        session.do(become("Note", now, now.model_copy(update={"journey": journey})))
        journal.flush()
    assert names(folder) == ["Good"]
    assert len(told) == 1
    assert "U+0007" in told[0]
    session.do(SetField("Note", "journey.note", "fine"))
    session.do(rename("Good again"))
    journal.flush()
    assert names(folder) == ["Good again"]


# ---- whose it is


def test_of_a_process_that_runs_nothing_is_offered(
    folder: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "this_process", this_process)
    journal = Journal(folder, session)
    session.do(rename("Being edited"))
    journal.flush()
    assert journal.file.exists()
    assert left_over(folder) == []
    journal.discard()


def test_a_process_is_known_by_more_than_its_number() -> None:
    me = this_process()
    assert is_alive(me)
    assert not is_alive(me.model_copy(update={"started": "before"}))
    assert not is_alive(me.model_copy(update={"boot": "another start of the machine"}))
    with subprocess.Popen(["sleep", "60"]) as sleeper:
        child = me.model_copy(update={"pid": sleeper.pid})
        started = started_by_ps(sleeper.pid)
        assert started is not None
        assert started == started_by_ps(sleeper.pid)
        assert not is_alive(child)
        sleeper.kill()
        # Killed and not yet waited for: still in the list of processes, but dead.
        os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
        assert started_by_ps(sleeper.pid) is None
    assert started_by_ps(sleeper.pid) is None


def test_journals_are_where_the_system_keeps_such_things() -> None:
    place = QStandardPaths.StandardLocation.AppLocalDataLocation
    assert recovery_folder().parent == Path(QStandardPaths.writableLocation(place))
