"""The same journey gives the same bytes, whichever Python writes the bundle."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
RUNS_ON = ["networkx", "numpy", "pydantic", "rfc8785", "rich", "scipy", "simpy"]
JOURNEYS = ["evara", "omnichannel_retail"]


def other(minor: int) -> str | None:
    """A Python 3 of this minor version: on the path, or beside the one that runs this."""
    found = shutil.which(f"python3.{minor}")
    beside = sorted(Path(sys.base_prefix).parent.glob(f"3.{minor}.*/bin/python3"))
    works = [one for one in (found, *map(str, beside)) if one and is_version(one, minor)]
    return works[0] if works else None


def is_version(python: str, minor: int) -> bool:
    done = subprocess.run([python, "--version"], capture_output=True, check=False)
    return done.stdout.startswith(f"Python 3.{minor}.".encode())


def written(python: str, journey: str, into: Path) -> bytes:
    into.parent.mkdir(exist_ok=True)
    words = ["-m", "simulator", "export", journey, "--bundle", str(into), "--replications", "3"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([python, *words], cwd=ROOT, env=environment, check=True, capture_output=True)
    return into.read_bytes()


@pytest.mark.conformance
@pytest.mark.parametrize("minor", [one for one in (11, 12, 13) if one != sys.version_info[1]])
def test_another_python_writes_the_same_bundle(tmp_path: Path, minor: int) -> None:
    python = other(minor)
    if python is None:
        pytest.skip(f"there is no Python 3.{minor} here")
    subprocess.run([python, "-m", "venv", tmp_path / "there"], check=True)
    there = str(tmp_path / "there/bin/python")
    wanted = [f"{name}=={version(name)}" for name in RUNS_ON]
    subprocess.run([there, "-m", "pip", "install", "-q", *wanted], check=True, capture_output=True)
    for journey in JOURNEYS:
        own = written(sys.executable, journey, tmp_path / "own" / "bundle.zip")
        assert written(there, journey, tmp_path / "other" / "bundle.zip") == own
