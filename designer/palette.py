"""The palette: every step type by group, searched by typing, dragged or added with Enter."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from designer import icons
from designer.plain_text import PlainLabel, tip
from designer.selection import Selection
from designer.session import Change, Session
from designer.theme import look
from engine.next_steps import next_steps
from engine.steps.base import Group, Step
from engine.steps.catalog import step_types

_Index = QModelIndex | QPersistentModelIndex
KIND = Qt.ItemDataRole.UserRole
_PAUSE_MS = 120


class _Steps(QAbstractListModel):
    """Headings (a Group) and step types, in one list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Group | type[Step]] = []

    def show(self, types: list[type[Step]]) -> None:
        rows: list[Group | type[Step]] = []
        for cls in types:
            if not rows or _group(rows[-1]) is not cls.group:
                rows.append(cls.group)
            rows.append(cls)
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if isinstance(row, Group):
            return row.value.capitalize() if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.help)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.help
        if role == KIND:
            return row.model_fields["type"].default
        return None


class _Drawn(QStyledItemDelegate):
    """Headings small and strong; step types with a tile in their group's colour."""

    def __init__(self, model: _Steps, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        is_group = isinstance(self._steps.rows[index.row()], Group)
        return QSize(look.px(120), look.px(30 if is_group else 28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, theme = self._steps.rows[index.row()], look.active()
        area = QRectF(option.rect)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if isinstance(row, Group):
            painter.setFont(look.font(10.5, strong=True))
            painter.setPen(theme.soft)
            low = area.adjusted(look.px(14), look.px(8), 0, 0)
            painter.drawText(low, middle, str(index.data()).upper())
            return
        state = option.state
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.accent_soft)
            painter.drawRoundedRect(area.adjusted(6, 1, -6, -1), 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.band)
            painter.drawRoundedRect(area.adjusted(6, 1, -6, -1), 6, 6)
        colour = theme.groups[row.group]
        side = look.px(20)
        tile = QRectF(look.px(14), area.center().y() - side / 2, side, side)
        soft = QColor(colour)
        soft.setAlphaF(0.16)
        painter.setBrush(soft)
        painter.drawRoundedRect(tile, 5, 5)
        inner = look.px(3)
        icons.draw(painter, row.icon, tile.adjusted(inner, inner, -inner, -inner), colour)
        painter.setFont(look.font())
        painter.setPen(theme.ink)
        room = area.adjusted(look.px(42), 0, -8, 0)
        shown = painter.fontMetrics().elidedText(
            row.title, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, middle, shown)


class _List(QListView):
    """A list whose rows can be pulled out of it; no other program is offered them."""

    pulled = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._kind: str | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if self._kind is None and far >= QApplication.startDragDistance():
            self._kind = self.indexAt(self._pressed).data(KIND)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._kind is not None:
            self.pulled.emit(self._kind, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        kind, self._kind, self._pressed = self._kind, None, None
        if kind is None:
            super().mouseReleaseEvent(event)
            return
        self.viewport().unsetCursor()
        self.dropped.emit(kind, event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self._kind is not None:
            self._kind = self._pressed = None
            self.viewport().unsetCursor()
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class Palette(QWidget):
    """What can be put on the canvas.

    chosen: a step type's tag, to be added where the user is. pulled, dropped: the tag and a place
    on the screen. given_up: it is dropped nowhere.
    """

    chosen = Signal(str)
    pulled = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    given_up = Signal()

    def __init__(
        self, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._selection = session, selection
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search steps"))
        self.field.setAccessibleName(self.tr("Search steps"))
        self.field.setClearButtonEnabled(True)
        self.fitting = QCheckBox(self.tr("Only what can come next"))
        self.fitting.setChecked(True)
        self._model = _Steps(self)
        self.list = _List(self)
        self.list.setAccessibleName(self.tr("Step types"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Drawn(self._model, self))
        self.list.setMouseTracking(True)
        self._nothing = PlainLabel(self.tr("No step type is called that."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 8)
        for widget in (self.field, self.fitting, self.list, self._nothing):
            layout.addWidget(widget)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._choose_first)
        self.field.installEventFilter(self)
        self.fitting.toggled.connect(self._show)
        self.list.activated.connect(self._choose)
        self.list.pulled.connect(self.pulled)
        self.list.dropped.connect(self.dropped)
        self.list.given_up.connect(self.given_up)
        self._later.timeout.connect(self._show)
        self._selection.changed.connect(self._show_later)
        self._stop = self._session.listen(self._on_change)

    def close_palette(self) -> None:
        """Follow the session no longer."""
        self._stop()
        self._later.stop()

    def _on_change(self, _change: Change) -> None:
        self._show_later()

    def _show_later(self) -> None:
        """What can come next is worked out in a pause: nobody waits for it while typing."""
        if self.isVisible():
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Show what could have come next all the while."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        types = self._fitting() if self.fitting.isChecked() else list(step_types().values())
        words = self.field.text().casefold().split()
        if words:
            # Who searches for something shall find it, whether it fits here or not.
            types = [t for t in step_types().values() if all(w in _haystack(t) for w in words)]
        self._model.show(types)
        self._nothing.setVisible(not types)
        self.list.setVisible(bool(types))

    def _fitting(self) -> list[type[Step]]:
        step = self._selection.step
        document, graph = self._session.document, self._selection.graph
        found = {s.type for s in next_steps(document, step, None, graph) if s.fits}
        return [cls for cls in step_types().values() if cls in found]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Down leads from the search field into the list."""
        is_down = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        )
        if is_down and self._first().isValid():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.setCurrentIndex(self._first())
            return True
        return super().eventFilter(watched, event)

    def _first(self) -> QModelIndex:
        is_type = (n for n, row in enumerate(self._model.rows) if not isinstance(row, Group))
        return self._model.index(next(is_type, -1), 0)

    def _choose_first(self) -> None:
        self._choose(self._first())

    def _choose(self, index: _Index) -> None:
        if index.isValid() and index.data(KIND):
            self.chosen.emit(index.data(KIND))


def _group(row: Group | type[Step]) -> Group:
    return row if isinstance(row, Group) else row.group


def _haystack(cls: type[Step]) -> str:
    return f"{cls.title} {cls.help} {cls.group.value}".casefold()
