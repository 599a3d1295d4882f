"""What a journey can be exported to: the bundle first, then every target with its status."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from designer.exporting.made import Made
from designer.exporting.words import counted, in_full, standing
from designer.plain_text import tip
from designer.theme.look import active
from designer.two_line_list import INK, LOWER, PICTURE, TwoLineList
from engine.export.target import Severity, Target

AnyIndex = QModelIndex | QPersistentModelIndex
BUNDLE: Final = ""
"""What is current where the bundle is; targets go by their names."""


class TargetList(TwoLineList):
    """turned: another one is current; its name."""

    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows = TargetModel()
        super().__init__(self._rows, parent)
        self.setAccessibleName(self.tr("What to export"))
        self.setCurrentIndex(self._rows.index(0))
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def current(self) -> str:
        """The name of the target that is chosen, or BUNDLE."""
        return self._rows.name(self.currentIndex().row())

    def choose(self, name: str) -> None:
        """Make this one current."""
        row = self._rows.row_of(name)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))

    def show_made(self, made: Made) -> None:
        """List these; what was chosen stays so."""
        before = self.current
        was_silent = self.selectionModel().blockSignals(True)
        self._rows.show_made(made)
        self.setCurrentIndex(self._rows.index(max(0, self._rows.row_of(before))))
        self.selectionModel().blockSignals(was_silent)
        self.viewport().update()

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.turned.emit(self.current)


class TargetModel(QAbstractListModel):
    """A row for the bundle and one for each target."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: Made | None = None
        self._targets: list[Target] = []

    def show_made(self, made: Made) -> None:
        """Show these targets."""
        self.beginResetModel()
        self._made, self._targets = made, list(made.targets.values())
        self.endResetModel()

    def name(self, row: int) -> str:
        """The target's name in this row, or BUNDLE."""
        return self._targets[row - 1].name if 0 < row <= len(self._targets) else BUNDLE

    def row_of(self, name: str) -> int:
        """Where this is; -1 if it is not there."""
        names = [BUNDLE, *(target.name for target in self._targets)]
        return names.index(name) if name in names else -1

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One row each."""
        return 0 if parent is not None and parent.isValid() else 1 + len(self._targets)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown and said of a row."""
        if not index.isValid():
            return None
        if index.row() == 0 or self._made is None:
            return self._of_bundle(role)
        return self._of_target(self._targets[index.row() - 1], role)

    def _of_bundle(self, role: int) -> object:
        title, below = self.tr("Bundle"), self.tr("Everything in one file")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title}, {below}"
            case _ if role == LOWER:
                return below
            case _ if role == PICTURE:
                return "bundle"
            case _ if role == INK:
                return active().accent
        return None

    def _of_target(self, target: Target, role: int) -> object:
        if self._made is None:
            return None
        stands = standing(self._made, target)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return target.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{target.title}, {self._below(target)}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip(f"{target.title}\n{in_full(self._made, target)}")
            case _ if role == LOWER:
                return self._below(target)
            case _ if role == PICTURE:
                return stands.picture
            case _ if role == INK:
                return stands.ink
        return None

    def _below(self, target: Target) -> str:
        if self._made is None:
            return ""
        degraded, word = Severity.DEGRADED, standing(self._made, target).word
        number = self._made.count(target.name, degraded)
        return f"{word} · {counted(degraded, number)}" if number else word
