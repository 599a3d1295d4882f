"""What is remembered comes back; what the file should not hold counts as not set."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QStandardPaths
from pytestqt.qtbot import QtBot

from designer.settings import FileView, Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def at_next_start(file: Path) -> Settings:
    """Read again what the event loop put on disk; Qt would answer from memory at the same path."""
    QCoreApplication.sendPostedEvents()
    copy = file.with_name("next.ini")
    shutil.copy(file, copy)
    return Settings(copy)


def test_a_first_start_has_sensible_values(file: Path) -> None:
    settings = Settings(file)
    assert (settings.theme, settings.text_scale) == ("system", 1.0)
    assert not settings.reduced_motion
    assert not settings.tour_seen
    assert settings.recent_files() == []
    assert settings.window_place() is None
    assert settings.view_of(file) is None
    assert not file.exists()


def test_everything_comes_back_at_the_next_start(file: Path, tmp_path: Path) -> None:
    document = tmp_path / "a, b; “c”.journey.json"
    settings = Settings(file)
    settings.theme = "contrast"
    settings.text_scale = 1.1
    settings.reduced_motion = True
    settings.tour_seen = True
    settings.export_folder = tmp_path
    settings.remember_file(document)
    settings.keep_window_place(b"\x00\x01geometry", b"\xff docks")
    settings.keep_view(document, FileView(0.35, (-12.5, 3e5), "triage"))
    again = at_next_start(file)
    assert (again.theme, again.text_scale) == ("contrast", 1.1)
    assert again.reduced_motion
    assert again.tour_seen
    assert again.export_folder == tmp_path
    assert [recent.path for recent in again.recent_files()] == [document]
    assert again.window_place() == (b"\x00\x01geometry", b"\xff docks")
    assert again.view_of(document) == FileView(0.35, (-12.5, 3e5), "triage")


def test_all_windows_are_told_what_changed(file: Path, qtbot: QtBot) -> None:
    settings = Settings(file)
    with qtbot.waitSignal(settings.changed) as told:
        settings.theme = "dark"
    assert told.args == ["theme"]
    with qtbot.assertNotEmitted(settings.changed):
        settings.theme = "dark"


def test_the_user_s_own_settings_are_where_the_system_keeps_them() -> None:
    QStandardPaths.setTestModeEnabled(True)
    try:
        settings = Settings()
        settings.tour_seen = True
        QCoreApplication.sendPostedEvents()
        place = QStandardPaths.StandardLocation.AppConfigLocation
        used = Path(QStandardPaths.writableLocation(place)) / "settings.ini"
        assert used.exists()
        used.unlink()
    finally:
        QStandardPaths.setTestModeEnabled(False)


@pytest.mark.parametrize(
    ("asked", "got"), [(0.1, 0.8), (9.0, 2.0), (1.25, 1.25), (float("nan"), 1.0)]
)
def test_text_keeps_a_size_that_can_be_read(file: Path, asked: float, got: float) -> None:
    settings = Settings(file)
    settings.text_scale = asked
    assert settings.text_scale == got


def test_the_twelve_used_last_are_named_the_last_first(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    paths = [tmp_path / f"{number}.journey.json" for number in range(14)]
    for path in paths:
        settings.remember_file(path)
    settings.remember_file(paths[5])
    recent = [recent.path for recent in settings.recent_files()]
    assert recent == [paths[5], *(paths[n] for n in (13, 12, 11, 10, 9, 8, 7, 6, 4, 3, 2))]
    settings.forget_file(paths[13])
    assert paths[13] not in [recent.path for recent in settings.recent_files()]


def test_what_is_gone_stays_in_the_list_and_is_marked(file: Path, tmp_path: Path) -> None:
    there, gone = tmp_path / "there.journey.json", tmp_path / "gone.journey.json"
    there.touch()
    settings = Settings(file)
    settings.remember_file(there)
    settings.remember_file(gone)
    assert [(each.path, each.is_missing) for each in settings.recent_files()] == [
        (gone, True),
        (there, False),
    ]


def test_a_document_is_one_whichever_way_leads_to_it(file: Path, tmp_path: Path) -> None:
    document, link = tmp_path / "a.journey.json", tmp_path / "link.journey.json"
    document.touch()
    link.symlink_to(document)
    settings = Settings(file)
    settings.keep_view(document, FileView(2.0))
    settings.remember_file(document)
    settings.remember_file(link)
    assert settings.view_of(link) == FileView(2.0)
    assert [recent.path for recent in settings.recent_files()] == [link]


def test_two_processes_add_to_the_same_list(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    settings.remember_file(tmp_path / "1")
    QCoreApplication.sendPostedEvents()
    other = "from designer.settings import *; Settings(Path('{}')).remember_file(Path('{}'))"
    code = other.format(file, tmp_path / "2")
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
    settings.remember_file(tmp_path / "3")
    assert [recent.path.name for recent in settings.recent_files()] == ["3", "2", "1"]


def test_what_was_looked_at_longest_ago_is_forgotten(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designer.settings.MOST_VIEWS", 3)
    settings = Settings(file)
    for name in "abcad":
        settings.keep_view(tmp_path / name, FileView(0.5))
    known = [name for name in "abcd" if settings.view_of(tmp_path / name)]
    assert known == ["a", "c", "d"]


@pytest.mark.parametrize(
    "row",
    [
        "[KEY, 1e999, 0, 0, null]",
        "[KEY, 99, 0, 0, null]",
        "[KEY, 1, 0, NaN, null]",
        "[KEY, 1, 1e9, 0, null]",
        "[KEY, 1, 0, 0, 7]",
        '[KEY, "x", 0, 0, null]',
        "[KEY]",
        "[[]]",
        "7",
    ],
)
def test_no_view_leads_to_nowhere(file: Path, tmp_path: Path, row: str) -> None:
    settings = Settings(file)
    settings.keep_view(tmp_path / "a", FileView(1.0))
    key = settings._views()[0][0]
    settings._file.setValue("views", f"[{row.replace('KEY', repr(key)).replace(chr(39), chr(34))}]")
    view = settings.view_of(tmp_path / "a")
    assert view is None or (0.1 <= view.zoom <= 4.0 and view.centre == (0.0, 0.0))


@pytest.mark.qt_log_ignore("QVariant::load")
@pytest.mark.parametrize(
    "text",
    [
        "theme=purple\ntext_scale=big\nreduced_motion=7\nrecent=7\nviews={\ngeometry=%%%\ndocks=x",
        'theme=a, b\ntext_scale=1, 2\nrecent="[1, null, \\"a\\\\u0000b\\", \\"\\\\ud800\\"]"',
        "views=" + "[" * 100_000,
        "text_scale=nan\nviews=[[[[]]]]\nrecent=@Invalid()",
        "theme=@ByteArray(dark)\ntext_scale=@Size(1 2)\nrecent=@Variant(\\0\\0\\0\\x7f\\0)",
    ],
)
def test_values_that_make_no_sense_count_as_not_set(file: Path, tmp_path: Path, text: str) -> None:
    file.write_text(f"[General]\n{text}\n", encoding="utf-8")
    settings = Settings(file)
    assert (settings.theme, settings.text_scale) == ("system", 1.0)
    assert not settings.reduced_motion
    assert settings.window_place() is None
    settings.remember_file(tmp_path / "a.journey.json")
    assert settings.recent_files()[0].path == tmp_path / "a.journey.json"
    assert settings.view_of(tmp_path / "a") is None


@pytest.mark.qt_log_ignore("QVariant::load")
@pytest.mark.parametrize("seed", range(20))
def test_a_garbled_file_never_stops_the_start(file: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    settings = Settings(file)
    settings.theme = "dark"
    settings.remember_file(tmp_path / "a.journey.json")
    settings.keep_window_place(b"geometry", b"docks")
    QCoreApplication.sendPostedEvents()
    data = bytearray(file.read_bytes())
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    garbled = tmp_path / "garbled.ini"
    garbled.write_bytes(bytes(data[: chance.randrange(len(data))]))
    again = Settings(garbled)
    again.recent_files()
    again.view_of(tmp_path / "a")
    again.window_place()
    again.theme = "light"
    assert at_next_start(garbled).theme == "light"


def test_a_folder_where_nothing_can_be_kept_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.ini")
    settings.theme = "dark"
    QCoreApplication.sendPostedEvents()
    assert settings.theme == "dark"
