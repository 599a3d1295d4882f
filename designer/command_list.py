"""Actions as rows: icon, name, menu, and the keys at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from designer.action_words import keys_of, menu_of, text_of
from designer.text_line import draw_line
from designer.theme.look import SMALL, active, font, px

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
Row = QAction | str
"""An action, or a heading above those that follow."""


class CommandModel(QAbstractListModel):
    """Actions and headings; only an action that can be done now may be chosen."""

    def __init__(self, parent: QObject | None = None, *, all_can_be_chosen: bool = False) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._all = all_can_be_chosen

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One each."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings, and what cannot be done now, are passed over."""
        row = self._rows[index.row()]
        if isinstance(row, QAction) and (self._all or row.isEnabled()):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown and said of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text_of(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (text_of(row), menu_of(row), keys_of(row))))
        return None


class CommandDelegate(QStyledItemDelegate):
    """Paints such rows; `with_menu` names the menu beside the name."""

    def __init__(self, parent: QObject | None = None, *, with_menu: bool = True) -> None:
        super().__init__(parent)
        self._with_menu = with_menu

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """All rows are of one height."""
        return QSize(px(200), command_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground and parts."""
        row = index.data(ROW)
        painter.save()
        area = QRect(option.rect).adjusted(px(12), 0, -px(12), 0)
        if isinstance(row, QAction):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, active().accent_soft)
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(option.rect, active().band)
            self._action(painter, area, row, is_off=not self._is_on(index))
        else:
            low = area.adjusted(0, px(6), 0, 0)
            draw_line(painter, low, font(SMALL, strong=True), active().soft, str(row))
        painter.restore()

    def _is_on(self, index: AnyIndex) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)

    def _action(self, painter: QPainter, area: QRect, action: QAction, *, is_off: bool) -> None:
        theme, size = active(), px(16)
        action.icon().paint(painter, QRect(area.left(), area.top(), size, area.height()))
        area = area.adjusted(size + px(10), 0, 0, 0)
        keys, small = keys_of(action), font(SMALL)
        width = QFontMetrics(small).horizontalAdvance(keys)
        right = Qt.AlignmentFlag.AlignRight
        draw_line(painter, area, small, theme.faint if is_off else theme.soft, keys, right)
        area = area.adjusted(0, 0, -width - px(12), 0)
        ink = theme.faint if is_off else theme.ink
        used = draw_line(painter, area, font(), ink, text_of(action))
        if self._with_menu:
            area = area.adjusted(used + px(8), 0, 0, 0)
            draw_line(painter, area, small, theme.faint if is_off else theme.soft, menu_of(action))


def command_height() -> int:
    """How high a row is at the text size in use."""
    return max(px(30), QFontMetrics(font()).height() + px(10))
