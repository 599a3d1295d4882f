"""`wayline simulate --stream`: results while they come about, for another program."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.document import document_to_bytes, read_document
from engine.shipped import sample_path
from simulator.experiment import Results, Settings, run
from simulator.report.stream import Stream
from tests.simulator.build import journey

ROOT = Path(__file__).parent.parent.parent
BANK = "samples/bankunited.journey.json"
STREAM = [sys.executable, "-m", "simulator", "simulate", "-", "--stream"]


def wayline(*words: str, given: bytes = b"", **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", "simulate", *words],
        cwd=ROOT,
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
        **more,
    )


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def of_kind(told: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line for line in told if line["kind"] == kind]


def test_the_result_is_that_of_json_byte_for_byte() -> None:
    words = ["--scenario", "after", "--replications", "6", "--seed", "3", "--by", "team"]
    plain = wayline(BANK, *words, "--jobs", "1", "--json")
    data = (ROOT / BANK).read_bytes()
    done = wayline("-", *words, "--jobs", "2", "--stream", given=data)
    assert done.returncode == 0, done.stderr
    told = lines(done)
    assert [told[0]["kind"], told[-1]["kind"]] == ["started", "result"]
    again = json.dumps(told[-1]["results"], indent=1, ensure_ascii=False) + "\n"
    assert again.encode() == plain.stdout
    assert told[0] == {
        "kind": "started",
        "replications": 6,
        "content_hash": told[-1]["results"]["content_sha256"],
    }
    progress = of_kind(told, "progress")
    assert progress[-1] == {"kind": "progress", "done": 6, "of": 6, "seconds_left": 0.0}
    first = of_kind(told, "partial")[0]["results"]
    assert first["replications"] == 2
    two = wayline(BANK, *words[:2], "--replications", "2", *words[4:], "--json")
    assert first == json.loads(two.stdout)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_lines_come_at_growing_distances() -> None:
    clock, told = Clock(), []
    results = run(read_document(sample_path("starter")), Settings(replications=3))
    stream = Stream(lambda line: told.append((clock.now, json.loads(line))), None, clock)
    settings = Settings(replications=5000)
    stream.started(Results(results.document, settings, ()))
    for done in range(1, 5001):
        clock.now = done / 100
        outcomes = [results.outcomes[0]] * done if done == 2 else _Many(results.outcomes[0], done)
        stream.replicated(Results(results.document, settings, outcomes))
    progress = [at for at, line in told if line["kind"] == "progress"]
    partial = [at for at, line in told if line["kind"] == "partial"]
    assert len(progress) <= 20 * 50 + 2
    assert partial[0] == 0.02
    gaps = [b - a for a, b in pairwise(partial)]
    assert gaps[0] == pytest.approx(1.0)
    assert all(b >= a for a, b in pairwise(gaps))
    assert max(gaps) < 10.1
    half = next(line for at, line in told if line["kind"] == "progress" and at >= 25)
    assert half["seconds_left"] == pytest.approx(25, abs=0.1)


class _Many(list[Any]):
    """As long as is said, and short where it is gone through: only the number matters here."""

    def __init__(self, one: object, count: int) -> None:
        super().__init__([one, one])
        self._count = count

    def __len__(self) -> int:
        return self._count


def test_nobody_says_how_long_a_precision_takes() -> None:
    done = wayline("starter", "--jobs", "1", "--until-precision", "asa=0.2", "--stream")
    told = lines(done)
    assert {line["seconds_left"] for line in of_kind(told, "progress")} == {None}
    assert told[-1]["results"]["replications"] % 20 == 0


def runaway() -> bytes:
    """Two announcements of no length that lead to each other."""
    steps = [{"id": name, "type": "announcement", "name": name} for name in ("one", "two")]
    ways = {"call.arrived": "one", "one.played": "two", "two.played": "one"}
    return document_to_bytes(journey(steps, ways, {}))


def crowded() -> bytes:
    """More customers than there is room for."""
    plain = json.loads(document_to_bytes(journey([], {"call.arrived": "end"}, {})))
    plain["assumptions"]["demand"][0]["per_day"] = 4e7
    return json.dumps(plain).encode()


def without_a_link() -> bytes:
    plain = json.loads((ROOT / BANK).read_text(encoding="utf-8"))
    plain["journey"]["links"].pop()
    return json.dumps(plain).encode()


def test_errors_are_told_as_lines_with_the_usual_exit_codes() -> None:
    for given, words, what, where in (
        (b"{", ("-",), "JSON", "standard input"),
        (without_a_link(), ("-",), "adviser", "adviser"),
        (b"", ("nothing.journey.json",), "cannot be read", "nothing"),
        ((ROOT / BANK).read_bytes(), ("-", "--scenario", "no"), "no scenario", ""),
    ):
        done = wayline(*words, "--stream", given=given)
        assert done.returncode == 2, done.stdout
        last = lines(done)[-1]
        assert set(last) == {"kind", "what", "where", "mend"}
        assert last["kind"] == "error"
        assert what in last["what"] + last["where"], last
        assert where in last["where"], last
        assert last["mend"]
        assert b"Traceback" not in done.stderr


def test_a_customer_who_goes_round_for_ever_is_told() -> None:
    done = wayline("-", "--stream", "--jobs", "2", given=runaway())
    assert done.returncode == 2
    last = lines(done)[-1]
    assert last["kind"] == "error"
    assert "step" in last["what"] + last["where"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")
@pytest.mark.slow
def test_no_memory_is_told() -> None:
    done = wayline(
        "-",
        "--stream",
        "--jobs",
        "1",
        given=crowded(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (450_000_000, 450_000_000)),
    )
    last = lines(done)[-1]
    assert (done.returncode, last["kind"]) == (70, "error")
    assert "memory" in last["what"]
    assert "fewer" in last["mend"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_was_computed_is_said_when_it_is_stopped(number: int) -> None:
    with subprocess.Popen(
        [*STREAM, "--replications", "100000", "--jobs", "2"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(sample_path("starter").read_bytes())
        process.stdin.close()
        for line in process.stdout:
            if json.loads(line)["kind"] == "partial":
                break
        process.send_signal(number)
        rest = [json.loads(line) for line in process.stdout]
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 130
    assert rest[-1]["kind"] == "result"
    assert rest[-1]["results"]["interrupted"] is True
    assert rest[-1]["results"]["replications"] >= 2


@pytest.mark.parametrize("word", ["--json", "--csv", "--all", "--steady-state", "--log=x.csv"])
def test_what_cannot_be_had_with_it_is_refused(word: str) -> None:
    done = wayline("starter", "--stream", word)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"--stream" in done.stderr


def test_the_document_may_be_on_standard_input_without_a_stream_too() -> None:
    data = (ROOT / BANK).read_bytes()
    words = ("--replications", "2", "--json")
    assert wayline("-", *words, given=data).stdout == wayline(BANK, *words).stdout
    assert wayline("-", *words, given=b" " * 10_000_001).returncode == 2
