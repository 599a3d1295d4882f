"""The table view: edited in its cells, by mouse or keyboard, and pasted into."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from designer.inspector.fields.combo import Combo
from designer.inspector.fields.line_edit import LineEdit
from designer.inspector.rows.model import RowsModel
from designer.theme.look import px

_MOST_ROWS = 8
_Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """A combo box where there is something to choose, else a line."""

    def createEditor(  # noqa: N802
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """What the cell is edited with."""
        model = index.model()
        assert isinstance(model, RowsModel)  # noqa: S101 - the table has no other
        column, row = model.columns[index.column()], model.rows[index.row()]
        choices = column.choices(row)
        editor: QWidget
        if choices:
            editor = Combo(parent)
            editor.put([(name, name) for _, name in choices], column.write(row))
            editor.activated.connect(self._on_activated)
        else:
            editor = LineEdit(parent)
        editor.setAccessibleName(column.title)
        editor.setStyleSheet("border-radius: 0; min-height: 0; padding: 0 4px;")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802
        """Write into the editor what the cell says."""
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(  # noqa: N802
        self, editor: QWidget, model: QAbstractItemModel, index: _Index
    ) -> None:
        """Read what was written."""
        if isinstance(editor, LineEdit):
            model.setData(index, editor.text())
        elif isinstance(editor, Combo) and editor.currentIndex() >= 0:
            model.setData(index, str(editor.value()))

    def _on_activated(self) -> None:
        editor = self.sender()
        if isinstance(editor, Combo):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


class RowsTable(QTableView):
    """As high as its rows, up to eight.

    pasted: text from the clipboard. removing: the Delete key. moving: Alt with an arrow.
    """

    pasted = Signal(str)
    removing = Signal()
    moving = Signal(int)

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setStyleSheet("QTableCornerButton::section { background: transparent; border: none; }")
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(px(60))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setVisible(model.sheet.has_row_titles)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + px(10))
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the rows."""
        model = self.model()
        rows = min(max(model.rowCount(), 1), _MOST_ROWS)
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + rows * self.verticalHeader().defaultSectionSize() + px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter edits, Ctrl+V pastes, Delete removes, Alt with an arrow moves."""
        if self.state() == QAbstractItemView.State.EditingState:
            # The cell's own editor has had it.
            return
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        elif is_alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moving.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
