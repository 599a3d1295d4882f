"""The canvas for screen readers: each step is an item with a name, a description and a place."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from designer.canvas.card import CardItem
from designer.canvas.view import JourneyView
from engine.steps.base import Step

_kept: dict[int, CanvasAccess] = {}
"""Interfaces by the id of what they speak for: Qt holds on to them, but Python does not know."""

_over: list[CanvasAccess] = []
"""Those of canvases that are gone. Qt itself takes them apart, just after it told us so."""

Seen = Callable[[], JourneyView | None]
"""The canvas, if it is still there: Qt may hold on to interfaces longer than to windows."""


class CanvasAccess(QAccessibleWidget):
    """The canvas as a list of steps, in the order of the document."""

    def __init__(self, view: JourneyView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._seen: Seen = weakref.ref(view)
        self._steps: dict[str, StepAccess] = {}

    def _names(self) -> list[str]:
        view = self._seen()
        return [step.id for step in _shown(view)] if view is not None else []

    def step(self, name: str) -> StepAccess:
        """The interface of one step; the same one each time."""
        if name not in self._steps:
            self._steps[name] = StepAccess(self._seen, name)
        return self._steps[name]

    def let_go(self) -> None:
        """Let Qt take apart what speaks for the steps; it knows them by numbers of its own."""
        for step in self._steps.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(step))

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
        view = self._seen()
        if view is None:
            return None
        hit = view.journey_scene.hit(view.mapToScene(view.viewport().mapFromGlobal(QPoint(x, y))))
        return self.step(hit.step) if hit.step is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """The step that keys work on, while the canvas has the focus."""
        view = self._seen()
        if view is None or not view.hasFocus() or not view.selection.steps:
            return None
        return self.step(view.selection.steps[-1])


class StepAccess(QAccessibleInterface):
    """One step."""

    def __init__(self, seen: Seen, name: str) -> None:
        super().__init__()
        self._seen, self.name = seen, name

    def _card(self) -> CardItem | None:
        view = self._seen()
        return view.journey_scene.cards.get(self.name) if view is not None else None

    def isValid(self) -> bool:  # noqa: N802
        """Whether the step is still there."""
        return self._card() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """Steps are no objects of Qt."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window of the canvas."""
        view = self._seen()
        return view.window().windowHandle() if view is not None else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The canvas."""
        return _kept.get(id(self._seen()))

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
        card, view = self._card(), self._seen()
        if card is None or view is None:
            return QRect()
        area = view.mapFromScene(card.scene_rect()).boundingRect()
        return QRect(view.viewport().mapToGlobal(area.topLeft()), area.size())

    def state(self) -> QAccessible.State:
        """Selectable; selected or not; focused if it is the one that keys work on."""
        state = QAccessible.State()
        state.selectable = True
        state.focusable = True
        view = self._seen()
        if view is not None:
            steps = view.selection.steps
            state.selected = self.name in steps
            state.focused = bool(steps) and steps[-1] == self.name and view.hasFocus()
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
            thing.destroyed.connect(_Forget(id(thing)))
        _over.clear()
        # Qt asks anew when it took apart the one before, as it does when a widget moves to another.
        _let_go(id(thing))
        _kept[id(thing)] = made = CanvasAccess(thing)
        return made
    return None


def _let_go(key: int) -> None:
    canvas = _kept.pop(key, None)
    if canvas is not None:
        canvas.let_go()
        _over.append(canvas)


class _Forget:
    """Lets go of the interface of a view that is gone."""

    def __init__(self, key: int) -> None:
        self._key = key

    def __call__(self) -> None:
        _let_go(self._key)


def install() -> None:
    """Let Qt ask here for what a canvas is to a screen reader; once a process."""
    QAccessible.installFactory(_made)


def tell_focus(view: JourneyView) -> None:
    """Let a screen reader say the step that was just selected, if the canvas has the focus."""
    step = view.selection.step
    if step is None or not QAccessible.isActive() or not view.hasFocus():
        return
    names = [shown.id for shown in _shown(view)]
    if step in names:
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(names.index(step))
        QAccessible.updateAccessibility(event)


def _shown(view: JourneyView) -> list[Step]:
    cards = view.journey_scene.cards
    return [step for step in view.selection.shown_graph.steps if step.id in cards]
