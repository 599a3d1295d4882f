"""run.py, without a network and without making an environment."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load run.py as a module whose checkout is an empty folder."""
    spec = importlib.util.spec_from_file_location("run_script", RUN)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "SPARE", tmp_path / ".venv.spare")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / module.STAMP.name)
    monkeypatch.setattr(module, "LOG", tmp_path / ".venv" / "install.log")
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "find_uv", lambda: None)
    module.REQUIREMENTS.write_text("simpy==4.1.2\n", encoding="utf-8")
    return module


def pretend_install(script: ModuleType, monkeypatch: pytest.MonkeyPatch, *, works: bool) -> None:
    """Let each installing step do as little as leaving a Python behind."""

    def step(_command: list[str]) -> bool:
        script.venv_python().parent.mkdir(parents=True, exist_ok=True)
        script.venv_python().touch()
        script.LOG.write_text("ERROR: no such thing\n", encoding="utf-8")
        return works

    monkeypatch.setattr(script, "run_logged", step)


def test_an_environment_is_made_once(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_install(script, monkeypatch, works=True)
    assert not script.is_ready()
    script.prepare()
    assert script.is_ready()
    monkeypatch.setattr(script, "set_up", lambda: pytest.fail("made twice"))
    script.prepare()


def test_other_requirements_make_it_anew(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_install(script, monkeypatch, works=True)
    script.prepare()
    script.REQUIREMENTS.write_text("simpy==4.1.1\n", encoding="utf-8")
    assert not script.is_ready()
    script.prepare()
    assert script.is_ready()


def test_another_python_makes_it_anew(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_install(script, monkeypatch, works=True)
    script.prepare()
    monkeypatch.setattr(script.sys, "version_info", (3, 99, 0))
    assert not script.is_ready()


def test_a_lost_python_makes_it_anew(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_install(script, monkeypatch, works=True)
    script.prepare()
    script.venv_python().unlink()
    assert not script.is_ready()


def test_a_failed_set_up_is_told_and_done_again(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend_install(script, monkeypatch, works=False)
    with pytest.raises(SystemExit) as stopped:
        script.prepare()
    assert stopped.value.code == 1
    assert "Set-up failed: ERROR: no such thing" in capsys.readouterr().err
    assert not script.is_ready()
    pretend_install(script, monkeypatch, works=True)
    script.prepare()
    assert script.is_ready()


def test_an_interrupted_set_up_is_done_again(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_command: list[str]) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(script, "run_logged", interrupted)
    with pytest.raises(KeyboardInterrupt):
        script.prepare()
    assert not script.is_ready()
    pretend_install(script, monkeypatch, works=True)
    script.prepare()
    assert script.is_ready()


def test_an_environment_of_somebody_else_is_left_alone(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    script.VENV.mkdir()
    (script.VENV / "theirs.txt").touch()
    with pytest.raises(SystemExit):
        script.prepare()
    assert "was not made by run.py" in capsys.readouterr().err
    assert (script.VENV / "theirs.txt").exists()


def test_when_uv_fails_pip_is_tried(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    tools: list[str] = []

    def step(command: list[str]) -> bool:
        tools.append("uv" if command[0] == "uv" else "pip")
        return command[0] != "uv"

    monkeypatch.setattr(script, "find_uv", lambda: "uv")
    monkeypatch.setattr(script, "run_logged", step)
    script.prepare()
    assert tools == ["uv", "pip", "pip"]


@pytest.mark.parametrize("uv", [None, "uv"])
def test_hashes_are_checked_and_nothing_is_built(script: ModuleType, uv: str | None) -> None:
    install = script.install_commands(uv)[-1]
    assert "--require-hashes" in install
    assert install[install.index("--only-binary") + 1] == ":all:"


def test_the_lock_keeps_a_second_process_out(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with script.alone(path), path.open("ab") as other:
        assert not script.try_lock(other.fileno())
    with path.open("ab") as other:
        assert script.try_lock(other.fileno())


def test_no_network_is_said_plainly(script: ModuleType) -> None:
    log = "Failed to establish a new connection: Temporary failure in name resolution\nERROR: x\n"
    assert "cannot be reached" in script.why_failed(log)
    assert "Set-up failed: ERROR: x" in script.why_failed("a\nERROR: x\nb\n")


@pytest.mark.parametrize(
    ("arguments", "choice"),
    [
        ([], ("wayline", [])),
        (["simulate", "test"], ("wayline", ["simulate", "test"])),
        (["design", "a.json"], ("design", ["a.json"])),
        (["test", "-k", "x"], ("test", ["-k", "x"])),
    ],
)
def test_the_command_line(
    script: ModuleType, arguments: list[str], choice: tuple[str, list[str]]
) -> None:
    assert script.choose(arguments) == choice


def test_programs_are_those_that_an_installation_has(script: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = {**project["scripts"], **project["gui-scripts"]}
    assert {name: f"{module}:main" for name, module in script.PROGRAMS.values()} == installed


def test_a_program_takes_nothing_from_the_users_folder(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "simulator"
    package.mkdir()
    (package / "__init__.py").touch()
    lines = ["import os, sys", "def main(): print(sys.argv, os.getcwd()); return 7"]
    (package / "cli.py").write_text("\n".join(lines), encoding="utf-8")
    folder = tmp_path / "theirs"
    (folder / "simulator").mkdir(parents=True)
    monkeypatch.setattr(script, "venv_python", lambda: Path(sys.executable))
    command = script.program_command("wayline", ["a b.json"])
    environment = script.clean_environment({"PYTHONPATH": str(tmp_path)})
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout.strip()) == (7, f"['wayline', 'a b.json'] {folder}")


@pytest.fixture
def debian_user(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be somebody who is not root on a Debian where no library can be loaded."""
    monkeypatch.setattr(script.sys, "platform", "linux")
    monkeypatch.setattr(script.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(script, "can_load", lambda _name: False)


@pytest.mark.usefixtures("debian_user")
def test_missing_qt_libraries_are_named(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    script.look_for_qt_libraries({"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"})
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("sudo apt-get install -y --no-install-recommends libegl1 libgl1")
    assert "libEGL.so.1, libGL.so.1" in second


@pytest.mark.usefixtures("debian_user")
def test_a_missing_venv_module_is_named(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "has_venv", lambda: False)
    with pytest.raises(SystemExit):
        script.prepare()
    assert f" {script.venv_package()}\n" in capsys.readouterr().err


def test_root_installs_what_is_missing(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(script.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(script.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(script.subprocess, "call", lambda command, **_: commands.append(command))
    assert script.apt_install(["libegl1"], "Qt")
    assert [command[1] for command in commands] == ["update", "install"]


def test_the_venv_package_of_debians_own_python_has_no_number(
    script: ModuleType, tmp_path: Path
) -> None:
    assert script.venv_package(Path(sys.executable)) == "python3-venv"
    major, minor = sys.version_info[:2]
    assert script.venv_package(tmp_path / "python3") == f"python{major}.{minor}-venv"


def test_every_check_is_run_and_one_failure_fails(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def child(command: list[str], _environment: dict[str, str], _folder: str) -> int:
        seen.append(" ".join(command[2:]))
        return int("mypy" in command)

    monkeypatch.setattr(script, "run_child", child)
    monkeypatch.setattr(script, "note_interrupts", list)
    assert script.run_checks([]) == 1
    assert len(seen) == len(script.CHECKS)
    assert "mypy: FAILED (exit code 1)" in capsys.readouterr().err


def test_arguments_go_to_pytest_alone_and_nothing_else_is_tried_with_engines(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(script, "run_child", lambda command, *_: seen.append(" ".join(command[2:])))
    monkeypatch.setattr(script, "note_interrupts", list)
    script.run_checks(["-k", "x"])
    assert seen[-1].startswith("-m pytest ")
    assert seen[-1].endswith(" -k x")
    assert not any("conformance" in one for one in seen)


@pytest.mark.usefixtures("debian_user")
def test_missing_viewers_are_named(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = {"apt-get": "/usr/bin/apt-get"}
    monkeypatch.setattr(script.shutil, "which", there.get)
    script.look_for_viewers({"chromium": "chromium"})
    assert " chromium\n" in capsys.readouterr().err
    there["chromium"] = "/usr/bin/chromium"
    script.look_for_viewers({"chromium": "chromium"})
    assert capsys.readouterr().err == ""


def test_every_check_is_a_command_that_says_something(script: ModuleType) -> None:
    for name, words in script.CHECKS:
        command = [sys.executable, *words, "--help"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, bool(done.stdout)) == (0, True), name


def test_pytest_gets_a_screenless_qt_unless_told_otherwise(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert script.check_environment("pytest")["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert script.check_environment("pytest")["QT_QPA_PLATFORM"] == "xcb"


def test_a_check_does_not_outlive_the_run(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    class EndedError(Exception):
        """Stands for this process being told to end."""

    class Child(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            if not started:
                started.append(self)
                raise EndedError
            return super().wait(timeout)

    started: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(script.subprocess, "Popen", Child)
    with pytest.raises(EndedError):
        script.run_child([sys.executable, "-c", "input()"], dict(os.environ))
    assert started[0].returncode is not None
