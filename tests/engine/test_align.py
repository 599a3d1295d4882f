"""Aligning and distributing rectangles."""

from __future__ import annotations

import pytest

from engine.align import Alignment, aligned

AT = {"a": (0.0, 10.0), "b": (50.0, 0.0), "c": (200.0, 40.0)}
SIZES = {"a": (20.0, 10.0), "b": (100.0, 20.0), "c": (40.0, 60.0)}


@pytest.mark.parametrize(
    ("how", "axis", "expected"),
    [
        (Alignment.LEFT, 0, [0, 0, 0]),
        (Alignment.CENTRE, 0, [110, 70, 100]),
        (Alignment.RIGHT, 0, [220, 140, 200]),
        (Alignment.TOP, 1, [0, 0, 0]),
        (Alignment.MIDDLE, 1, [45, 40, 20]),
        (Alignment.BOTTOM, 1, [90, 80, 40]),
        (Alignment.HORIZONTALLY, 0, [0, 60, 200]),
        (Alignment.VERTICALLY, 1, [25, 0, 40]),
    ],
)
def test_where_rectangles_come_to_lie(how: Alignment, axis: int, expected: list[float]) -> None:
    new = aligned(AT, SIZES, how)
    assert [*new] == [*AT]
    assert [place[axis] for place in new.values()] == pytest.approx(expected)
    assert [place[1 - axis] for place in new.values()] == [p[1 - axis] for p in AT.values()]


@pytest.mark.parametrize("how", Alignment)
def test_once_is_enough(how: Alignment) -> None:
    once = aligned(AT, SIZES, how)
    assert aligned(once, SIZES, how) == once
    assert aligned({}, SIZES, how) == {}
    assert aligned({"a": (3.0, 4.0)}, SIZES, how) == {"a": (3.0, 4.0)}


def test_gaps_are_equal_even_where_there_is_too_little_room() -> None:
    places = {"a": (0.0, 0.0), "b": (1.0, 0.0), "c": (2.0, 0.0), "d": (60.0, 0.0)}
    sizes = dict.fromkeys(places, (30.0, 10.0))
    new = aligned(places, sizes, Alignment.HORIZONTALLY)
    assert [place[0] for place in new.values()] == [0, 20, 40, 60]
