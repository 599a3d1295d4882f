"""Windows that close, quit and are offered again: nothing unsaved goes without a word."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from designer.recovery import journal_file
from designer.recovery.journal import Journal
from designer.recovery.left_over import left_over
from designer.recovery.owner import Owner, this_process
from designer.session import Session
from designer.settings import FileView
from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes, read_document, write_document
from engine.edits import SetField
from engine.new_document import new_document
from engine.shipped import sample_path
from tests.designer import hands

CTRL = Qt.KeyboardModifier.ControlModifier
Answer = QMessageBox.StandardButton


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.journey.json"
    write_document(path, read_document(sample_path("starter")))
    return path


def opened(qtbot: QtBot, windows: Windows, path: Path) -> Window:
    window = windows.open_path(path)
    assert window is not None
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    return window


def rename(window: Window, name: str) -> None:
    window.work().session.do(SetField("Rename the journey", "journey.name", name))


def questions() -> list[QMessageBox]:
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    return [box for box in boxes if box.isVisible()]


def reply(qtbot: QtBot, answer: QMessageBox.StandardButton, number: int = 0) -> None:
    button = questions()[number].button(answer)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answers(window: Window) -> dict[str, QPushButton]:
    return {button.text(): button for button in window.banner.buttons}


def test_an_unchanged_document_closes_without_a_question(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    opened(qtbot, windows, file).close()
    assert not questions()
    assert windows.open == []


def test_cancel_keeps_the_window_and_its_changes(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    rename(window, "Changed")
    window.close()
    reply(qtbot, Answer.Cancel)
    assert windows.open == [window]
    assert window.work().session.is_changed
    assert not questions()


def test_save_saves_and_closes_and_leaves_no_journal(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    rename(window, "Changed")
    window.close()
    reply(qtbot, Answer.Save)
    assert windows.open == []
    assert read_document(file).journey.name == "Changed"
    assert list(windows.recovery.glob("*.journal")) == []


def test_discard_closes_and_leaves_no_journal(qtbot: QtBot, windows: Windows, file: Path) -> None:
    window, before = opened(qtbot, windows, file), file.read_bytes()
    rename(window, "Changed")
    window.close()
    reply(qtbot, Answer.Discard)
    assert windows.open == []
    assert file.read_bytes() == before
    assert list(windows.recovery.glob("*.journal")) == []


def test_closing_twice_asks_once(qtbot: QtBot, windows: Windows, file: Path) -> None:
    window = opened(qtbot, windows, file)
    rename(window, "Changed")
    window.close()
    windows.quit()
    assert len(questions()) == 1
    reply(qtbot, Answer.Discard)
    assert windows.open == []


def test_quit_asks_for_every_window_and_cancel_keeps_only_its_own(
    qtbot: QtBot, windows: Windows, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.journey.json"
    write_document(other, read_document(sample_path("starter")))
    first, second = opened(qtbot, windows, file), opened(qtbot, windows, other)
    rename(first, "One")
    rename(second, "Two")
    windows.quit()
    assert len(questions()) == 2
    for box in questions():
        keep = box.parent() is first
        qtbot.mouseClick(
            box.button(Answer.Cancel if keep else Answer.Save), Qt.MouseButton.LeftButton
        )
    assert windows.open == [first]
    assert read_document(other).journey.name == "Two"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_keeps_the_window(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    rename(window, "Changed")
    file.parent.chmod(0o500)
    try:
        window.close()
        reply(qtbot, Answer.Save)
        assert windows.open == [window]
        assert "Save as…" in answers(window)
    finally:
        file.parent.chmod(0o700)


def test_a_disk_error_keeps_the_window(
    qtbot: QtBot, windows: Windows, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    window = opened(qtbot, windows, file)
    rename(window, "Changed")
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", fail)
        window.close()
        reply(qtbot, Answer.Save)
    assert windows.open == [window]
    assert window.work().session.is_changed
    assert "Save as…" in answers(window)


def test_a_file_is_opened_once_whichever_way_leads_to_it(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    link = file.with_name("link.journey.json")
    link.symlink_to(file)
    (file.parent / "folder").mkdir()
    assert windows.open_path(link) is window
    assert windows.open_path(file.parent / "folder" / ".." / file.name) is window
    assert windows.open == [window]


def test_what_is_typed_in_place_is_not_lost_by_closing(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    window.work().selection.select(["agent"])
    hands.key(Qt.Key.Key_F2)
    hands.keys("Someone")
    window.close()
    assert len(questions()) == 1
    reply(qtbot, Answer.Save)
    assert "Someone" in file.read_text(encoding="utf-8")


def test_a_graph_that_is_gone_is_not_looked_at(qtbot: QtBot, windows: Windows, file: Path) -> None:
    windows.settings.keep_view(file, FileView(0.8, (10.0, 10.0), "gone"))
    window = opened(qtbot, windows, file)
    qtbot.waitUntil(lambda: window.work().canvas.view.zoom == pytest.approx(0.8))
    assert window.work().selection.graph is None
    window.actions_.all["note"].trigger()
    assert len(window.work().session.document.layout.notes) == 1


Leave = Callable[[Session, str], None]
BEFORE_US = Owner(pid=os.getpid(), started="before", boot=this_process().boot)


def untitled() -> Session:
    return Session(new_document("Untitled"))


@pytest.fixture
def left_behind(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> Leave:
    """Leaves a document behind, under another name, as a process does that is killed."""

    def leave(session: Session, name: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(journal_file, "this_process", lambda: BEFORE_US)
            journal = Journal(windows.recovery, session)
            session.do(SetField("Rename the journey", "journey.name", name))
            journal.close()

    return leave


def offered(window: Window) -> str:
    return window.banner.text.text() if window.banner.isVisible() else ""


def test_everything_a_crash_left_is_offered_one_after_the_other(
    qtbot: QtBot, windows: Windows, left_behind: Leave
) -> None:
    for name in ("First", "Second", "Third"):
        left_behind(untitled(), name)
    window = windows.welcome()
    hands.bring(window)
    assert "Third" in offered(window)
    qtbot.mouseClick(answers(window)["Later"], Qt.MouseButton.LeftButton)
    assert "Second" in offered(window)
    qtbot.mouseClick(answers(window)["Restore"], Qt.MouseButton.LeftButton)
    assert window.work().session.document.journey.name == "Second"
    assert "First" in offered(window)
    qtbot.mouseClick(answers(window)["Discard"], Qt.MouseButton.LeftButton)
    assert offered(window) == ""
    # What is put off is offered at the next start, not in the next window.
    assert offered(windows.welcome()) == ""
    names = {found.document.journey.name for found in left_over(windows.recovery)}
    assert names == {"Third"}


def test_what_one_window_restored_another_does_not_restore_again(
    qtbot: QtBot, windows: Windows, left_behind: Leave
) -> None:
    left_behind(untitled(), "First")
    one, other = windows.welcome(), windows.welcome()
    assert "First" in offered(one)
    assert offered(other) == ""
    qtbot.mouseClick(answers(one)["Restore"], Qt.MouseButton.LeftButton)
    assert len([w for w in windows.open if w.workspace is not None]) == 1


def test_a_restored_document_is_asked_for_when_it_closes(
    qtbot: QtBot, windows: Windows, left_behind: Leave
) -> None:
    left_behind(untitled(), "First")
    window = windows.welcome()
    qtbot.mouseClick(answers(window)["Restore"], Qt.MouseButton.LeftButton)
    window.work().session.undo()
    assert document_to_bytes(window.work().session.document) == document_to_bytes(
        new_document("Untitled")
    )
    window.work().session.redo()
    window.close()
    reply(qtbot, Answer.Discard)
    assert windows.open == []
    assert list(windows.recovery.glob("*.journal")) == []


def test_a_file_that_is_open_gets_its_changes_back_where_it_is_shown(
    qtbot: QtBot, windows: Windows, file: Path, left_behind: Leave
) -> None:
    left_behind(Session(read_document(file), file), "Unsaved")
    old = {path.name for path in windows.recovery.iterdir()}
    window = opened(qtbot, windows, file)
    assert file.name in offered(window)
    qtbot.mouseClick(answers(window)["Restore"], Qt.MouseButton.LeftButton)
    assert windows.open == [window]
    assert window.work().session.document.journey.name == "Unsaved"
    assert window.isWindowModified()
    new = {path.name for path in windows.recovery.iterdir()}
    assert len(new) == 1
    assert new != old
