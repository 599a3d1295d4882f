"""The command itself, as a process: its arguments, its messages, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from designer.recovery.left_over import left_over
from engine.document import read_document, write_document
from engine.shipped import sample_path

ROOT = Path(__file__).parents[2]
RUN = "import sys; from designer.app import main; sys.exit(main())"


def environment(home: Path) -> dict[str, str]:
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    return {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}


def ended(home: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_help_says_how_it_is_called(tmp_path: Path) -> None:
    result = ended(tmp_path, RUN, "--help")
    assert result.returncode == 0
    assert "wayline-designer" in result.stdout
    assert "FILE" in result.stdout


def test_an_unknown_option_is_refused(tmp_path: Path) -> None:
    result = ended(tmp_path, RUN, "--fast")
    assert result.returncode == 2
    assert "--fast" in result.stderr


def test_without_qt_it_is_said_what_to_install(tmp_path: Path) -> None:
    result = ended(tmp_path, f"import sys; sys.modules['PySide6'] = None; {RUN}")
    assert result.returncode == 69
    assert "pip install 'wayline[designer]'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_it_is_said_before_qt_aborts(tmp_path: Path) -> None:
    code = f"""
        import os
        for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        {RUN}
    """
    result = ended(tmp_path, code)
    assert result.returncode == 69
    assert "no screen" in result.stderr
    assert "To mend it" in result.stderr


SHOWN = """
    import sys
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from designer import start
    from designer.window import Window

    def look():
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window)]
        for window in windows:
            shown = window.path.name if window.path else "-"
            print(shown, window.banner.isVisible(), window.banner.text.text().splitlines()[:1])
        for window in windows:
            window.close_without_asking()

    of_qt = start.QApplication
    class App(of_qt):
        def exec(self):
            QTimer.singleShot(0, look)
            return super().exec()
    start.QApplication = App
    from designer.app import main
    sys.exit(main())
"""


def test_each_file_gets_a_window_and_what_cannot_be_opened_is_said_in_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        document = read_document(sample_path("starter"))
        write_document(tmp_path / f"{name}.journey.json", document)
    files = [str(tmp_path / f"{name}.journey.json") for name in ("one", "absent", "two", "one")]
    result = ended(tmp_path, SHOWN, *files)
    assert result.returncode == 0, result.stderr
    lines = sorted(result.stdout.splitlines())
    assert [line.split()[0] for line in lines] == ["-", "one.journey.json", "two.journey.json"]
    assert "True" in lines[0]
    assert "absent.journey.json" in lines[0]
    assert "Traceback" not in result.stderr


EDITED = """
    import sys
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from designer import start
    from designer.window import Window
    from engine.edits import SetField

    def edit():
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
        session = window.work().session
        for name in ("first", "last"):
            session.do(SetField("Rename", "journey.name", name))
        print("edited", flush=True)

    of_qt = start.QApplication
    class App(of_qt):
        def exec(self):
            QTimer.singleShot(0, edit)
            return super().exec()
    start.QApplication = App
    from designer.app import main
    sys.exit(main())
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_polite_kill_loses_nothing(tmp_path: Path, number: signal.Signals, code: int) -> None:
    file = tmp_path / "one.journey.json"
    write_document(file, read_document(sample_path("starter")))
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(EDITED), str(file)],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "edited\n"
        process.send_signal(number)
        assert process.wait(30) == code
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    (folder,) = tmp_path.rglob("recovery")
    (found,) = left_over(folder)
    assert found.document.journey.name == "last"
    assert found.path == file
