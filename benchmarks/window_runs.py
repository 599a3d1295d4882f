"""A simulation beside the window: when it says something, how soon it is gone, whether it disturbs.

`python -m benchmarks.window_runs` runs the bank's sample offscreen, with two worker processes.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.speed import Goal
from designer.runs.one_run import Run
from designer.runs.settings import RunSettings
from engine.document import read_document
from engine.shipped import sample_path

ROUNDS = 5


def _wait(app: QApplication, is_over: Callable[[], bool]) -> float:
    """Let the window work until then; returns its longest gap in seconds."""
    last, worst = time.perf_counter(), 0.0
    while not is_over():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        now = time.perf_counter()
        last, worst = now, max(worst, now - last)
        time.sleep(0.001)
    return worst


def _measure(app: QApplication) -> tuple[float, float, float]:
    """Seconds to the first numbers, to be gone after Cancel, and the worst gap until then."""
    run = Run(read_document(sample_path("bankunited")), RunSettings(replications=2000, jobs=2))
    ends: list[str] = []
    run.cancelled.connect(lambda: ends.append("cancelled"))
    run.ended.connect(lambda: ends.append("ended"))
    begun = time.perf_counter()
    run.start()
    worst = _wait(app, lambda: run.latest is not None)
    first = time.perf_counter() - begun
    until = time.perf_counter() + 2
    worst = max(worst, _wait(app, lambda: time.perf_counter() > until))
    begun = time.perf_counter()
    run.cancel()
    _wait(app, lambda: "cancelled" in ends)
    gone = time.perf_counter() - begun
    _wait(app, lambda: "ended" in ends)
    run.close()
    return first, gone, worst


def main() -> int:
    """Measure, print, and say which goals are kept."""
    app = QApplication(sys.argv[:1])
    first, gone, worst = zip(*(_measure(app) for _ in range(ROUNDS)), strict=True)
    goals = [
        Goal("first numbers after the start, seconds", statistics.median(first), 1, False),
        Goal("gone after Cancel, the slowest, ms", max(gone) * 1000, 100, False),
        Goal("the window's longest gap, ms", max(worst) * 1000, 200, False),
    ]
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
