"""A first look around: a few callouts beside what they are about, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from designer.plain_text import PlainLabel
from designer.theme.look import SMALL, TITLE, active, font, px

_WIDTH, _GAP = 300, 10


@dataclass(frozen=True)
class TourStep:
    """What is shown, and what is said of it."""

    widget: QWidget
    title: str
    text: str


class Tour(QObject):
    """Shows the steps in turn; nothing is locked meanwhile. Esc or Skip ends it.

    finished: it is over, whether it was seen to the end or skipped.
    """

    finished = Signal()

    def __init__(self, steps: Sequence[TourStep], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps, self._number = steps, -1
        self._callout: Callout | None = None

    def start(self) -> None:
        """Show the first step of those whose widget is there to be seen."""
        self._steps = [step for step in self._steps if step.widget.isVisible()]
        self.go_on()

    def go_on(self) -> None:
        """Show the next step, or end."""
        self._number += 1
        if self._number >= len(self._steps):
            self.end()
            return
        step = self._steps[self._number]
        if self._callout is None:
            self._callout = Callout(step.widget.window())
            self._callout.next_asked.connect(self.go_on)
            self._callout.end_asked.connect(self.end)
        self._callout.tell(step, self._number + 1, len(self._steps))

    def end(self) -> None:
        """Take the callout away."""
        if self._callout is not None:
            self._callout.leave()
            self._callout = None
        self.finished.emit()


class Callout(QFrame):
    """One step's title and text, beside its widget."""

    next_asked = Signal()
    end_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._about: QWidget | None = None
        self._before = window.focusWidget()
        self._title, self._text, self._number = PlainLabel(), PlainLabel(), PlainLabel()
        self._title.setFont(font(TITLE, strong=True))
        self._number.setFont(font(SMALL))
        self._number.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._skip = QPushButton(self.tr("Skip"))
        self._skip.setProperty("kind", "quiet")
        self._skip.setAccessibleName(self.tr("Skip the tour"))
        self._skip.clicked.connect(self._on_skip)
        self._next = QPushButton()
        self._next.setProperty("kind", "primary")
        self._next.clicked.connect(self._on_next)
        self._arrange()
        window.installEventFilter(self)

    def tell(self, step: TourStep, number: int, of: int) -> None:
        """Show this step."""
        self._about = step.widget
        self._title.setText(step.title)
        self._text.setText(step.text)
        said = self.tr("%1 of %2").replace("%1", str(number)).replace("%2", str(of))
        self._number.setText(said)
        is_last = number == of
        self._next.setText(self.tr("Done") if is_last else self.tr("Next"))
        whole = f"{step.title}. {step.text} {said}"
        self.setAccessibleName(whole)
        self._next.setAccessibleName(f"{self._next.text()}: {whole}")
        self._skip.setVisible(not is_last)
        self.place()
        self.show()
        self.raise_()
        self._next.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, whole))

    def leave(self) -> None:
        """Go away; the focus goes back where it was."""
        self._window.removeEventFilter(self)
        if self.isAncestorOf(self._window.focusWidget()) and self._before is not None:
            self._before.setFocus()
        self.hide()
        self.deleteLater()

    def place(self) -> None:
        """Stand beside the widget: at its right, left, below or above, wherever there is room."""
        if self._about is None:
            return
        width = min(px(_WIDTH), self._window.width())
        size = QSize(width, self.layout_height(width))
        corner = self._about.mapTo(self._window, QPoint(0, 0))
        target = QRect(corner, self._about.size())
        room = self._window.rect().adjusted(px(8), px(8), -px(8), -px(8))
        self.setGeometry(_beside(target, size, room))

    def layout_height(self, width: int) -> int:
        """How high it is if it is so wide."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else self.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc skips the rest."""
        if event.key() == Qt.Key.Key_Escape:
            self.end_asked.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay beside its widget."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A round panel in the colour of what is to be looked at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(active().accent, 2))
        painter.setBrush(active().panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(10), px(10))
        painter.end()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._number, 1)
        row.addWidget(self._skip)
        row.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(12))
        column.setSpacing(px(6))
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(px(4))
        column.addLayout(row)

    def _on_next(self) -> None:
        self.next_asked.emit()

    def _on_skip(self) -> None:
        self.end_asked.emit()


def _beside(target: QRect, size: QSize, room: QRect) -> QRect:
    """The first place beside the target that is in the room; else in the target's middle."""
    gap = px(_GAP)
    middle = QRect(QPoint(0, 0), size)
    middle.moveCenter(target.center())
    if target.width() > 2 * size.width() and target.height() > 3 * size.height():
        # What is as large as the canvas has room for what is said of it.
        return QRect(QPoint(middle.left(), target.top() + gap), size)
    places = [
        QPoint(target.right() + gap, target.top()),
        QPoint(target.left() - gap - size.width(), target.top()),
        QPoint(target.left(), target.bottom() + gap),
        QPoint(target.left(), target.top() - gap - size.height()),
        QPoint(middle.left(), target.bottom() + gap),
        QPoint(middle.left(), target.top() - gap - size.height()),
        middle.topLeft(),
    ]
    fits = [QRect(place, size) for place in places if room.contains(QRect(place, size))]
    best = fits[0] if fits else middle
    best.moveLeft(max(room.left(), min(best.left(), room.right() - size.width())))
    best.moveTop(max(room.top(), min(best.top(), room.bottom() - size.height())))
    return best
