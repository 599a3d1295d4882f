"""The outline beside the canvas: in step with it, and able to do what it can."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from designer.empty_state import EmptyState
from designer.outline.delegate import OutlineDelegate
from designer.outline.model import OutlineModel
from designer.outline.order import move_exit
from designer.outline.tree import OutlineTree, Wish
from designer.outline.words import Summary
from designer.problems import Checker
from designer.selection import LinkKey, Selection
from designer.session import Change, Session
from engine.edits import disconnect
from engine.outline.rows import Kind, Row
from engine.validation import Finding

_SELECT = QItemSelectionModel.SelectionFlag


class OutlinePanel(QWidget):
    """Shows the whole document; what is selected is what is selected on the canvas.

    add_asked: a step's id (None: anywhere) and an exit of it (None: none in particular), after
    which a step is wanted. link_asked: step and exit that shall lead somewhere else.
    delete_asked: a tuple of steps' ids. menu_asked: a place on the screen.
    """

    add_asked = Signal(object, object)
    link_asked = Signal(object, object)
    delete_asked = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(
        self,
        session: Session,
        selection: Selection,
        checker: Checker,
        summary: Summary,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._checker = session, selection, checker
        self._is_stale, self._is_telling = True, False
        self._near: list[Hashable] = []
        self._model = OutlineModel(session, checker, summary, self)
        self._tree = OutlineTree(self._model)
        self._tree.setAccessibleName(self.tr("Outline of the journey"))
        self._tree.setItemDelegate(OutlineDelegate(self._findings, self._tree))
        self._empty = EmptyState()
        self._empty.say(
            self.tr("A journey begins with how customers come in."),
            "outline",
            self.tr("Add the first step"),
        )
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._tree)
        self._pages.addWidget(self._empty)
        self.setFocusProxy(self._tree)
        self._connect()

    def close_outline(self) -> None:
        """Follow the session no longer."""
        self._stop()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what changed, and was selected, while it was hidden."""
        self._catch_up()
        self._select_here(moves=True)
        super().showEvent(event)

    def _connect(self) -> None:
        self._stop = self._session.listen(self._on_change)
        self._selection.changed.connect(self._on_selection)
        self._selection.revealed.connect(self._on_revealed)
        self._checker.findings_changed.connect(self._tree.viewport().update)
        self._tree.selectionModel().selectionChanged.connect(self._on_picked)
        self._tree.asked.connect(self._on_wish)
        self._tree.menu_asked.connect(self.menu_asked)
        self._empty.clicked.connect(self._ask_for_first)

    # ---- following the document

    def _on_change(self, _change: Change) -> None:
        self._is_stale = True
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        self._model.refresh(self._remember, self._restore)
        self._pages.setCurrentWidget(self._tree if self._model.rowCount() else self._empty)
        self._tree.viewport().update()

    def _remember(self) -> None:
        """Note the current row, and its neighbours in case that it goes."""
        self._is_telling = True
        tree, index = self._tree, self._tree.currentIndex()
        near = (index, tree.indexAbove(index), tree.indexBelow(index))
        rows = [self._model.row_at(one) for one in near]
        self._near = [row.key for row in rows if row is not None]

    def _restore(self) -> None:
        self._tree.restore()
        by_key = {row.key: row for row in self._model.rows()}
        kept = next((by_key[key] for key in self._near if key in by_key), None)
        if kept is not None:
            index = self._model.index_of(kept)
            self._tree.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
        self._is_telling = False
        self._select_here(moves=kept is None)

    def _findings(self, step: str) -> Sequence[Finding]:
        return self._checker.by_step.get(step, ())

    # ---- in step with the canvas

    def _on_selection(self) -> None:
        if not self._is_telling and self.isVisible():
            self._catch_up()
            self._select_here(moves=True)

    def _select_here(self, moves: bool) -> None:
        """Select here what is selected elsewhere; `moves`: keys act on it from now on."""
        selected = self._selection.selected
        indexes = [self._model.index_of_step(name) for name in selected.steps]
        indexes += [self._model.index_of_exit(*link) for link in selected.links]
        chosen = QItemSelection()
        for index in indexes:
            if index.isValid():
                chosen.select(index, index)
        self._is_telling = True
        model = self._tree.selectionModel()
        model.select(chosen, _SELECT.ClearAndSelect)
        if moves and chosen.indexes() and self._tree.currentIndex() not in chosen.indexes():
            model.setCurrentIndex(chosen.indexes()[-1], _SELECT.NoUpdate)
        self._is_telling = False

    def _on_revealed(self, step: str) -> None:
        if self.isVisible() and not self._is_telling:
            self._catch_up()
            self._tree.scrollTo(self._model.index_of_step(step))

    def _on_picked(self, _now: QItemSelection, _before: QItemSelection) -> None:
        """Select elsewhere what is selected here, as far as it is in one graph."""
        current = self._tree.current_row()
        if self._is_telling or current is None:
            return
        rows = [self._model.row_at(index) for index in self._tree.selectedIndexes()]
        alike = [row for row in rows if row is not None and row.graph == current.graph]
        self._is_telling = True
        self._selection.show_graph(current.graph)
        self._selection.select(_steps_of(alike), _links_of(alike))
        if current.step is not None:
            self._selection.revealed.emit(current.step.id)
        self._is_telling = False

    # ---- doing

    def _on_wish(self, row: Row, wish: Wish) -> None:
        match wish:
            case Wish.OPEN:
                self._open(row)
            case Wish.FOLLOW:
                self._follow(row)
            case Wish.ADD:
                self._ask_to_add(row)
            case Wish.LINK:
                self._ask_to_link(row)
            case Wish.DELETE:
                self._delete(row)
            case Wish.MOVE_UP:
                self._move(row, -1)
            case Wish.MOVE_DOWN:
                self._move(row, 1)

    def _open(self, row: Row) -> None:
        if row.step is not None:
            self._selection.go_to(row.step.id, row.exit or "name")

    def _follow(self, row: Row) -> None:
        if row.to is not None:
            self._tree.setCurrentIndex(self._model.index_of_step(row.to))

    def _ask_to_add(self, row: Row) -> None:
        self.add_asked.emit(row.step.id if row.step else None, self._exit_meant(row))

    def _ask_for_first(self) -> None:
        self.add_asked.emit(None, None)

    def _ask_to_link(self, row: Row) -> None:
        exit_name = self._exit_meant(row)
        if row.step is not None and exit_name is not None:
            self.link_asked.emit(row.step.id, exit_name)

    def _exit_meant(self, row: Row) -> str | None:
        """The row's exit; of a step the first that is not linked, or else its only one."""
        if row.step is None or row.exit:
            return row.exit or None
        journey = self._session.document.journey
        exits = row.step.exits(journey)
        linked = {(link.from_, link.exit) for graph in journey.graphs() for link in graph.links}
        missing = [name for name in exits if (row.step.id, name) not in linked]
        return next(iter(missing or (exits if len(exits) == 1 else ())), None)

    def _delete(self, row: Row) -> None:
        """Unlink an exit, or ask for the selected steps to be deleted."""
        if row.kind is Kind.EXIT and row.step is not None:
            if not row.is_open:
                self._session.do(disconnect(self._session.document, row.step.id, row.exit))
        elif self._selection.steps:
            self.delete_asked.emit(self._selection.steps)

    def _move(self, row: Row, by: int) -> None:
        if row.kind is Kind.EXIT and row.step is not None:
            edit = move_exit(self._session.document, row.step.id, row.exit, by)
            if edit is not None:
                self._session.do(edit)


def _steps_of(rows: Sequence[Row]) -> list[str]:
    """The steps that are selected; an exit that has no link stands for its step."""
    chosen = [row for row in rows if row.kind is Kind.STEP or row.is_open]
    return list(dict.fromkeys(row.step.id for row in chosen if row.step is not None))


def _links_of(rows: Sequence[Row]) -> list[LinkKey]:
    linked = [row for row in rows if row.kind is Kind.EXIT and row.to is not None]
    return [(row.step.id, row.exit) for row in linked if row.step is not None]
