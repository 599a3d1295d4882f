"""How a place may be changed, and how far it is plausible to go."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from engine.changeable import Changeable, Kind
from engine.scenarios import Addition, AnyChange, Change, Multiplication, Removal


class Way(Enum):
    """How a value is changed."""

    SET = "set"
    ADD = "add"
    TIMES = "times"
    REMOVE = "remove"


class Reason(Enum):
    """Why a range is plausible."""

    DOCUMENT = "the document says so"
    MODEL = "the model allows no more"
    AROUND = "half to double the present value"
    FREE = "nothing is known"


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, in steps; `start` is where one begins."""

    low: float
    high: float
    start: float
    step: float
    reason: Reason


_NARROW: Final = 100.0
"""Bounds of the model that lie no farther apart are a plausible range by themselves."""
_FREE: Final = {"s": 600.0, "share": 1.0}


def ways(field: Changeable) -> tuple[Way, ...]:
    """Those that fit, the usual one first."""
    away = (Way.REMOVE,) if field.can_go else ()
    match field.kind:
        case Kind.NUMBER:
            is_there = field.value is not None
            return (Way.SET, *((Way.TIMES, Way.ADD) if is_there else ()), *away)
        case Kind.NUMBERS:
            return (Way.ADD, Way.TIMES, Way.SET, *away)
        case Kind.PART:
            return away or (Way.SET,)
        case _:
            return (Way.SET, *away)


def plausible_range(field: Changeable, way: Way) -> Range:
    """How far the number that `way` asks for may plausibly go.

    What the document itself calls plausible; else what the model allows, if that is narrow;
    else from half to double of what is there.
    """
    if way is Way.TIMES:
        return Range(0.5, 2.0, 1.1, 0.01, Reason.AROUND)
    size = _size(field)
    if way is Way.ADD:
        return _around_zero(field, size)
    if field.plausible is not None:
        low, high = field.plausible
        return Range(low, high, size, _step(high - low, field), Reason.DOCUMENT)
    least, most = _least(field), field.high
    if least is not None and most is not None and most - least <= _NARROW:
        begin = _begin(field, least, most)
        return Range(least, most, begin, _step(most - least, field), Reason.MODEL)
    if not size:
        top = min(_FREE.get(field.unit, 10.0), most if most is not None else math.inf)
        return Range(max(0.0, least or 0.0), top, top / 2, _step(top, field), Reason.FREE)
    low, high = sorted((size / 2, size * 2))
    low = max(low, least) if least is not None else low
    high = min(high, most) if most is not None else high
    if field.whole:
        low, high = math.floor(low), math.ceil(high)
    return Range(low, high, size, _step(high - low, field), Reason.AROUND)


def made(field: Changeable, way: Way, value: Any) -> AnyChange:
    """The change of `field` that this way and value make; ValidationError if none is made."""
    match way:
        case Way.ADD:
            return Addition(at=field.at, add=float(value))
        case Way.TIMES:
            return Multiplication(at=field.at, times=float(value))
        case Way.REMOVE:
            return Removal(at=field.at, remove=True)
    if field.kind is Kind.NUMBERS:
        return Change(at=field.at, to=[_whole(field, value)] * len(field.value))
    if field.kind is Kind.SHAPE:
        return Change(at=field.at, to={**(field.template or {}), "mean": value})
    if field.kind is Kind.PART:
        return Change(at=field.at, to={})
    return Change(at=field.at, to=_whole(field, value))


def read(field: Changeable, change: AnyChange) -> tuple[Way, Any] | None:
    """The way and value that make this change of `field`; None if none of its ways does."""
    way, value = _read(field, change)
    if way not in ways(field):
        return None
    return (way, value) if made(field, way, value) == change else None


def _read(field: Changeable, change: AnyChange) -> tuple[Way, Any]:
    match change:
        case Addition():
            return Way.ADD, change.add
        case Multiplication():
            return Way.TIMES, change.times
        case Removal():
            return Way.REMOVE, None
    to: Any = change.to
    if field.kind is Kind.NUMBERS and isinstance(to, list) and to:
        return Way.SET, to[0]
    if field.kind is Kind.SHAPE and isinstance(to, dict):
        return Way.SET, to.get("mean", 0)
    return Way.SET, to


def _whole(field: Changeable, value: Any) -> Any:
    is_number = field.kind in {Kind.NUMBER, Kind.NUMBERS}
    return int(value) if is_number and float(value).is_integer() else value


def _size(field: Changeable) -> float:
    """The present value, of a list the mean."""
    if field.kind is Kind.NUMBERS:
        mean = math.fsum(field.value) / len(field.value)
        return float(round(mean)) if field.whole else mean
    return float(field.value or 0.0)


def _least(field: Changeable) -> float | None:
    return field.above if field.low is None else field.low


def _begin(field: Changeable, low: float, high: float) -> float:
    return min(max(_size(field) if field.value is not None else (low + high) / 2, low), high)


def _around_zero(field: Changeable, size: float) -> Range:
    """Half of what is there less, or as much more."""
    most = abs(size) or _FREE.get(field.unit, 10.0)
    if field.whole:
        most = math.ceil(most)
    least = -(math.ceil(most / 2) if field.whole else most / 2)
    start = 1.0 if field.whole else most / 10
    return Range(least, most, start, _step(most, field), Reason.AROUND)


def _step(width: float, field: Changeable) -> float:
    """About a hundred of them, a round number."""
    if field.whole:
        return 1.0
    if width <= 0:
        return 0.01
    exact = width / 200
    power = 10.0 ** math.floor(math.log10(exact))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= exact * 0.999)
