"""A chart that is drawn: pointed at with the mouse, walked through by keyboard, and followed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPathStroker,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from designer.charts.drawing import Drawn, Shape
from designer.theme.look import active, px, text_scale

_REACHES: Final = (4.0, 14.0)
"""How wide a line is for the mouse: what is hit exactly goes before what is hit nearly."""
_STALE: Final = 0.45
_NEXT: Final = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_PREVIOUS: Final = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_GO: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class PictureView(QWidget):
    """marked: another mark is pointed at, or none.  chosen: the planned step of a mark.

    resized: a picture of another size is needed.  copied: Ctrl+C.
    """

    marked = Signal()
    chosen = Signal(str)
    resized = Signal()
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: Drawn | None = None
        self._current = -1
        self._pointed = -1
        self._is_stale = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Chart"))
        self.setMouseTracking(True)
        self.restyle()

    @property
    def drawn(self) -> Drawn | None:
        """What is shown."""
        return self._drawn

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The marks of what is shown."""
        return tuple(self._drawn.shapes) if self._drawn is not None else ()

    @property
    def mark(self) -> Shape | None:
        """The one under the mouse, else the one that the keyboard is at."""
        number = self._pointed if self._pointed >= 0 else self._current
        return self.shapes[number] if 0 <= number < len(self.shapes) else None

    def show_drawn(self, drawn: Drawn) -> None:
        """Show this; of the same chart the same mark stays current."""
        old = self._drawn.wish if self._drawn is not None else None
        new = drawn.wish
        is_same = old is not None and (old.chart, old.choice) == (new.chart, new.choice)
        if not is_same or self._current >= len(drawn.shapes):
            self._current = -1
        self._drawn, self._pointed = drawn, -1
        self._make_room(drawn)
        self.update()
        self.marked.emit()

    def show_nothing(self) -> None:
        """There is no chart."""
        self._drawn, self._current, self._pointed = None, -1, -1
        self.update()
        self.marked.emit()

    def show_stale(self, *, is_stale: bool) -> None:
        """Whether it is from before a change, and greyed."""
        self._is_stale = is_stale
        self.update()

    def restyle(self) -> None:
        """Take the text size of the active look."""
        self.setMinimumSize(px(380), px(225))
        self.update()

    def _make_room(self, drawn: Drawn) -> None:
        """What does not fit is scrolled."""
        if drawn.wish.scale == text_scale():
            self.setMinimumHeight(max(px(225), drawn.height))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Of a chart that is easily read."""
        return QSize(px(640), px(300))

    # ---- marks

    def shape_at(self, at: QPointF) -> int:
        """The number of the mark at this place; -1 if there is none."""
        for reach in _REACHES:
            for number, shape in enumerate(self.shapes):
                if shape.within.adjusted(-2, -2, 2, 2).contains(at) and _hits(shape, at, reach):
                    return number
        return -1

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.shapes):
            self._current, self._pointed = number, -1
            self.update()
            self.marked.emit()
            said = QAccessibleAnnouncementEvent(self, self.shapes[number].says)
            QAccessible.updateAccessibility(said)

    def _follow(self, number: int) -> None:
        if 0 <= number < len(self.shapes):
            step = self.shapes[number].step
            if step is not None:
                self.chosen.emit(step)

    # ---- events

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk through the marks, Enter follows one, Ctrl+C copies the chart."""
        key, last = event.key(), len(self.shapes) - 1
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif key in _NEXT and last >= 0:
            self._go(min(last, self._current + 1))
        elif key in _PREVIOUS and last >= 0:
            self._go(max(0, self._current - 1))
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(last)
        elif key in _GO and self._current >= 0:
            self._follow(self._current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is under the mouse."""
        self._point_at(self.shape_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the mouse any longer."""
        super().leaveEvent(event)
        self._point_at(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Follow the mark to its step."""
        number = self.shape_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self._go(number)
            self._follow(number)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Until it is drawn anew, the old picture is stretched."""
        super().resizeEvent(event)
        self.resized.emit()

    def _point_at(self, number: int) -> None:
        if number != self._pointed:
            self._pointed = number
            leads = number >= 0 and self.shapes[number].step is not None
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.setCursor(hand if leads else arrow)
            self.update()
            self.marked.emit()

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The picture, the mark that is pointed at, and whether it has the focus."""
        painter = QPainter(self)
        theme = active()
        painter.fillRect(self.rect(), theme.panel)
        if self._drawn is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(_STALE if self._is_stale else 1.0)
            painter.drawImage(self.rect(), self._drawn.image)
            painter.setOpacity(1.0)
            self._paint_mark(painter, self._drawn)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setClipping(False)
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_mark(self, painter: QPainter, drawn: Drawn) -> None:
        shape = self.mark
        if shape is None or self.size() != QSize(drawn.wish.width, drawn.wish.height):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(shape.within.adjusted(-3, -3, 3, 3))
        theme = active()
        if shape.is_line:
            # Its own colour and dashes are to be seen still.
            painter.setOpacity(0.35)
            painter.setPen(QPen(theme.ink, 8.0))
            painter.drawPath(shape.path)
            painter.restore()
            return
        # Light beside dark, so that it is seen on whatever it lies.
        for colour, width in ((theme.panel, 5.0), (theme.ink, 2.0)):
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(shape.path)
        painter.restore()


def _hits(shape: Shape, at: QPointF, reach: float) -> bool:
    if not shape.is_line and shape.path.contains(at):
        return True
    stroker = QPainterPathStroker()
    stroker.setWidth(reach)
    return stroker.createStroke(shape.path).contains(at)
