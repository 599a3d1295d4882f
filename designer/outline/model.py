"""The outline as Qt's views want it; names can be changed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from designer.outline.words import Summary, Words
from designer.plain_text import tip
from designer.problems import Checker
from designer.session import Session
from engine.errors import EditError
from engine.graph_edits import rename_step
from engine.outline.flow import outline
from engine.outline.rows import ROOT, Kind, Outline, Row
from engine.validation import Finding

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
REST = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Rows of the session's document as it was at the last `refresh`."""

    def __init__(
        self, session: Session, checker: Checker, summary: Summary, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._checker, self._summary = session, checker, summary
        self._outline = Outline()
        self._words = Words(session.document.journey, self._outline, summary)

    def refresh(self, before_reset: Callable[[], None], after_reset: Callable[[], None]) -> None:
        """Read the document again; the two are called only if rows came, went or moved."""
        new = outline(self._session.document.journey)
        words = Words(self._session.document.journey, new, self._summary)
        if new.shape() == self._outline.shape():
            self._outline, self._words = new, words
            return
        before_reset()
        self.beginResetModel()
        self._outline, self._words = new, words
        self.endResetModel()
        after_reset()

    # ---- finding rows

    def row_at(self, index: AnyIndex) -> Row | None:
        """The row of an index."""
        return self._outline.rows[index.internalId()] if index.isValid() else None

    def index_of_step(self, step: str) -> QModelIndex:
        """Where a step is shown."""
        return self._index(self._outline.of_step.get(step, ROOT))

    def index_of_exit(self, step: str, exit_name: str) -> QModelIndex:
        """Where an exit has a row of its own; else where its step is shown."""
        number = self._outline.of_exit.get((step, exit_name))
        return self.index_of_step(step) if number is None else self._index(number)

    def rows(self) -> list[Row]:
        """All rows, in no order that means anything."""
        return self._outline.rows

    def index_of(self, row: Row) -> QModelIndex:
        """The index of a row."""
        return self._index(row.number)

    def _index(self, number: int) -> QModelIndex:
        if number == ROOT:
            return QModelIndex()
        return self.createIndex(self._outline.rows[number].place, 0, number)

    # ---- what Qt asks

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        """The child number `row` of `parent`."""
        siblings = self._outline.children(parent.internalId() if parent.isValid() else ROOT)
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row])

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]
        """What the row is below."""
        row = self.row_at(index)
        return QModelIndex() if row is None else self._index(row.parent)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        """How many rows are below."""
        return len(self._outline.children(parent.internalId() if parent.isValid() else ROOT))

    def columnCount(self, _parent: AnyIndex = _NOWHERE) -> int:  # noqa: N802
        """All in one."""
        return 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Steps can be renamed."""
        row = self.row_at(index)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_step = row is not None and row.kind is Kind.STEP
        return flags | Qt.ItemFlag.ItemIsEditable if is_step else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names, what else is said, and all of it for screen readers."""
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._words.name(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._words.spoken(row, self._findings(row))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._words.spoken(row, self._findings(row)))
            case _ if role == REST:
                return self._words.rest(row)
            case _ if role == ROW:
                return row
        return None

    def setData(  # noqa: N802
        self, index: AnyIndex, value: object, _role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Rename a step; a name that it may not have is not taken."""
        row = self.row_at(index)
        if row is None or row.step is None or not isinstance(value, str):
            return False
        if value == row.step.name:
            return False
        try:
            self._session.do(rename_step(self._session.document, row.step.id, value.strip()))
        except EditError:
            return False
        return True

    def _findings(self, row: Row) -> Sequence[Finding]:
        return self._checker.by_step.get(row.step.id, ()) if row.step else ()
