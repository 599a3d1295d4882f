"""What cards and links show of a run: a bar and a number, a width; and in which colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtGui import QColor

from designer.selection import LinkKey
from designer.theme import look

Tone = Literal["heat", "better", "worse", "open"]


@dataclass(frozen=True, slots=True)
class StepHeat:
    """level: from 0 to 1, how long the bar is.  text: the number.  said: in a sentence."""

    level: float
    text: str
    said: str
    tone: Tone = "heat"


@dataclass(frozen=True, slots=True)
class LinkHeat:
    """traffic: from 0 to 1, how wide the link is.  level: how hot; None where it is not."""

    traffic: float
    said: str
    level: float | None = None


@dataclass(frozen=True, slots=True)
class HeatMarks:
    """Of the graph that is shown.  is_stale: the journey has changed since."""

    steps: Mapping[str, StepHeat] = field(default_factory=dict)
    links: Mapping[LinkKey, LinkHeat] = field(default_factory=dict)
    is_stale: bool = False


def colour_of(level: float, tone: Tone = "heat", *, is_stale: bool = False) -> QColor:
    """In the active theme; between two colours of the scale their mixture."""
    theme = look.active()
    if is_stale:
        return theme.faint
    match tone:
        case "better":
            return theme.good
        case "worse":
            return theme.bad
        case "open":
            return theme.faint
    scale = theme.heat
    place = min(max(level, 0.0), 1.0) * (len(scale) - 1)
    at = min(int(place), len(scale) - 2)
    low, high, part = scale[at], scale[at + 1], place - at
    return QColor.fromRgbF(
        low.redF() + (high.redF() - low.redF()) * part,
        low.greenF() + (high.greenF() - low.greenF()) * part,
        low.blueF() + (high.blueF() - low.blueF()) * part,
    )
