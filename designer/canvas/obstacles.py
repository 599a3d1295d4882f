"""Where cards lie, so that what is near a place is found without asking them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_CELL = 256.0


class Rect(NamedTuple):
    """The place of a card; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Obstacles:
    """The places of all cards by the ids of their steps, in cells of a coarse grid."""

    def __init__(self, rects: Mapping[str, Rect] | None = None) -> None:
        self._rects: dict[str, Rect] = {}
        self._cells: dict[tuple[int, int], dict[str, Rect]] = {}
        for name, rect in (rects or {}).items():
            self.put(name, rect)

    def put(self, name: str, rect: Rect) -> None:
        """The card of the step `name` lies at `rect`, wherever it lay before."""
        self.remove(name)
        self._rects[name] = rect
        for cell in _cells(rect):
            self._cells.setdefault(cell, {})[name] = rect

    def remove(self, name: str) -> None:
        """The step `name` has no card any more; nothing happens if it had none."""
        rect = self._rects.pop(name, None)
        for cell in _cells(rect) if rect else ():
            del self._cells[cell][name]

    def rect(self, name: str) -> Rect | None:
        """Where the card of the step `name` lies."""
        return self._rects.get(name)

    def within(self, area: Rect) -> dict[str, Rect]:
        """The cards that touch `area`, from the left, then from the top."""
        # Where cards lie very far from each other there are more cells between them than cards.
        is_wide = _count(area) > len(self._rects)
        near = [self._rects] if is_wide else [self._cells.get(cell, {}) for cell in _cells(area)]
        found = {
            name: rect
            for rects in near
            for name, rect in rects.items()
            if rect.left < area.right
            and rect.right > area.left
            and rect.top < area.bottom
            and rect.bottom > area.top
        }
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def _cells(area: Rect) -> list[tuple[int, int]]:
    columns, rows = _grid(area)
    return [(column, row) for column in columns for row in rows]


def _count(area: Rect) -> int:
    columns, rows = _grid(area)
    return len(columns) * len(rows)


def _grid(area: Rect) -> tuple[range, range]:
    columns = range(int(area.left // _CELL), int(area.right // _CELL) + 1)
    rows = range(int(area.top // _CELL), int(area.bottom // _CELL) + 1)
    return columns, rows
