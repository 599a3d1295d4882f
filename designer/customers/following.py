"""Choosing a customer, their story and its details side by side, and their way on the canvas."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QWidget

from designer.canvas.canvas import Canvas
from designer.customers.choosing import Choosing
from designer.customers.detail import Detail
from designer.customers.exporting import Exporting
from designer.customers.latest_ask import LatestAsk
from designer.customers.question import Case, Other, story_words
from designer.customers.story_view import StoryView
from designer.customers.told import Event, Story, list_from, story_from
from designer.customers.way_layer import WayLayer
from designer.customers.what_if import WhatIf
from designer.runs import Runs, RunSettings
from designer.runs.runs import PAUSE
from designer.runs.settings import run_hash
from designer.selection import Selection
from designer.session import Change, Session
from designer.theme.look import px
from engine.document import Document
from engine.errors import WaylineError

_USUAL_REPLICATIONS = 200


class Following(QWidget):
    """failed: a WaylineError that the user should read.  told: something worth a line."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        session: Session,
        selection: Selection,
        runs: Runs,
        canvas: Canvas,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._runs = session, selection, runs
        self._draws = 0
        self._case = Case()
        self._other: Other | None = None
        self._hash = self._asked_hash = ("", "")
        """Of what the story is about, and the other one beside it."""
        self._seen: tuple[Case, str | None] | None = None
        self.choosing, self.story, self.detail = Choosing(), StoryView(), Detail()
        self.what_if = WhatIf()
        self.layer = WayLayer(canvas, self)
        self.exporting = Exporting(self)
        self._list, self._story = LatestAsk(self), LatestAsk(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._on_pause)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self._arrange()
        self._connect()
        self._stop = session.listen(self._on_change)
        self._on_runs()

    def _connect(self) -> None:
        self.choosing.asked.connect(self.look_for)
        self.choosing.chosen.connect(self.follow)
        self.choosing.random_asked.connect(self.follow_any)
        self.story.stepped.connect(self._on_stepped)
        self.story.chosen.connect(self._go_to)
        self.story.copy_asked.connect(self._copy)
        self.story.save_asked.connect(self._save)
        self.story.closed.connect(self.end)
        self.story.again_asked.connect(self.look_again)
        self.what_if.asked.connect(self.compare)
        self.what_if.cleared.connect(self.stop_comparing)
        self.layer.escaped.connect(self.end)
        self._escape.activated.connect(self.end)
        self._list.answered.connect(self._on_list)
        self._list.failed.connect(self.choosing.show_nobody)
        self._story.answered.connect(self._on_story)
        self._story.failed.connect(self.failed)
        self.exporting.failed.connect(self.failed)
        self.exporting.told.connect(self.told)
        self._runs.changed.connect(self._on_runs)

    def close_following(self) -> None:
        """Let go of session, runs and canvas; end what is asked."""
        self._stop()
        self._runs.changed.disconnect(self._on_runs)
        self._timer.stop()
        for asked in (self._list, self._story, self.exporting):
            asked.close()
        self.layer.clear()

    def restyle(self) -> None:
        """Take colours and text size of the active look."""
        self.story.restyle()
        self.choosing.list.fit()
        self.layer.restyle()

    # ---- asking

    @property
    def case(self) -> Case:
        """The shown run's seed and scenario, and the replication that is chosen."""
        results = self._runs.shown
        settings = RunSettings() if results is None else results.settings
        scenario = None if results is None else results.scenario
        return Case(settings.seed, scenario, self.choosing.replication)

    def look_for(self) -> None:
        """Ask who matches."""
        self.choosing.show_waiting()
        self._list.ask(self.choosing.wish.list_words(self.case), self._session.document)

    def follow(self, customer: int) -> None:
        """Ask for this customer's story."""
        self._other = None
        self._ask(story_words(self.case, customer, form="json"))

    def follow_any(self) -> None:
        """Ask for the story of any of those who match; each time of another one."""
        self._other = None
        words = self.choosing.wish.random_words(self.case, self._draws)
        self._draws += 1
        self._ask(words)

    def compare(self) -> None:
        """Show the same customer's other path beside."""
        story, other = self.story.story, self.what_if.other
        if story is not None and other is not None:
            self._other = other
            self._ask(story_words(self._case, story.customer, other, "json"), self._case)

    def stop_comparing(self) -> None:
        """Show the one path only."""
        story = self.story.story
        self._other, self._hash = None, (self._hash[0], self._hash[0])
        if story is not None:
            self._show(Story(story.customer, story.events))

    def look_again(self) -> None:
        """Ask for the same customer, and who matches, in the journey as it is now."""
        story = self.story.story
        self.look_for()
        if story is not None:
            self._ask(story_words(self.case, story.customer, self._other, "json"))

    def end(self) -> None:
        """Follow nobody."""
        self._story.cancel()
        self._other = None
        self.story.show_nothing()
        self.layer.clear()
        self._escape.setEnabled(False)
        self.detail.show_event(None)
        self._show_room()

    def _ask(self, words: list[str], case: Case | None = None) -> None:
        self._case = case or self.case
        self._asked_hash = self._hash_of(self._session.document)
        self._story.ask(words, self._session.document)

    def _hash_of(self, document: Document) -> tuple[str, str]:
        """Stands for all that the story, and the other one, depend on."""
        own = run_hash(document, self._case.scenario)
        other = self._other.scenario if self._other is not None else None
        return own, own if other in {None, self._case.scenario} else run_hash(document, other)

    # ---- answers

    def _on_list(self, answer: bytes) -> None:
        try:
            self.choosing.show_list(list_from(answer))
        except ValueError as error:
            self.failed.emit(_not_understood(error))

    def _on_story(self, answer: bytes) -> None:
        try:
            story = story_from(answer)
        except ValueError as error:
            self.failed.emit(_not_understood(error))
            return
        self._hash = self._asked_hash
        self._show(story)
        self._on_pause()

    def _show(self, story: Story) -> None:
        document = self._session.document
        steps = {step.id: step for step in document.journey.all_steps()}
        self.what_if.show_document(document, self._case.scenario)
        self.layer.show_ways(story.events, story.other)
        self._escape.setEnabled(True)
        self.story.show_story(story, self._title(story), steps)
        self.choosing.list.make_current(story.customer)
        self._show_room()

    def _title(self, story: Story) -> str:
        parts = [self.tr("Customer %1").replace("%1", str(story.customer))]
        contacts = len({event.contact for event in story.events})
        if contacts > 1:
            parts.append(self.tr("%1 contacts").replace("%1", str(contacts)))
        if self._case.scenario is not None:
            parts.append(self.tr("scenario %1").replace("%1", self._case.scenario))
        parts.append(self.tr("replication %1").replace("%1", str(self._case.replication)))
        parts.append(self.tr("seed %1").replace("%1", str(self._case.seed)))
        return ", ".join(parts)

    def _show_room(self) -> None:
        """Two stories need the room of the list."""
        story = self.story.story
        is_compared = story is not None and bool(story.other)
        self.choosing.setVisible(not is_compared)
        self._tabs.setTabEnabled(1, story is not None)
        self.what_if.show_compared(is_compared=is_compared)

    # ---- looking at an event

    def _on_stepped(self, event: Event | None) -> None:
        if event is None:
            self.detail.show_event(None)
            return
        journey = self._session.document.journey
        step = next((one for one in journey.all_steps() if one.id == event.path[-1]), None)
        self.detail.show_event(event, step, journey)
        self.what_if.show_step(step)

    def _go_to(self, event: Event) -> None:
        self._selection.go_to(event.path[-1])

    def _words(self, form: str) -> list[str]:
        story = self.story.story
        customer = 0 if story is None else story.customer
        return story_words(self._case, customer, self._other, form)

    def _copy(self) -> None:
        self.exporting.copy(self._words, self._session.document)

    def _save(self) -> None:
        self.exporting.ask_for_file(self._words, self._session.document)

    # ---- following the session and the runs

    def _on_change(self, _change: Change) -> None:
        if self.story.story is not None and not self._timer.isActive():
            self._timer.start()

    def _on_pause(self) -> None:
        is_stale = self._hash_of(self._session.document) != self._hash
        self.story.show_stale(is_stale=is_stale)
        self.layer.show_stale(is_stale=is_stale)

    def _on_runs(self) -> None:
        results = self._runs.shown
        count = _USUAL_REPLICATIONS if results is None else results.replications
        self.choosing.show_replications(count)
        key = self.case, None if results is None else results.content_hash
        if key != self._seen:
            self._seen = key
            self.look_for()

    def _arrange(self) -> None:
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Why, and what if"))
        self._tabs.addTab(self.detail, self.tr("Why"))
        self._tabs.addTab(self.what_if, self.tr("What if"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.choosing)
        split.addWidget(self.story)
        split.addWidget(self._tabs)
        for number, share in enumerate((0, 1, 0)):
            split.setStretchFactor(number, share)
        split.setSizes([px(290), px(560), px(270)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)


def _not_understood(error: ValueError) -> WaylineError:
    return WaylineError(
        "The command said something that was not understood.",
        where=str(error)[:200],
        mend="Try again; if it happens again, report it with this text.",
    )
