"""What is given away: the wheel, the lock, and the tracked text."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "simulator", "designer")
HEAVY = ("numpy", "scipy", "simpy", "pydantic", "networkx", "pandas", "matplotlib", "PySide6")

# [.] keeps the pattern from being what it looks for.
REGISTRY_HOSTS = re.compile(r"files[.]pythonhosted|pypi[.]org|registry[.]npmjs|npmjs[.]com")
HOME_PATH = re.compile(r"(?<![\w.~])/(?:work|root|farm|home|Users)/[A-Za-z0-9.]")


def run(*command: str) -> str:
    """Run a command in the checkout and return what it printed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def project() -> dict[str, Any]:
    """Return pyproject.toml's project table."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(table["project"])


# --- The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel with what the environment has, and so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_every_module(wheel: zipfile.ZipFile, package: str) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
    assert modules
    assert modules <= set(wheel.namelist())


@pytest.mark.parametrize("kind", ["samples", "assets/fonts", "assets/icons"])
def test_the_wheel_holds_samples_and_assets(wheel: zipfile.ZipFile, kind: str) -> None:
    files = {path for path in (ROOT / kind).rglob("*") if path.is_file()}
    names = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert names
    assert {f"engine/_data/{name}" for name in names} <= set(wheel.namelist())


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {*PACKAGES, f"wayline-{project()['version']}.dist-info"}


# --- The lock


def requirements() -> dict[str, str]:
    """Return the lock's requirements: name -> its lines."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z0-9-]+)==(.*(?:\n .*)*)", text, re.MULTILINE)
    return dict(entries)


def test_every_requirement_has_a_hash() -> None:
    locked = requirements()
    assert len(locked) > 20
    assert [name for name, lines in locked.items() if "--hash=sha256:" not in lines] == []


def test_the_lock_names_no_place() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*(-i|-f|--index|--extra-index|--find-links)", text, re.MULTILINE)


def test_the_lock_holds_what_the_project_declares() -> None:
    table = project()
    extras = table["optional-dependencies"].values()
    declared = [*table["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in declared}
    assert names <= set(requirements())


# --- The tracked text


def tracked_texts() -> list[tuple[str, str]]:
    """Return every text file that git has or would add: its name and its text."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    names = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    texts = []
    for name in filter(None, names):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            texts.append((name, content.decode("utf-8", errors="replace")))
    return texts


@pytest.mark.parametrize("pattern", [REGISTRY_HOSTS, HOME_PATH], ids=["registry", "home path"])
def test_no_text_names_a_machine(pattern: re.Pattern[str]) -> None:
    texts = tracked_texts()
    found = [(name, match[0]) for name, text in texts if (match := pattern.search(text))]
    assert found == []


def test_the_patterns_find_what_they_should() -> None:
    folder = Path("/", "root", "x").as_posix()
    assert HOME_PATH.search(f"see {folder}")
    assert not HOME_PATH.search(f"tests{folder} and example.net{folder}")
    assert REGISTRY_HOSTS.search(REGISTRY_HOSTS.pattern.replace("[.]", "."))


# --- The command


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import contextlib, io, sys
from simulator.cli import main
sys.argv = ["wayline", "--help"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main()
print(*(set(sys.modules) & set({HEAVY!r})))
"""
    assert run(sys.executable, "-c", code).strip() == ""
