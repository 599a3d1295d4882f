"""Wayline's own icons, drawn in whatever colour is asked for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from designer.theme.look import active, px
from engine.shipped import shipped_folder

UNKNOWN = "step"
"""What is drawn for a step type that brings no icon."""


def draw(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw the icon `name` into the area; on a screen from pixels that are drawn once a size."""
    device = painter.device()
    is_screen = isinstance(device, QPixmap | QWidget)
    if not is_screen:
        _renderer(name, colour.name()).render(painter, area)
        return
    scale = painter.deviceTransform().m11() * device.devicePixelRatioF()
    pixels = max(1, round(area.width() * scale))
    painter.drawPixmap(area, _pixels(name, colour.name(), pixels), QRectF(0, 0, pixels, pixels))


@lru_cache(maxsize=2048)
def _pixels(name: str, colour: str, pixels: int) -> QPixmap:
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


def pixmap(name: str, colour: QColor, size: int = 16, ratio: float = 2.0) -> QPixmap:
    """The icon in `size` by `size` pixels, sharp on screens of this pixel ratio."""
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, name, QRectF(0, 0, size, size), colour)
    painter.end()
    return picture


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon for a menu or a button, in the soft ink of the active theme if nothing is said."""
    return QIcon(pixmap(name, colour or active().soft, px(16)))


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    folder = shipped_folder("assets") / "icons"
    file = folder / f"{name}.svg"
    text = (file if file.is_file() else folder / f"{UNKNOWN}.svg").read_text(encoding="utf-8")
    # Qt's SVG knows no currentColor.
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
