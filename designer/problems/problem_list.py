"""The findings as a list: a picture and a word for how bad, what is wrong, and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer import icons
from designer.plain_text import cut, tip
from designer.problems.places import Places
from designer.problems.severity import colour, picture, word
from designer.theme.look import SMALL, active, font, px
from engine.validation import Finding

AnyIndex = QModelIndex | QPersistentModelIndex
FINDING = Qt.ItemDataRole.UserRole
WHERE = Qt.ItemDataRole.UserRole + 1
_LONGEST = 300


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
                return cut(finding.what, _LONGEST)
            case Qt.ItemDataRole.AccessibleTextRole:
                where = self._places.said(finding)
                return f"{word(finding.severity)}: {finding.what} {where}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip(finding.what)
            case _ if role == FINDING:
                return finding
            case _ if role == WHERE:
                return cut(self._places.said(finding), _LONGEST)
        return None


class ProblemDelegate(QStyledItemDelegate):
    """Paints a row as two lines of plain text beside the picture of its severity."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """All rows are of one height."""
        lines = QFontMetrics(font()).height() + QFontMetrics(font(SMALL)).height()
        return QSize(px(120), lines + px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, picture and lines."""
        finding = index.data(FINDING)
        if not isinstance(finding, Finding):
            return
        theme, area = active(), QRect(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.accent_soft)
            painter.fillRect(QRect(area.topLeft(), QSize(px(3), area.height())), theme.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.band)
        size = px(16)
        at = QRectF(area.left() + px(12), area.top() + (area.height() - size) / 2, size, size)
        icons.draw(painter, picture(finding.severity), at, colour(finding.severity))
        text = area.adjusted(px(40), px(5), -px(8), -px(5))
        upper = QFontMetrics(font()).height()
        _line(painter, QRect(text.topLeft(), QSize(text.width(), upper)), index, font_size=None)
        lower = text.adjusted(0, upper + px(2), 0, 0)
        _line(painter, lower, index, font_size=SMALL)
        painter.restore()


def _line(painter: QPainter, area: QRect, index: AnyIndex, font_size: float | None) -> None:
    """What is wrong, or in small type where."""
    ink: QColor = active().ink if font_size is None else active().soft
    painter.setFont(font() if font_size is None else font(font_size))
    painter.setPen(ink)
    text = str(index.data(Qt.ItemDataRole.DisplayRole if font_size is None else WHERE))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, int(left), shown)


class ProblemList(QListView):
    """chosen: a row was clicked, or Enter was pressed on it."""

    chosen = Signal(QModelIndex)

    def __init__(self, model: ProblemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Problems"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(ProblemDelegate(self))
        self.setModel(model)
        self.clicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter chooses the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
