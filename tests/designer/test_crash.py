"""A real process edits and is killed: at most its last command, or its last second, is lost."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from designer.recovery.left_over import left_over

ROOT = Path(__file__).parent.parent.parent

EDITING = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from designer.recovery.journal import Journal
from designer.session import Session
from engine.document import read_document
from engine.edits import SetField
from engine.shipped import sample_path

folder, path, pause, is_hasty = sys.argv[1:]
app = QCoreApplication([])
session = Session(read_document(sample_path("bankunited")), Path(path) if path else None)
journal = Journal(Path(folder), session, pause=int(pause))
number = 0

def edit():
    # Who is not hasty does the next thing when what went before is on disk.
    global number
    if is_hasty == "yes" or not journal._timer.isActive():
        number += 1
        session.do(SetField("Rename", "journey.name", str(number)))
        print(number, time.monotonic(), flush=True)

timer = QTimer(interval=2)
timer.timeout.connect(edit)
timer.start()
app.exec()
"""


class Editor:
    """A process that numbers its edits."""

    def __init__(self, folder: Path, path: str, pause: int, *, is_hasty: bool) -> None:
        arguments = [str(folder), path, str(pause), "yes" if is_hasty else "no"]
        command = [sys.executable, "-c", EDITING, *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.times: dict[int, float] = {}

    def edit_until(self, is_enough: Callable[[int, float], bool]) -> None:
        """Let it edit until so much is done, in number and seconds."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            number, at = line.split()
            self.times[int(number)] = float(at)
            if is_enough(int(number), float(at) - self.times[1]):
                return
        raise AssertionError("it ended by itself")

    def kill(self) -> None:
        """Kill -9; what it printed before is read."""
        self.process.kill()
        self.edit_to_the_end()

    def edit_to_the_end(self) -> None:
        with contextlib.suppress(AssertionError):
            self.edit_until(lambda _number, _seconds: False)
        self.process.wait()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Editor]]:
    running: list[Editor] = []

    def started(path: str = "", pause: int = 1, *, is_hasty: bool = False) -> Editor:
        running.append(Editor(tmp_path / "recovery", path, pause, is_hasty=is_hasty))
        return running[-1]

    yield started
    for editor in running:
        editor.process.kill()
        editor.process.wait()
        assert editor.process.stdout is not None
        editor.process.stdout.close()


@pytest.mark.parametrize("path", ["", "/journeys/bank.journey.json"])
def test_killed_after_twenty_edits_at_most_the_last_is_lost(
    start: Callable[..., Editor], tmp_path: Path, path: str
) -> None:
    editor = start(path)
    editor.edit_until(lambda number, _: number >= 20)
    editor.kill()
    (found,) = left_over(tmp_path / "recovery")
    assert int(found.document.journey.name) >= max(editor.times) - 1 >= 19
    assert found.path == (Path(path) if path else None)


def test_killed_while_editing_without_a_pause_at_most_a_second_is_lost(
    start: Callable[..., Editor], tmp_path: Path
) -> None:
    editor = start(pause=300, is_hasty=True)
    editor.edit_until(lambda _, seconds: seconds > 1.1)
    editor.kill()
    (found,) = left_over(tmp_path / "recovery")
    kept = int(found.document.journey.name)
    lost = [at for number, at in editor.times.items() if number > kept]
    assert not lost or lost[-1] - lost[0] <= 1.0


def test_what_others_edit_is_not_offered_while_they_live(
    start: Callable[..., Editor], tmp_path: Path
) -> None:
    folder = tmp_path / "recovery"
    first, second = start(), start()
    for editor in (first, second):
        editor.edit_until(lambda number, _: number >= 3)
    assert len(list(folder.glob("*.journal"))) == 2
    assert left_over(folder) == []
    first.kill()
    (found,) = left_over(folder)
    assert int(found.document.journey.name) >= max(first.times) - 1
    second.kill()
    assert len(left_over(folder)) == 2
