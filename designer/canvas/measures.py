"""Sizes on the canvas, in scene units: pixels at 100 % and the usual text size."""

from __future__ import annotations

import math

from engine.tidy.measures import CARD_HEIGHT, CARD_WIDTH, COLUMN, GRID, ROW

__all__ = ["CARD_HEIGHT", "CARD_WIDTH", "COLUMN", "GRID", "ROW", "card_height", "port_y", "snapped"]

RADIUS = 10
PORT_PITCH = 14
"""Between two exits of a card."""
LEAST_ZOOM, MOST_ZOOM = 0.1, 4.0
OVERVIEW_ZOOM = 0.35
"""Below this, texts cannot be read and everything is painted in a few strokes."""


def card_height(exits: int) -> int:
    """How tall a card with so many exits is: taller if they need room."""
    needed = 10 + PORT_PITCH * exits
    return (
        max(CARD_HEIGHT, math.ceil(needed / GRID) * GRID) if needed > CARD_HEIGHT else CARD_HEIGHT
    )


def port_y(number: int, exits: int) -> float:
    """How far below the card's upper edge the exit with this number is, from 0."""
    return card_height(exits) / 2 + (number - (exits - 1) / 2) * PORT_PITCH


def snapped(value: float) -> float:
    """The nearest multiple of the grid."""
    return float(round(value / GRID) * GRID)
