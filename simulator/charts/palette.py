"""Colours of charts: light, dark and high contrast, told apart also by who sees few colours.

No chart says anything by colour alone: lines differ in dashes and markers, areas in hatching.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """ground: what is drawn on.  ink, soft: text.  line: axes.  series: what is compared.

    band: how opaque bands are.
    """

    ground: str
    ink: str
    soft: str
    line: str
    series: tuple[str, ...]
    good: str
    bad: str
    band: float = 0.16


LIGHT: Final = Palette(
    ground="#FFFFFF",
    ink="#1B2430",
    soft="#5B6675",
    line="#DFE3E8",
    series=("#2457D6", "#C2570A", "#0B7F63", "#A1469B", "#7A5C00", "#4F6272"),
    good="#13795B",
    bad="#B3261E",
)
DARK: Final = Palette(
    ground="#1A2029",
    ink="#E8ECF2",
    soft="#A9B4C2",
    line="#2C3541",
    series=("#7FA4FF", "#F2A25C", "#5FD0A5", "#E39BD8", "#E0C060", "#A3B4C4"),
    good="#5FD0A5",
    bad="#FF8A80",
    band=0.22,
)
CONTRAST: Final = Palette(
    ground="#000000",
    ink="#FFFFFF",
    soft="#FFFFFF",
    line="#FFFFFF",
    series=("#FFE14D", "#9CBBFF", "#7CFFB2", "#FFB877", "#DDBBFF", "#FFFFFF"),
    good="#7CFFB2",
    bad="#FF9D94",
    band=0.35,
)

PALETTES: Final[Mapping[str, Palette]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
