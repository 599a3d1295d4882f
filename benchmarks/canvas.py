"""How long the canvas takes: opening, moving about, dragging, undoing.

`python -m benchmarks.canvas` draws offscreen in software, 1280 × 800, and prints the median CPU
time of a frame, which is what a gesture changes plus the painting that follows.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.speed import Goal
from designer.canvas.canvas import Canvas
from designer.canvas.measures import COLUMN, ROW
from designer.inspector.panel import Inspector
from designer.outline.panel import OutlinePanel
from designer.problems.checker import Checker
from designer.selection import Selection
from designer.session import Session
from designer.theme import look
from engine.document import Document, document_from_plain
from engine.edits import disconnect

LEFT = Qt.MouseButton.LeftButton
ROUNDS = 15


def journey_like(steps: int, seed: int = 1) -> Document:
    """A journey of so many steps in columns: branches, long ways, and a few ways back."""
    random_ = random.Random(seed)
    rows = max(4, round(steps**0.5 / 1.6))
    kinds = ("announcement", "business_hours", "human_agent", "condition", "message", "survey")
    made, links, positions = [], [], {}
    for number in range(steps):
        kind = "inbound_contact" if number < 3 else random_.choice(kinds)
        step: dict[str, object] = {"id": f"s{number}", "type": kind, "name": f"Step {number}"}
        if kind == "condition":
            always = {"attribute": "channel", "op": "eq", "value": "voice"}
            step["branches"] = [{"id": "one", "name": "One", "when": always}]
        if kind == "message":
            step |= {"channel": "email", "purpose": "service", "template": "hello"}
        made.append(step)
        positions[f"s{number}"] = [number // rows * COLUMN, number % rows * ROW]
        exits = {
            "human_agent": ["resolved", "abandoned"],
            "business_hours": ["open", "closed"],
            "condition": ["one"],
        }.get(kind, [])
        for exit_name in exits or [_only_exit(kind)]:
            ahead = random_.choice((1, 1, 1, 2, 4)) * rows + random_.randrange(-3, 4)
            to = number - 2 * rows if random_.random() < 0.03 else number + ahead
            if 0 <= to < steps and to != number:
                links.append({"from": f"s{number}", "exit": exit_name, "to": f"s{to}"})
    return document_from_plain(
        {
            "journey": {"id": "big", "name": "Big", "steps": made, "links": links},
            "layout": {"positions": positions},
        }
    )


def _only_exit(kind: str) -> str:
    return {"inbound_contact": "arrived", "announcement": "done", "message": "delivered"}.get(
        kind, "answered"
    )


def _median_ms(app: QApplication, do: Callable[[int], None], rounds: int = ROUNDS) -> float:
    times = []
    for number in range(rounds):
        before = time.thread_time()
        do(number)
        app.processEvents()
        times.append((time.thread_time() - before) * 1000)
    return statistics.median(times)


def _moved(canvas: Canvas, at: QPoint) -> None:
    view = canvas.view
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        LEFT,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def _drag(app: QApplication, canvas: Canvas, names: list[str]) -> float:
    """CPU milliseconds a move of the mouse while these steps are dragged."""
    from PySide6.QtTest import QTest

    view = canvas.view
    canvas.selection.select(names)
    start = view.mapFromScene(canvas.scene.cards[names[0]].scene_rect().center())
    QTest.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    result = _median_ms(app, lambda n: _moved(canvas, start + QPoint(9 * n + 9, 8 * n + 8)))
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    app.processEvents()
    canvas.session.undo()
    return result


def _opened(app: QApplication, document: Document) -> tuple[Canvas, float]:
    before = time.thread_time()
    session = Session(document)
    canvas = Canvas(session, Selection(session))
    canvas.resize(1280, 800)
    canvas.show()
    canvas.view.fit()
    app.processEvents()
    return canvas, time.thread_time() - before


def _measure(app: QApplication, steps: int) -> dict[str, float]:
    canvas, opened = _opened(app, journey_like(steps))
    view = canvas.view
    measured = {"open": opened * 1000}
    measured["fit"] = _median_ms(app, lambda _n: view.viewport().update())
    measured["zoom at fit"] = _median_ms(app, lambda n: view.set_zoom(0.3 if n % 2 else 0.28))
    view.set_zoom(1.0)
    view.centerOn(canvas.scene.content_rect().center())
    app.processEvents()
    measured["pan"] = _median_ms(app, lambda n: view.pan(40 if n % 4 < 2 else -40, 12))
    measured["zoom at 100 %"] = _median_ms(app, lambda n: view.set_zoom(1.0 if n % 2 else 0.9))
    view.set_zoom(1.0)
    seen = view.seen()
    near = [n for n, card in canvas.scene.cards.items() if card.scene_rect().intersects(seen)]
    measured["drag 1"] = _drag(app, canvas, near[:1])
    fifty = near[:50] + [n for n in canvas.scene.cards if n not in near][: max(0, 50 - len(near))]
    measured["drag 50"] = _drag(app, canvas, fifty)
    canvas.close_canvas()
    canvas.selection.close()
    canvas.close()
    return measured


def _checked(app: QApplication) -> float:
    """Milliseconds on the clock from a change to its problems, at 500 steps."""
    session = Session(journey_like(500))
    checker = Checker(session)
    key = next((link.from_, link.exit) for link in session.document.journey.links if link.to)
    times = []
    for number in range(11):
        _wait(app, checker)
        before = time.perf_counter()
        if number % 2:
            session.undo()
        else:
            session.do(disconnect(session.document, *key))
        _wait(app, checker)
        times.append((time.perf_counter() - before) * 1000)
    checker.close()
    return statistics.median(times)


def _wait(app: QApplication, checker: Checker) -> None:
    while not checker.is_current:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def _inspected(app: QApplication) -> float:
    """CPU milliseconds until the inspector shows another step: the slowest of 200."""
    session = Session(journey_like(200))
    selection = Selection(session)
    inspector = Inspector(session, selection)
    inspector.resize(340, 820)
    inspector.show()
    app.processEvents()
    times = []
    for step in [one.id for one in session.document.journey.steps]:
        before = time.thread_time()
        selection.select([step])
        app.processEvents()
        times.append((time.thread_time() - before) * 1000)
    inspector.stop_listening()
    inspector.close()
    return max(times)


def _outlined(app: QApplication) -> float:
    """CPU milliseconds until the outline shows a change, at 2,000 steps."""
    session = Session(journey_like(2000))
    selection, checker = Selection(session), Checker(session)
    panel = OutlinePanel(session, selection, checker, lambda step, journey: step.summary(journey))
    panel.show()
    app.processEvents()
    key = next((link.from_, link.exit) for link in session.document.journey.links if link.to)
    result = _median_ms(
        app,
        lambda n: session.undo() if n % 2 else session.do(disconnect(session.document, *key)),
        9,
    )
    panel.close_outline()
    checker.close()
    panel.close()
    return result


def main() -> int:
    """Measure, print, and say which goals are kept."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    look.apply(app, "light")
    results = {}
    for steps in (200, 2000, 10_000):
        results[steps] = _measure(app, steps)
        shown = "  ".join(f"{name} {value:.1f}" for name, value in results[steps].items())
        print(f"{steps:>6} steps, CPU ms: {shown}")
    goals = [
        Goal("open 2,000 steps, seconds", results[2000]["open"] / 1000, 1.5, False),
        Goal("open 10,000 steps, seconds", results[10_000]["open"] / 1000, 6, False),
        Goal("pan at 2,000, ms", results[2000]["pan"], 16, False),
        Goal("zoom step at 2,000, ms", results[2000]["zoom at 100 %"], 16, False),
        Goal("zoom step at 2,000, all in sight, ms", results[2000]["zoom at fit"], 16, False),
        Goal("drag one of 2,000, ms", results[2000]["drag 1"], 16, False),
        Goal("drag fifty of 2,000, ms", results[2000]["drag 50"], 33, False),
        Goal("all of 10,000 in sight, ms", results[10_000]["fit"], 33, False),
    ]
    goals += [
        Goal("problems after a change of 500, ms on the clock", _checked(app), 150, False),
        Goal("inspector shows another step, slowest of 200, ms", _inspected(app), 50, False),
        Goal("outline after a change of 2,000, ms", _outlined(app), 100, False),
    ]
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
