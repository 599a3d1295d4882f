"""Where everything of a map is drawn: the table, and both curves through it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from simulator.journey_map.model import JourneyMap
from simulator.journey_map.rows import CURVE, Column, Row, columns, rows, said_of_run, signed
from simulator.journey_map.shapes import Box, Line, Mark, Picture, Words, width_of, wrapped

_EDGE: Final = 24.0
_HEADING: Final = 124.0
_COLUMN: Final = 168.0
_PAD: Final = 8.0
_GAP: Final = 4.0
_SIZE: Final = 11.0
_LEADING: Final = 15.0
_STAGE: Final = 30.0
_CURVE: Final = 168.0
_MOST_LINES: Final = {"waits": 8, "pains": 24, "moments": 16}


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours by their names."""

    ground: str = "#FFFFFF"
    band: str = "#EEF1F5"
    line: str = "#DFE3E8"
    ink: str = "#1B2430"
    soft: str = "#5B6675"
    simulated: str = "#13795B"
    expected: str = "#5B6675"
    bad: str = "#B3261E"


def map_picture(of: JourneyMap, inks: Inks | None = None) -> Picture:
    """The whole map on one sheet, as large as it needs."""
    return _Drawing(of, inks or Inks()).picture


class _Drawing:
    def __init__(self, of: JourneyMap, inks: Inks) -> None:
        self._map, self._inks = of, inks
        self._columns = columns(of)
        self._left = _EDGE + _HEADING
        self.picture = Picture(of.name, ground=inks.ground)
        self._width = max(720.0, self._left + _COLUMN * len(self._columns) + _EDGE)
        self._y = _EDGE
        self._head()
        self._stages()
        for row in rows(of):
            self._curves(row) if row.id == CURVE else self._row(row)
        self._foot()
        self.picture.width, self.picture.height = self._width, self._y + _EDGE

    # ---- what is above and below

    def _head(self) -> None:
        wide = self._width - 2 * _EDGE
        for line in wrapped(self._map.name, 18.0, wide, 2, strong=True):
            self._say(_EDGE, 20.0, line, 18.0, self._inks.ink, strong=True)
        for line in wrapped(said_of_run(self._map), _SIZE, wide, 2):
            self._say(_EDGE, _LEADING + 3, line, _SIZE, self._inks.soft)
        self._y += 14.0

    def _say(
        self, x: float, down: float, text: str, size: float, colour: str, *, strong: bool = False
    ) -> None:
        self._y += down
        self._add(Words(x, self._y - 4, text, size, colour, strong))

    def _foot(self) -> None:
        if self._map.run is None:
            return
        self._y += 8.0
        numbers = "; ".join(
            f"{one.id.replace('_', ' ')} {signed(one.value, 2)} "
            f"({signed(one.low, 2)} to {signed(one.high, 2)})"
            for one in self._map.coefficients
        )
        for text in (self._map.modelled, self._map.formula, f"Coefficients: {numbers}."):
            for line in wrapped(text, _SIZE, self._width - 2 * _EDGE, 6):
                self._say(_EDGE, _LEADING, line, _SIZE, self._inks.soft)

    # ---- the table

    def _stages(self) -> None:
        x = self._left
        for _, same in groupby(self._columns, lambda one: one.stage.id if one.stage else None):
            own = list(same)
            wide = _COLUMN * len(own)
            self._add(Box(x, self._y, wide - _GAP, _STAGE, self._inks.band, 6.0))
            text = wrapped(own[0].stage_name, 12.0, wide - _GAP - 2 * _PAD, 1, strong=True)
            for line in text:
                at = self._y + _STAGE / 2 + 4
                self._add(Words(x + _PAD, at, line, 12.0, self._inks.ink, strong=True))
            x += wide
        self._y += _STAGE + 2

    def _row(self, row: Row) -> None:
        is_strong = row.id in {"step", "expected"}
        most = _MOST_LINES.get(row.id, 4)
        cells = [
            wrapped(text, _SIZE, _COLUMN - _GAP - 2 * _PAD, most, strong=is_strong)
            for text in row.cells
        ]
        title = wrapped(row.title, _SIZE, _HEADING - _PAD, 4)
        tall = _LEADING * max(1, len(title), *map(len, cells)) + 2 * _PAD
        self._lines(title, _EDGE, self._inks.soft)
        for number, lines in enumerate(cells):
            colour = self._inks.bad if row.id == "pains" else self._inks.ink
            x = self._left + _COLUMN * number + _PAD
            self._lines(lines, x, colour, first_strong=is_strong or row.id == "felt")
        self._y += tall
        self._rule()

    def _lines(
        self, lines: Sequence[str], x: float, colour: str, *, first_strong: bool = False
    ) -> None:
        for number, line in enumerate(lines):
            at = self._y + _PAD + 11.0 + _LEADING * number
            self._add(Words(x, at, line, _SIZE, colour, strong=first_strong and not number))

    def _rule(self) -> None:
        ends = (_EDGE, self._y), (self._width - _EDGE, self._y)
        self._add(Line(ends, self._inks.line))

    # ---- the curves

    def _curves(self, row: Row) -> None:
        inks = self._inks
        self._lines(wrapped(row.title, _SIZE, _HEADING - 3 * _PAD, 4), _EDGE, inks.soft)
        right = self._left + _COLUMN * len(self._columns) - _GAP
        for level in range(-2, 3):
            y = self._height_of(level)
            self._add(Line(((self._left, y), (right, y)), inks.line))
            at = self._left - _PAD
            self._add(Words(at, y + 4, signed(level, 0), 10.0, inks.soft, anchor="end"))
        self._bands()
        expected = [(x, one.expected) for x, one in self._spots() if one.expected is not None]
        felt = [(x, one.felt.value) for x, one in self._spots() if one.felt is not None]
        self._curve(expected, dict(felt), inks.expected, dashed=True)
        self._curve(felt, dict(expected), inks.simulated, dashed=False)
        self._legend(bool(expected), bool(felt))
        self._y += _CURVE
        self._rule()

    def _spots(self) -> Iterator[tuple[float, Column]]:
        for number, column in enumerate(self._columns):
            yield self._left + _COLUMN * (number + 0.5) - _GAP / 2, column

    def _height_of(self, emotion: float) -> float:
        middle, reach = self._y + 14.0 + (_CURVE - 46.0) / 2, (_CURVE - 46.0) / 2
        return middle - emotion / 2.0 * reach

    def _bands(self) -> None:
        """What the coefficients' ranges give, and in it the interval over replications."""
        inks = self._inks
        known = [(x, one.felt) for x, one in self._spots() if one.felt is not None]
        ranges = [(x, felt.worst, felt.best) for x, felt in known]
        sure = [
            (x, felt.low, felt.high)
            for x, felt in known
            if felt.low is not None and felt.high is not None
        ]
        for band, strength in ((ranges, 0.10), (sure, 0.22)):
            if len(band) > 1:
                up = [(x, self._height_of(high)) for x, _, high in band]
                down = [(x, self._height_of(low)) for x, low, _ in reversed(band)]
                self._add(Line([*up, *down], inks.simulated, fill=strength))

    def _curve(
        self,
        points: list[tuple[float, float]],
        other: dict[float, float],
        colour: str,
        *,
        dashed: bool,
    ) -> None:
        """The curve with its numbers, on the side where the other curve is not."""
        placed = [(x, self._height_of(value)) for x, value in points]
        if len(placed) > 1:
            self._add(Line(placed, colour, 1.6 if dashed else 2.2, dashed))
        for (x, y), (_, value) in zip(placed, points, strict=True):
            ring = self._inks.ground if dashed else None
            self._add(Mark(x, y, 3.5, colour, ring))
            beside = other.get(x)
            is_above = (
                not dashed if beside is None else value > beside or (value == beside and not dashed)
            )
            text = signed(value, 0 if dashed else 1)
            self._add(
                Words(x, y - 8 if is_above else y + 16, text, 10.5, colour, not dashed, "middle")
            )

    def _legend(self, is_expected: bool, is_felt: bool) -> None:
        inks, x, y = self._inks, self._left + _PAD, self._y + _CURVE - 8
        entries = [
            (is_expected, "expected", inks.expected, 0.0),
            (is_felt, "simulated, modelled", inks.simulated, 0.0),
            (is_felt, "interval", inks.simulated, 0.22),
            (is_felt, "range of the coefficients", inks.simulated, 0.10),
        ]
        for is_there, text, colour, fill in entries:
            if not is_there:
                continue
            if fill:
                corners = [(x, y - 9), (x + 22, y - 9), (x + 22, y), (x, y)]
                self._add(Line(corners, colour, fill=fill))
            else:
                ends = ((x, y - 4), (x + 22, y - 4))
                self._add(Line(ends, colour, 2.0, dashed=text == "expected"))
            self._add(Words(x + 28, y, text, 10.0, inks.soft))
            x += 28 + width_of(text, 10.0) + 18

    def _add(self, shape: Box | Line | Mark | Words) -> None:
        self.picture.shapes.append(shape)
