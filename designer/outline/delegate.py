"""Paints the rows of the outline: icon, name, what it is, and its problems at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer import icons
from designer.outline.model import REST, ROW
from designer.outline.words import problems
from designer.problems.severity import colour, picture
from designer.text_line import draw_line
from designer.theme.look import SMALL, active, font, px
from engine.outline.rows import Kind, Row
from engine.validation import Finding

AnyIndex = QModelIndex | QPersistentModelIndex
_LONGEST = 200
_ROOM_FOR_WORDS = 260
"""In a row narrower than this, problems are only a picture."""
_ROOM_FOR_REST = 64
"""With less room than this beside its name, what a step does would be cut to nothing."""


class OutlineDelegate(QStyledItemDelegate):
    """Rows of one line, of plain text."""

    def __init__(
        self, findings: Callable[[str], Sequence[Finding]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._findings = findings

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """All rows are of one height."""
        return QSize(px(200), max(px(28), QFontMetrics(font()).height() + px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ground and the parts."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        _ground(painter, option)
        area = QRect(option.rect).adjusted(px(4), 0, -px(8), 0)
        if row.kind is Kind.STEP and row.step is not None:
            area = self._step(painter, area, row)
        name_font = font(strong=row.kind in {Kind.UNREACHED, Kind.SUB_JOURNEY})
        is_exit = row.kind is Kind.EXIT
        ink = active().soft if is_exit else active().ink
        area = _text(painter, area, name_font, ink, str(index.data()))
        rest_ink = active().warning if row.is_open else active().soft
        rest_font = font() if is_exit else font(SMALL)
        if is_exit or area.width() >= px(_ROOM_FOR_REST):
            _text(painter, area, rest_font, rest_ink, str(index.data(REST)))
        painter.restore()

    def createEditor(  # noqa: N802
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QWidget:
        """A field for the step's name."""
        field = QLineEdit(parent)
        field.setMaxLength(_LONGEST)
        field.setAccessibleName(self.tr("Name of the step"))
        return field

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex
    ) -> None:
        """Right of the icon, as high as the row."""
        editor.setGeometry(QRect(option.rect).adjusted(px(20), 0, 0, 0))

    def _step(self, painter: QPainter, area: QRect, row: Row) -> QRect:
        """Icon and problems; what is left for text."""
        step = row.step
        if step is None:
            return area
        size = px(16)
        _icon(painter, area, area.left(), step.icon, active().groups[step.group])
        area = area.adjusted(size + px(6), 0, 0, 0)
        found = self._findings(step.id)
        if not found:
            return area
        worst = min((finding.severity for finding in found), key=lambda one: one.rank)
        if area.width() >= px(_ROOM_FOR_WORDS):
            area = _right_text(painter, area, problems(found), colour(worst))
        _icon(painter, area, area.right() - size, picture(worst), colour(worst))
        return area.adjusted(0, 0, -size - px(6), 0)


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, active().accent_soft)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, active().band)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(active().accent)
        painter.drawRect(QRect(option.rect).adjusted(0, 0, -1, -1))


def _icon(painter: QPainter, area: QRect, left: int, name: str, ink: QColor) -> None:
    size = px(16)
    top = area.top() + (area.height() - size) / 2
    icons.draw(painter, name, QRectF(left, top, size, size), ink)


def _text(painter: QPainter, area: QRect, of: QFont, ink: QColor, text: str) -> QRect:
    """Draw as much of the text as there is room for; the area right of it."""
    used = draw_line(painter, area, of, ink, text)
    return area.adjusted(used + px(8), 0, 0, 0) if used else area


def _right_text(painter: QPainter, area: QRect, text: str, ink: QColor) -> QRect:
    """Draw the text at the right; the area left of it."""
    used = draw_line(painter, area, font(SMALL), ink, text, Qt.AlignmentFlag.AlignRight)
    return area.adjusted(0, 0, -used - px(4), 0)
