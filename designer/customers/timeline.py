"""A customer's story as a tree: contacts, and in each what happened, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from designer import icons
from designer.customers.told import Event
from designer.customers.words import clock_said, learned_said, seconds_said, wait_said
from designer.plain_text import cut, tip
from designer.theme import look
from designer.theme.look import active, px
from engine.calendar import DAY
from engine.steps.base import Step

_LONGEST: Final = 500
_NUMBER: Final = Qt.ItemDataRole.UserRole + 1
_WIDTHS: Final = (112, 176, 104, 150, 190, 150, 120)


class Timeline(QTreeWidget):
    """stepped: another event is current; its number from 0, -1 for none.

    chosen: one was clicked, or Enter was pressed on it.
    """

    stepped = Signal(int)
    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QTreeWidgetItem] = []
        self._events: Sequence[Event] = ()
        self._steps: Mapping[str, Step] = {}
        self._differs_at: int | None = None
        self.setAccessibleName(name)
        self.setHeaderLabels(
            [
                self.tr("Time"),
                self.tr("Step"),
                self.tr("Left by"),
                self.tr("Waited"),
                self.tr("Why"),
                self.tr("Known now"),
                self.tr("Told again"),
            ]
        )
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.setIndentation(px(12))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsMovable(False)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, px(width))
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_chosen)

    @property
    def events(self) -> Sequence[Event]:
        """What is shown."""
        return self._events

    @property
    def current(self) -> int:
        """The number of the current event, from 0; -1 if none is."""
        return self._number(self.currentItem())

    def show_events(
        self, events: Sequence[Event], steps: Mapping[str, Step], differs_at: int | None = None
    ) -> None:
        """Show a story; `steps` by their ids, for icons.

        differs_at: the number of the event from which it differs from the other story.
        """
        self._events, self._steps, self._differs_at = events, steps, differs_at
        self.clear()
        self._items = []
        for contact, of_contact in groupby(enumerate(events), key=lambda one: one[1].contact):
            own = list(of_contact)
            parent = self._contact_item(contact, own[0][1])
            for number, event in own:
                item = QTreeWidgetItem(parent)
                item.setData(0, _NUMBER, number)
                self._items.append(item)
                self._fill(item, number, event)
        self.expandAll()

    def make_current(self, number: int) -> None:
        """Go to the event of this number."""
        if 0 <= number < len(self._items):
            self.setCurrentItem(self._items[number])

    def restyle(self) -> None:
        """Take colours and text size of the active look."""
        for number, item in enumerate(self._items):
            self._fill(item, number, self._events[number])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to the step."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_chosen(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _contact_item(self, contact: int, first: Event) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self)
        item.setText(0, self.tr("Contact %1").replace("%1", str(contact)))
        item.setText(1, clock_said(first.time))
        item.setFont(0, look.font(strong=True))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFirstColumnSpanned(False)
        return item

    def _fill(self, item: QTreeWidgetItem, number: int, event: Event) -> None:
        took = f" ({seconds_said(event.seconds)})" if event.seconds else ""
        mark = "≠ " if number == self._differs_at else ""
        texts = (
            f"{mark}{self._clock(event)}",
            f"{number + 1}. {event.name}{took}",
            event.label or self.tr("ends here"),
            wait_said(event),
            event.reason,
            learned_said(event),
            ", ".join(event.told_again),
        )
        for column, text in enumerate(" ".join(one.split()) for one in texts):
            item.setText(column, cut(text, _LONGEST))
            item.setToolTip(column, tip(text))
            if number == self._differs_at:
                item.setBackground(column, active().accent_soft)
                item.setFont(column, look.font(strong=True))
        step = self._steps.get(event.path[-1])
        if step is not None:
            item.setIcon(1, icons.icon(type(step).icon, active().groups[type(step).group]))

    def _clock(self, event: Event) -> str:
        """The time of day; with the weekday if that is not the one on which the contact began."""
        said = clock_said(event.time)
        first = next(one for one in self._events if one.contact == event.contact)
        return said.split()[-1] if first.time // DAY == event.time // DAY else said

    def _number(self, item: QTreeWidgetItem | None) -> int:
        number = item.data(0, _NUMBER) if item is not None else None
        return number if isinstance(number, int) else -1

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        self.stepped.emit(self._number(item))

    def _on_chosen(self, item: QTreeWidgetItem | None, _column: int = 0) -> None:
        number = self._number(item)
        if number >= 0:
            self.chosen.emit(number)
