"""A day is replayed in a real panel; what is shown is what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from designer.canvas.canvas import Canvas
from designer.replay import ReplayPanel
from designer.replay.chosen import Chosen
from designer.replay.filters import Filters
from designer.replay.player import Player
from designer.replay.stage import Stage
from designer.runs import Runs, RunSettings
from designer.selection import Selection
from designer.session import Session
from designer.settings import Settings
from engine.document import Document, document_from_plain, document_to_plain, read_document
from engine.edits import disconnect
from engine.errors import WaylineError
from engine.frame_edits import collapse_frame
from engine.graph_edits import rename_step
from engine.plan import make_plan
from engine.shipped import sample_path
from simulator.recording import Recording, record
from tests.designer import hands
from tests.designer.journeys import with_sub_journey

WAIT = 60_000


def recorded(document: Document) -> Recording:
    return record(make_plan(document), 1, 0)


@pytest.fixture(scope="module")
def bank() -> Document:
    return read_document(sample_path("bankunited"))


@pytest.fixture(scope="module")
def bank_day(bank: Document) -> Recording:
    return recorded(bank)


class Show:
    """A recording on a canvas with its player below, in a window."""

    def __init__(self, qtbot: QtBot, document: Document, recording: Recording) -> None:
        self.session = Session(document)
        self.selection = Selection(self.session)
        self.canvas = Canvas(self.session, self.selection)
        self.window = QWidget()
        self.player = Player(QWidget())
        column = QVBoxLayout(self.window)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.player)
        self.window.resize(1100, 800)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        everybody = Chosen(recording, Filters())
        scene = self.canvas.scene
        self.stage = Stage(everybody, self.session, self.selection, scene, self.player)
        self.player.put(self.stage)

    def close(self) -> None:
        self.player.close_player()
        self.canvas.close_canvas()
        self.selection.close()
        self.window.close()

    def numbers(self) -> dict[str, int]:
        """What the chips say."""
        return {chip.word: chip.number or 0 for chip in self.player.tally.chips}

    def dots(self) -> set[tuple[int, float, float]]:
        """Kind and place of each dot that is drawn."""
        drawn = self.stage.layer.picture.dots
        return {(kind, p.x(), p.y()) for kind, points in drawn.items() for p in points}


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Document, Recording], Show]]:
    made: list[Show] = []

    def opened(document: Document, recording: Recording) -> Show:
        made.append(Show(qtbot, document, recording))
        return made[-1]

    yield opened
    for one in made:
        one.close()


Opened = Callable[[Document, Recording], Show]


def test_played_to_the_end_the_counts_are_those_of_the_recording(
    qtbot: QtBot, show: Opened, bank: Document, bank_day: Recording
) -> None:
    shown = show(bank, bank_day)
    player = shown.player
    player.transport.speeds.setCurrentIndex(player.transport.speeds.findData(3600.0))
    last = float(bank_day.contacts.end.max())
    player.go_to(last - 60)
    assert shown.numbers()["Done"] < bank_day.totals()["contacts"]
    qtbot.mouseClick(player.transport.play, Qt.MouseButton.LeftButton)
    assert player.transport.play.text() == "Pause"
    qtbot.waitUntil(lambda: not player.clock.is_playing, timeout=WAIT)
    assert player.time >= last
    totals = bank_day.totals()
    after = shown.numbers()
    assert (after["In the journey"], after["Waiting"], after["With an agent"]) == (0, 0, 0)
    assert after["Done"] == totals["contacts"]
    assert all(after[name] == n for name, n in totals["outcomes"].items() if n)
    assert player.transport.play.text() == "Play"


def test_what_is_shown_depends_on_the_time_alone(
    show: Opened, bank: Document, bank_day: Recording
) -> None:
    shown = show(bank, bank_day)
    seen = {}
    for hour in (9.0, 14.25, 11.5, 20.0):
        shown.player.go_to(hour * 3600)
        seen[hour] = shown.dots(), shown.numbers(), shown.stage.layer.picture
    assert len({len(dots) for dots, _, _ in seen.values()}) > 1
    for hour in (20.0, 9.0, 11.5, 14.25):
        shown.player.go_to(hour * 3600)
        dots, numbers, picture = seen[hour]
        assert (shown.dots(), shown.numbers()) == (dots, numbers)
        assert shown.stage.layer.picture == picture


def test_dots_queues_and_agents_are_where_the_recording_has_them(
    show: Opened, bank: Document, bank_day: Recording
) -> None:
    shown = show(bank, bank_day)
    shown.player.glide(may=False)
    queueing, contacts = bank_day.queueing, bank_day.contacts
    time = float(queueing.served_from[np.argmax(queueing.served_from - queueing.joined)]) - 1
    shown.player.go_to(time)
    waiting = int(np.count_nonzero((queueing.joined <= time) & (time < queueing.served_from)))
    picture = shown.stage.layer.picture
    [queue] = picture.queues
    assert queue.waiting == waiting == shown.numbers()["Waiting"]
    card = shown.canvas.scene.cards["adviser"].scene_rect()
    assert queue.area == card
    assert queue.length < card.width()
    [crew] = picture.crews
    assert crew.area == card
    assert 0 < crew.busy <= crew.there
    there = (contacts.start <= time) & (time < contacts.end)
    assert sum(map(len, picture.dots.values())) == np.count_nonzero(there)
    below = [y for _, _, y in shown.dots() if y > card.bottom() + 5 and y < card.bottom() + 30]
    assert len(below) == waiting


def test_a_dot_glides_along_the_link(show: Opened, bank: Document, bank_day: Recording) -> None:
    shown = show(bank, bank_day)
    left = float(bank_day.moves.left[0])
    link = shown.canvas.scene.links["call", "arrived"]
    seen = []
    for part in (0.05, 0.15, 0.25):
        shown.player.go_to(left + part * 90)
        seen += [(x, y) for _, x, y in shown.dots()]
    path = link.path()
    way = [path.pointAtPercent(n / 200) for n in range(201)]
    assert len(seen) == 3
    assert seen == sorted(seen)
    for x, y in seen:
        assert min((QPointF(x, y) - p).manhattanLength() for p in way) < 3


def test_steps_lead_from_event_to_event_and_to_both_ends(
    qtbot: QtBot, show: Opened, bank: Document, bank_day: Recording
) -> None:
    shown = show(bank, bank_day)
    player = shown.player
    press = {b.accessibleName(): b for b in player.transport.findChildren(QWidget)}
    qtbot.mouseClick(press["To the start"], Qt.MouseButton.LeftButton)
    assert shown.numbers()["Done"] == shown.numbers()["In the journey"] == 0
    qtbot.mouseClick(press["To the next event"], Qt.MouseButton.LeftButton)
    assert player.time == bank_day.contacts.start.min()
    assert shown.numbers()["In the journey"] == 1
    qtbot.mouseClick(press["To the event before"], Qt.MouseButton.LeftButton)
    assert shown.numbers()["In the journey"] == 0
    qtbot.mouseClick(press["To the end"], Qt.MouseButton.LeftButton)
    assert shown.numbers()["Done"] == bank_day.totals()["contacts"]


def test_the_slider_scrubs_with_keys_and_says_the_time(
    qtbot: QtBot, show: Opened, bank: Document, bank_day: Recording
) -> None:
    shown = show(bank, bank_day)
    player = shown.player
    player.go_to(12 * 3600)
    slider = player.day.slider
    hands.bring(shown.window)
    slider.setFocus()
    hands.key(Qt.Key.Key_Right)
    assert player.time == 12 * 3600 + 60
    hands.key(Qt.Key.Key_PageUp)
    assert player.time == 13 * 3600 + 60
    assert slider.accessibleDescription() == "Mon 13:01:00"
    names = [name for _, name in player.day.labels()]
    assert "12:00" in names
    hands.key(Qt.Key.Key_Home)
    assert shown.numbers()["Done"] == 0
    qtbot.waitUntil(lambda: "In the journey 0" in player.tally.accessibleName())


def test_filters_show_only_those_who_are_chosen(show: Opened) -> None:
    document = read_document(sample_path("omnichannel_retail"))
    recording = recorded(document)
    shown = show(document, recording)
    pickers, player = shown.player.filters, shown.player
    player.to_end()
    everybody = shown.numbers()["Done"]

    def choose(picker: QComboBox, text: str) -> int:
        picker.setCurrentIndex(picker.findText(text))
        return shown.numbers()["Done"]

    of_channels = [choose(pickers.channels, name) for name in ("voice", "chat", "email", "social")]
    assert sum(of_channels) == everybody
    chosen = Filters(channel="social", outcome="abandoned", segment=("segment", "regular"))
    choose(pickers.outcomes, "abandoned")
    done = choose(pickers.segments, "segment: regular")
    until = recording.contacts.end <= player.time
    assert done == np.count_nonzero(chosen.rows(recording) & until)
    assert 0 < choose(pickers.channels, "All channels") < everybody
    # Each kind of dots has a sign of its own, which the chips explain.
    assert {chip.kind for chip in player.tally.chips if chip.kind is not None} == {0, 1, 2, 3}
    pickers.colours.setCurrentIndex(pickers.colours.findData("outcome"))
    by_word = {chip.word: chip.kind for chip in player.tally.chips}
    assert by_word["abandoned"] not in {None, by_word["done"]}
    assert "voice" not in by_word


def test_of_many_customers_every_so_manieth_is_shown_and_that_is_said(
    show: Opened, bank: Document, bank_day: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(bank, bank_day)
    assert shown.player.sampling.isHidden()
    monkeypatch.setattr("designer.replay.stage.MOST_DOTS", 12)
    shown.player.filters.changed.emit()
    every = shown.stage.every
    assert every > 2
    assert not shown.player.sampling.isHidden()
    assert f"very {every}" in shown.player.sampling.text()
    whole = dict(shown.numbers())
    for hour in range(8, 20):
        shown.player.go_to(hour * 3600)
        assert len(shown.dots()) <= 12
    assert whole["Done"] > 12  # what is counted is not sampled


def test_a_sub_journey_shows_what_happens_in_it(show: Opened) -> None:
    plain = document_to_plain(with_sub_journey())
    seconds = {"kind": "constant", "value": 60}
    plain["assumptions"] = {
        "demand": [{"id": "calls", "entry": "call", "per_day": 3000}],
        "steps": {"hello": {"duration": seconds}},
    }
    document = document_from_plain(plain)
    recording = recorded(document)
    shown = show(document, recording)
    shown.player.glide(may=False)
    time = 12 * 3600.0
    shown.player.go_to(time)
    scene, there = shown.canvas.scene, shown.numbers()["In the journey"]
    assert there > 0
    card = scene.cards["identify"].scene_rect()
    assert {y for _, _, y in shown.dots()} == {card.bottom()}
    assert len(shown.dots()) == there
    shown.selection.show_graph("check")
    inside = scene.cards["hello"].scene_rect()
    assert {y for _, _, y in shown.dots()} == {inside.bottom()}
    assert len(shown.dots()) == there
    # Links are taken in the graph that they belong to.
    shown.player.glide(may=True)
    taken = float(recording.moves.left[recording.moves.left > time].min())
    shown.player.go_to(taken + 10)
    way = scene.links["hello", "played"].sceneBoundingRect()
    assert any(way.contains(QPointF(x, y)) for _, x, y in shown.dots())
    shown.selection.show_graph(None)
    way = scene.links["identify", "known"].sceneBoundingRect()
    assert any(way.contains(QPointF(x, y)) for _, x, y in shown.dots())


def test_dots_follow_cards_and_collapsed_frames(
    show: Opened, bank: Document, bank_day: Recording
) -> None:
    plain = document_to_plain(bank)
    x, y = plain["layout"]["positions"]["adviser"]
    frame = {"id": "f", "title": "People", "x": x - 30, "y": y - 50, "width": 260, "height": 170}
    plain["layout"]["frames"] = [frame]
    shown = show(document_from_plain(plain), bank_day)
    shown.player.glide(may=False)
    shown.player.go_to(14.25 * 3600)
    dots, [queue] = shown.dots(), shown.stage.layer.picture.queues
    scene = shown.canvas.scene
    scene.show_moved({"adviser": scene.cards["adviser"].pos() + QPointF(40, 60)})
    [moved] = shown.stage.layer.picture.queues
    assert moved.area == queue.area.translated(40, 60)
    scene.show_as_it_is()
    assert shown.dots() == dots
    shown.session.do(collapse_frame(shown.session.document, "f", True))
    [hidden] = shown.stage.layer.picture.queues
    assert hidden.area == scene.frames["f"].scene_rect()
    assert hidden.waiting == queue.waiting
    assert not shown.stage.layer.picture.crews
    assert len(shown.dots()) == len(dots)


def test_the_mouse_goes_through_what_is_drawn(
    show: Opened, bank: Document, bank_day: Recording
) -> None:
    shown = show(bank, bank_day)
    shown.player.go_to(14.25 * 3600)
    scene = shown.canvas.scene
    centre = scene.cards["adviser"].scene_rect().center()
    assert scene.hit(centre).step == "adviser"
    hands.click(shown.canvas.view, hands.middle(shown.canvas.view, "adviser"))
    assert shown.selection.step == "adviser"


def test_far_away_dots_are_seen_too(show: Opened, bank: Document, bank_day: Recording) -> None:
    shown = show(bank, bank_day)
    view = shown.canvas.view
    view.set_zoom(0.12)
    view.centerOn(shown.canvas.scene.content_rect().center())
    assert view.is_overview
    shown.player.to_start()
    empty = view.grab().toImage()
    shown.player.go_to(14.25 * 3600)
    assert view.grab().toImage() != empty


# ---- the panel


class Desk:
    """A panel below a canvas, with runs of its own."""

    def __init__(self, qtbot: QtBot, document: Document, settings: Settings) -> None:
        self.session = Session(document)
        self.selection = Selection(self.session)
        self.runs = Runs(self.session)
        self.canvas = Canvas(self.session, self.selection)
        self.panel = ReplayPanel(self.session, self.selection, self.runs, self.canvas, settings)
        self.errors: list[WaylineError] = []
        self.panel.failed.connect(self.errors.append)
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.panel, 1)
        self.window.resize(1100, 800)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def close(self) -> None:
        self.panel.close_panel()
        self.runs.close()
        self.canvas.close_canvas()
        self.selection.close()
        self.window.close()

    def button(self) -> str:
        """What the only button in sight says."""
        [button] = [b for b in self.panel.findChildren(QPushButton) if b.isVisible()]
        return button.text()


@pytest.fixture
def desk(qtbot: QtBot, bank: Document, settings: Settings) -> Iterator[Desk]:
    made = Desk(qtbot, bank, settings)
    yield made
    made.close()


def test_a_run_is_replayed_until_the_journey_changes_and_again_after_undo(
    qtbot: QtBot, desk: Desk, settings: Settings, bank_day: Recording
) -> None:
    panel, runs = desk.panel, desk.runs
    assert desk.button() == "Run"
    with qtbot.waitSignal(panel.run_asked):
        panel.findChild(QPushButton).click()
    assert not panel.is_shown
    runs.start(RunSettings(replications=4, jobs=1))
    qtbot.waitUntil(lambda: runs.running is None and panel.is_shown, timeout=WAIT)
    player = panel.player
    assert player is not None
    assert player.stage is not None
    assert player.stage.recording.totals() == bank_day.totals()
    assert panel.days.number.maximum() == 3
    # Space plays and pauses, wherever in the panel the focus is.
    hands.bring(desk.window)
    player.day.slider.setFocus()
    hands.key(Qt.Key.Key_Space)
    assert player.clock.is_playing
    hands.key(Qt.Key.Key_Space)
    assert not player.clock.is_playing
    # Another replication is another day; some are worth a look.
    assert runs.current is not None
    waits = [top / bottom for top, bottom in runs.current.by_replication["kpis"]["asa"]]
    wanted = panel.days.reasons.findText("the longest waits")
    panel.days.reasons.setCurrentIndex(wanted)
    panel.days.reasons.activated.emit(wanted)
    number = panel.days.replication
    qtbot.waitUntil(lambda: panel.is_shown, timeout=WAIT)
    assert player.stage.recording.replication == number
    assert waits[number] == max(waits)
    # Motion may be reduced meanwhile.
    player.go_to(14 * 3600)
    settings.reduced_motion = True
    there = desk.panel.player.tally.chips[0].number
    assert sum(map(len, player.stage.layer.picture.dots.values())) == there
    # A change takes it off the canvas, and undo brings it back.
    layer, time = player.stage.layer, player.time
    hands.key(Qt.Key.Key_Space)
    desk.session.do(disconnect(desk.session.document, "adviser", "resolved"))
    qtbot.waitUntil(lambda: not panel.is_shown)
    assert layer.scene() is None
    assert not player.clock.is_playing
    assert desk.button() == "Run"
    desk.session.undo()
    qtbot.waitUntil(lambda: panel.is_shown)
    assert player.time >= time
    # What only looks different changes nothing.
    shown = player.stage
    panel.hide()
    assert not shown.layer.isVisible()
    panel.show()
    assert shown.layer.isVisible()
    assert not desk.errors


def test_it_is_cancelled_and_asked_for_again(qtbot: QtBot, desk: Desk) -> None:
    panel, runs = desk.panel, desk.runs
    panel.hide()
    runs.start(RunSettings(replications=2, jobs=1))
    qtbot.waitUntil(lambda: runs.running is None, timeout=WAIT)
    panel.show()
    assert desk.button() == "Cancel"
    panel.findChild(QPushButton).click()
    assert desk.button() == "Try again"
    panel.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: panel.is_shown, timeout=WAIT)
    desk.session.do(rename_step(desk.session.document, "adviser", "Somebody"))
    qtbot.waitUntil(lambda: not panel.is_shown)
