"""The same document and seed give the same bytes, whatever runs them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.document import Document, read_document
from engine.plan import make_plan
from engine.scenarios import with_scenario
from engine.shipped import sample_names, sample_path
from simulator.experiment import Settings, run
from simulator.replication import replicate
from simulator.report.data import results_json

FINGERPRINTS = Path(__file__).parent.parent / "data" / "fingerprints.json"
"""SHA-256 of what happened, by sample and scenario. A change is explained in its commit."""


def results(name: str, jobs: int = 1, replications: int = 6) -> str:
    document = read_document(sample_path(name))
    settings = Settings(replications=replications, jobs=jobs, seed=7)
    return results_json(run(document, settings), None)


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes(jobs: int) -> None:
    assert results("starter", jobs) == results("starter")


def fingerprints() -> dict[str, str]:
    """Every contact and every wait of three replications of each sample, in each scenario."""
    found = {}
    for name in sample_names():
        document = read_document(sample_path(name))
        found[name] = fingerprint(document)
        for scenario in document.scenarios.named:
            found[f"{name}/{scenario.id}"] = fingerprint(with_scenario(document, scenario.id))
    return found


def fingerprint(document: Document) -> str:
    plan, digest = make_plan(document), hashlib.sha256()
    for replication in range(3):
        records = replicate(plan, 7, replication)
        for table in (records.contacts, records.queue):
            for name in table.names():
                digest.update(table.column(name).tobytes())
    return digest.hexdigest()


def test_fingerprints() -> None:
    assert fingerprints() == json.loads(FINGERPRINTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_any_hash_seed(hash_seed: str) -> None:
    code = "from tests.simulator.test_reproducible import results; print(results('starter'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent.parent.parent,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.rstrip("\n") == results("starter")


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_other_pythons(version: str, tmp_path: Path) -> None:
    python = shutil.which(f"python{version}")
    if (
        python is None
        or subprocess.run([python, "-V"], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"python{version} is not on this machine")
    root = Path(__file__).parent.parent.parent
    subprocess.run([python, "-m", "venv", tmp_path / "env"], check=True)
    own = tmp_path / "env" / "bin" / "python"
    install = [own, "-m", "pip", "install", "-q", "-r", root / "requirements.lock"]
    subprocess.run([*install, "--require-hashes"], check=True)
    code = "from tests.simulator.test_reproducible import results; print(results('bankunited'))"
    done = subprocess.run([own, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip("\n") == results("bankunited")
