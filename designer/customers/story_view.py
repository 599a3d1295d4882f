"""One customer's story, alone or beside the same customer's in another case."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.customers.timeline import Timeline
from designer.customers.told import Event, Story
from designer.empty_state import EmptyState
from designer.plain_text import ElidedLabel
from designer.theme import look
from designer.theme.look import active, px
from engine.steps.base import Step


class StoryView(QWidget):
    """stepped: another event (None: none) is looked at.  chosen: one was clicked or entered.

    copy_asked, save_asked, closed, again_asked: the buttons.
    """

    stepped = Signal(object)
    chosen = Signal(object)
    copy_asked = Signal()
    save_asked = Signal()
    closed = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._story: Story | None = None
        self._title, self._note = ElidedLabel(), ElidedLabel()
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._again = QPushButton(self.tr("Look again"))
        self._copy, self._save = QPushButton(self.tr("Copy")), QPushButton(self.tr("Save…"))
        self._close = QPushButton(self.tr("Close"))
        self.timeline = Timeline(self.tr("What happened to the customer"))
        self.other = Timeline(self.tr("What happens to the same customer in the other case"))
        self._nothing = EmptyState()
        self._arrange()
        self.timeline.stepped.connect(self._on_stepped)
        self.other.stepped.connect(self._on_other_stepped)
        self.timeline.chosen.connect(self._on_chosen)
        self.other.chosen.connect(self._on_other_chosen)
        self._again.clicked.connect(self.again_asked)
        self._copy.clicked.connect(self.copy_asked)
        self._save.clicked.connect(self.save_asked)
        self._close.clicked.connect(self.closed)
        self.show_nothing()

    @property
    def story(self) -> Story | None:
        """What is shown."""
        return self._story

    @property
    def note(self) -> str:
        """What is said of it: where it differs from the other, or that it is from before."""
        return self._note.text()

    def show_story(self, story: Story, title: str, steps: Mapping[str, Step]) -> None:
        """Show this; `steps` by their ids."""
        self._story = story
        self._title.setText(title)
        self._close.setEnabled(True)
        at = story.first_difference
        self.timeline.show_events(story.events, steps, at)
        self.other.show_events(story.other, steps, at)
        self.other.setVisible(bool(story.other))
        self._pages.setCurrentIndex(1)
        self.show_stale(is_stale=False)
        self.timeline.make_current(0 if at is None else min(at, len(story.events) - 1))
        if at is not None:
            self.other.make_current(min(at, len(story.other) - 1))
            self.timeline.setFocus()

    def show_nothing(self, said: str = "") -> None:
        """Show none."""
        self._story = None
        words = said or self.tr("Choose a customer, and see step by step what happened and why.")
        self._nothing.say(words, "search")
        self._pages.setCurrentIndex(0)

    def show_stale(self, *, is_stale: bool) -> None:
        """Whether it is from before a change of the journey."""
        story = self._story
        self._again.setVisible(is_stale)
        said = ""
        if is_stale:
            said = self.tr("From before your change.")
        elif story is not None and story.other:
            said = story.said or self.tr("The same in both.")
            said = said[:1].upper() + said[1:]
        self._note.setText(said)
        self._note.setVisible(bool(said))
        for tree in (self.timeline, self.other):
            palette = tree.palette()
            ink = active().faint if is_stale else active().ink
            palette.setColor(QPalette.ColorRole.Text, ink)
            tree.setPalette(palette)

    def restyle(self) -> None:
        """Take colours and text size of the active look."""
        self._title.setFont(look.font(strong=True))
        self.timeline.restyle()
        self.other.restyle()

    # ---- building

    def _arrange(self) -> None:
        self._title.setFont(look.font(strong=True))
        row = QHBoxLayout()
        row.setContentsMargins(px(8), px(8), px(8), px(4))
        row.setSpacing(px(6))
        row.addWidget(self._title, 1)
        for button in (self._again, self._copy, self._save, self._close):
            button.setAccessibleName(f"{button.text()}: {self.tr('story')}")
            row.addWidget(button)
        self._copy.setToolTip(self.tr("Copy the story as text"))
        self._save.setToolTip(self.tr("Save the story as text, CSV or JSON"))
        self._close.setToolTip(self.tr("Show the whole journey again (Esc)"))
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.setChildrenCollapsible(False)
        beside.addWidget(self.timeline)
        beside.addWidget(self.other)
        self.other.hide()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setContentsMargins(px(8), 0, px(8), px(4))
        below.addWidget(self._note)
        column.addLayout(below)
        column.addWidget(beside, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(whole)

    # ---- telling

    def _event(self, timeline: Timeline, number: int) -> Event | None:
        return timeline.events[number] if 0 <= number < len(timeline.events) else None

    def _on_stepped(self, number: int) -> None:
        self.stepped.emit(self._event(self.timeline, number))

    def _on_other_stepped(self, number: int) -> None:
        if self.other.hasFocus():
            self.stepped.emit(self._event(self.other, number))

    def _on_chosen(self, number: int) -> None:
        self.chosen.emit(self._event(self.timeline, number))

    def _on_other_chosen(self, number: int) -> None:
        self.stepped.emit(self._event(self.other, number))
        self.chosen.emit(self._event(self.other, number))
