"""Whatever others do to the file of the document is noticed; what we do ourselves is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.digests import digest_of
from designer.watching import FileWatch
from engine.files import save_atomically


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.journey.json"
    path.write_bytes(b"ours")
    return path


class Told:
    """What a watch said, in order."""

    def __init__(self, watch: FileWatch, qtbot: QtBot) -> None:
        self.words: list[str] = []
        self._qtbot = qtbot
        watch.changed.connect(self.changed)
        watch.vanished.connect(self.vanished)
        watch.settled.connect(self.settled)

    def changed(self) -> None:
        self.words.append("changed")

    def vanished(self) -> None:
        self.words.append("vanished")

    def settled(self) -> None:
        self.words.append("settled")

    def wait_for(self, *words: str) -> None:
        """The next words are these, and no others."""
        self._qtbot.waitUntil(lambda: len(self.words) >= len(words))
        assert self.words == list(words)
        self.words.clear()


@pytest.fixture
def watch(file: Path) -> Iterator[FileWatch]:
    watch = FileWatch()
    watch._timer.setInterval(20)
    watch.follow(file, digest_of(b"ours"))
    yield watch
    watch.stop()


@pytest.fixture
def told(watch: FileWatch, qtbot: QtBot) -> Told:
    return Told(watch, qtbot)


def test_a_change_in_place_is_noticed(file: Path, watch: FileWatch, told: Told) -> None:
    assert not watch.differs()
    file.write_bytes(b"theirs")
    assert watch.differs()
    told.wait_for("changed")


def test_a_file_that_is_replaced_is_noticed_every_time(file: Path, told: Told) -> None:
    for content in (b"first", b"second", b"third"):
        new = file.with_name("new")
        new.write_bytes(content)
        new.replace(file)
        told.wait_for("changed")
    file.write_bytes(b"in place after all")
    told.wait_for("changed")


def test_what_vanishes_and_comes_back_is_noticed(file: Path, watch: FileWatch, told: Told) -> None:
    file.unlink()
    told.wait_for("vanished")
    assert not watch.differs(), "saving would overwrite nobody's work"
    file.write_bytes(b"theirs")
    told.wait_for("changed")
    file.unlink()
    told.wait_for("vanished")
    file.write_bytes(b"ours")
    told.wait_for("settled")
    file.write_bytes(b"theirs again")
    told.wait_for("changed")


def test_what_we_save_ourselves_is_no_news(file: Path, watch: FileWatch, told: Told) -> None:
    for content in (b"ours, longer", b"ours, longer still"):
        save_atomically(file, content)
        watch.follow(file, digest_of(content))
        assert not watch.differs()
    # Something that is told shows that all before it was looked at.
    file.write_bytes(b"theirs")
    told.wait_for("changed")


def test_the_same_content_written_again_is_no_news(file: Path, told: Told) -> None:
    file.write_bytes(b"ours")
    os.utime(file, (1, 1))
    file.with_name("something else").touch()
    file.write_bytes(b"theirs")
    told.wait_for("changed")


def test_a_link_is_followed(file: Path, tmp_path: Path, watch: FileWatch, told: Told) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.journey.json"
    link.symlink_to(file)
    watch.follow(link, digest_of(b"ours"))
    for content in (b"first", b"second"):
        new = file.with_name("new")
        new.write_bytes(content)
        new.replace(file)
        told.wait_for("changed")


def test_after_save_as_the_other_file_is_watched(
    file: Path, tmp_path: Path, watch: FileWatch, told: Told
) -> None:
    other = tmp_path / "folder" / "b.journey.json"
    other.parent.mkdir()
    other.write_bytes(b"ours")
    watch.follow(other, digest_of(b"ours"))
    file.write_bytes(b"nobody cares")
    other.write_bytes(b"theirs")
    told.wait_for("changed")


def test_what_the_system_did_not_tell_is_found_when_asked(
    file: Path, watch: FileWatch, told: Told
) -> None:
    watch._watcher.removePaths(watch._watcher.files() + watch._watcher.directories())
    file.write_bytes(b"theirs")
    watch.check()
    assert told.words == ["changed"]
    watch.check()
    assert told.words == ["changed"]


def test_a_folder_that_takes_the_place_of_the_file_is_a_difference(
    file: Path, watch: FileWatch, told: Told
) -> None:
    file.unlink()
    file.mkdir()
    watch.check()
    assert told.words == ["changed"]
    assert watch.differs()


def test_nothing_is_watched_before_there_is_a_file_and_after_the_end(
    file: Path, watch: FileWatch, told: Told
) -> None:
    watch.stop()
    file.write_bytes(b"theirs")
    watch.check()
    assert not watch.differs()
    assert told.words == []
    assert FileWatch().known is None
