"""Which room is taken on the canvas, and where the next free place below is."""

from __future__ import annotations

from engine.tidy.measures import CARD_WIDTH, GAP, up_to_grid

_BESIDE = 24
"""Cards that are nearer than this to each other's sides must not lie side by side."""


class Room:
    """Cards that lie somewhere already."""

    def __init__(self) -> None:
        self._strips: dict[int, list[tuple[float, float, float]]] = {}

    def take(self, x: float, y: float, height: float) -> None:
        """A card lies here."""
        for strip in _strips(x, x + CARD_WIDTH):
            self._strips.setdefault(strip, []).append((x, y, y + height))

    def free_below(self, x: float, y: float, height: float) -> float:
        """The first y on the grid, `y` or below it, where a card keeps its distance from others."""
        near = {
            (top, bottom)
            for strip in _strips(x - _BESIDE, x + CARD_WIDTH + _BESIDE)
            for left, top, bottom in self._strips.get(strip, ())
            if abs(left - x) < CARD_WIDTH + _BESIDE
        }
        for top, bottom in sorted(near):
            if top < y + height + GAP and bottom + GAP > y:
                y = up_to_grid(bottom + GAP)
        return y


def _strips(left: float, right: float) -> range:
    return range(int(left // CARD_WIDTH), int(right // CARD_WIDTH) + 1)
