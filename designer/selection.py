"""Where the user is: the graph that is shown and what is selected in it, one for all views."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from designer.session import Change, Session
from engine.journey import Graph, SubJourneyDefinition

LinkKey = tuple[str, str]
"""A link by the id of the step that it leaves and the name of the exit."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Ids of what is selected, each kind in the order of selecting."""

    steps: tuple[str, ...] = ()
    links: tuple[LinkKey, ...] = ()
    frames: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps or self.links or self.frames or self.notes)


class Selection(QObject):
    """What canvas, outline, inspector and problems agree on; what is deleted is selected no more.

    changed: something else is selected, or another graph is shown.
    revealed: a step's id, to be scrolled into view.
    field_asked: a step's id (None: the journey itself) and the field that shall get the focus.
    """

    changed = Signal()
    graph_changed = Signal()
    revealed = Signal(object)
    field_asked = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._graph: str | None = None
        self._selected = Selected()
        self._stop = session.listen(self._on_change)

    def close(self) -> None:
        """Listen to the session no longer."""
        self._stop()

    @property
    def graph(self) -> str | None:
        """The id of the sub-journey that is shown; None for the journey itself."""
        return self._graph

    @property
    def shown_graph(self) -> Graph:
        """The steps and links that are shown."""
        journey = self._session.document.journey
        sub = journey.sub_journey(self._graph) if self._graph is not None else None
        return sub or journey

    @property
    def selected(self) -> Selected:
        """All that is selected."""
        return self._selected

    @property
    def steps(self) -> tuple[str, ...]:
        """Ids of the selected steps."""
        return self._selected.steps

    @property
    def step(self) -> str | None:
        """The id of the step if exactly one step, and nothing else, is selected."""
        alone = self._selected == Selected(steps=self._selected.steps)
        return self.steps[0] if alone and len(self.steps) == 1 else None

    def select(
        self,
        steps: Iterable[str] = (),
        links: Iterable[LinkKey] = (),
        frames: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        """Select these, and nothing else."""
        selected = Selected(tuple(steps), tuple(links), tuple(frames), tuple(notes))
        if selected != self._selected:
            self._selected = selected
            # Moving or naming the same thing again, later, is taken back by itself.
            self._session.end_of_gesture()
            self.changed.emit()

    def show_graph(self, graph: str | None) -> None:
        """Show the sub-journey with this id, or the journey itself; nothing is selected then."""
        if graph is not None and self._session.document.journey.sub_journey(graph) is None:
            # It was remembered from before it was removed.
            graph = None
        if graph != self._graph:
            self._graph = graph
            self._selected = Selected()
            self.graph_changed.emit()
            self.changed.emit()

    def go_to(self, step: str | None, field: str | None = None) -> None:
        """Show the step, select it, and let the inspector open this field of it.

        With no step, the field is a place in the document, such as journey/teams.
        """
        if step is not None:
            home = self._graph_of(step)
            if home is None:
                return
            self.show_graph(home.id if isinstance(home, SubJourneyDefinition) else None)
            self.select([step])
            self.revealed.emit(step)
        self.field_asked.emit(step, field)

    def _graph_of(self, step: str) -> Graph | None:
        for graph in self._session.document.journey.graphs():
            if any(other.id == step for other in graph.steps):
                return graph
        return None

    def _on_change(self, _change: Change) -> None:
        document = self._session.document
        if self._graph is not None and document.journey.sub_journey(self._graph) is None:
            self.show_graph(None)
        if not self._selected:
            return
        graph = self.shown_graph
        steps = {step.id for step in graph.steps}
        links = {(link.from_, link.exit) for link in graph.links}
        frames = {frame.id for frame in document.layout.frames}
        notes = {note.id for note in document.layout.notes}
        old = self._selected
        self.select(
            [name for name in old.steps if name in steps],
            [key for key in old.links if key in links],
            [name for name in old.frames if name in frames],
            [name for name in old.notes if name in notes],
        )
