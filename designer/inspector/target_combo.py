"""A picker for the step that an exit leads to; its entries are made when it is opened."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from designer.inspector.fields.combo import Combo
from designer.inspector.surroundings import Surroundings
from designer.selection import LinkKey
from engine.edits import close_exit, connect, disconnect
from engine.errors import EditError
from engine.journey import Graph, Link
from engine.steps.base import Step
from engine.value_english import words

_UNLINKED: Final = object()


class TargetCombo(Combo):
    """Every step of the graph, nowhere on purpose, or not linked yet; a choice is an edit."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._key: LinkKey = ("", "")
        self._graph = Graph()
        self._is_full = False
        self.activated.connect(self._on_activated)

    def show_exit(self, key: LinkKey, graph: Graph) -> None:
        """Show where the exit of this key leads."""
        self._key, self._graph = key, graph
        self._is_full = False
        if self.hasFocus():
            self._fill()
            return
        target = self._target()
        names = [(step.id, step.name) for step in graph.steps if step.id == target]
        self.put([*self._others(), *names], target)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Before it can be opened it has all entries."""
        self._fill()
        super().focusInEvent(event)

    def showPopup(self) -> None:  # noqa: N802
        """A click may open it before it has the focus."""
        self._fill()
        super().showPopup()

    def _fill(self) -> None:
        if not self._is_full:
            self._is_full = True
            names = [(step.id, step.name) for step in self._graph.steps]
            self.put([*self._others(), *names], self._target())

    def _others(self) -> list[tuple[object, str]]:
        return [
            (_UNLINKED, self.tr("not linked yet")),
            (None, self.tr("nowhere: it ends here on purpose")),
        ]

    def _target(self) -> object:
        found = link_of(self._graph, self._key)
        return found.to if found else _UNLINKED

    def _on_activated(self, _index: int) -> None:
        session, target, document = self._around.session, self.value(), self._around.document
        if target == self._target():
            return
        try:
            if target is _UNLINKED:
                session.do(disconnect(document, *self._key))
            elif target is None:
                session.do(close_exit(document, *self._key))
            else:
                session.do(connect(document, *self._key, str(target)))
        except EditError:
            # It was changed elsewhere: what is shown next is what it is now.
            return


def link_of(graph: Graph, key: LinkKey) -> Link | None:
    """The link of an exit; None if it has none."""
    return next((one for one in graph.links if (one.from_, one.exit) == key), None)


def exit_name(step: Step | None, name: str) -> str:
    """The name of the option or branch that an exit is of; else the exit's own, in words."""
    lists = [value for _, value in step if isinstance(value, list)] if step else []
    named = [one for items in lists for one in items if getattr(one, "id", None) == name]
    return str(getattr(named[0], "name", "") or name) if named else words(name)
