"""A run in a real window: when it says something, how soon it is gone, whether it disturbs.

`python -m benchmarks.window_runs` presses F5 on the bank's sample offscreen, with two worker
processes, and opens the results of a day of 100,000 customers on 200 steps.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.big_journey import big_journey
from benchmarks.speed import Goal
from designer.recovery.journal import Journal
from designer.session import Session
from designer.settings import Settings
from designer.windows import Windows
from designer.workspace import Workspace
from engine.document import Document, read_document
from engine.shipped import sample_path

ROUNDS = 5
_FETCHED = {"charts", "replay", "customers"}
"""Panels that import something, or ask another process, before they show anything."""


@contextmanager
def opened(app: QApplication, document: Document) -> Iterator[Workspace]:
    """The document in a window of its own."""
    with tempfile.TemporaryDirectory() as private:
        settings = Settings(Path(private) / "settings.ini")
        settings.tour_seen = settings.reduced_motion = True
        windows = Windows(settings, Path(private) / "recovery", app)
        window = windows.welcome()
        window.resize(1440, 900)
        session = Session(document)
        window.show_document(session, Journal(windows.recovery, session), None)
        wait(app, lambda: window.work().checker.is_current)
        yield window.work()
        window.close_without_asking()
        windows.let_go()


def wait(app: QApplication, is_over: Callable[[], bool], seconds: float = 600) -> float:
    """Let the window work until then; returns its longest gap in seconds."""
    last, worst = time.perf_counter(), 0.0
    end = last + seconds
    while not is_over():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        now = time.perf_counter()
        last, worst = now, max(worst, now - last)
        if now > end:
            raise TimeoutError
        time.sleep(0.001)
    return worst


def pause(app: QApplication, seconds: float) -> float:
    """Let the window work so long; returns its longest gap in seconds."""
    until = time.perf_counter() + seconds
    return wait(app, lambda: time.perf_counter() > until)


def _measure(app: QApplication) -> tuple[float, float, float]:
    """Seconds to the first numbers, to be gone after Cancel, and the worst gap of all."""
    with opened(app, read_document(sample_path("bankunited"))) as space:
        simulating = space.simulating
        simulating.bar.options.replications.setValue(2000)
        begun = time.perf_counter()
        simulating.run()
        worst = wait(app, lambda: simulating.results.cards is not None)
        app.processEvents()
        first = time.perf_counter() - begun
        worst = max(worst, pause(app, 2))
        begun = time.perf_counter()
        simulating.runs.cancel()
        worst = max(worst, wait(app, lambda: simulating.runs.running is None))
        gone = time.perf_counter() - begun
        simulating.bar.options.replications.setValue(40)
        simulating.run()
        worst = max(worst, wait(app, lambda: simulating.runs.running is None))
        worst = max(worst, pause(app, 0.5))
    return first, gone, worst


def _big_results(app: QApplication) -> tuple[float, float]:
    """Seconds that the window works to open the results of a large day, and its worst gap."""
    with opened(app, big_journey(100_000)) as space:
        simulating = space.simulating
        simulating.bar.options.replications.setValue(2)
        busy = time.thread_time()
        simulating.run()
        worst = wait(app, lambda: simulating.runs.running is None)
        for panel in simulating.panels():
            space.around.show(panel.name)
            worst = max(worst, pause(app, 2.0 if panel.name in _FETCHED else 0.5))
        return time.thread_time() - busy, worst


def main() -> int:
    """Measure, print, and say which goals are kept."""
    app = QApplication(sys.argv[:1])
    first, gone, worst = zip(*(_measure(app) for _ in range(ROUNDS)), strict=True)
    opening, gap = _big_results(app)
    goals = [
        Goal("first numbers after F5, seconds", statistics.median(first), 1, False),
        Goal("gone after Cancel, the slowest, ms", max(gone) * 1000, 100, False),
        Goal("the window's longest gap, ms", max(worst) * 1000, 200, False),
        Goal("results of 100,000 customers × 200 steps open, s", opening, 2, False),
        Goal("the window's longest gap meanwhile, ms", gap * 1000, 200, False),
    ]
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
