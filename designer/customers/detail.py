"""All about one event of a story: what happened and why, and why not another way."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from designer.customers.told import Event
from designer.customers.words import clock_said, learned_said, seconds_said, wait_said
from designer.plain_text import PlainLabel
from designer.theme import look
from designer.theme.look import px
from engine.journey import Journey
from engine.steps.base import Step


class Detail(QScrollArea):
    """Shows an event, in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What happened, and why not otherwise"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._labels: list[PlainLabel] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(8), px(8), px(12), px(8))
        self._column.setSpacing(px(4))
        self._column.addStretch(1)
        self.setWidget(inner)
        self.show_event(None)

    @property
    def texts(self) -> list[str]:
        """What is said."""
        return [label.text() for label in self._labels]

    def show_event(
        self, event: Event | None, step: Step | None = None, journey: Journey | None = None
    ) -> None:
        """Show this event; its step gives the names of the exits."""
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        if event is None:
            self._say(self.tr("Choose a line of the story to see why it went this way."), soft=True)
            return
        self._say(event.name, strong=True)
        self._say(f"{clock_said(event.time)}, {self._took(event)}", soft=True)
        self._say(self._left(event))
        if event.waited is not None:
            self._say(self.tr("Waited %1.").replace("%1", wait_said(event)))
        if event.told_again:
            again = ", ".join(event.told_again)
            self._say(self.tr("Had to tell again: %1.").replace("%1", again))
        if event.learned:
            self._say(self.tr("Known now: %1.").replace("%1", learned_said(event)))
        for name, why in event.others.items():
            exit_ = name if step is None or journey is None else step.exit_label(name, journey)
            self._say(self.tr("Why not “%1”?").replace("%1", exit_), strong=True)
            self._say(f"{why[:1].upper()}{why[1:]}.")

    def _took(self, event: Event) -> str:
        if not event.seconds:
            return self.tr("at once")
        return self.tr("for %1").replace("%1", seconds_said(event.seconds))

    def _left(self, event: Event) -> str:
        if not event.exit:
            return self.tr("The contact ends here.")
        said = self.tr("Left by “%1”").replace("%1", event.label)
        return f"{said}: {event.reason}." if event.reason else f"{said}."

    def _say(self, text: str, *, strong: bool = False, soft: bool = False) -> None:
        label = PlainLabel(text)
        if strong:
            label.setFont(look.font(strong=True))
        if soft:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._column.insertWidget(len(self._labels), label)
        self._labels.append(label)
