"""The canvas for screen readers: each step is an item with a name, a description and a place."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from designer.canvas.card import CardItem
from designer.canvas.view import JourneyView

_kept: dict[int, QAccessibleInterface] = {}
"""Interfaces by the id of what they speak for: Qt does not own what Python made."""


class CanvasAccess(QAccessibleWidget):
    """The canvas as a list of steps, in the order of the document."""

    def __init__(self, view: JourneyView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = view
        self._steps: dict[str, StepAccess] = {}

    def _names(self) -> list[str]:
        shown = self._view.selection.shown_graph.steps
        return [step.id for step in shown if step.id in self._view.journey_scene.cards]

    def step(self, name: str) -> StepAccess:
        """The interface of one step; the same one each time."""
        if name not in self._steps:
            self._steps[name] = StepAccess(self, self._view, name)
        return self._steps[name]

    def forget(self, names: set[str]) -> None:
        """These steps are gone."""
        for name in names & self._steps.keys():
            del self._steps[name]

    def childCount(self) -> int:  # noqa: N802
        """How many steps are shown."""
        return len(self._names())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The step with this number."""
        names = self._names()
        return self.step(names[index]) if 0 <= index < len(names) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """Which number a step has."""
        names = self._names()
        wanted = child.name if isinstance(child, StepAccess) else None
        return names.index(wanted) if wanted in names else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """The step at this place of the screen."""
        view = self._view
        hit = view.journey_scene.hit(view.mapToScene(view.viewport().mapFromGlobal(QPoint(x, y))))
        return self.step(hit.step) if hit.step is not None else None


class StepAccess(QAccessibleInterface):
    """One step."""

    def __init__(self, canvas: CanvasAccess, view: JourneyView, name: str) -> None:
        super().__init__()
        self._canvas, self._view, self.name = canvas, view, name

    def _card(self) -> CardItem | None:
        return self._view.journey_scene.cards.get(self.name)

    def isValid(self) -> bool:  # noqa: N802
        """Whether the step is still there."""
        return self._card() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """Steps are no objects of Qt."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window of the canvas."""
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        return self._canvas

    def childCount(self) -> int:  # noqa: N802
        """A step has no parts."""
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A step has no parts."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802
        """A step has no parts."""
        return -1

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """A step has no parts."""
        return None

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Where it is on the screen."""
        card, view = self._card(), self._view
        if card is None:
            return QRect()
        area = view.mapFromScene(card.scene_rect()).boundingRect()
        return QRect(view.viewport().mapToGlobal(area.topLeft()), area.size())

    def state(self) -> QAccessible.State:
        """Selectable; selected or not; focused if it is the one that keys work on."""
        state = QAccessible.State()
        state.selectable = True
        state.focusable = True
        steps = self._view.selection.steps
        state.selected = self.name in steps
        state.focused = bool(steps) and steps[-1] == self.name and self._view.hasFocus()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Name, and as description what it does, its exits and its problems."""
        card = self._card()
        if card is None:
            return ""
        if kind == QAccessible.Text.Name:
            return f"{card.step.name}, {type(card.step).title}"
        if kind == QAccessible.Text.Description:
            return description(card)
        return ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:  # noqa: N802
        """Names are edited in place or in the inspector."""

    def foregroundColor(self) -> QColor:  # noqa: N802
        """Nothing is told by colour."""
        return QColor()

    def backgroundColor(self) -> QColor:  # noqa: N802
        """Nothing is told by colour."""
        return QColor()


def description(card: CardItem) -> str:
    """What a card shows, in words."""
    parts = [card.summary]
    open_exits = [e.label for e in card.exits if not e.is_linked and not e.is_closed]
    parts.append(f"{len(card.exits)} exits" if len(card.exits) != 1 else "1 exit")
    if open_exits:
        parts.append(f"not linked: {', '.join(open_exits)}")
    if card.severity is not None:
        parts.append(f"has {card.severity.value}s")
    if card.is_pinned:
        parts.append("pinned")
    return "; ".join(part for part in parts if part)


def _made(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if isinstance(thing, JourneyView):
        if id(thing) not in _kept:
            _kept[id(thing)] = CanvasAccess(thing)
            thing.destroyed.connect(_Forget(id(thing)))
        return _kept[id(thing)]
    return None


class _Forget:
    """Drops the interface of a view that is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self) -> None:
        _kept.pop(self._key, None)


def install() -> None:
    """Let Qt ask here for what a canvas is to a screen reader; once a process."""
    QAccessible.installFactory(_made)


def tell_focus(view: JourneyView, step: str) -> None:
    """Let a screen reader say the step that was just selected."""
    from PySide6.QtGui import QAccessibleEvent  # noqa: PLC0415

    if QAccessible.isActive():
        names = [s.id for s in view.selection.shown_graph.steps]
        if step in names:
            event = QAccessibleEvent(view, QAccessible.Event.Focus)
            event.setChild(names.index(step))
            QAccessible.updateAccessibility(event)
