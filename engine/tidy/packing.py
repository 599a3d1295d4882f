"""Components beside and below each other, so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence

from engine.tidy.measures import CARD_WIDTH, COLUMN, GAP, up_to_grid

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_BETWEEN = 2 * GAP
"""From one component to the next below it: links back go around there."""
_LEAST = 5 * COLUMN
"""Components stand side by side until a row of them is as wide as this, or as the widest."""


def packed(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """How far each box must move; the first to the origin, the others to the right or below."""
    limit = max([_LEAST, *(right - left for left, _, right, _ in boxes)])
    x = y = bottom = 0.0
    moves = []
    for left, top, right, low in boxes:
        if x and x + right - left > limit:
            x, y = 0.0, up_to_grid(bottom + _BETWEEN)
        moves.append((x - left, y - top))
        bottom = max(bottom, y + low - top)
        x += right - left - CARD_WIDTH + COLUMN
    return moves
