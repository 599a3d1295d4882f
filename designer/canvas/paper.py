"""What lies on the canvas besides steps: titled frames around them, and notes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from designer.theme import look
from engine.layout import CanvasNote, Frame

TITLE_HEIGHT = 28.0
COLLAPSED_WIDTH, COLLAPSED_HEIGHT = 200.0, 52.0
_GRIP = 14.0


class PaperItem(QGraphicsItem):
    """What frames and notes have in common: a place, a size, a corner to pull at."""

    can_be_sized = True

    def __init__(self) -> None:
        super().__init__()
        self.is_selected = False
        self._area = QRectF(0, 0, 1, 1)

    def mark(self, *, is_selected: bool) -> None:
        """Show that it is selected, or not."""
        if is_selected != self.is_selected:
            self.is_selected = is_selected
            self.update()

    def show_size(self, width: float, height: float) -> None:
        """Be so large."""
        if self._area.width() != width or self._area.height() != height:
            self.prepareGeometryChange()
            self._area = QRectF(0, 0, width, height)

    def rect(self) -> QRectF:
        """The area, in its own coordinates."""
        return self._area

    def scene_rect(self) -> QRectF:
        """The area on the canvas."""
        return self._area.translated(self.pos())

    def is_grip(self, at: QPointF) -> bool:
        """Whether this place of the canvas is the corner that changes its size."""
        corner = QRectF(0, 0, _GRIP, _GRIP)
        corner.moveBottomRight(self._area.bottomRight())
        return self.can_be_sized and corner.contains(at - self.pos())

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The area and its border."""
        return self._area.adjusted(-2, -2, 2, 2)

    def _paint_grip(self, painter: QPainter) -> None:
        if self.is_selected and self.can_be_sized:
            painter.setPen(QPen(look.active().accent, 1.4))
            right, bottom = self._area.right() - 4, self._area.bottom() - 4
            for length in (4, 8):
                painter.drawLine(QPointF(right - length, bottom), QPointF(right, bottom - length))


class FrameItem(PaperItem):
    """A titled area; the steps in it are moved with it, and hidden when it is collapsed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setZValue(-2)
        self.steps_inside = 0
        self.show_frame(frame)

    def show_frame(self, frame: Frame) -> None:
        """Show this frame."""
        self.frame = frame
        self.can_be_sized = not frame.collapsed
        self.setPos(frame.x, frame.y)
        if frame.collapsed:
            self.show_size(COLLAPSED_WIDTH, COLLAPSED_HEIGHT)
        else:
            self.show_size(frame.width, frame.height)
        self.setZValue(2 if frame.collapsed else -2)
        self.update()

    def is_toggle(self, at: QPointF) -> bool:
        """Whether this place of the canvas is the arrow that collapses and opens it."""
        return QRectF(4, 2, 24, TITLE_HEIGHT).contains(at - self.pos())

    def shape(self) -> QPainterPath:
        """Title and border; what lies inside can be pressed, and bands drawn, through it."""
        path = QPainterPath()
        if self.frame.collapsed:
            path.addRect(self._area)
            return path
        path.addRect(QRectF(0, 0, self._area.width(), TITLE_HEIGHT))
        path.addRect(QRectF(0, 0, 6, self._area.height()))
        path.addRect(QRectF(self._area.width() - 6, 0, 6, self._area.height()))
        path.addRect(QRectF(0, self._area.height() - 6, self._area.width(), 6))
        corner = QRectF(0, 0, _GRIP, _GRIP)
        corner.moveBottomRight(self._area.bottomRight())
        path.addRect(corner)
        path.setFillRule(Qt.FillRule.WindingFill)
        return path

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the area, its title and the arrow."""
        theme = look.active()
        strong = self.is_selected
        painter.setPen(QPen(theme.accent if strong else theme.line, 2 if strong else 1))
        painter.setBrush(theme.card if self.frame.collapsed else theme.band)
        painter.drawRoundedRect(self._area, 10, 10)
        self._paint_arrow(painter)
        title = " ".join(self.frame.title.split()) or "…"
        font = look.font(look.TEXT, strong=True, scaled=False)
        room = self._area.width() - 40
        painter.setFont(font)
        painter.setPen(theme.ink)
        text = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(28, 19), text)
        if self.frame.collapsed:
            painter.setFont(look.font(10.5, scaled=False))
            painter.setPen(theme.soft)
            word = "step" if self.steps_inside == 1 else "steps"
            painter.drawText(QPointF(28, 38), f"{self.steps_inside} {word}")
        self._paint_grip(painter)

    def _paint_arrow(self, painter: QPainter) -> None:
        painter.setPen(QPen(look.active().soft, 1.6))
        if self.frame.collapsed:
            painter.drawPolyline([QPointF(13, 10), QPointF(18, 15), QPointF(13, 20)])
        else:
            painter.drawPolyline([QPointF(10, 12), QPointF(15, 17), QPointF(20, 12)])


class NoteItem(PaperItem):
    """A remark on the canvas."""

    def __init__(self, note: CanvasNote) -> None:
        super().__init__()
        self.setZValue(-1)
        self.show_note(note)

    def show_note(self, note: CanvasNote) -> None:
        """Show this note."""
        self.note = note
        self.setPos(note.x, note.y)
        self.show_size(note.width, note.height)
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the paper and as much of the text as it holds."""
        theme = look.active()
        strong = self.is_selected
        paper = theme.accent_soft
        painter.setPen(QPen(theme.accent if strong else theme.line, 2 if strong else 1))
        painter.setBrush(paper)
        painter.drawRoundedRect(self._area, 6, 6)
        painter.setFont(note_font())
        painter.setPen(theme.ink if self.note.text else theme.soft)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        text = self.note.text[:2000] or "…"
        # The view saves no painter's state between items: a clip left on hides all after it.
        painter.save()
        painter.setClipRect(self._area, Qt.ClipOperation.IntersectClip)
        painter.drawText(self._area.adjusted(10, 8, -10, -6), int(flags), text)
        painter.restore()
        self._paint_grip(painter)


def note_font() -> QFont:
    """The type of notes."""
    return look.font(11.5, scaled=False)
