"""How far apart things lie on a tidy canvas, in the canvas's own units."""

from __future__ import annotations

CARD_WIDTH = 176
CARD_HEIGHT = 66
COLUMN = 288
"""From one column to the next: a card, and room for the links' labels."""
ROW = 104
"""From one card to the next below it, of the usual height."""
GRID = 8
LANE = 24
"""From one long link to the next, where they pass between cards."""


GAP = ROW - CARD_HEIGHT
"""From a card to the one below it."""


def on_grid(value: float) -> int:
    """The nearest value that lies on the grid."""
    return int((value + GRID / 2) // GRID) * GRID


def rise(height: float) -> float:
    """From the row that a card stands in up to its top; about half of its height.

    The rest is such that the tops of all cards lie on the grid.
    """
    return CARD_HEIGHT / 2 + on_grid((height - CARD_HEIGHT) / 2)


def up_to_grid(value: float) -> int:
    """The first value on the grid that is not less."""
    return -int(-value // GRID) * GRID
