"""The graph as a picture: PNG, SVG, PDF, or on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem

from designer.canvas.scene import JourneyScene
from designer.theme import look
from engine.errors import SaveError

_AIR = 32.0
_MOST_PIXELS = 120_000_000
FORMATS = (".png", ".svg", ".pdf")


def save_picture(scene: JourneyScene, path: Path, title: str = "") -> None:
    """Draw the whole graph into the file, in the format that its ending says.

    Raises SaveError if the ending is unknown or the file cannot be written.
    """
    draw = {".png": _png, ".svg": _svg, ".pdf": _pdf}.get(path.suffix.lower())
    if draw is None:
        raise SaveError(
            f"there is no picture format “{path.suffix[:20]}”",
            where=str(path),
            mend="let the name end in .png, .svg or .pdf.",
        )
    with _sharp(scene):
        is_saved = draw(scene, path, title)
    if not is_saved:
        raise SaveError("the picture was not saved", where=str(path), mend="choose another folder.")


class _sharp:  # noqa: N801  (reads as a word in the with statement)
    """Items are drawn anew instead of from their cached pixels, and without marks of selection."""

    def __init__(self, scene: JourneyScene) -> None:
        self._items = scene.items()
        self._modes = [item.cacheMode() for item in self._items]
        self._selected = [m for m in self._items if getattr(m, "is_selected", False)]

    def __enter__(self) -> None:
        for item in self._items:
            item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        for item in self._selected:
            item.mark(is_selected=False)  # type: ignore[attr-defined]

    def __exit__(self, *_error: object) -> None:
        for item, mode in zip(self._items, self._modes, strict=True):
            item.setCacheMode(mode)
        for item in self._selected:
            item.mark(is_selected=True)  # type: ignore[attr-defined]


def _area(scene: JourneyScene) -> QRectF:
    area = scene.content_rect()
    for item in scene.open_exits.values():
        if item.isVisible():
            area = area.united(item.sceneBoundingRect())
    return area.adjusted(-_AIR, -_AIR, _AIR, _AIR)


def _png(scene: JourneyScene, path: Path, _title: str) -> bool:
    area = _area(scene)
    scale = min(2.0, (_MOST_PIXELS / (area.width() * area.height())) ** 0.5)
    size = QSize(round(area.width() * scale), round(area.height() * scale))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(look.active().ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter, QRectF(image.rect()), area)
    painter.end()
    return image.save(str(path), "PNG")  # type: ignore[call-overload, no-any-return]


def _svg(scene: JourneyScene, path: Path, title: str) -> bool:
    area = _area(scene)
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRectF(0, 0, area.width(), area.height()))
    generator.setTitle(title)
    return _paint(scene, generator, QRectF(0, 0, area.width(), area.height()), area)


def _pdf(scene: JourneyScene, path: Path, title: str) -> bool:
    area = _area(scene)
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator(QCoreApplication.applicationName())
    writer.setResolution(144)
    points = QSizeF(area.width() * 0.75, area.height() * 0.75)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    return _paint(scene, writer, QRectF(0, 0, writer.width(), writer.height()), area)


def print_on(scene: JourneyScene, printer: QPrinter) -> bool:
    """Draw the whole graph on one sheet, turned so that it is as large as can be."""
    area = _area(scene)
    wide = area.width() > area.height()
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    sheet = printer.pageRect(QPrinter.Unit.DevicePixel)
    with _sharp(scene):
        return _paint(scene, printer, QRectF(0, 0, sheet.width(), sheet.height()), area)


def _paint(scene: JourneyScene, device: QPaintDevice, target: QRectF, area: QRectF) -> bool:
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(target, look.active().ground)
    scene.render(painter, target, area, Qt.AspectRatioMode.KeepAspectRatio)
    return painter.end()
