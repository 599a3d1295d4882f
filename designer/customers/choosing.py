"""Whom to follow: by what came of it, by wait or effort, from a list or at random."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from designer.customers.customer_list import CustomerList
from designer.customers.question import Wish
from designer.customers.told import ListTold
from designer.empty_state import EmptyState
from designer.plain_text import ElidedLabel
from designer.theme.look import px
from engine.errors import WaylineError


class Choosing(QWidget):
    """asked: other customers are wanted in the list.  chosen: follow this one.

    random_asked: follow any of those who match.
    """

    asked = Signal()
    chosen = Signal(int)
    random_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who, self._order = QComboBox(), QComboBox()
        self._replication = QSpinBox()
        self._replication.lineEdit().setTextMargins(px(6), 0, 0, 0)
        self._random = QPushButton(self.tr("Any"))
        self.list = CustomerList()
        self._nothing = EmptyState()
        self._count = ElidedLabel()
        self._fill()
        self._arrange()
        self._who.activated.connect(self.asked)
        self._order.activated.connect(self.asked)
        self._replication.editingFinished.connect(self._on_replication)
        self._random.clicked.connect(self.random_asked)
        self.list.chosen.connect(self.chosen)
        self._asked_replication = 0

    def choose(self, who: str) -> None:
        """Ask for those who are called so."""
        self._who.setCurrentIndex(max(0, self._who.findText(who)))
        self.asked.emit()

    @property
    def wish(self) -> Wish:
        """Who is wanted."""
        outcome, contact = self._who.currentData()
        return Wish(outcome, contact, self._order.currentData())

    @property
    def replication(self) -> int:
        """In which replication, from 0."""
        return self._replication.value()

    def show_replications(self, count: int) -> None:
        """There were so many in the run."""
        self._replication.setMaximum(max(0, count - 1))

    def show_list(self, told: ListTold) -> None:
        """Show who matches."""
        self.list.show_customers(told.customers)
        self._pages.setCurrentWidget(self.list)
        shown = len(told.customers)
        count = self.tr("%n customers", "", told.matching)
        if told.matching == 1:
            count = self.tr("1 customer")
        if shown < told.matching:
            first = self.tr("the first %1 of %2 customers").replace("%1", f"{shown:,}")
            count = first.replace("%2", f"{told.matching:,}")
        self._count.setText(count)

    def show_nobody(self, error: WaylineError) -> None:
        """Say why there is nobody."""
        self.list.show_customers(())
        self._count.setText("")
        self._say(f"{error.what[:1].upper()}{error.what[1:]}.")

    def show_waiting(self) -> None:
        """The list is on its way; what is shown stays meanwhile."""
        if not self.list.customers:
            self._say(self.tr("Looking for customers…"))

    def _say(self, text: str) -> None:
        self._nothing.say(text, "search")
        self._pages.setCurrentWidget(self._nothing)

    def _on_replication(self) -> None:
        if self.replication != self._asked_replication:
            self._asked_replication = self.replication
            self.asked.emit()

    def _fill(self) -> None:
        for text, outcome, contact in (
            (self.tr("Everybody"), None, 1),
            (self.tr("Gave up waiting"), "abandoned", 1),
            (self.tr("Gave up in a second contact"), "abandoned", 2),
            (self.tr("Came again"), None, 2),
            (self.tr("Resolved"), "resolved", 1),
            (self.tr("Resolved in a second contact"), "resolved", 2),
            (self.tr("Not resolved"), "unresolved", 1),
            (self.tr("Turned away"), "turned_away", 1),
            (self.tr("Taken out of the queue"), "timed_out", 1),
            (self.tr("Transferred"), "transferred", 1),
            (self.tr("Left as if resolved"), "falsely_contained", 1),
            (self.tr("Still under way"), "unfinished", 1),
        ):
            self._who.addItem(text, (outcome, contact))
        for text, order in (
            (self.tr("in order of arrival"), "number"),
            (self.tr("longest wait first"), "wait"),
            (self.tr("most effort first"), "effort"),
        ):
            self._order.addItem(text, order)

    def _arrange(self) -> None:
        self._who.setAccessibleName(self.tr("Which customers"))
        self._order.setAccessibleName(self.tr("Order of the list"))
        self._replication.setAccessibleName(self.tr("Replication, from 0"))
        self._replication.setPrefix(self.tr("replication "))
        self._replication.setToolTip(self.tr("In which replication of the run, from 0"))
        self._random.setToolTip(self.tr("Follow any of those who match"))
        self._random.setAccessibleName(self.tr("Follow any of those who match"))
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for combo in (self._who, self._order):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(10)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._who, 1)
        first.addWidget(self._random)
        second.addWidget(self._order, 1)
        second.addWidget(self._replication)
        inner = QWidget()
        self._pages = QStackedLayout(inner)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(8), px(8))
        column.setSpacing(px(6))
        for row in (first, second):
            row.setSpacing(px(6))
            column.addLayout(row)
        column.addWidget(inner, 1)
        column.addWidget(self._count)
