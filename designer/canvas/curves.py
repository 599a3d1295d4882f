"""Cubic curves: soft ones, straight ones, and lines with rounded corners; without Qt."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]
"""A cubic from where the one before it ends: two control points, then its own end."""

_ARC = 0.5523
"""Where the control points of a quarter of a circle lie, in radii."""
_HALVINGS = 10


def soft(start: Point, end: Point, reach: float = 0.0) -> Curve:
    """A curve to the right that is level at both ends.

    reach: the least distance of its control points. Without it the curve stays between its ends.
    """
    far = max(reach, (end[0] - start[0]) / 2)
    return (start[0] + far, start[1]), (end[0] - far, end[1]), end


def line(start: Point, end: Point) -> Curve:
    """A straight line."""
    third = ((end[0] - start[0]) / 3, (end[1] - start[1]) / 3)
    return (start[0] + third[0], start[1] + third[1]), (end[0] - third[0], end[1] - third[1]), end


def rounded(corners: Sequence[Point], radius: float) -> tuple[Curve, ...]:
    """Lines from corner to corner, all but the first and the last of them rounded."""
    curves: list[Curve] = []
    here = corners[0]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        bend = min(radius, _apart(before, corner) / 2, _apart(corner, after) / 2)
        begin, end = _towards(corner, before, bend), _towards(corner, after, bend)
        pull = bend * (1 - _ARC)
        curves.append(line(here, begin))
        curves.append((_towards(corner, before, pull), _towards(corner, after, pull), end))
        here = end
    return (*curves, line(here, corners[-1]))


def point_at(start: Point, curve: Curve, x: float) -> Point:
    """The point of a curve that leads to the right where it comes to `x`."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _at(start[0], curve[0][0], curve[1][0], curve[2][0], middle) < x:
            low = middle
        else:
            high = middle
    return (
        _at(start[0], curve[0][0], curve[1][0], curve[2][0], high),
        _at(start[1], curve[0][1], curve[1][1], curve[2][1], high),
    )


def _at(a: float, b: float, c: float, d: float, t: float) -> float:
    rest = 1 - t
    return rest * rest * (rest * a + 3 * t * b) + t * t * (3 * rest * c + t * d)


def _apart(one: Point, other: Point) -> float:
    """How far two corners are apart, of which one lies beside, above or below the other."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(point: Point, other: Point, length: float) -> Point:
    share = length / (_apart(point, other) or 1.0)
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share
