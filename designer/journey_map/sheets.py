"""The map on paper and in files: one picture for all, drawn as SVG and rendered by Qt."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer

from designer.theme.look import font
from engine.errors import SaveError
from engine.files import save_atomically
from simulator.journey_map.model import JourneyMap
from simulator.journey_map.picture import map_picture
from simulator.journey_map.saving import save_map
from simulator.journey_map.svg import svg

_MOST_PIXELS = 100_000_000
_POINT = 0.75
"""Points a pixel."""


def save_sheet(of: JourneyMap, path: Path) -> None:
    """Save the map in the form that the name's ending says; raises SaveError."""
    draw = {".pdf": _pdf, ".png": _png}.get(path.suffix.lower())
    if draw is None:
        save_map(of, path)
        return
    data = draw(of)
    if not data:
        raise SaveError("the map was not saved", where=str(path), mend="save it as SVG or HTML.")
    save_atomically(path, data, backup=False)


def print_sheet(of: JourneyMap, printer: QPrinter) -> bool:
    """Draw the whole map on one sheet, turned so that it is as large as can be."""
    drawing = _drawing(of)
    size = QSizeF(drawing.defaultSize())
    is_wide = size.width() > size.height()
    turned = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    sheet = printer.pageRect(QPrinter.Unit.DevicePixel)
    scale = min(sheet.width() / size.width(), sheet.height() / size.height())
    painter = QPainter()
    if not painter.begin(printer):
        return False
    drawing.render(painter, QRectF(0, 0, size.width() * scale, size.height() * scale))
    return painter.end()


def _drawing(of: JourneyMap) -> QSvgRenderer:
    # Qt's SVG knows no list of families.
    return QSvgRenderer(QByteArray(svg(map_picture(of), font().family()).encode()))


def _png(of: JourneyMap) -> bytes:
    drawing = _drawing(of)
    size = drawing.defaultSize()
    scale = min(2.0, (_MOST_PIXELS / (size.width() * size.height())) ** 0.5)
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(image.rect()))
    painter.end()
    buffer = _opened()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _pdf(of: JourneyMap) -> bytes:
    drawing = _drawing(of)
    buffer = _opened()
    writer = QPdfWriter(buffer)
    writer.setTitle(of.name)
    writer.setResolution(144)
    size = QSizeF(drawing.defaultSize()) * _POINT
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(writer):
        return b""
    drawing.render(painter, QRectF(0, 0, writer.width(), writer.height()))
    painter.end()
    return bytes(buffer.data().data())


def _opened() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
