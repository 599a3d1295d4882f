"""The colours by their names, for light, dark and high contrast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor

from engine.steps.base import Group


@dataclass(frozen=True)
class Theme:
    """One set of colours; a widget that paints itself reads `designer.theme.look.active()`."""

    name: str
    is_dark: bool
    ground: QColor
    panel: QColor
    card: QColor
    line: QColor
    dot: QColor
    band: QColor
    ink: QColor
    soft: QColor
    faint: QColor
    """For what is large or decorative only: its contrast is 3:1."""
    accent: QColor
    accent_soft: QColor
    on_accent: QColor
    good: QColor
    warning: QColor
    bad: QColor
    groups: Mapping[Group, QColor]
    heat: tuple[QColor, ...]


_ENTRY_TO_FINISH = (
    Group.ENTRY,
    Group.TALK,
    Group.DECIDE,
    Group.PEOPLE,
    Group.TIME,
    Group.GUARD,
    Group.DATA,
    Group.FINISH,
)
_HEAT = ("#DCE6FB", "#A9C3F5", "#F4C27A", "#E08A2B", "#C2410C")


def _groups(*colours: str) -> Mapping[Group, QColor]:
    groups = {group: QColor(c) for group, c in zip(_ENTRY_TO_FINISH, colours, strict=True)}
    # Control steps steer the flow as decisions do.
    return {**groups, Group.CONTROL: groups[Group.DECIDE]}


LIGHT = Theme(
    name="light",
    is_dark=False,
    ground=QColor("#F6F7F9"),
    panel=QColor("#FFFFFF"),
    card=QColor("#FFFFFF"),
    line=QColor("#DFE3E8"),
    dot=QColor("#E3E7EC"),
    band=QColor("#EEF1F5"),
    ink=QColor("#1B2430"),
    soft=QColor("#5B6675"),
    faint=QColor("#8A94A3"),
    accent=QColor("#2457D6"),
    accent_soft=QColor("#E6EDFD"),
    on_accent=QColor("#FFFFFF"),
    good=QColor("#13795B"),
    warning=QColor("#8F5B00"),
    bad=QColor("#B3261E"),
    groups=_groups(
        "#2457D6", "#0F7B8A", "#8A4FBF", "#B4540A", "#4F6272", "#1E7B45", "#7A5C00", "#1B2430"
    ),
    heat=tuple(map(QColor, _HEAT)),
)

DARK = Theme(
    name="dark",
    is_dark=True,
    ground=QColor("#12161C"),
    panel=QColor("#1A2029"),
    card=QColor("#1E2530"),
    line=QColor("#2C3541"),
    dot=QColor("#222A35"),
    band=QColor("#171C24"),
    ink=QColor("#E8ECF2"),
    soft=QColor("#A9B4C2"),
    faint=QColor("#7D8896"),
    accent=QColor("#7FA4FF"),
    accent_soft=QColor("#1F2C48"),
    on_accent=QColor("#10141A"),
    good=QColor("#5FD0A5"),
    warning=QColor("#F2B85B"),
    bad=QColor("#FF8A80"),
    groups=_groups(
        "#7FA4FF", "#5CC7D6", "#C79BF0", "#F2A25C", "#A3B4C4", "#6FCF97", "#E0C060", "#E8ECF2"
    ),
    heat=tuple(map(QColor, _HEAT)),
)

CONTRAST = Theme(
    name="contrast",
    is_dark=True,
    ground=QColor("#000000"),
    panel=QColor("#000000"),
    card=QColor("#000000"),
    line=QColor("#FFFFFF"),
    dot=QColor("#3A3A3A"),
    band=QColor("#1A1A1A"),
    ink=QColor("#FFFFFF"),
    soft=QColor("#FFFFFF"),
    faint=QColor("#D0D0D0"),
    accent=QColor("#FFE14D"),
    accent_soft=QColor("#3D3600"),
    on_accent=QColor("#000000"),
    good=QColor("#7CFFB2"),
    warning=QColor("#FFC24D"),
    bad=QColor("#FF9D94"),
    groups=_groups(
        "#9CBBFF", "#7CE9F7", "#DDBBFF", "#FFB877", "#C9D6E2", "#8CF0B0", "#F5DC7A", "#FFFFFF"
    ),
    heat=tuple(map(QColor, _HEAT)),
)

THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
