#!/usr/bin/env python3
"""Run Wayline from this folder; the first run sets up its environment.

    python3 run.py ARGS...         the same as `wayline ARGS...`
    python3 run.py design [FILE]   open the designer
    python3 run.py test [ARGS...]  every check that must be green; ARGS go to pytest

It needs Python and nothing else, so it uses the standard library alone. An old Python must still
be able to read this file, to be told that it is too old.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Iterator, Mapping, NoReturn, Sequence

if TYPE_CHECKING:
    from types import FrameType

OLDEST = (3, 11)
INTERRUPTED, TERMINATED = 130, 143  # exit codes, as a shell has them
HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
SPARE = HERE / ".venv.spare"
STAMP = VENV / "wayline-stamp.txt"
LOG = VENV / "install.log"
REQUIREMENTS = HERE / "requirements.lock"

# Shared library of the system -> the Debian package that holds it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}

# Programs that tests of exports need: without them those are skipped, and say so.
VIEWERS = {"chromium": "chromium"}

# Command -> what its installed script would be called, and call.
PROGRAMS = {
    "wayline": ("wayline", "simulator.cli"),
    "design": ("wayline-designer", "designer.app"),
}

# import-linter has no module to run with -m.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", LINT_IMPORTS)),
    # Two at a time at least: the tests of windows wait for the window more than they work.
    ("pytest", ("-m", "pytest", "-n", "auto", "--dist", "worksteal")),
    # Every simulated path in the engines that exports are for.
    ("conformance", ("-m", "pytest", "-m", "conformance", "-n", "auto", "--dist", "worksteal")),
)

NO_NETWORK = re.compile(
    r"name resolution|resolve host|dns error|getaddrinfo|Name or service not known"
    r"|NewConnectionError|Failed to establish a new connection|error sending request"
    r"|Network is unreachable|No route to host|Connection refused|ConnectTimeout",
    re.IGNORECASE,
)


def say(message: str) -> None:
    """Tell the user one thing; standard output belongs to the command that is run."""
    print(f"wayline: {message}", file=sys.stderr, flush=True)


def stop(message: str) -> NoReturn:
    """Tell the user why it ends here."""
    say(message)
    raise SystemExit(1)


# --- The environment ---------------------------------------------------------------------------


def venv_python() -> Path:
    """Return where the environment's Python lies."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_stamp() -> str:
    """Return what a complete environment must have been made from."""
    version = ".".join(map(str, sys.version_info[:3]))
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"{version}\n{sys.base_prefix}\n{digest}\n"


def is_ready() -> bool:
    """Tell whether the environment is complete and made for this Python and these requirements."""
    try:
        return STAMP.read_text(encoding="utf-8") == wanted_stamp() and venv_python().exists()
    except OSError:
        return False


def prepare() -> None:
    """Make the environment unless it is there; of two runs at once, one makes it."""
    if is_ready():
        return
    try:
        with alone(HERE / ".venv.lock"):
            if not is_ready():
                say("Setting up Wayline (once, about a minute)…")
                set_up()
    except OSError as error:
        stop(f"Cannot set up the environment in {HERE}: {error}")


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that the system frees even if this process is killed."""
    with path.open("ab") as file:
        # An installer that outlives this process keeps the lock until it ends.
        os.set_inheritable(file.fileno(), True)
        if not try_lock(file.fileno()):
            say("Another run is setting up; waiting for it…")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    """Lock an open file, or tell that another process has."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def set_up() -> None:
    """Make the environment anew with the first tool that can, and stamp it when it is whole."""
    for tool in (find_uv(), None):
        if tool is None and not can_make_venv():
            stop("This Python cannot make a virtual environment (no venv or ensurepip).")
        begin_venv()
        if all(run_logged(command) for command in install_commands(tool)):
            STAMP.write_text(wanted_stamp(), encoding="utf-8")
            return
        if tool is None:
            stop(why_failed(LOG.read_text(encoding="utf-8", errors="replace")))


def find_uv() -> str | None:
    """Return uv's path if it is there and works: a version manager's stand-in may not."""
    uv = shutil.which("uv")
    quiet = subprocess.DEVNULL
    return uv if uv and not subprocess.call([uv, "--version"], stdout=quiet, stderr=quiet) else None


def begin_venv() -> None:
    """Leave a folder that holds nothing but the mark that it is ours and not complete."""
    shutil.rmtree(SPARE, ignore_errors=True)
    if VENV.exists():
        if not STAMP.exists():
            stop(f"{VENV} was not made by run.py: delete it or move it away, then try again.")
        # Away from its name first: half a folder must not pass for somebody else's next time.
        VENV.replace(SPARE)
        shutil.rmtree(SPARE)
    # Marked before it has its name, for the same reason.
    SPARE.mkdir()
    (SPARE / STAMP.name).write_text("incomplete\n", encoding="utf-8")
    SPARE.replace(VENV)


def install_commands(uv: str | None) -> list[list[str]]:
    """Return the commands that make the environment and fill it."""
    # The environment that this Python may itself be running in is being replaced.
    base = getattr(sys, "_base_executable", None) or sys.executable
    python = str(venv_python())
    # No source packages: building one would run code that no hash has been agreed for.
    rest = ["--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS)]
    if uv:
        make = [uv, "venv", "--no-project", "--allow-existing", "--python", base, str(VENV)]
        return [make, [uv, "pip", "install", "--python", python, *rest]]
    return [[base, "-m", "venv", str(VENV)], [python, "-m", "pip", "install", *rest]]


def run_logged(command: Sequence[str]) -> bool:
    """Run one step of the set-up; what it says goes to the log."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    env = clean_environment(quiet)
    with LOG.open("ab") as log:
        # close_fds=False: the installer inherits the lock, see alone().
        return not subprocess.call(command, env=env, stdout=log, stderr=log, close_fds=False)


def why_failed(log: str) -> str:
    """Say in one line why the installation failed."""
    if NO_NETWORK.search(log) and "HASHES" not in log:
        return (
            "Set-up failed: the package index cannot be reached. Wayline needs a network once,"
            f" to install what it builds on. Details: {LOG}"
        )
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    last = (errors or lines or ["it said nothing"])[-1]
    return f"Set-up failed: {last}  Details: {LOG}"


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without what would lead another Python's modules in."""
    leave = {"PYTHONPATH", "PYTHONHOME"}
    return {**{key: value for key, value in os.environ.items() if key not in leave}, **extra}


# --- What the system must have -----------------------------------------------------------------


def can_make_venv() -> bool:
    """Tell whether `python -m venv` will work; on Debian, get what it needs first."""
    if has_venv():
        return True
    apt_install([venv_package()], "Python's venv module")
    importlib.invalidate_caches()
    return has_venv()


def has_venv() -> bool:
    """Debian ships Python without ensurepip, and at its smallest without venv."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def venv_package(system: Path = Path("/usr/bin/python3")) -> str:
    """Return Debian's package of the venv module: the default Python's has no number."""
    if system.resolve() == Path(sys.executable).resolve():
        return "python3-venv"
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def can_load(library: str) -> bool:
    """Tell whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def look_for_qt_libraries(packages: Mapping[str, str]) -> None:
    """Get or name the libraries that Qt needs from a Linux system; go on either way."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in packages if not can_load(name)]
    if missing and not apt_install([packages[name] for name in missing], "Qt"):
        say(f"Without {', '.join(missing)}, windows cannot be opened.")


def look_for_viewers(packages: Mapping[str, str]) -> None:
    """Get or name the programs that show what is exported; go on either way."""
    missing = [name for name in packages if not shutil.which(name)]
    if sys.platform.startswith("linux") and missing:
        apt_install([packages[name] for name in missing], "Looking at exported diagrams")


def apt_install(packages: Sequence[str], what_for: str) -> bool:
    """Install Debian packages as root, or else print the line that does; False if not installed."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        say(f"{what_for} needs: sudo {' '.join(install)}")
        return False
    say(f"{what_for} needs: {' '.join(install)}")
    environment = clean_environment({"DEBIAN_FRONTEND": "noninteractive"})
    commands = ([apt, "update"], install)
    return not any(subprocess.call(c, env=environment, stdout=subprocess.DEVNULL) for c in commands)


# --- Running -----------------------------------------------------------------------------------


def program_command(name: str, arguments: Sequence[str]) -> list[str]:
    """Return the command that does what the installed script would; nothing need be installed."""
    script, module = PROGRAMS[name]
    code = f"import sys; sys.argv[0] = {script!r}; from {module} import main; sys.exit(main())"
    # -P: the user's folder must not lend its modules.
    return [str(venv_python()), "-P", "-c", code, *arguments]


def run_program(command: list[str]) -> NoReturn:
    """Become the program where the system can, so that signals and exit codes are its own."""
    environment = clean_environment({"PYTHONPATH": str(HERE)})
    if sys.platform == "win32":
        raise SystemExit(run_child(command, environment))
    os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted


def run_child(command: Sequence[str], environment: Mapping[str, str], folder: str = ".") -> int:
    """Run a command to its end; nothing that ends this process leaves it running."""
    with subprocess.Popen(command, cwd=folder, env=environment) as child:
        try:
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()


def check_environment(name: str) -> dict[str, str]:
    """Return the environment of one check."""
    extra = {"PYTHONPATH": str(HERE)}
    if name in {"pytest", "conformance"}:
        extra["PYTHONWARNDEFAULTENCODING"] = "1"
        extra["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return clean_environment(extra)


def run_checks(arguments: Sequence[str]) -> int:
    """Run every check, then say how each ended; 0 only if all passed."""
    interrupts = note_interrupts()
    results = {}
    for name, words in CHECKS:
        if name == "conformance" and arguments:
            continue  # only what is asked for
        say(f"--- {name}")
        more = arguments if name == "pytest" else ()
        command = [str(venv_python()), "-P", *words, *more]
        results[name] = run_child(command, check_environment(name), str(HERE))
        if interrupts:
            return INTERRUPTED
    for name, code in results.items():
        say(f"{name}: {'passed' if code == 0 else f'FAILED (exit code {code})'}")
    return int(any(results.values()))


def note_interrupts() -> list[int]:
    """Note Ctrl-C from now on, and no more: the child gets it too and may want to end well."""
    noted: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        noted.append(number)

    signal.signal(signal.SIGINT, note)
    return noted


def end(_number: int, _frame: FrameType | None) -> NoReturn:
    """End by an exception when told to end, so that children are ended too."""
    raise SystemExit(TERMINATED)


def too_old() -> str:
    """Say which Python is needed, and name one of those there are."""
    names = (f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1))
    found = next(filter(shutil.which, names), None)
    have = ".".join(map(str, sys.version_info[:3]))
    advice = f" Try: {found} run.py" if found else ""
    return f"Wayline needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {have}.{advice}"


def choose(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return what to run, and with which arguments."""
    if arguments and arguments[0] in {"design", "test"}:
        return arguments[0], list(arguments[1:])
    return "wayline", list(arguments)


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says."""
    name, rest = choose(arguments)
    if name != "wayline":
        look_for_qt_libraries({**QT_LIBRARIES, **(WINDOW_LIBRARIES if name == "design" else {})})
    if name == "test" and not rest:
        look_for_viewers(VIEWERS)
    prepare()
    if name == "test":
        return run_checks(rest)
    run_program(program_command(name, rest))


def main() -> int:
    """Return the exit code."""
    if sys.version_info < OLDEST:
        stop(too_old())
    signal.signal(signal.SIGTERM, end)
    try:
        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
