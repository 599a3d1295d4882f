"""The look that is active: which colours, how large the text, and Qt's palette made from them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from designer.theme.colours import CONTRAST, DARK, LIGHT, THEMES, Theme
from designer.theme.style_sheet import style_sheet
from engine.shipped import shipped_folder

TEXT, SMALL, TITLE, LARGE = 12.5, 11.0, 15.0, 23.0
"""Sizes of type in pixels at a text size of 100 %."""


class _Look:
    theme: Theme = LIGHT
    scale: float = 1.0
    family: str = ""


_look = _Look()


def active() -> Theme:
    """The colours that are in use."""
    return _look.theme


def text_scale() -> float:
    """How much larger than usual the text is; 1 is usual."""
    return _look.scale


def px(pixels: float) -> int:
    """So many pixels at the usual text size, at the one in use."""
    return round(pixels * _look.scale)


def font(pixels: float = TEXT, *, strong: bool = False, scaled: bool = True) -> QFont:
    """The bundled family in this size; not `scaled` for what the canvas enlarges by itself."""
    return _font(pixels * (_look.scale if scaled else 1.0), strong)


@lru_cache(maxsize=64)
def _font(size: float, strong: bool) -> QFont:
    result = QFont(_family())
    result.setPointSizeF(size * 72.0 / _dots_per_inch())
    result.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Figures of one width, so that numbers below each other can be compared.
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def apply(app: QApplication, theme: str = "system", scale: float = 1.0) -> None:
    """Give the application these colours (light, dark, contrast or system) and text size."""
    _look.theme, _look.scale = chosen(theme), scale
    app.setStyle("Fusion")
    app.setPalette(_palette(_look.theme))
    app.setFont(font())
    app.setStyleSheet(style_sheet(_look.theme, scale))
    # While the sheet goes from widget to widget, children lose the font that their parent has
    # just given them; so parents are told again once all have the sheet.
    for widget in app.allWidgets():
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def chosen(theme: str) -> Theme:
    """The theme of this name; that of the system where it says, else the light one."""
    if theme in THEMES:
        return THEMES[theme]
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.ink,
        role.Base: theme.card,
        role.AlternateBase: theme.ground,
        role.Text: theme.ink,
        role.PlaceholderText: theme.soft,
        role.Button: theme.panel,
        role.ButtonText: theme.ink,
        role.BrightText: theme.bad,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.ink,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.line,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.faint,
        role.Shadow: QColor(0, 0, 0),
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, colour)
    off = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(off, name, theme.ink if theme is CONTRAST else theme.faint)
    return palette


def _family() -> str:
    if not _look.family:
        families: list[str] = []
        for file in sorted((shipped_folder("assets") / "fonts").glob("*.ttf")):
            number = QFontDatabase.addApplicationFont(str(file))
            families += QFontDatabase.applicationFontFamilies(number)
        _look.family = families[0] if families else QFont().family()
    return _look.family


def _dots_per_inch() -> float:
    screens = QGuiApplication.screens()
    return screens[0].logicalDotsPerInchY() if screens else 96.0
