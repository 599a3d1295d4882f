"""A run beside the window: told as it goes on, ended in a moment, and never the window's end."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from designer.runs import Run, RunResults, RunSettings
from designer.runs.lines import LineError, Lines
from designer.runs.process import COMMAND
from engine.document import Document, read_document
from engine.errors import WaylineError
from engine.shipped import sample_path
from simulator.cli import main
from tests.simulator.build import journey

LONG = RunSettings(replications=100_000, jobs=2)
SHORT = RunSettings(seed=7, replications=4, jobs=1)
WAIT = 60_000


def sample(name: str = "starter") -> Document:
    return read_document(sample_path(name))


class Heard:
    """What a run said, in its order."""

    def __init__(self, run: Run) -> None:
        self.ends: list[tuple[str, Any]] = []
        self.partial: list[RunResults] = []
        self.progress: list[tuple[int, int, float | None]] = []
        self.is_gone = False
        run.finished.connect(lambda results: self.ends.append(("finished", results)))
        run.failed.connect(lambda error: self.ends.append(("failed", error)))
        run.cancelled.connect(lambda: self.ends.append(("cancelled", None)))
        run.partial.connect(self.partial.append)
        run.progressed.connect(lambda *told: self.progress.append(told))
        run.ended.connect(self.on_gone)

    def on_gone(self) -> None:
        self.is_gone = True

    @property
    def error(self) -> WaylineError:
        [(kind, error)] = self.ends
        assert kind == "failed"
        return error


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.runs: list[Run] = []

    def start(
        self,
        document: Document,
        settings: RunSettings,
        scenario: str | None = None,
        command: Sequence[str] = COMMAND,
    ) -> tuple[Run, Heard]:
        run = Run(document, settings, scenario, command=command)
        self.runs.append(run)
        heard = Heard(run)
        run.start()
        return run, heard

    def until_gone(self, heard: Heard) -> None:
        self.qtbot.waitUntil(lambda: heard.is_gone, timeout=WAIT)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    for run in made.runs:
        run.close()


def told_by_command(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["simulate", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_results_are_those_of_the_command(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    settings = RunSettings(seed=7, replications=4, jobs=1, by=("team",), service_level=30)
    run, heard = bench.start(sample("bankunited"), settings, "after")
    bench.until_gone(heard)
    [(kind, results)] = heard.ends
    assert kind == "finished"
    words = "--seed 7 --replications 4 --jobs 1 --by team --service-level 30 --scenario after"
    plain = told_by_command(capsys, "bankunited", "--charts", "--by-replication", *words.split())
    assert results.data == plain
    assert results is run.latest
    assert (results.is_whole, results.replications, results.level) == (True, 4, 0.95)
    asa = results.kpis["asa"]
    assert (asa.value, asa.low, asa.high) == tuple(
        plain["kpis"]["asa"][key] for key in ("value", "low", "high")
    )
    assert (
        results.steps["adviser"]["mean_wait"].value
        == (plain["steps"]["adviser"]["mean_wait"]["value"])
    )
    assert (
        results.splits["team"]["advisers"]["occupancy"].high
        == (plain["by"]["team"]["advisers"]["occupancy"]["high"])
    )
    assert heard.partial[0].replications == 2
    assert not heard.partial[0].is_whole
    assert heard.progress[-1] == (4, 4, 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_is_gone_in_a_moment_with_all_its_processes(bench: Bench) -> None:
    run, heard = bench.start(sample("bankunited"), LONG)
    process = run._process.processId()
    bench.qtbot.waitUntil(lambda: len(descendants(process)) >= 3, timeout=WAIT)
    bench.qtbot.waitUntil(lambda: run.latest is not None, timeout=WAIT)
    family, held = descendants(process), semaphores(process)
    assert held
    run.cancel()
    bench.qtbot.waitUntil(lambda: bool(heard.ends), timeout=WAIT)
    assert heard.ends == [("cancelled", None)]
    assert run.latest is not None
    assert run.latest.replications >= 2
    bench.qtbot.waitUntil(lambda: not any(map(is_alive, family)), timeout=5000)
    bench.qtbot.waitUntil(lambda: not any(one.exists() for one in held), timeout=5000)
    heard.ends.clear()
    run.cancel()
    assert heard.ends == []


def test_it_may_be_cancelled_before_it_says_anything(bench: Bench) -> None:
    run, heard = bench.start(sample(), LONG)
    run.cancel()
    bench.until_gone(heard)
    assert heard.ends == [("cancelled", None)]
    assert run.latest is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_closing_ends_it_unheard(bench: Bench) -> None:
    run, heard = bench.start(sample(), LONG)
    process = run._process.processId()
    bench.qtbot.waitUntil(lambda: run.latest is not None, timeout=WAIT)
    run.close()
    assert heard.ends == []
    assert not is_alive(process)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_simulation_is_told_and_keeps_what_it_had(bench: Bench) -> None:
    run, heard = bench.start(sample(), LONG)
    bench.qtbot.waitUntil(lambda: run.latest is not None, timeout=WAIT)
    os.kill(run._process.processId(), signal.SIGKILL)
    bench.until_gone(heard)
    assert "memory" in heard.error.what
    assert heard.error.where == "signal 9"
    assert heard.error.mend
    assert run.latest is not None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_worker_is_replaced(bench: Bench) -> None:
    run, heard = bench.start(sample("bankunited"), RunSettings(replications=30, jobs=2))
    process = run._process.processId()
    bench.qtbot.waitUntil(lambda: bool(workers(process)), timeout=WAIT)
    os.kill(workers(process)[0], signal.SIGKILL)
    bench.until_gone(heard)
    [(kind, results)] = heard.ends
    assert (kind, results.replications) == ("finished", 30)


def test_a_loop_without_time_is_told(bench: Bench) -> None:
    steps = [{"id": name, "type": "announcement", "name": name} for name in ("one", "two")]
    ways = {"call.arrived": "one", "one.played": "two", "two.played": "one"}
    _, heard = bench.start(journey(steps, ways, {}), SHORT)
    bench.until_gone(heard)
    assert heard.error.what
    assert heard.error.mend


def test_errors_of_the_journey_are_told(bench: Bench) -> None:
    _, heard = bench.start(journey([], {}, {}), SHORT)
    bench.until_gone(heard)
    assert "call" in heard.error.where
    assert heard.error.mend
    _, other = bench.start(sample(), SHORT, "nonsense")
    bench.until_gone(other)
    assert "no scenario" in other.error.what


def test_what_cannot_be_started_is_told(bench: Bench, tmp_path: Path) -> None:
    _, heard = bench.start(sample(), SHORT, command=(str(tmp_path / "nothing"),))
    bench.until_gone(heard)
    assert "started" in heard.error.what
    assert heard.error.mend


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("print('nonsense')", "not understood"),
        ("print('[1]')", "not understood"),
        ('print(\'{"kind": "new"}\')', "not understood"),
        ('print(\'{"kind": "partial", "results": {}}\')', "not understood"),
        ('print(\'{"kind": "progress", "done": 1, "of": 2, "seconds_left": "x"}\')', "not"),
        ("sys.exit('something broke')", "without a result"),
        ("pass", "without a result"),
        ("print('{\"kind\": \"resu', end='')", "without a result"),
    ],
)
def test_a_simulation_that_says_nonsense_is_refused(bench: Bench, said: str, what: str) -> None:
    script = f"import sys, time; {said}; sys.stdout.flush(); "
    # Who says nonsense and stays is ended.
    script += "time.sleep(60)" if what.startswith("not") else ""
    _, heard = bench.start(sample(), SHORT, command=(sys.executable, "-c", script))
    bench.until_gone(heard)
    assert what in heard.error.what
    assert heard.error.mend
    if "broke" in said:
        assert "something broke" in heard.error.where


def test_lines_are_put_together_from_any_pieces() -> None:
    data = b'{"kind": "a"}\n{"kind": "b", "text": "\xc3\xa9"}\n'
    for size in range(1, len(data)):
        lines = Lines()
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        found = [line["kind"] for piece in pieces for line in lines.feed(piece)]
        assert found == ["a", "b"]


@pytest.mark.parametrize("data", [b"x" * 101, b"x" * 60 + b"\n" + b"[" * 101])
def test_lines_without_an_end_are_refused(data: bytes) -> None:
    lines = Lines(longest=100)
    pieces = (data[at : at + 10] for at in range(0, len(data), 10))
    with pytest.raises(LineError):
        list(chain.from_iterable(map(lines.feed, pieces)))


def test_deep_nonsense_is_refused() -> None:
    with pytest.raises(LineError):
        list(Lines().feed(b"[" * 200_000 + b"\n"))


def test_the_window_goes_on_meanwhile(bench: Bench) -> None:
    run, heard = bench.start(sample("bankunited"), RunSettings(replications=25, jobs=2))
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(10)
    bench.until_gone(heard)
    timer.stop()
    assert run.latest is not None
    # A window that waits for the run hears nothing else before its end.
    assert ticks > 20


# ---- the family of a process, as Linux tells it


def descendants(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    own = [int(word) for word in text.split()]
    return own + [far for child in own for far in descendants(child)]


def workers(process: int) -> list[int]:
    return [one for one in descendants(process) if b"spawn_main" in command_line(one)]


def command_line(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def is_alive(process: int) -> bool:
    return command_line(process) != b""


def semaphores(process: int) -> list[Path]:
    """Of the pool: who ends it must not leave them in the system's memory for ever."""
    maps = Path(f"/proc/{process}/maps").read_text(encoding="utf-8").split()
    return [Path(word) for word in maps if word.startswith("/dev/shm/sem.")]  # noqa: S108
