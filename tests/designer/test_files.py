"""Opening and saving: nobody's work is overwritten without a word, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.digests import digest_of
from designer.files import (
    AlreadyThereError,
    ChangedOnDiskError,
    named,
    open_file,
    reload,
    save,
)
from designer.session import Session
from designer.watching import FileWatch
from engine.document import document_to_bytes, read_document
from engine.edits import SetField
from engine.errors import DocumentError, SaveError
from engine.shipped import sample_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.journey.json"
    shutil.copy(sample_path("bankunited"), path)
    return path


@pytest.fixture
def watch() -> Iterator[FileWatch]:
    watch = FileWatch()
    yield watch
    watch.stop()


@pytest.fixture
def session(file: Path, watch: FileWatch) -> Session:
    session, digest = open_file(file)
    watch.follow(file, digest)
    return session


def rename(name: str) -> SetField:
    return SetField("Rename the journey", "journey.name", name)


def test_what_is_saved_is_opened_again(file: Path, session: Session, watch: FileWatch) -> None:
    session.do(rename("Changed"))
    assert save(session, file, watch) == file
    assert not session.is_changed
    again, digest = open_file(file)
    assert document_to_bytes(again.document) == document_to_bytes(session.document)
    assert again.path == file
    assert not again.is_changed
    assert digest == watch.known == digest_of(file.read_bytes())


def test_a_document_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.journey.json"
    for content in (b"", b"{", b"\xff\xfe", b'{"format": "x"}', b'["' + b"[" * 1000):
        path.write_bytes(content)
        with pytest.raises(DocumentError) as caught:
            open_file(path)
        assert str(path) in caught.value.where
    with pytest.raises(DocumentError, match="no such file"):
        open_file(tmp_path / "absent.journey.json")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("My journey", "My journey.journey.json"),
        ("Version 1.2", "Version 1.2.journey.json"),
        ("a.journey.json", "a.journey.json"),
        ("plain.JSON", "plain.JSON"),
        (".json", ".json.journey.json"),
    ],
)
def test_a_bare_name_gets_the_suffix(
    tmp_path: Path, session: Session, watch: FileWatch, typed: str, name: str
) -> None:
    assert named(tmp_path / typed) == tmp_path / name
    assert save(session, tmp_path / typed, watch) == tmp_path / name
    assert session.path == watch.path == tmp_path / name
    assert read_document(tmp_path / name) == session.document


def test_a_file_keeps_the_odd_name_that_it_was_opened_by(tmp_path: Path, watch: FileWatch) -> None:
    path = tmp_path / "journey.txt"
    shutil.copy(sample_path("starter"), path)
    session, digest = open_file(path)
    watch.follow(path, digest)
    session.do(rename("Changed"))
    assert save(session, path, watch) == path


def test_a_change_by_others_is_not_overwritten_without_a_word(
    file: Path, session: Session, watch: FileWatch
) -> None:
    theirs = file.read_bytes() + b"\n"
    file.write_bytes(theirs)
    session.do(rename("Ours"))
    with pytest.raises(ChangedOnDiskError, match="another program") as caught:
        save(session, file, watch)
    assert caught.value.mend
    assert file.read_bytes() == theirs
    assert session.is_changed
    # The window asked, and the user wants to overwrite: theirs stays as the backup.
    save(session, file, watch, force=True)
    assert read_document(file).journey.name == "Ours"
    assert file.with_name(file.name + "~").read_bytes() == theirs
    session.do(rename("Ours, too"))
    save(session, file, watch)


def test_it_is_the_same_file_whichever_way_leads_to_it(
    file: Path, session: Session, watch: FileWatch
) -> None:
    link = file.with_name("link.journey.json")
    link.symlink_to(file)
    session.do(rename("Through the link"))
    save(session, link, watch)
    assert link.is_symlink()
    assert read_document(file).journey.name == "Through the link"


def test_saving_under_a_name_that_is_taken_is_refused(
    file: Path, session: Session, watch: FileWatch
) -> None:
    taken = file.with_name("taken.journey.json")
    taken.write_bytes(b"theirs")
    with pytest.raises(AlreadyThereError):
        save(session, file.with_name("taken"), watch)
    assert taken.read_bytes() == b"theirs"
    assert (session.path, watch.path) == (file, file)
    assert save(session, file.with_name("taken"), watch, force=True) == taken


def test_an_untitled_document_is_saved(tmp_path: Path, watch: FileWatch) -> None:
    session = Session(read_document(sample_path("starter")))
    path = save(session, tmp_path / "First", watch)
    assert session.path == path
    assert watch.known == digest_of(path.read_bytes())


def test_what_was_deleted_is_saved_again(file: Path, session: Session, watch: FileWatch) -> None:
    file.unlink()
    save(session, file, watch)
    assert read_document(file) == session.document


def test_a_failure_leaves_everything_unsaved(
    tmp_path: Path, file: Path, session: Session, watch: FileWatch
) -> None:
    session.do(rename("Changed"))
    with pytest.raises(SaveError, match="no such file"):
        save(session, tmp_path / "absent" / "a.journey.json", watch)
    assert session.is_changed
    assert (session.path, watch.path) == (file, file)


def test_a_disk_that_may_not_keep_it_is_no_change_by_others(
    file: Path, session: Session, watch: FileWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    session.do(rename("Changed"))
    with monkeypatch.context() as patch:
        patch.setattr("engine.files._sync_folder", fail)
        with pytest.raises(SaveError, match="may not keep it"):
            save(session, file, watch)
    assert session.is_changed
    assert not watch.differs()
    save(session, file, watch)
    assert not session.is_changed


def test_reloading_can_be_undone(file: Path, session: Session, watch: FileWatch) -> None:
    session.do(rename("Ours"))
    other, _ = open_file(file)
    other.do(rename("Theirs"))
    file.write_bytes(document_to_bytes(other.document))
    reload(session, watch)
    assert session.document == other.document
    assert not session.is_changed
    assert not watch.differs()
    assert session.undo_label == "Reload from disk"
    session.undo()
    assert session.document.journey.name == "Ours"
    assert session.is_changed


def test_reloading_the_same_leaves_no_trace(session: Session, watch: FileWatch) -> None:
    reload(session, watch)
    assert session.history == []
    untitled = Session(session.document)
    reload(untitled, watch)
    assert untitled.history == []


def test_reloading_what_is_no_document_changes_nothing(
    file: Path, session: Session, watch: FileWatch
) -> None:
    session.do(rename("Ours"))
    file.write_bytes(b"{")
    with pytest.raises(DocumentError):
        reload(session, watch)
    assert session.document.journey.name == "Ours"
    assert session.is_changed
    with pytest.raises(ChangedOnDiskError):
        save(session, file, watch)
