"""Work over processes: in order, recovering from death, ending with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.errors import PlanError
from simulator.workers import WorkerError, in_processes

ROOT = Path(__file__).parent.parent.parent


class Square:
    def __call__(self, number: int) -> int:
        return number * number


class DieOnce:
    """Kills its own process at one number, the first time."""

    def __init__(self, mark: Path, number: int) -> None:
        self.mark, self.number = mark, number

    def __call__(self, number: int) -> int:
        if number == self.number and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number


class DieAlways:
    def __call__(self, number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number


class Refuse:
    def __call__(self, number: int) -> int:
        raise PlanError(f"no {number}", where="step x", mend="mend it.")


def test_results_come_in_order() -> None:
    assert list(in_processes(Square(), range(20), 2)) == [n * n for n in range(20)]


def test_who_works_alone_for_a_while_gives_the_same() -> None:
    for seconds in (0.0, 0.05, 60.0):
        assert list(in_processes(Square(), range(20), 2, seconds)) == [n * n for n in range(20)]


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    assert list(in_processes(DieOnce(tmp_path / "dead", 5), range(12), 2)) == list(range(12))


def test_work_that_kills_is_named() -> None:
    done: list[int] = []
    with pytest.raises(WorkerError, match="replication 3"):
        done.extend(in_processes(DieAlways(), range(8), 2))


def test_errors_come_back_whole() -> None:
    with pytest.raises(PlanError) as raised:
        list(in_processes(Refuse(), range(3), 2))
    assert (raised.value.where, raised.value.mend) == ("step x", "mend it.")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_die_with_their_parent() -> None:
    arguments = ["simulate", "samples/bankunited.journey.json", "--replications", "5000"]
    parent = subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments, "--jobs", "2"], cwd=ROOT
    )
    try:
        workers = _wait_for_children(parent.pid, 2)
    finally:
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if _alive(pid)]


def _wait_for_children(pid: int, count: int) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        children = [child for child in _children(pid) if _runs_worker(child)]
        if len(children) >= count:
            return children
        time.sleep(0.05)
    raise AssertionError("no workers started")


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(word) for word in text.split()]


def _runs_worker(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
