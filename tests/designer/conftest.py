"""What the designer's tests share: no screen, the shipped look, and nothing left behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from designer.settings import Settings
from designer.theme import look
from designer.window import Window
from designer.windows import Windows
from tests.designer import hands
from tests.designer.desks import Desks


@pytest.fixture(scope="session", autouse=True)
def _light(qapp: QApplication) -> None:
    look.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _never_modal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may stop the window until it is answered: a test would hang, a user may lose work."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a modal dialog was opened with exec()")

    for cls in (QDialog, QMessageBox, QMenu, QFileDialog):
        monkeypatch.setattr(cls, "exec", refuse)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)
    for name in ("question", "warning", "critical", "information"):
        monkeypatch.setattr(QMessageBox, name, refuse)


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window, timer or thread outlives its test."""
    # What was there before is set aside: looking through all that other tests keep took longer
    # than the tests themselves.
    gc.freeze()
    yield
    try:
        _look_for_what_is_left(qapp)
    finally:
        gc.unfreeze()


def _look_for_what_is_left(qapp: QApplication) -> None:
    QThreadPool.globalInstance().waitForDone(5000)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    gc.collect()
    windows = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    assert not windows, f"left open: {windows}"
    alive = [o for o in gc.get_objects() if isinstance(o, QTimer | QThread) and _runs(o)]
    assert not alive, f"still running: {alive}"


def _runs(thing: QObject) -> bool:
    try:
        if isinstance(thing, QTimer):
            return thing.isActive()
        return isinstance(thing, QThread) and thing.isRunning() and thing is not _main_thread()
    except RuntimeError:  # its C++ side is gone
        return False


def _main_thread() -> QThread | None:
    app = QApplication.instance()
    return app.thread() if app is not None else None


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of their own for every test."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def desks(qtbot: QtBot, settings: Settings) -> Desks:
    """Opens documents, each in a window."""
    return Desks(qtbot, settings)


@pytest.fixture
def windows(qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[Windows]:
    """Real windows with settings and a recovery folder of their own."""
    settings.reduced_motion = True
    settings.tour_seen = True
    every = Windows(settings, tmp_path / "recovery", qapp)
    yield every
    for window in tuple(every.open):
        window.close_without_asking()
    every.let_go()


@pytest.fixture
def new_window(qtbot: QtBot, windows: Windows) -> Callable[[], Window]:
    """Opens an empty journey in a window."""
    return lambda: _ready(qtbot, windows.new())


@pytest.fixture
def sample_window(qtbot: QtBot, windows: Windows) -> Callable[[str], Window]:
    """Opens a sample in a window."""

    def opened(name: str) -> Window:
        window = windows.open_sample(name)
        assert window is not None
        return _ready(qtbot, window)

    return opened


def _ready(qtbot: QtBot, window: Window) -> Window:
    qtbot.waitExposed(window)
    window.resize(1440, 900)
    hands.bring(window)
    qtbot.waitUntil(window.work().canvas.view.hasFocus)
    return window
