"""How long a replay takes: to load 100,000 customers, and to draw a frame with 1,000 dots.

`python -m benchmarks.replay` draws offscreen in software, 1280 × 800, all of a journey of 200
steps in sight. It prints the median and the slowest CPU time of a frame, playing and scrubbing,
and the longest time for which the window's thread was kept while a recording was loaded.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.canvas import journey_like
from benchmarks.speed import Goal
from designer.beside import Beside
from designer.canvas.canvas import Canvas
from designer.replay.chosen import Chosen
from designer.replay.filters import Filters
from designer.replay.loading import load
from designer.replay.stage import MOST_DOTS, Stage
from designer.selection import Selection
from designer.session import Session
from designer.theme import look
from engine.document import Document
from simulator.recording import Contacts, Moves, Queueing, Recording, Teams, to_bytes

CUSTOMERS = 100_000
DAY = 86_400.0
ROUNDS = 60


def a_day(document: Document, customers: int, seed: int = 1) -> Recording:
    """Customers who walk along links for about an hour each, and wait at every other step."""
    random = np.random.default_rng(seed)
    journey = document.journey
    number = {step.id: at for at, step in enumerate(journey.steps)}
    exits = [(number[link.from_], link.exit, number[link.to or ""]) for link in journey.links]
    ways: list[list[int]] = [[] for _ in journey.steps]
    for code, (source, _, _) in enumerate(exits):
        ways[source].append(code)
    starts = np.sort(random.uniform(0, DAY, customers))
    rows: list[tuple[int, int, int, float, float]] = []
    ends = np.empty(customers)
    for contact, start in enumerate(starts.tolist()):
        at, now = contact % 3, start
        for stay in random.exponential(400, 10).tolist():
            if not ways[at]:
                break
            code = ways[at][contact % len(ways[at])]
            rows.append((contact, at, code, now, now + stay))
            at, now = exits[code][2], now + stay
        ends[contact] = now
    contact, step, code, entered, left = (np.array(column) for column in zip(*rows, strict=True))
    waits = np.flatnonzero(step % 2 == 0)
    waits = waits[np.argsort(entered[waits], kind="stable")]
    between = entered[waits] + (left - entered)[waits] / 2
    nobody = np.zeros(0)
    return Recording(
        seed=seed,
        replication=0,
        scenario=None,
        window=(0.0, DAY),
        steps=tuple(number),
        exits=tuple(exits),
        channels=("voice", "chat", "email"),
        outcomes=("done", "gave_up"),
        labels={},
        teams=(),
        contacts=Contacts(
            customer=np.arange(customers, dtype=np.int32),
            number=np.ones(customers, np.uint8),
            channel=(np.arange(customers) % 3).astype(np.int16),
            outcome=(np.arange(customers) % 2).astype(np.int16),
            start=starts,
            end=ends,
            measured=np.ones(customers, bool),
            segments={},
        ),
        moves=Moves(
            contact.astype(np.int32), step.astype(np.int32), code.astype(np.int32), entered, left
        ),
        queueing=Queueing(
            contact[waits].astype(np.int32),
            step[waits].astype(np.int32),
            entered[waits],
            between,
            left[waits],
            np.full(len(waits), -1, np.int16),
            np.zeros(len(waits), np.uint8),
        ),
        agents=Teams(nobody, nobody, nobody, nobody, nobody, nobody),
    )


def _loaded(app: QApplication, data: bytes) -> tuple[Chosen, float, float]:
    """Load beside the window; also the seconds it took, and the longest gap (ms) meanwhile."""
    found: list[Chosen] = []
    loading = Beside(partial(load, data))
    loading.done.connect(found.append)
    began = before = time.perf_counter()
    loading.start()
    longest = 0.0
    while not found:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    return found[0], before - began, longest * 1000


def _frames(app: QApplication, stage: Stage, times: list[float]) -> list[float]:
    """CPU milliseconds of each of these times, painted."""
    spent = []
    for moment in times:
        before = time.thread_time()
        stage.show(moment)
        app.processEvents()
        spent.append((time.thread_time() - before) * 1000)
    return spent


def main() -> int:
    """Measure, print, and say which goals are kept."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    look.apply(app, "light")
    document = journey_like(200)
    session = Session(document)
    canvas = Canvas(session, Selection(session))
    canvas.resize(1280, 800)
    canvas.show()
    canvas.view.fit()
    app.processEvents()
    data = to_bytes(a_day(document, CUSTOMERS))
    loaded, seconds, gap = _loaded(app, data)
    print(f"{len(data) / 1e6:.0f} MB of {CUSTOMERS:,} customers in {seconds:.2f} s")
    before = time.perf_counter()
    stage = Stage(loaded, session, canvas.selection, canvas.scene)
    stage.glide_for(0.3 * 300)
    stage.show(DAY / 2)
    app.processEvents()
    first = (time.perf_counter() - before) * 1000
    dots = sum(map(len, stage.layer.picture.dots.values()))
    print(f"{dots} of at most {MOST_DOTS} dots, every {stage.every}th customer")
    playing = _frames(app, stage, [DAY / 2 + 10 * n for n in range(ROUNDS)])
    scrubbing = _frames(app, stage, [DAY * (n * 7 % ROUNDS) / ROUNDS for n in range(ROUNDS)])
    canvas.view.set_zoom(1.0)
    near = _frames(app, stage, [DAY / 2 + 10 * n for n in range(ROUNDS)])
    before = time.perf_counter()
    stage.filter(Filters(channel="chat"))
    stage.show(DAY / 2)
    filtering = (time.perf_counter() - before) * 1000
    stage.close_stage()
    canvas.close_canvas()
    canvas.selection.close()
    canvas.close()
    print(f"slowest: playing {max(playing):.1f}, scrubbing {max(scrubbing):.1f} ms")
    goals = [
        Goal("a frame while playing, ms", statistics.median(playing), 33, False),
        Goal("a frame while scrubbing, ms", statistics.median(scrubbing), 33, False),
        Goal("a frame while playing at 100 %, ms", statistics.median(near), 33, False),
        Goal("longest gap while loading, ms on the clock", gap, 200, False),
        Goal("first frame, ms on the clock", first, 200, False),
        Goal("another filter, ms on the clock", filtering, 200, False),
    ]
    for goal in goals:
        print(goal)
    return 0 if all(goal.kept for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
