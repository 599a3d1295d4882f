"""Following a customer in the window: what is shown is what `wayline trace` tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from designer.customers import CustomersPanel
from designer.customers.following import Following
from designer.customers.question import Case, Other, story_words
from designer.customers.timeline import Timeline
from designer.customers.told import Event
from designer.customers.way import way_of
from designer.customers.words import wait_said
from designer.runs import RunSettings
from designer.workspace import Workspace
from engine.document import Document, document_from_plain, document_to_plain, read_document
from engine.graph_edits import rename_step
from engine.plan import make_plan
from engine.shipped import sample_path
from simulator.cli import main
from simulator.trace import story
from tests.designer.desks import Desks

WAIT = 30_000
AGENTS = "assumptions/staffing/advisers/agents"


class Bench:
    """A document in a window, with the panel below the canvas."""

    def __init__(self, qtbot: QtBot, space: Workspace, runs: Any) -> None:
        self.qtbot, self.space, self.runs = qtbot, space, runs
        self.errors: list[Any] = []
        self.window = QMainWindow()
        self.panel = CustomersPanel(space.session, space.selection, runs, space.canvas)
        self.panel.failed.connect(self.errors.append)
        self.window.setCentralWidget(self.panel)
        self.window.resize(1100, 320)
        qtbot.addWidget(self.window)

    @property
    def following(self) -> Following:
        found = self.panel.following
        assert found is not None
        return found

    def open(self, *, wait: bool = True) -> Following:
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        if wait:
            self.until_listed()
        return self.following

    def until_listed(self) -> None:
        self.qtbot.waitUntil(lambda: not self.following._list.is_waiting, timeout=WAIT)

    def until_told(self) -> list[Event]:
        self.qtbot.waitUntil(lambda: not self.following._story.is_waiting, timeout=WAIT)
        assert not self.errors, self.errors
        assert self.following.story.story is not None
        return list(self.following.story.story.events)

    def choose(self, text: str) -> None:
        combo = self.following.choosing._who
        combo.setCurrentIndex(combo.findText(text))
        combo.activated.emit(combo.currentIndex())
        self.until_listed()


Opener = Callable[[Document], Bench]


@pytest.fixture
def open_bench(qtbot: QtBot, desks: Desks) -> Iterator[Opener]:
    made: list[Bench] = []

    def opened(document: Document) -> Bench:
        space = desks.open(document)
        made.append(Bench(qtbot, space, space.simulating.runs))
        return made[-1]

    yield opened
    for bench in made:
        bench.panel.close_panel()
        bench.window.close()


@pytest.fixture(scope="module")
def bank() -> Document:
    return read_document(sample_path("bankunited"))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["trace", "bankunited", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def rows(timeline: Timeline) -> list[list[str]]:
    """What the timeline shows, contact by contact."""
    found = []
    for at in range(timeline.topLevelItemCount()):
        contact = timeline.topLevelItem(at)
        assert contact is not None
        found += [
            [contact.child(n).text(column) for column in range(7)]
            for n in range(contact.childCount())
        ]
    return found


def test_the_timeline_is_the_trace_of_the_shown_run(
    open_bench: Opener, bank: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = open_bench(bank)
    bench.runs.start(RunSettings(seed=7, replications=2, jobs=1), "after")
    bench.qtbot.waitUntil(lambda: bench.runs.running is None, timeout=WAIT)
    following = bench.open()
    following.choosing._replication.setValue(1)
    following.choosing._on_replication()
    bench.until_listed()
    words = ("--seed=7", "--scenario=after", "--replication=1")
    plain = told(capsys, *words, "--list=3")
    assert following.choosing.list.customers[:3] == [one["number"] for one in plain["customers"]]
    following.choosing.list.chosen.emit(following.choosing.list.customers[40])
    events = bench.until_told()
    plain = told(capsys, *words, f"--customer={following.choosing.list.customers[40]}")["events"]
    assert [(e.step, e.exit, e.time, e.reason, dict(e.others)) for e in events] == [
        (e["step"], e["exit"], e["time"], e["reason"], e["others"]) for e in plain
    ]
    shown = rows(following.story.timeline)
    for number, (row, event) in enumerate(zip(shown, plain, strict=True), 1):
        assert row[1].startswith(f"{number}. {event['name']}")
        assert row[2] == (event["label"] or "ends here")
        assert row[3] == wait_said(events[number - 1])
        assert row[4] == event["reason"]
        assert row[5].count(" = ") == len(event["learned"])


def test_who_gave_up_in_a_second_contact(
    open_bench: Opener, bank: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = open_bench(bank)
    following = bench.open(wait=False)
    bench.choose("Gave up in a second contact")
    plain = told(capsys, "--outcome=abandoned", "--contact=2", "--list")
    numbers = [one["number"] for one in plain["customers"]]
    assert following.choosing.list.customers == numbers
    following.choosing.list.selectRow(0)
    bench.qtbot.keyClick(following.choosing.list, Qt.Key.Key_Return)
    events = bench.until_told()
    at = next(n for n, e in enumerate(events) if e.contact == 2 and e.exit == "abandoned")
    following.story.timeline.make_current(at)
    said = following.detail.texts
    assert "Why not “resolved”?" in said
    why = events[at].others["resolved"]
    assert f"{why[:1].upper()}{why[1:]}." in said
    way, other = following.layer.ways
    assert at + 1 in way.numbers["adviser"]
    assert {("adviser", "abandoned"), ("virtual_agent", "escalate")} <= way.links
    assert not other.steps()
    bench.qtbot.keyClick(following.story.timeline, Qt.Key.Key_Return)
    assert bench.space.selection.step == "adviser"


def test_the_other_path_is_the_trace_in_the_changed_document(
    open_bench: Opener, bank: Document
) -> None:
    bench = open_bench(bank)
    following = bench.open(wait=False)
    bench.choose("Gave up waiting")
    customer = following.choosing.list.customers[0]
    following.follow(customer)
    events = bench.until_told()
    at = next(n for n, e in enumerate(events) if e.exit == "abandoned")
    following.story.timeline.make_current(at)
    assert following.what_if._setting.currentText() == "Advisers: agents"
    bench.qtbot.keyClicks(following.what_if._value, "2")
    assert "Advisers" in following.what_if._sentence.text()
    following.what_if._ask.click()
    bench.until_told()
    shown = following.story.story
    assert shown is not None
    plain = document_to_plain(bank)
    staffing = plain["assumptions"]["staffing"]["advisers"]
    staffing["agents"] = [2 * one for one in staffing["agents"]]
    changed = story(make_plan(document_from_plain(plain)), 1, 0, customer)
    assert [(e.step, e.exit, e.time) for e in shown.other] == [
        (e.step, e.exit, e.time) for e in changed
    ]
    assert [e.step for e in shown.events] == [e.step for e in events]
    assert shown.first_difference == at
    assert rows(following.story.other)[at][0].startswith("≠")
    assert "instead of “abandoned”" in following.story.note
    way, other = following.layer.ways
    assert ("adviser", "resolved") in other.links - way.links
    following.what_if._clear.click()
    assert not following.story.other.isVisible()
    assert following.story.note == ""


def test_a_change_greys_the_story_and_undo_brings_it_back(
    open_bench: Opener, bank: Document
) -> None:
    bench = open_bench(bank)
    following = bench.open(wait=False)
    following.choosing._random.click()
    bench.until_told()
    session = bench.space.session
    session.do(rename_step(session.document, "adviser", "Somebody else"))
    bench.qtbot.waitUntil(lambda: following.story.note == "From before your change.")
    assert following.story._again.isVisible()
    session.undo()
    bench.qtbot.waitUntil(lambda: following.story.note == "")
    session.do(rename_step(session.document, "adviser", "<b>Somebody</b> else"))
    bench.qtbot.waitUntil(following.story._again.isVisible)
    following.story._again.click()
    events = bench.until_told()
    assert following.story.note == ""
    if any(event.step == "adviser" for event in events):
        assert any("<b>Somebody" in row[1] for row in rows(following.story.timeline))
    assert following.layer.is_shown
    bench.qtbot.keyClick(bench.space.canvas.view, Qt.Key.Key_Escape)
    assert not following.layer.is_shown
    assert following.story.story is None


def test_a_story_is_saved_as_the_command_tells_it(
    open_bench: Opener, bank: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = open_bench(bank)
    following = bench.open(wait=False)
    following.follow(109)
    bench.until_told()
    file = tmp_path / "story.csv"
    with bench.qtbot.waitSignal(bench.panel.told, timeout=WAIT):
        following.exporting.save(str(file), following._words, bank)
    assert main(["trace", "bankunited", "--customer=109", "--csv"]) == 0
    assert file.read_text(encoding="utf-8") == capsys.readouterr().out


def test_nobody_and_failures_are_told(open_bench: Opener, bank: Document) -> None:
    bench = open_bench(bank)
    following = bench.open(wait=False)
    bench.choose("Taken out of the queue")
    assert following.choosing.list.customers == []
    assert "Nobody is “timed_out”" in following.choosing._nothing._text.text()
    following.follow(10_000_000)
    bench.qtbot.waitUntil(lambda: bool(bench.errors), timeout=WAIT)
    assert "no customer number" in bench.errors[0].what
    bench.errors.clear()


def test_the_way_goes_through_sub_journeys() -> None:
    def event(step: str, exit_name: str) -> Event:
        return Event(1, step, step, exit_name, exit_name, 0, 0, "", {}, None, None, {}, ())

    events = [
        event("call", "arrived"),
        event("check", "start"),
        event("check__ask", "verified"),
        event("check__ok", "known"),
        event("end", ""),
    ]
    outer = way_of(events, {"call", "check", "end"})
    assert dict(outer.numbers) == {"call": [1], "check": [2], "end": [5]}
    assert outer.calls == {"check"}
    assert ("check", "known") in outer.links
    inner = way_of(events, {"ask", "ok"})
    assert dict(inner.numbers) == {"ask": [3], "ok": [4]}
    assert ("ask", "verified") in inner.links


def test_cases_as_words() -> None:
    case = Case(3, "after", 2)
    words = story_words(case, 5, Other(scenario="baseline"), "json")
    assert "--against=after" in words
    assert not any(word.startswith("--scenario") for word in words)
    assert "--scenario=after" in story_words(case, 5)
