"""The charts of a run: drawn beside the window's thread, read, followed to the steps, and given."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from designer.charts import ChartsPanel
from designer.charts.page import ChartPage
from designer.runs import RunResults, Runs, RunSettings
from designer.selection import Selection
from designer.session import Session
from designer.theme import look
from engine.document import read_document
from engine.edits import replace_step
from engine.errors import WaylineError
from engine.shipped import sample_path
from simulator.charts import CHARTS
from simulator.charts.palette import DARK
from simulator.charts.picture import picture
from simulator.charts.table import chart_csv

QUICK = RunSettings(replications=4, jobs=1)
WAIT = 60_000
FROM_BEFORE = "From before your change."


class Ran:
    """A document that was run."""

    def __init__(self, sample: str = "omnichannel_retail") -> None:
        self.session = Session(read_document(sample_path(sample)))
        self.selection = Selection(self.session)
        self.runs = Runs(self.session)

    @property
    def results(self) -> RunResults:
        assert self.runs.shown is not None
        return self.runs.shown

    def rename(self) -> None:
        step = self.session.document.journey.steps[0]
        other = step.model_copy(update={"name": f"{step.name} now"})
        self.session.do(replace_step(self.session.document, other))

    def close(self) -> None:
        self.runs.close()
        self.selection.close()


@pytest.fixture(scope="module")
def ran(qapp: QApplication) -> Iterator[Ran]:
    made = Ran()
    run = made.runs.start(QUICK)
    end = time.monotonic() + WAIT / 1000
    while made.runs.running is not None or made.runs.findChildren(type(run)):
        QTest.qWait(10)
        qapp.sendPostedEvents()
        assert time.monotonic() < end
    yield made
    made.close()


class Desk:
    """A panel, and what it said."""

    def __init__(self, qtbot: QtBot, ran: Ran) -> None:
        self.qtbot, self.ran = qtbot, ran
        self.told: list[str] = []
        self.failed: list[WaylineError] = []
        self.panel = ChartsPanel(ran.session, ran.selection, ran.runs)
        self.panel.told.connect(self.told.append)
        self.panel.failed.connect(self.failed.append)
        qtbot.addWidget(self.panel, before_close_func=lambda panel: panel.close_panel())
        self.panel.resize(1000, 460)

    def show(self) -> None:
        with self.qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.activateWindow()

    @property
    def page(self) -> ChartPage:
        assert self.panel.page is not None
        return self.panel.page

    def is_drawn(self) -> bool:
        """Whether what is seen is what was chosen, at the size that it has."""
        page = self.panel.page
        drawn = page.picture.drawn if page is not None else None
        if page is None or drawn is None:
            return False
        size, wish = page.picture.size(), drawn.wish
        return (
            wish.chart == page.choosing.chart
            and wish.choice == page.choosing.view
            and wish.theme == look.active().name
            and QSize(wish.width, wish.height) == size
        )

    def wait(self) -> None:
        self.qtbot.waitUntil(self.is_drawn, timeout=WAIT)

    def choose(self, chart: str, view: str | None = None) -> None:
        """As a user does, by the names in the combos."""
        charts, views = self.page.choosing.charts, self.page.choosing.views
        charts.setCurrentIndex(charts.findData(chart))
        if view is not None:
            views.setCurrentIndex(views.findData(view))
        self.wait()

    def stale(self) -> str:
        label = self.page.stale
        return label.text() if label.isVisible() else ""

    def point_in(self, number: int) -> QPoint:
        """A place at which this mark is seen, and no other."""
        view = self.page.picture
        path = view.shapes[number].path
        along = [path.pointAtPercent(part / 40) for part in range(41)]
        for at in (path.boundingRect().center(), *along):
            if view.shape_at(at.toPoint().toPointF()) == number:
                return at.toPoint()
        raise AssertionError(f"mark {number} is nowhere to be seen")


@pytest.fixture
def desk(qtbot: QtBot, ran: Ran) -> Desk:
    """A panel that shows a chart."""
    made = Desk(qtbot, ran)
    made.show()
    made.wait()
    return made


def test_before_the_first_run_it_asks_for_one(qtbot: QtBot) -> None:
    nothing_yet = Ran("starter")
    desk = Desk(qtbot, nothing_yet)
    desk.show()
    [button] = [one for one in desk.panel.findChildren(QPushButton) if one.isVisible()]
    with qtbot.waitSignal(desk.panel.run_asked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.panel.page is None
    nothing_yet.close()


def test_neither_matplotlib_nor_pandas_is_imported_with_the_panel() -> None:
    code = (
        "import sys; import designer.window, designer.charts.page; "
        "sys.exit(any(name in sys.modules for name in ('matplotlib', 'pandas', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_chart_is_drawn(qtbot: QtBot, ran: Ran) -> None:
    desk = Desk(qtbot, ran)
    desk.show()
    desk.wait()
    combo = desk.page.choosing.charts
    assert [combo.itemData(number) for number in range(combo.count())] == list(CHARTS)
    for chart in CHARTS:
        desk.choose(chart)
        assert desk.page.picture.shapes, chart
        for shape in desk.page.picture.shapes:
            assert not shape.path.isEmpty(), shape.says


def test_it_is_said_in_words_for_who_does_not_see_it(desk: Desk) -> None:
    told = desk.ran.results.charts["wait"]
    queue = told["groups"][1]
    desk.choose("wait", queue["keys"]["step"])
    view = desk.page.picture
    assert view.accessibleName() == f"{told['name']}: {queue['name']}"
    assert told["says"] in view.accessibleDescription()
    assert [shape.says in view.accessibleDescription() for shape in view.shapes] == [True]
    for widget in (desk.page.choosing.charts, desk.page.choosing.views):
        assert widget.accessibleName()


def test_the_view_of_a_chart_is_remembered(desk: Desk) -> None:
    queue = desk.ran.results.charts["wait"]["groups"][2]["keys"]["step"]
    desk.choose("wait", queue)
    desk.choose("flow")
    assert not desk.page.choosing.views.isVisible()
    desk.choose("wait")
    assert desk.page.choosing.views.currentData() == queue


def test_a_click_on_a_bar_a_line_and_a_node_goes_to_the_step(desk: Desk) -> None:
    view, selection = desk.page.picture, desk.ran.selection
    for chart in ("causes", "wait", "flow"):
        desk.choose(chart)
        number = next(
            number
            for number, shape in enumerate(view.shapes)
            if shape.step is not None and shape.path.boundingRect().height() > 8
        )
        step = view.shapes[number].step
        assert step is not None
        selection.select([])
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=desk.point_in(number))
        assert selection.steps == (step.rpartition("__")[2],), chart
        assert desk.page.said.text() == view.shapes[number].says


def test_the_keyboard_walks_through_the_marks_and_follows_them(desk: Desk) -> None:
    desk.choose("flow")
    view, selection = desk.page.picture, desk.ran.selection
    selection.select([])
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.mark == view.shapes[1]
    assert desk.page.said.text() == view.shapes[1].says
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.mark == view.shapes[0]
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.mark == view.shapes[-1]
    step = view.shapes[-1].step
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert step is not None
    assert selection.steps == (step.rpartition("__")[2],)


def test_a_change_greys_it_and_undo_brings_it_back(desk: Desk) -> None:
    corner = QPoint(desk.page.picture.width() // 2, 40)

    def darkest() -> int:
        image = desk.page.picture.grab().toImage()
        return min(image.pixelColor(x, corner.y()).lightness() for x in range(image.width()))

    fresh = darkest()
    assert desk.stale() == ""
    desk.ran.rename()
    desk.qtbot.waitUntil(lambda: desk.stale() == FROM_BEFORE)
    desk.wait()
    assert darkest() > fresh
    desk.ran.session.undo()
    desk.qtbot.waitUntil(lambda: desk.stale() == "")


def test_it_follows_size_colours_and_text(desk: Desk, qapp: QApplication) -> None:
    view = desk.page.picture
    desk.panel.resize(700, 600)
    desk.wait()
    try:
        look.apply(qapp, "dark", 2.0)
        desk.panel.restyle()
        desk.qtbot.waitUntil(lambda: desk.is_drawn() and _drawn_scale(desk) == 2.0, timeout=WAIT)
        assert view.drawn is not None
        assert view.drawn.image.pixelColor(2, 2).name() == DARK.ground.lower()
    finally:
        look.apply(qapp, "light", 1.0)


def _drawn_scale(desk: Desk) -> float:
    drawn = desk.page.picture.drawn
    return drawn.wish.scale if drawn is not None else 0.0


def test_copy_and_save_give_what_the_command_gives(desk: Desk, tmp_path: Path) -> None:
    told = dict(desk.ran.results.charts["queue"])
    queue = told["groups"][1]["keys"]["step"]
    desk.choose("queue", queue)
    QTest.mouseClick(desk.page.copy_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: bool(desk.told), timeout=WAIT)
    assert desk.told == ["The chart is copied."]
    assert QGuiApplication.clipboard().image().size() == QSize(1280, 720)
    for form, data in (
        ("csv", chart_csv(told).encode()),
        ("png", picture("queue", told, "png", queue)),
        ("svg", picture("queue", told, "svg", queue)),
    ):
        file = tmp_path / f"chart.{form}"
        _save_as(desk, file)
        assert desk.told[-1] == f"Saved as {file}"
        assert file.read_bytes() == data
    assert not desk.failed


def _save_as(desk: Desk, file: Path) -> None:
    """As a user does who chooses this file."""
    before = len(desk.told)
    QTest.mouseClick(desk.page.save_button, Qt.MouseButton.LeftButton)
    [dialog] = desk.panel.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    desk.qtbot.waitUntil(lambda: len(desk.told) > before, timeout=WAIT)
    desk.qtbot.waitUntil(lambda: not desk.panel.findChildren(QFileDialog))


def test_a_file_that_cannot_be_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.page.save(str(tmp_path / "chart.doc"))
    assert ".png, .svg or .csv" in str(desk.failed[0])
    desk.page.save(str(tmp_path / "nowhere" / "chart.csv"))
    desk.qtbot.waitUntil(lambda: len(desk.failed) == 2, timeout=WAIT)
    assert not list(tmp_path.iterdir())


def test_while_a_run_goes_on_it_says_when_charts_come(qtbot: QtBot) -> None:
    going = Ran("starter")
    desk = Desk(qtbot, going)
    desk.show()
    going.runs.start(RunSettings(replications=100_000, jobs=1))
    qtbot.waitUntil(lambda: going.runs.shown is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: "when the run is done" in desk.page.note.text(), timeout=WAIT)
    going.runs.cancel()
    qtbot.waitUntil(lambda: "cancelled" in desk.page.note.text(), timeout=WAIT)
    desk.panel.close_panel()
    going.close()


def test_closed_while_it_draws_it_says_nothing_more(
    qtbot: QtBot, ran: Ran, qapp: QApplication
) -> None:
    desk = Desk(qtbot, ran)
    desk.show()
    page = desk.page
    desk.panel.close_panel()
    desk.panel.resize(800, 500)
    QThreadPool.globalInstance().waitForDone(WAIT)
    qapp.processEvents()
    assert page.picture.drawn is None
