"""Windows: what is opened, kept, remembered and told; what a crash leaves behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from designer.settings import Settings
from designer.theme import look
from designer.window import Window
from designer.windows import Windows
from engine.document import document_to_bytes, read_document, write_document
from engine.graph_edits import rename_step
from engine.shipped import sample_path
from tests.designer import hands

ROOT = Path(__file__).parents[2]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.journey.json"
    write_document(path, read_document(sample_path("bankunited")))
    return path


def answers(window: Window) -> dict[str, QPushButton]:
    return {button.text(): button for button in window.banner.buttons}


def answer(qtbot: QtBot, window: Window, words: str) -> None:
    qtbot.mouseClick(answers(window)[words], Qt.MouseButton.LeftButton)


def opened(qtbot: QtBot, windows: Windows, path: Path) -> Window:
    window = windows.open_path(path)
    assert window is not None
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    return window


def test_the_welcome_page_begins_a_journey_and_becomes_its_window(
    qtbot: QtBot, windows: Windows
) -> None:
    window = windows.welcome()
    hands.bring(window)
    new = next(b for b in window.welcome.findChildren(QPushButton) if b.text() == "New journey")
    qtbot.mouseClick(new, Qt.MouseButton.LeftButton)
    assert windows.open == [window]
    assert window.work().session.document.journey.steps == []


def test_a_file_is_opened_once_and_remembered(
    qtbot: QtBot, windows: Windows, file: Path, settings: Settings
) -> None:
    window = opened(qtbot, windows, file)
    assert windows.open_path(file) is window
    assert [recent.path for recent in settings.recent_files()] == [file]
    assert "bank.journey.json" in window.windowTitle()


def test_another_file_gets_a_window_of_its_own(
    qtbot: QtBot, windows: Windows, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.journey.json"
    write_document(other, read_document(sample_path("starter")))
    first = opened(qtbot, windows, file)
    second = windows.open_path(other, first)
    assert second is not None
    assert windows.open == [first, second]


def test_dropped_files_are_opened(windows: Windows, file: Path) -> None:
    window = windows.welcome()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    action = Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    left, here = Qt.MouseButton.LeftButton, QPoint(5, 5)
    QApplication.sendEvent(window, QDragEnterEvent(here, action, data, left, none))
    QApplication.sendEvent(window, QDropEvent(here, action, data, left, none))
    assert window.path == file


@pytest.mark.parametrize(
    "text", ["{", '{"format": "wayline/journey"}', "<html><img src=x>", '{"a": NaN}', ""]
)
def test_what_is_no_journey_is_said_in_the_window(
    windows: Windows, tmp_path: Path, text: str
) -> None:
    bad = tmp_path / "bad.journey.json"
    bad.write_text(text, encoding="utf-8")
    window = windows.welcome()
    assert windows.open_path(bad, window) is None
    assert window.banner.isVisible()
    assert "bad.journey.json" in window.banner.text.text()
    assert "To mend it" in window.banner.text.text()
    assert window.banner.text.textFormat() is Qt.TextFormat.PlainText


def test_saving_says_so_and_undo_back_to_the_saved_state_is_saved(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    hands.key(Qt.Key.Key_N)
    hands.key(Qt.Key.Key_Escape)
    assert window.isWindowModified()
    hands.key(Qt.Key.Key_S, CTRL)
    assert not window.isWindowModified()
    assert read_document(file) == window.work().session.document
    hands.key(Qt.Key.Key_Z, CTRL)
    assert window.isWindowModified()
    hands.key(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert not window.isWindowModified()


def changed_outside(path: Path, name: str) -> None:
    document = read_document(path)
    step = document.journey.steps[0].id
    write_document(path, rename_step(document, step, name).apply(document)[0])


def test_a_change_from_outside_is_noticed_and_reloaded_and_undone(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    before = document_to_bytes(window.work().session.document)
    changed_outside(file, "From outside")
    qtbot.waitUntil(lambda: "Reload" in answers(window))
    answer(qtbot, window, "Reload")
    steps = window.work().session.document.journey.steps
    assert steps[0].name == "From outside"
    assert not window.isWindowModified()
    hands.bring(window)
    window.work().canvas.view.setFocus()
    hands.key(Qt.Key.Key_Z, CTRL)
    assert document_to_bytes(window.work().session.document) == before


def test_what_somebody_else_wrote_is_not_overwritten_unasked(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    hands.key(Qt.Key.Key_N)
    hands.key(Qt.Key.Key_Escape)
    changed_outside(file, "From outside")
    hands.key(Qt.Key.Key_S, CTRL)
    assert read_document(file).journey.steps[0].name == "From outside"
    answer(qtbot, window, "Overwrite")
    assert read_document(file) == window.work().session.document


def test_how_a_document_was_looked_at_is_remembered(
    qtbot: QtBot, windows: Windows, file: Path
) -> None:
    window = opened(qtbot, windows, file)
    qtbot.waitUntil(lambda: window.work().canvas.view.zoom != 1.0)
    window.work().canvas.view.set_zoom(1.7)
    window.work().canvas.view.centerOn(500, 100)
    with qtbot.waitSignal(window.closed):
        window.close()
    again = opened(qtbot, windows, file)
    view = again.work().canvas.view
    qtbot.waitUntil(lambda: view.zoom == pytest.approx(1.7))
    middle = view.seen().center()
    assert (middle.x(), middle.y()) == pytest.approx((500, 100), abs=3)


def test_colours_and_text_size_change_in_every_window(
    windows: Windows, qapp: QApplication, new_window: Callable[[], Window]
) -> None:
    window = new_window()
    window.actions_.all["theme-dark"].trigger()
    window.actions_.all["text-larger"].trigger()
    assert qapp.palette().window().color() == look.active().panel
    assert look.active().is_dark
    assert look.text_scale() == pytest.approx(1.1)
    assert window.actions_.all["theme-dark"].isChecked()
    windows.settings.theme, windows.settings.text_scale = "light", 1.0
    assert not look.active().is_dark


def test_f6_goes_round_the_panels(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("bankunited").work()
    seen = []
    for _ in range(4):
        hands.key(Qt.Key.Key_F6)
        focus = hands.focus()
        seen.append(next(p for p in space.around.panels() if p is focus or p.isAncestorOf(focus)))
    assert seen == [space.inspector, space.problems, space.palette, space.canvas.view]


def test_the_tour_has_five_steps_and_is_shown_once(
    qtbot: QtBot, windows: Windows, settings: Settings
) -> None:
    settings.tour_seen = False
    window = windows.new()
    hands.bring(window)
    texts = []
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    while isinstance(QApplication.focusWidget(), QPushButton) and len(texts) < 9:
        button = hands.focus()
        texts.append(button.text())
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(texts) == 5
    assert settings.tour_seen
    assert window.work().canvas.view.hasFocus()


EDITOR = """
    import sys
    from pathlib import Path
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    from designer.settings import Settings
    from designer.windows import Windows

    app = QApplication([])
    folder = Path(sys.argv[1])
    settings = Settings(folder / "settings.ini")
    settings.tour_seen = True
    windows = Windows(settings, folder / "recovery", app)
    window = windows.open_path(Path(sys.argv[2])) if len(sys.argv) > 2 else windows.new()
    done = 0

    def draw():
        global done
        view = window.work().canvas.view
        if not view.hasFocus():
            window.activateWindow()
            view.setFocus()
            return
        QTest.keyClick(view, Qt.Key.Key_Tab)
        field = QApplication.focusWidget()
        QTest.keyClicks(field, "inbound" if not window.work().canvas.scene.cards else "announce")
        QTest.keyClick(field, Qt.Key.Key_Return)
        done += 1
        print(done, flush=True)

    timer = QTimer()
    timer.timeout.connect(draw)
    timer.start(60)
    app.exec()
"""


@pytest.mark.parametrize("saved", [False, True], ids=["untitled", "saved"])
def test_after_kill_9_the_window_offers_what_was_drawn(
    qtbot: QtBot, windows: Windows, tmp_path: Path, file: Path, saved: bool
) -> None:
    before = file.read_bytes()
    script = textwrap.dedent(EDITOR)
    command = [sys.executable, "-c", script, str(tmp_path), *([str(file)] if saved else [])]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any(int(line) == 20 for line in process.stdout)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert file.read_bytes() == before
    window = windows.welcome()
    hands.bring(window)
    assert "Restore" in answers(window)
    answer(qtbot, window, "Restore")
    # Twenty at a pace of 60 ms: what was drawn in the last second may be lost.
    here = len(window.work().session.document.journey.steps) - (10 if saved else 0)
    assert here >= 2
    assert window.isWindowModified()
    assert window.path == (file if saved else None)
    window.close_without_asking()
    nothing = windows.welcome()
    assert "Restore" not in answers(nothing)
