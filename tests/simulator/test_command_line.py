"""The `wayline` command as users and pipelines meet it: in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.document import read_document
from engine.validation import rules_by_code
from simulator.kpis import KPIS

ROOT = Path(__file__).parent.parent.parent
BANK = "samples/bankunited.journey.json"
QUICK = ["--replications", "4", "--jobs", "1"]


def wayline(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **more,  # type: ignore[call-overload]
    )


def test_simulate_prints_tables_with_intervals() -> None:
    done = wayline("simulate", BANK, *QUICK)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for text in ("Abandonment rate", "adviser", "seed 1", "95 % intervals", "abandoned ÷ offered"):
        assert text in done.stdout


def test_json_and_csv_say_the_same() -> None:
    one = json.loads(wayline("simulate", BANK, *QUICK, "--json", "--scenario", "after").stdout)
    rows = list(csv.DictReader(io.StringIO(wayline("simulate", BANK, *QUICK, "--csv").stdout)))
    assert set(one["kpis"]) == set(KPIS)
    assert one["scenario"] == "after"
    assert one["kpis"]["containment"]["value"] > 0.1
    assert {row["id"] for row in rows if row["what"] == "kpi"} == set(KPIS)
    assert float(next(row["value"] for row in rows if row["id"] == "containment")) == 0


def test_groups_are_told_in_every_form() -> None:
    by = ("--by", "channel", "--by", "team", "--by", "interval=60", "--by", "intent")
    text = wayline("simulate", BANK, *QUICK, *by).stdout
    for words in ("By channel", "By team", "advisers", "By interval of 60 minutes", "09:00"):
        assert words in text
    everything = wayline("simulate", BANK, *QUICK, "--by", "team", "--all").stdout
    assert "Utilisation" in everything.split("By team")[1]
    told = json.loads(wayline("simulate", BANK, *QUICK, *by, "--json").stdout)
    assert list(told["by"]) == ["channel", "team", "interval=60", "intent"]
    voice = told["by"]["channel"]["voice"]
    assert voice["contacts"]["value"] == told["kpis"]["contacts"]["value"]
    assert "occupancy" not in voice
    assert "occupancy" in told["by"]["team"]["advisers"]
    rows = csv.DictReader(io.StringIO(wayline("simulate", BANK, *QUICK, *by, "--csv").stdout))
    found = {(row["what"], row["id"], row["measure"]): row["value"] for row in rows}
    hour = told["by"]["interval=60"]["09:00"]["asa"]
    assert float(found["interval=60", "09:00", "asa"]) == hour["value"]


def test_precision_goes_on_until_it_is_reached() -> None:
    arguments = ["simulate", "starter", "--jobs", "1", "--until-precision", "asa=0.2", "--json"]
    reached = json.loads(wayline(*arguments).stdout)
    asa = reached["kpis"]["asa"]
    assert (asa["high"] - asa["low"]) / 2 <= 0.2 * asa["value"]
    assert reached["replications"] % 20 == 0
    short = wayline(*arguments[:-3], "--until-precision", "0.001", "--replications", "20")
    assert "not reached" in short.stderr


def test_a_journey_with_errors_is_not_simulated(tmp_path: Path) -> None:
    plain = json.loads((ROOT / BANK).read_text(encoding="utf-8"))
    plain["journey"]["links"].pop()
    broken = tmp_path / "broken.journey.json"
    broken.write_text(json.dumps(plain), encoding="utf-8")
    simulated, validated = wayline("simulate", broken), wayline("validate", broken)
    assert (simulated.returncode, validated.returncode) == (2, 1)
    assert "adviser" in simulated.stderr
    assert "To mend it" in validated.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["simulate", "no-such-file.journey.json"],
        ["simulate", "."],
        ["simulate", "pyproject.toml"],
        ["simulate", BANK, "--scenario", "nonsense"],
        ["simulate", BANK, "--replications", "0"],
        ["simulate", BANK, "--seed", "x"],
        ["simulate", BANK, "--until-precision", "nonsense=0.1"],
        ["simulate", BANK, "--by", "colour"],
        ["simulate", BANK, "--by", "segment"],
        ["simulate", BANK, "--by", "segment=shoe_size"],
        ["simulate", BANK, "--by", "interval=7"],
        ["simulate", BANK, "--by", "team=advisers"],
        ["validate", "README.md"],
        ["explain", "nonsense"],
        ["new", BANK],
        ["nonsense"],
    ],
)
def test_bad_input_is_told_and_exits_with_2(words: list[str]) -> None:
    done = wayline(*words)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_everything_can_be_explained() -> None:
    for word in (*KPIS, *rules_by_code()):
        done = None
        if word in {"asa", "W101"}:
            done = wayline("explain", word)
            assert done.returncode == 0
            assert word in done.stdout
    listed = wayline("explain").stdout
    assert all(word in listed for word in (*KPIS, *rules_by_code()))


def test_new_makes_a_document_that_simulates(tmp_path: Path) -> None:
    path = tmp_path / "mine.journey.json"
    assert wayline("new", path).returncode == 0
    assert len(read_document(path).journey.steps) == 3
    assert wayline("new", path).returncode == 2
    assert wayline("simulate", path, *QUICK).returncode == 0


def test_samples_and_schema() -> None:
    assert "bankunited" in wayline("samples").stdout
    schema = json.loads(wayline("schema").stdout)
    assert schema["properties"]["journey"]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
def test_broken_pipes_are_quiet_and_full_disks_are_told() -> None:
    python = f'"{sys.executable}" -m simulator'
    piped = shell(f"{python} schema | head -1")
    assert piped.stderr == b""
    if Path("/dev/full").exists():
        full = shell(f"{python} schema > /dev/full")
        assert full.returncode == 74
        assert b"Traceback" not in full.stderr


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupting_keeps_and_names_what_is_done() -> None:
    arguments = ["simulate", "starter", "--replications", "100000", "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    time.sleep(6)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "interrupted; these are the first" in err
    assert "partial" in out
