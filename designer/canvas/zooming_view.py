"""A window onto the scene: how near, which part, and how it is painted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from designer.canvas.measures import LEAST_ZOOM, MOST_ZOOM, OVERVIEW_ZOOM
from designer.canvas.overview import Overview
from designer.canvas.scene import JourneyScene
from designer.selection import Selection
from designer.theme import look

ZOOM_STEP = 1.2
_DOTS = 24
_READABLE = 0.6
_FEW = 200
"""So few cards are drawn quickly also when they are small."""


class ZoomingView(QGraphicsView):
    """Shows the scene near or far.

    zoom_changed: the new zoom; 1 is 100 %. moved: another part of the scene is seen.
    """

    zoom_changed = Signal(float)
    moved = Signal()

    def __init__(
        self, scene: JourneyScene, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(scene, parent)
        self.journey_scene, self.selection = scene, selection
        self.overview = Overview(scene, self)
        self.guides: list[tuple[QPointF, QPointF]] = []
        self.band: QRectF | None = None
        self._zoom = 1.0
        self._dots: QBrush | None = None
        self._set_up()
        scene.looks_different.connect(self._scene_changed)
        scene.dragged.connect(self._scene_changed)
        selection.revealed.connect(self.reveal)
        selection.changed.connect(self._reveal_paper)

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Journey canvas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._apply_zoom()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a card or two."""
        return QSize(240, 160)

    # ---- zooming and moving about

    @property
    def zoom(self) -> float:
        """1 is 100 %, at which cards are as large as the text size says."""
        return self._zoom

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """Zoom, within 10 and 400 %, so that what is at this place of the viewport stays there."""
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        if zoom == self._zoom:
            return
        place = at if at is not None else self.viewport().rect().center()
        before = self.mapToScene(place)
        self._zoom = zoom
        self._apply_zoom()
        shift = self.mapFromScene(before) - place
        self.pan(shift.x(), shift.y())
        self.zoom_changed.emit(zoom)

    def zoom_in(self) -> None:
        """A step nearer."""
        self.set_zoom(self._zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """A step away."""
        self.set_zoom(self._zoom / ZOOM_STEP)

    def _apply_zoom(self) -> None:
        scale = self._zoom * look.text_scale()
        self.setTransform(QTransform.fromScale(scale, scale))
        self.viewport().update()
        self.moved.emit()

    @property
    def is_overview(self) -> bool:
        """Whether everything is painted in a few strokes."""
        few = len(self.journey_scene.cards) <= _FEW
        return self._zoom < (OVERVIEW_ZOOM / 2 if few else OVERVIEW_ZOOM)

    def pan(self, right: int, down: int) -> None:
        """Move the window onto the scene by so many pixels."""
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + right)
        along.setValue(along.value() + down)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Scroll; whoever shows where we are is told."""
        super().scrollContentsBy(dx, dy)
        if self.is_overview or self.band is not None:
            self.viewport().update()
        self.moved.emit()

    def seen(self) -> QRectF:
        """The part of the scene that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def fit(self, rect: QRectF | None = None, most: float = 1.0) -> None:
        """Show all of this part of the scene, or all there is, at no more than this zoom."""
        area = rect if rect is not None else self.journey_scene.content_rect()
        if area.isEmpty():
            self.set_zoom(1.0)
            self.centerOn(QPointF(0, 0))
            return
        area = area.adjusted(-40, -40, 40, 40)
        room = self.viewport().size()
        scale = min(room.width() / area.width(), room.height() / area.height())
        self.set_zoom(min(most, scale / look.text_scale()))
        self.centerOn(area.center())
        self.moved.emit()

    def show_start(self) -> None:
        """Show all of it if it can be read then, else where it begins."""
        self.fit()
        cards = self.journey_scene.cards
        if self._zoom >= _READABLE or not cards:
            return
        self.set_zoom(_READABLE)
        first = next(iter(cards.values())).scene_rect()
        room = self.seen().size()
        self.centerOn(first.left() + room.width() / 2 - 40, first.center().y())
        self.moved.emit()

    def fit_selection(self) -> None:
        """Show what is selected, as large as it goes up to 100 %."""
        rect = QRectF()
        scene, selected = self.journey_scene, self.selection.selected
        for names, items in (
            (selected.steps, scene.cards),
            (selected.frames, scene.frames),
            (selected.notes, scene.notes),
        ):
            for name in names:
                rect = rect.united(items[name].scene_rect())
        for key in selected.links:
            rect = rect.united(scene.links[key].sceneBoundingRect())
        self.fit(rect if not rect.isEmpty() else None)

    def reveal(self, step: str) -> None:
        """Bring the step into the middle, if it is not well in sight."""
        card = self.journey_scene.cards.get(step)
        if card is not None:
            air = 40 / self.zoom
            if not self.seen().adjusted(air, air, -air, -air).contains(card.scene_rect()):
                # At the edge the overview would lie over it, and what comes next be out of sight.
                self.centerOn(card.scene_rect().center())
            self.moved.emit()

    def _reveal_paper(self) -> None:
        """Bring a frame or a note that is selected from elsewhere into sight."""
        chosen, scene = self.selection.selected, self.journey_scene
        if chosen.steps or len(chosen.frames) + len(chosen.notes) != 1:
            return
        papers = {**scene.frames, **scene.notes}
        item = papers.get((*chosen.frames, *chosen.notes)[0])
        if item is not None and not self.seen().intersects(item.scene_rect()):
            self.ensureVisible(item.scene_rect(), 40, 40)
            self.moved.emit()

    # ---- painting

    def _scene_changed(self) -> None:
        if self.is_overview:
            self.viewport().update()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self._dots = None
        self._apply_zoom()
        self.resetCachedContent()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Far away, everything in a few strokes; near, the items themselves."""
        if not self.is_overview:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        self.overview.paint(painter, self.viewportTransform(), area)
        painter.setTransform(self.viewportTransform())
        for layer in self.journey_scene.far_layers:
            if layer.isVisible():
                layer.paint(painter, QStyleOptionGraphicsItem(), self.viewport())
        self._paint_aids(painter)
        painter.end()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802
        """The ground and its dots."""
        painter.fillRect(rect, look.active().ground)
        if self._zoom >= 0.6:
            painter.fillRect(rect, self._dot_brush())

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:  # noqa: N802
        """Guides and rubber band of the gesture."""
        self._paint_aids(painter)

    def _paint_aids(self, painter: QPainter) -> None:
        theme = look.active()
        pen = QPen(theme.accent, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for start, end in self.guides:
            painter.drawLine(start, end)
        if self.band is not None:
            fill = QColor(theme.accent)
            fill.setAlphaF(0.12)
            painter.setBrush(fill)
            painter.drawRect(self.band)

    def _dot_brush(self) -> QBrush:
        if self._dots is None:
            tile = QPixmap(_DOTS, _DOTS)
            tile.fill(Qt.GlobalColor.transparent)
            painter = QPainter(tile)
            painter.fillRect(0, 0, 2, 2, look.active().dot)
            painter.end()
            self._dots = QBrush(tile)
        return self._dots

    def show_aids(
        self, guides: list[tuple[QPointF, QPointF]] | None = None, band: QRectF | None = None
    ) -> None:
        """Draw these guides and this rubber band over the scene."""
        if guides or band is not None or self.guides or self.band is not None:
            self.guides, self.band = guides or [], band
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell those that lie over the canvas."""
        super().resizeEvent(event)
        self.moved.emit()
