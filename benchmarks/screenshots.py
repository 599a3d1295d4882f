"""Pictures of the real window, 1440 × 900, for `assets/screenshots`.

`python -m benchmarks.screenshots [NAME…]` makes them anew, offscreen; look at each before it is
kept.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from benchmarks.canvas import journey_like
from designer.recovery.journal import Journal
from designer.session import Session
from designer.settings import Settings
from designer.theme import look
from designer.window import Window
from designer.windows import Windows
from designer.workspace import Workspace
from engine.document import Document, read_document
from engine.edits import disconnect, move_steps
from engine.frame_edits import add_frame, add_note, collapse_frame
from engine.shipped import sample_path

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "screenshots"
WANTED = sys.argv[1:]
"""Names of pictures; all, if there are none."""
SETTLED_MS = 500
"""After so long the checks are done and everything is laid out."""

Pose = Callable[[Workspace], object]


def picture(app: QApplication, name: str, document: Document | None, *poses: Pose) -> None:
    """Open the document, or the welcome page, as on the first day; pose; take the picture."""
    if WANTED and name not in WANTED:
        return
    with tempfile.TemporaryDirectory() as private:
        settings = Settings(Path(private) / "settings.ini")
        settings.tour_seen = settings.reduced_motion = True
        settings.theme = "dark" if name.endswith("dark") else "light"
        settings.text_scale = 2.0 if name.endswith("200") else 1.0
        windows = Windows(settings, Path(private) / "recovery", app)
        window = windows.welcome()
        window.resize(1440, 900)
        _settle()
        if document is not None:
            session = Session(document)
            window.show_document(session, Journal(windows.recovery, session), None)
            _settle()
        for pose in poses:
            pose(window.work())
            _settle()
        shown = _with_dialogs(window)
        shown.save(str(FOLDER / f"{name}.png"), "PNG", 0)  # type: ignore[call-overload]
        window.close_without_asking()
        windows.let_go()


def _with_dialogs(window: Window) -> QPixmap:
    """The window, and in its middle the dialog that is open."""
    shown = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            over, painter = dialog.grab(), QPainter(shown)
            at = shown.rect().center() - over.rect().center()
            painter.drawPixmap(at, over)
            painter.setPen(look.active().faint)
            painter.drawRect(over.rect().translated(at).adjusted(-1, -1, 0, 0))
            painter.end()
    return shown


def _settle() -> None:
    """Let the window work; QTest.qWait would keep the checker's thread from running."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLED_MS, loop.quit)
    loop.exec()


def _select(kind: str) -> Pose:
    """Select the first step of this type."""
    return lambda space: space.selection.select([_first(space, kind)])


def _first(space: Workspace, kind: str) -> str:
    return next(step.id for step in space.session.document.journey.steps if step.type == kind)


def _open_condition(space: Workspace) -> None:
    """Show when the first branch is taken, with the step in the middle."""
    step = space.selection.step
    space.selection.go_to(step, "branches/0/when")
    space.canvas.view.set_zoom(0.8)
    space.selection.revealed.emit(step)


def _break(space: Workspace) -> None:
    """Take two links away."""
    for exit_name in ("failed", "unresolved"):
        document = space.session.document
        link = next(one for one in document.journey.links if one.exit == exit_name)
        space.session.do(disconnect(document, link.from_, link.exit))
    _settle()
    space.problems.show_step(link.from_)


def _frame(space: Workspace) -> None:
    """Two frames, of which one is collapsed, and a note."""
    session = space.session
    people = [_first(space, kind) for kind in ("ai_agent", "human_agent")]
    closed = [_first(space, "announcement")]
    # The way past people leaves the frame above it.
    above = next(x.to for x in session.document.journey.links if x.from_ == people[0])
    x, y = session.document.layout.positions[above or ""]
    session.do(move_steps(session.document, {above or "": (x, y - 72)}))
    session.do(add_frame(session.document, "AI first, then people", people, name="people"))
    session.do(add_frame(session.document, "Outside opening hours", closed, name="closed"))
    session.do(collapse_frame(session.document, "closed"))
    places = session.document.layout.positions.values()
    at = (min(x for x, _ in places), min(y for _, y in places))
    session.do(add_note(session.document, "Ask the bank: who calls before seven?", at))
    space.selection.select(frames=["people"])


# ---- after a run

WAIT_MS = 120_000


def _until(is_so: Callable[[], bool]) -> None:
    """Let the window work until it is so."""
    loop, clock = QEventLoop(), QElapsedTimer()
    clock.start()
    while not is_so():
        if clock.elapsed() > WAIT_MS:
            raise TimeoutError
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def _run(scenario: str | None = None, replications: int = 200) -> Pose:
    """F5, to the end."""

    def pose(space: Workspace) -> None:
        bar = space.simulating.bar
        bar.choose_scenario(scenario)
        bar.options.replications.setValue(replications)
        space.simulating.run()
        _until(lambda: space.simulating.runs.running is None)
        space.canvas.view.fit()

    return pose


def _replay(space: Workspace) -> None:
    """The middle of the day."""
    space.around.show("replay")
    _until(lambda: space.simulating.replay.player is not None)


def _follow(space: Workspace) -> None:
    """The first who gave up."""
    space.around.show("customers")
    _settle()
    following = space.simulating.customers.following
    if following is None:
        raise RuntimeError("nobody is followed")
    _until(lambda: bool(following.choosing.list.customers))
    following.choosing.choose("Gave up waiting")
    _until(lambda: 0 not in following.choosing.list.customers)
    following.follow(following.choosing.list.customers[0])
    _until(lambda: following.story.story is not None)
    following.story.timeline.make_current(3)
    space.canvas.view.fit()


def _compare(space: Workspace) -> None:
    """The baseline beside a scenario, and the difference on the canvas."""
    space.around.show("what-if")
    inside = space.simulating.what_if.inside
    if inside is None:
        raise RuntimeError("nothing is compared")
    inside.tabs.setCurrentIndex(1)
    kept = space.simulating.runs.kept()
    inside.comparison.choose(kept[1].results, kept[0].results)
    inside.comparison.canvas.click()
    space.heat.show_measure("abandonment_rate")


def _what_if(space: Workspace) -> None:
    """A change of a scenario while it is made."""
    space.around.show("what-if")
    inside = space.simulating.what_if.inside
    if inside is None:
        raise RuntimeError("nothing is asked")
    inside.run.click()
    _until(lambda: space.simulating.runs.running is None and not inside.queue.left)
    inside.table.choose("two_fewer")
    inside.editor.add.click()
    inside.editor.picker.search.setText("adviser patience")


def _charts(space: Workspace) -> None:
    """The first chart, drawn."""
    space.around.show("charts")
    for _ in range(6):
        _settle()


def _export(space: Workspace) -> None:
    """What is lost on the way to Camunda 8."""
    space.exporting.open()
    dialog = space.exporting.dialog
    if dialog is None:
        raise RuntimeError("nothing is exported")
    _until(lambda: dialog.made is not None)
    dialog.targets.choose("camunda8")
    dialog.target.tabs.setCurrentIndex(1)


def _map(space: Workspace) -> None:
    """The journey map, with what was simulated."""
    space.center.show_map(is_shown=True)
    page = space.center.map_page
    _until(lambda: page is not None and "replications" in page.said)


def main() -> int:
    """Make all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    bank, evara = (read_document(sample_path(name)) for name in ("bankunited", "evara"))
    retailer = read_document(sample_path("omnichannel_retail"))
    picture(app, "welcome", None)
    picture(app, "bankunited-light", bank, _select("ai_agent"))
    picture(app, "bankunited-dark", bank, _select("human_agent"))
    for theme in ("light", "dark"):
        picture(app, f"results-{theme}", bank, _run(), _run("after"), _select("human_agent"))
    picture(app, "replay", bank, _run(replications=20), _replay)
    picture(app, "customer", bank, _run(replications=20), _follow)
    picture(app, "comparison", bank, _run(), _run("after"), _compare)
    picture(app, "what-if", bank, _run(replications=40), _what_if)
    picture(app, "charts", retailer, _run(replications=40), _charts)
    picture(app, "journey-map", read_document(sample_path("patient_journey")), _run(), _map)
    picture(app, "export", retailer, _export)
    picture(app, "problems", bank, _break, _select("ai_agent"))
    picture(app, "condition", evara, _select("condition"), _open_condition)
    picture(app, "outline", evara, _select("ai_agent"), lambda s: s.around.show("outline"))
    picture(app, "frames-and-notes", bank, _frame, lambda s: s.canvas.view.fit())
    picture(app, "two-hundred-steps", journey_like(200), lambda s: s.tidy())
    picture(app, "text-200", bank, _select("ai_agent"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
