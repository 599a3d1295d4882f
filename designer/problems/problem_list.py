"""The findings as a list: a picture and a word for how bad, what is wrong, and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from designer.plain_text import tip
from designer.problems.places import Places
from designer.problems.severity import colour, picture, word
from designer.two_line_list import INK, LOWER, PICTURE
from engine.validation import Finding

AnyIndex = QModelIndex | QPersistentModelIndex
FINDING = Qt.ItemDataRole.UserRole


class ProblemModel(QAbstractListModel):
    """Findings and where they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: Sequence[Finding] = ()
        self._places: Places | None = None

    def show(self, findings: Sequence[Finding], places: Places) -> None:
        """Show these findings of the document that `places` is about."""
        self.beginResetModel()
        self._findings, self._places = findings, places
        self.endResetModel()

    def row_of(self, finding: Finding) -> int:
        """Where the finding stands; -1 if it is not shown."""
        return next((n for n, one in enumerate(self._findings) if one == finding), -1)

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One row a finding."""
        return 0 if parent is not None and parent.isValid() else len(self._findings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, said and asked for of a row."""
        if not index.isValid() or self._places is None:
            return None
        finding = self._findings[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return finding.what
            case Qt.ItemDataRole.AccessibleTextRole:
                where = self._places.said(finding)
                return f"{word(finding.severity)}: {finding.what} {where}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip(finding.what)
            case _ if role == FINDING:
                return finding
            case _ if role == LOWER:
                return self._places.said(finding)
            case _ if role == PICTURE:
                return picture(finding.severity)
            case _ if role == INK:
                return colour(finding.severity)
        return None
